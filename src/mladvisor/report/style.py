"""What the terminal report's parts share: colors, signs, wrapping, and the view of one document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TextIO

from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from mladvisor.knowledge.models import Source
from mladvisor.recommendation.document import RankedPath, Recommendation, SourceRow

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


KINDS = {
    "degree": "degree",
    "certificate": "certificate",
    "courses": "course plan",
    "hybrid": "certificate with a degree after it",
    "bachelor": "first degree",
    "phd": "PhD",
    "work": "way without enrolling",
}
"""Kinds of path, as a person says them in the middle of a sentence."""


@dataclass(frozen=True)
class Signs:
    """Characters for bars and marks: block elements, or ASCII where they can't be encoded."""

    bar: str
    pick: str
    point: str
    times: str


FINE_SIGNS = Signs(bar="█", pick="▸", point="·", times="×")


def signs_for(stream: TextIO) -> Signs:
    """Return the signs that the stream's encoding can carry."""
    fine = FINE_SIGNS
    try:
        "".join((fine.bar, fine.pick, fine.point)).encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return Signs(bar="#", pick=">", point="-", times="x")
    return fine


@dataclass(frozen=True)
class View:
    """One document as it is shown: with which signs, how wide."""

    document: Recommendation
    signs: Signs
    width: int

    @cached_property
    def winner(self) -> RankedPath:
        """The recommended path."""
        verdict = self.document.verdict
        return next(path for path in self.document.ranking if path.path == verdict.path)

    def best_of_each_kind(self) -> list[RankedPath]:
        """Return the best path of each kind, the recommended one first."""
        best: dict[str, RankedPath] = {}
        for path in self.document.ranking:
            best.setdefault(path.kind, path)
        return list(best.values())

    @cached_property
    def pages(self) -> list[SourceRow]:
        """The sources, each page once: claims of one article stand under one number."""
        pages = {(row.title, row.url): row for row in reversed(self.document.sources)}
        return list(reversed(pages.values()))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        at = {(row.title, row.url): number for number, row in enumerate(self.pages, start=1)}
        return {row.id: at[row.title, row.url] for row in self.document.sources}

    def cited(self, sources: Iterable[str]) -> str:
        """Return the numbers of sources in the list at the end, as " [3, 7]"."""
        numbers = sorted({self._numbers[source] for source in sources})
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def kind(self, kind: str) -> str:
        """Return a kind of path in words."""
        return KINDS[kind]

    def a_kind(self, kind: str) -> str:
        """Return a kind of path in words, with its article."""
        return "no enrollment" if kind == "work" else f"a {KINDS[kind]}"


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
