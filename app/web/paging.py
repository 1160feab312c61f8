"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import TypeVar

from flask import request

FURTHEST = 100_000
T = TypeVar("T")


def asked_for() -> int:
    """The page that the address asks for, counted from 1; the first for anything that is none."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), FURTHEST) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def page_of(items: Sequence[T], size: int) -> tuple[Sequence[T], int, int]:
    """The items of the page asked for, its number, and how many pages there are; of one too far the last."""
    pages = max(1, -(-len(items) // size))
    number = min(asked_for(), pages)
    return items[(number - 1) * size : number * size], number, pages
