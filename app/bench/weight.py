"""How many bytes a first visit and a change of a filter carry, compressed as a browser asks for them."""

import re

from app.bench.timing import SEARCH, Caller

_FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def first_visit(caller: Caller) -> dict[str, int]:
    """Bytes of the home page and of every file it names, by kind, and their sum."""
    page = caller.get("/")
    named = {match.replace("&amp;", "&") for match in _FILES.findall(page.decode())}
    sizes = {"page": len(caller.get("/", Accept_Encoding="br")), "styles": 0, "scripts": 0, "fonts": 0, "pictures": 0}
    for path in named:
        sizes[_kind(path)] += len(caller.get(path, Accept_Encoding="br"))
    return {**sizes, "in all": sum(sizes.values())}


def filter_change(caller: Caller) -> int:
    """Bytes of the fragment that answers a change of a filter."""
    return len(caller.get(f"{SEARCH}&format=individual", HX_Request_Type="partial", Accept_Encoding="br"))


def _kind(path: str) -> str:
    endings = {".css": "styles", ".js": "scripts", ".woff2": "fonts"}
    return next((kind for ending, kind in endings.items() if ending in path), "pictures")
