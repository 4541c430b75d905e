"""Dates that can't be: no day of the calendar, or after the day of the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mladvisor.checks.base import Base
from mladvisor.errors import Problem


def check(base: Base) -> Iterator[Problem]:
    """Yield each `as_of` and `checked_on` that is no date or lies in the future."""
    for fault in _faults(base.document, base.today):
        yield Problem(base.at("version.toml", "checked_on"), fault)
    for name, source in base.document["sources"].items():
        for fault in _faults(source, base.today):
            yield Problem(base.source_at(name), fault)
    for figure in base.figures():
        for fault in _faults(figure.row, base.today):
            yield Problem(base.at(figure.file, "facts", figure.field), fault)
    yield from _of_money(base)


def _of_money(base: Base) -> Iterator[Problem]:
    for row in base.document["money"]:
        for fact in (row["figure"], *row.get("others", ())):
            for fault in _faults(fact, base.today):
                yield Problem(base.at("money.toml", f'id = "{row["id"]}"'), fault)


def _faults(dated: Mapping[str, Any], today: date) -> Iterator[str]:
    for key in ("as_of", "checked_on"):
        text = dated.get(key)
        if text is None or (key == "as_of" and text == "undated"):
            continue
        day = first_day(text)
        if day is None:
            yield f'{key} = "{text}"; accepted: a date as 2026, 2026-11 or 2026-11-22'
        elif day > today:
            yield f'{key} = "{text}" lies after today, {today}'


def first_day(text: str) -> date | None:
    """Return the first day that a year, a month or a day stands for; None if it is none."""
    try:
        year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
        return date(year, month, day)
    except ValueError:
        return None
