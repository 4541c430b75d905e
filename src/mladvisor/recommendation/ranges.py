"""Ranges and means over the scenarios, as they are printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import quantile_rank
from mladvisor.recommendation.money_document import Amount
from mladvisor.recommendation.part import Range

LOW, HIGH = 0.05, 0.95
"""Ends of a printed range: nine in ten scenarios lie between them."""


def printed_range(values: npt.NDArray[Any], digits: int | None = None) -> Range:
    """Return the range of an array over the scenarios, rounded to whole units or to digits."""
    ordered = np.sort(values)
    ends = (ordered[quantile_rank(len(values), share)] for share in (LOW, HIGH))
    low, high = (round(float(end), digits) for end in ends)
    return Range(low=low, high=high)


def amount(values: npt.NDArray[Any]) -> Amount:
    """Return an amount of dollars with its mean, which keeps its cents so that means add up."""
    return amounts(values[:, None])[0]


def amounts(values: npt.NDArray[Any]) -> list[Amount]:
    """Return the amount in each column of (scenarios, columns)."""
    some: npt.NDArray[np.bool_] = np.any(values, axis=0)
    # In rows, so that each is added up in the order of the scenarios, as for one column alone.
    rows = np.ascontiguousarray(values.T[some])
    means = rows.mean(axis=1).tolist()
    rows.sort(axis=1)
    low, high = (rows[:, quantile_rank(len(values), share)].tolist() for share in (LOW, HIGH))
    found = (
        Amount(low=round(least), high=round(most), mean=round(mean, 2))
        for least, most, mean in zip(low, high, means, strict=True)
    )
    nothing = Amount(low=0, high=0, mean=0)
    return [next(found) if used else nothing for used in some.tolist()]
