"""What the terminal report's parts share: colors, signs, wrapping, and the view of one document."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TextIO

from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from mladvisor.knowledge.models import Source
from mladvisor.recommendation.document import SourceRow

THEME = Theme(
    {
        "headline": "bold",
        "heading": "bold cyan",
        "strong": "bold",
        "quiet": "dim",
        "for": "green",
        "against": "red",
        "bar": "cyan",
    }
)


@dataclass(frozen=True)
class Signs:
    """Characters for bars and marks: block elements, or ASCII where they can't be encoded."""

    bar: str
    against: str
    axis: str
    pick: str
    point: str
    more: str


FINE_SIGNS = Signs(bar="█", against="▒", axis="│", pick="▸", point="·", more="…")
ASCII_SIGNS = Signs(bar="#", against="=", axis="|", pick=">", point="-", more="...")


def signs_for(stream: TextIO) -> Signs:
    """Return the signs that the stream's encoding can carry."""
    try:
        "".join(astuple(FINE_SIGNS)).encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII_SIGNS
    return FINE_SIGNS


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
    before = [*([""] if indent else []), *([mark] if mark else [])]
    grid.add_row(*before, Text(text, style=style))
    return grid


def dated(as_of: str) -> str:
    """Return the date of a source as it is shown."""
    return as_of if as_of == "undated" else f"as of {as_of}"


def source_text(source: SourceRow | Source) -> str:
    """Return a source on one line: title, kind, date, page."""
    text = f"{source.title} ({source.kind}, {dated(source.as_of)})"
    return f"{text} {source.url}" if source.url else text


def points_style(points: float) -> str:
    """Return the style of points for and against."""
    return "for" if points > 0 else "against" if points < 0 else "quiet"
