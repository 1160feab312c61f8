"""A plot of groups of bars as SVG that stands alone, on a ground of its own, so that it can be read light and dark."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 320, 44, 270, 56
COLORS = ("#6b2b52", "#9a9185", "#c9a15a")
TEXT = 'font-family="system-ui, sans-serif" font-size="12" fill="#3a3330"'


def bars(title: str, groups: Sequence[str], series: Mapping[str, Sequence[float]], under: str) -> str:
    """One group of bars for each word of `groups`, one bar in each for every series; `under` names the axis."""
    top = max(max(figures) for figures in series.values()) * 1.1
    step = (WIDTH - LEFT - 16) / len(groups)
    wide = step * 0.8 / len(series)
    parts = [_frame(title, under)]
    for n, (name, figures) in enumerate(series.items()):
        parts.append(_key(n, name))
        for at, figure in enumerate(figures):
            parts.append(_bar(LEFT + at * step + step * 0.1 + n * wide, wide, figure, figure / top, COLORS[n]))
    for at, words in enumerate(groups):
        parts.append(_text(LEFT + (at + 0.5) * step, BOTTOM + 16, words, "middle"))
    return "\n".join([*parts, "</svg>\n"])


def _frame(title: str, under: str) -> str:
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf7"/>',
            f'<path d="M{LEFT} {BOTTOM}H{WIDTH - 16}" stroke="#9a9185"/>',
            _text(LEFT, 22, title, "start", ' font-weight="600"'),
            _text((LEFT + WIDTH - 16) / 2, BOTTOM + 38, under, "middle"),
        ]
    )


def _key(n: int, name: str) -> str:
    x = LEFT + n * 200
    return f'<rect x="{x}" y="34" width="12" height="12" rx="2" fill="{COLORS[n]}"/>{_text(x + 18, 44, name, "start")}'


def _bar(x: float, wide: float, figure: float, share: float, color: str) -> str:
    high = (BOTTOM - TOP) * share
    box = (
        f'<rect x="{x:.1f}" y="{BOTTOM - high:.1f}" width="{wide - 3:.1f}" height="{high:.1f}" rx="2" fill="{color}"/>'
    )
    return f"{box}{_text(x + (wide - 3) / 2, BOTTOM - high - 4, f'{figure:.1f}', 'middle')}"


def _text(x: float, y: float, words: str, anchor: str, weight: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {TEXT}{weight}>{escape(words)}</text>'
