"""Wide ranges: what spans more than double says little, so a note tells why it is so wide."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base
from mladvisor.errors import Problem

WIDEST = 2.0


def check(base: Base) -> Iterator[Problem]:
    """Yield ranges whose high is more than `WIDEST` times their low, without a note."""
    for figure in base.figures():
        low, high = figure.row.get("low"), figure.row.get("high")
        if low is None or high is None or low <= 0 or figure.row.get("note"):
            continue
        if high > WIDEST * low:
            message = f"{low:g} to {high:g} is more than double: say in a note why it is so wide"
            yield Problem(base.at(figure.file, "facts", figure.field), message)
