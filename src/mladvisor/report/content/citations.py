"""Numbers of sources: each page once, however many claims of it are cited."""

from __future__ import annotations

from collections.abc import Iterable

from mladvisor.browse.options import SourceLine
from mladvisor.recommendation.document import SourceRow
from mladvisor.report.content.blocks import Source
from mladvisor.report.phrases import web_page
from mladvisor.report.style import dated

Row = SourceRow | SourceLine


class Citations:
    """The list of sources at the end of a report, and the number of each."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._cited: set[int] = set()
        self._pages: dict[tuple[str, str | None], Row] = {}
        self._ids: dict[str, int] = {}
        for row in rows:
            page = (row.title, row.url)
            self._pages.setdefault(page, row)
            self._ids[row.id] = list(self._pages).index(page) + 1

    def of(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of sources, in order, each once."""
        numbers = {self._ids[name] for name in names}
        self._cited |= numbers
        return tuple(sorted(numbers))

    def listed(self, *, cited: bool = False) -> list[Source]:
        """Return the sources in the order of their numbers; `cited`: those asked for until now."""
        return [
            Source(number, row.title, f"{row.kind}, {dated(row.as_of)}", web_page(row.url))
            for number, row in enumerate(self._pages.values(), start=1)
            if number in self._cited or not cited
        ]
