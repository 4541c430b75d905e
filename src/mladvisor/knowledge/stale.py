"""Which figures were last checked too long ago: they are said and widened, nothing stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from mladvisor.knowledge.document import table
from mladvisor.knowledge.load import Knowledge

TABLES = ("programs", "certificates", "routes", "courses", "roles")
NO_PAGE = ("judgement", "recall")
"""Kinds without a page that could be opened again."""


@dataclass(frozen=True)
class Stale:
    """A figure or source that is due: where, of which class, last checked when, and the page."""

    entity: str
    figure: str
    stale_class: str
    checked_on: str
    months: int
    limit_months: int
    url: str | None


@lru_cache(maxsize=8)
def stale(knowledge: Knowledge, today: date) -> tuple[Stale, ...]:
    """Return what is due on that day, the longest unchecked first."""
    shortest = min(row.months for row in knowledge.staleness)
    if months_between(str(knowledge.document["oldest_check"]), today) <= shortest:
        return ()
    rows = [*_figures(knowledge, today), *_sources(knowledge, today)]
    return tuple(sorted(rows, key=lambda row: (-row.months, row.entity, row.figure)))


def stale_figures(knowledge: Knowledge, today: date) -> frozenset[tuple[str, str]]:
    """Return (entity, figure) of all that is due."""
    return frozenset((row.entity, row.figure) for row in stale(knowledge, today))


def months_between(checked_on: str, today: date) -> int:
    """Return whole months from the day of the last check."""
    checked = date.fromisoformat(checked_on)
    months = 12 * (today.year - checked.year) + today.month - checked.month
    return months - (today.day < checked.day)


def _figures(knowledge: Knowledge, today: date) -> Iterator[Stale]:
    limits = {figure: row for row in knowledge.staleness for figure in row.figures}
    for name in TABLES:
        for entity in table(knowledge.document, name):
            for figure, fact in entity["facts"].items():
                limit, source = limits.get(figure), fact.get("source")
                if limit is None or source is None:
                    continue
                page = knowledge.raw_source(source)
                months = months_between(page["checked_on"], today)
                if months > limit.months and page["kind"] not in NO_PAGE:
                    where = f"{name}/{entity['id']}"
                    yield _row(where, figure, limit.id, page, months, limit.months)


def _sources(knowledge: Knowledge, today: date) -> Iterator[Stale]:
    for limit in knowledge.staleness:
        for name in limit.sources:
            page = knowledge.raw_source(name)
            months = months_between(page["checked_on"], today)
            if months > limit.months:
                yield _row("sources", name, limit.id, page, months, limit.months)


def _row(
    entity: str, figure: str, name: str, page: Mapping[str, Any], months: int, limit: int
) -> Stale:
    return Stale(entity, figure, name, page["checked_on"], months, limit, page.get("url"))
