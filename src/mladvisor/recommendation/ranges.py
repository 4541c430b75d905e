"""Numbers, ranges and means over the scenarios, as they are printed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import quantile_rank
from mladvisor.recommendation.money_document import Amount
from mladvisor.recommendation.part import Range

POINTS, VALUE = 2, 3
"""Decimal places of points, and of criteria's values and weights, in the document."""

LOW, HIGH = 0.05, 0.95
"""Ends of a printed range: nine in ten scenarios lie between them."""


def printed(values: npt.NDArray[Any], digits: int) -> npt.NDArray[Any]:
    """Return numbers rounded as they are printed."""
    rounded: npt.NDArray[Any] = np.round(values, digits) + 0.0
    return rounded


def decimal(value: float, digits: int) -> float:
    """Return one number rounded as it is printed; adding 0.0 makes -0.0 a plain 0.0."""
    return round(value, digits) + 0.0


def ends(rows: npt.NDArray[Any]) -> tuple[list[float], list[float]]:
    """Return the low and the high end of the range of each of (rows, scenarios)."""
    ordered, count = np.sort(rows, axis=1), rows.shape[1]
    low, high = quantile_rank(count, LOW), quantile_rank(count, HIGH)
    return ordered[:, low].tolist(), ordered[:, high].tolist()


@lru_cache(maxsize=1024)
def whole_range(low: int, high: int) -> Range:
    """Return a range in whole units: most are of nothing, and as no part changes it is shared."""
    return Range(low=low, high=high)


def printed_ranges(rows: npt.NDArray[Any]) -> list[Range]:
    """Return the range of each of (rows, scenarios), rounded to whole units."""
    return [whole_range(round(low), round(high)) for low, high in zip(*ends(rows), strict=True)]


def printed_range(values: npt.NDArray[Any]) -> Range:
    """Return the same of one array over the scenarios."""
    return printed_ranges(values[None])[0]


NOTHING = Amount(low=0.0, high=0.0, mean=0.0)
"""What is nothing in every scenario."""


def amounts(rows: npt.NDArray[np.float64]) -> list[Amount]:
    """Return the amount of dollars in each of (rows, scenarios).

    Amounts are 0 or more, but for the last bit of a difference. Means keep their cents, so that
    they add up.
    """
    means = rows.mean(axis=1)
    some = np.flatnonzero(means)
    found = [NOTHING] * len(rows)
    each = zip(some.tolist(), *ends(rows[some]), means[some].tolist(), strict=True)
    for at, low, high, mean in each:
        found[at] = Amount(low=float(round(low)), high=float(round(high)), mean=decimal(mean, 2))
    return found
