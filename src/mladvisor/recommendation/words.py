"""Amounts in words, the same in every sentence and report."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mladvisor.recommendation.part import Range

WHOLE = ("months",)
"""Units of which a tenth says nothing."""


def usd(amount: float) -> str:
    """Return an amount of dollars, to two figures above 100: 9113 → "9,100 USD"."""
    return f"{rounded(amount):,} USD"


def rounded(amount: float) -> int:
    """Round to what figures can carry: tens below 1,000, thousands from 20,000, else hundreds."""
    step = 10 if amount < 1000 else 100 if amount < 20000 else 1000
    return int(round(amount / step) * step)


def of_100(share: float) -> int:
    """Return a share of the document in whole hundredths, halves up: 0.105 → 11.

    Sentences and tables round the same figure, the one in the document, so that they agree.
    """
    return math.floor(round(100 * share, 6) + 0.5)


def usd_range(low: float, high: float) -> str:
    """Return a range of dollars, or one amount where both ends read the same."""
    least, most = rounded(low), rounded(high)
    return f"{most:,} USD" if least == most else f"{least:,} to {most:,} USD"


def hours_range(hours: Range) -> str:
    """Return hours as a range, or one number where both ends are the same."""
    if hours.low == hours.high:
        return f"{hours.low:,g} hours"
    return f"{hours.low:,g} to {hours.high:,g} hours"


def counted(count: int, thing: str) -> str:
    """Return a number of things: "1 month", "3 months"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def one_of(unit: str) -> str:
    """Return a unit as it stands behind 1: "months" → "month", "hours a week" → "hour a week"."""
    first, space, rest = unit.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}"


def going_on(sentence: str) -> str:
    """Return a sentence as it goes on after another's beginning."""
    return sentence[:1].lower() + sentence[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def measured(amount: float, unit: str) -> str:
    """Return a limit with its unit: exact dollars, whole months, hours to a tenth."""
    if unit == "USD":
        return f"{round(amount):,} USD"
    if not unit:
        return f"{amount:g}"
    digits = 0 if unit in WHOLE and amount >= 1 else 1
    shown = f"{round(amount, digits):,.1f}".removesuffix(".0")
    return f"{shown} {one_of(unit) if shown == '1' else unit}"
