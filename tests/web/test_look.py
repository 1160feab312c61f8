"""What the browser gets: files as vendored, templates fit for the strict policy, a first visit of modest weight."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import Form, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [t for t in TEMPLATES if "letters" not in t.parts]
VENDORED = re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (STATIC / "vendor/VENDORED.md").read_text(), re.M)

# What no template may hold: the policy would refuse it, or worse, a reader's own words could ride on it.
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    # All but a block of data that no browser runs, whose words have passed tojson.
    "a script of its own": r'<script(?![^>]*\ssrc=)(?!\s+type="application/ld\+json">\{\{ \w+ \| tojson \}\}</script>)',
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "a js: value": r"""=\s*["']\s*(?:js|javascript):""",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(("file", "digest"), VENDORED)
def test_a_vendored_file_is_the_one_it_says(file: str, digest: str) -> None:
    assert hashlib.sha256((ROOT / file).read_bytes()).hexdigest() == digest


def test_every_vendored_file_is_listed() -> None:
    held = [f for place in ("vendor/*.js", "fonts/*.woff2", "fonts/*.ttf") for f in STATIC.glob(place)]
    assert {name(f) for f in held} <= {file for file, _ in VENDORED}


@pytest.mark.parametrize("what", INLINE)
def test_no_page_carries(what: str) -> None:
    assert [name(p) for p in PAGES if re.search(INLINE[what], p.read_text(), re.I)] == []


def test_a_part_says_first_what_it_needs() -> None:
    parts = [t for t in PAGES if t.name.startswith("_")]
    assert parts
    assert [name(p) for p in parts if not p.read_text().startswith("{# needs:")] == []


def test_nothing_but_drawings_is_printed_unescaped() -> None:
    unescaped = [name(p) for p in TEMPLATES if re.search(r"\|\s*safe\b", p.read_text())]
    assert unescaped == ["templates/components/icons.html"]


def test_every_form_that_acts_carries_the_two_hidden_fields() -> None:
    forms = [(name(p), f) for p in PAGES for f in re.findall(r"<form\b.*?</form>", p.read_text(), re.S)]
    acting = [(p, f) for p, f in forms if re.search(r"""method=["']?post""", f, re.I)]
    assert acting
    assert [p for p, f in acting if "acts()" not in f] == []


def declared(css: str) -> set[str]:
    return set(re.findall(r"--([\w-]+):", css))


def test_each_style_sheet_names_its_layers_and_only_tokens_that_exist() -> None:
    tokens = declared((STATIC / "css/tokens.css").read_text())
    for sheet in STATIC.glob("css/*.css"):
        css = sheet.read_text()
        assert set(re.findall(r"var\(--([\w-]+)", css)) <= tokens | declared(css), sheet.name
        assert "@layer" in css, sheet.name


def test_no_rule_lies_within_another_by_mistake() -> None:
    for sheet in STATIC.glob("css/*.css"):
        assert list(_strays(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S))) == [], sheet.name


def test_an_icon_that_a_template_names_exists() -> None:
    drawn = set(re.findall(r'^  "([\w-]+)": ', (ROOT / "templates/components/icons.html").read_text(), re.M))
    named = {i for p in PAGES for i in re.findall(r"""\b(?:icon|fact|note)\(\s*["']([\w-]+)["']""", p.read_text())}
    assert named <= drawn


def test_a_first_visit_stays_light() -> None:
    css = [STATIC / "css" / f"{n}.css" for n in ("tokens", "base", "parts", "home", "map")]
    scripts = [STATIC / "js/app.js", *STATIC.glob("vendor/*.js")]
    preloaded = re.findall(r"fonts/[\w-]+\.woff2", (ROOT / "templates/web/layout.html").read_text())
    fonts = sum((STATIC / f).stat().st_size for f in preloaded)  # the others only where a page has letters of theirs
    assert fonts
    kilobyte = 1000
    assert _zipped(css) < 16 * kilobyte
    assert fonts < 40 * kilobyte
    assert _zipped(css) + _zipped(scripts) + fonts < 80 * kilobyte  # leaves 20 kB for the page itself


def _strays(css: str) -> Iterator[str]:
    """Selectors within another rule that do not say by & how they hang on it."""
    around: list[str] = []
    for before, brace in re.findall(r"([^{};]*)([{};])", css):
        if brace == "{":
            selector = before.strip()
            if selector[0] not in "&@" and any(outer[0] != "@" for outer in around):
                yield selector
            around.append(selector)
        elif brace == "}":
            around.pop()


def _zipped(files: list[Path]) -> int:
    return sum(len(gzip.compress(f.read_bytes(), 9)) for f in files)


# --- form parts ---


class Asked(Form):
    email = StringField("E-mail", [DataRequired("Where do we <write>?")])
    format = RadioField("Format", [DataRequired("Pick one.")], choices=[SelectChoice("group", "Group")])


@pytest.fixture
def draw() -> Environment:
    return Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)


def refused() -> Asked:
    form = Asked()
    assert not form.validate()
    form.form_errors.append("Somebody was quicker.")
    return form


def drawn(draw: Environment, part: str, **context: object) -> str:
    return draw.from_string('{% import "components/forms.html" as f %}' + part).render(**context)


def test_a_refused_field_names_its_reason(draw: Environment) -> None:
    html = drawn(draw, '{{ f.text(form.email, type="email", hint="We answer here.") }}', form=refused())
    assert '<label for="email">E-mail</label>' in html
    assert 'aria-describedby="email-hint email-error" aria-invalid="true"' in html
    assert 'id="email-error"' in html
    assert "Where do we &lt;write&gt;?" in html


def test_a_group_of_choices_is_reached_by_its_fields_name(draw: Environment) -> None:
    html = drawn(draw, "{{ f.segmented(form.format) }}", form=refused())
    assert '<fieldset class="field" id="format" tabindex="-1" aria-describedby="format-error"' in html
    assert '<label for="format-group"><input type="radio" id="format-group" name="format" value="group">' in html


def test_the_summary_leads_to_every_fault_and_takes_the_focus(draw: Environment) -> None:
    html = drawn(draw, "{{ f.error_summary(form) }}", form=refused())
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "3 things need another look" in html
    assert "<li>Somebody was quicker.</li>" in html
    assert re.findall(r'href="#([\w-]+)"', html) == ["email", "format"]


def test_a_form_nobody_sent_has_no_summary(draw: Environment) -> None:
    assert drawn(draw, "{{ f.error_summary(form) }}", form=Asked()) == ""


def test_a_filter_keeps_its_message_beside_it_and_opens_its_fold(draw: Environment) -> None:
    part = '{{ f.facet("language", "Languages", options, fold="shut", error="No such language.") }}'
    html = drawn(draw, part, options=[("es", "Spanish", 11, True)])
    assert '<details class="facet" id="language-fold" open>' in html
    assert 'aria-describedby="language-error"' in html
    assert 'data-count="11"' in html
