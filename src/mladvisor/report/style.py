"""Colors, signs and wrapping, shared by the terminal report's parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from rich.table import Table
from rich.text import Text
from rich.theme import Theme

THEME = Theme(
    {
        "headline": "bold",
        "heading": "bold cyan",
        "strong": "bold",
        "quiet": "dim",
        "for": "green",
        "against": "red",
    }
)


@dataclass(frozen=True)
class Signs:
    """Characters for bars and marks: block elements, or ASCII where they can't be encoded."""

    bar: str
    pick: str


def signs_for(stream: TextIO) -> Signs:
    """Return the signs that the stream's encoding can carry."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    try:
        "█▸".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Signs(bar="#", pick=">")
    return Signs(bar="█", pick="▸")


def heading(text: str) -> Text:
    """Return a section's title."""
    return Text(text, style="heading")


def wrapped(text: str, *, mark: str = "", indent: int = 0, style: str = "") -> Table:
    """Return text that wraps under itself, behind a mark."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    if indent:
        grid.add_column(width=indent - 1)
    if mark:
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    cells = [*([""] if indent else []), *([mark] if mark else []), Text(text, style=style)]
    grid.add_row(*cells)
    return grid


def signed(points: float) -> str:
    """Return points with their sign, one decimal: "+4.8", "-1.3", "0"."""
    shown = round(points, 1)
    return f"{shown:+.1f}" if shown else "0"


def points_style(points: float) -> str:
    """Return the style of points for and against."""
    return "for" if points > 0 else "against" if points < 0 else "quiet"
