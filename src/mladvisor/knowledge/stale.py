"""Which figures are too old: they are said and taken from a wider range, nothing stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from mladvisor.knowledge.document import table
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Staleness

OFFERS = ("programs", "certificates", "routes")
OTHERS = ("courses", "roles")
NO_PAGE = ("judgement", "recall")
"""Kinds without a page that could be opened again."""

UNDATED = "undated"


@dataclass(frozen=True)
class Stale:
    """A figure or source that is due: where, of which class, how old, and the page.

    `dated`: the time the page speaks for, as it is written; of an undated page, and of law, the
    day it was last looked at. `months`: whole months since then.
    """

    entity: str
    figure: str
    stale_class: str
    dated: str
    checked_on: str
    months: int
    limit_months: int
    url: str | None


def stale(knowledge: Knowledge, today: date) -> list[Stale]:
    """Return what is due on that day, the oldest first."""
    rows = [*_figures(knowledge, today, (*OFFERS, *OTHERS)), *_sources(knowledge, today)]
    return _oldest_first(rows)


@lru_cache(maxsize=8)
def stale_offers(knowledge: Knowledge, today: date) -> Mapping[str, Sequence[Stale]]:
    """Return what is due of offers, which is all that a path reads: entity → the oldest first."""
    found: dict[str, list[Stale]] = {}
    for row in _oldest_first(_figures(knowledge, today, OFFERS)):
        found.setdefault(row.entity, []).append(row)
    return found


def _oldest_first(rows: Iterable[Stale]) -> list[Stale]:
    return sorted(rows, key=lambda row: (-row.months, row.entity, row.figure))


def months_between(day: str, today: date) -> int:
    """Return whole months from an ISO day to today."""
    start = date.fromisoformat(day)
    months = 12 * (today.year - start.year) + today.month - start.month
    return months - (today.day < start.day)


def _figures(knowledge: Knowledge, today: date, tables: Iterable[str]) -> Iterator[Stale]:
    limits = {figure: row for row in knowledge.staleness for figure in row.figures}
    for name in tables:
        for entity in table(knowledge.document, name):
            for figure, fact in entity["facts"].items():
                limit, source = limits.get(figure), fact.get("source")
                if limit is None or source is None:
                    continue
                page = knowledge.raw_source(source)
                if page["kind"] in NO_PAGE:
                    continue
                dated = fact.get("as_of") or page["as_of"]
                if dated == UNDATED:
                    dated = page["checked_on"]
                months = months_between(min(_last_day(dated), page["checked_on"]), today)
                if months >= limit.months:
                    yield _row(f"{name}/{entity['id']}", figure, limit, page, dated, months)


def _last_day(period: str) -> str:
    """Return the last day of a year or month that all calendars have; a day as it is."""
    return period + "-12-28"[len(period) - 4 :]


def _sources(knowledge: Knowledge, today: date) -> Iterator[Stale]:
    for limit in knowledge.staleness:
        for name in limit.sources:
            page = knowledge.raw_source(name)
            months = months_between(page["checked_on"], today)
            if months >= limit.months:
                yield _row("sources", name, limit, page, page["checked_on"], months)


def _row(
    entity: str, figure: str, limit: Staleness, page: Mapping[str, Any], dated: str, months: int
) -> Stale:
    return Stale(
        entity, figure, limit.id, dated, page["checked_on"], months, limit.months, page.get("url")
    )
