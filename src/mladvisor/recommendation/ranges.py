"""Ranges and means over the scenarios, as they are printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import quantile, quantile_rank
from mladvisor.recommendation.money_document import Amount
from mladvisor.recommendation.part import Range

LOW, HIGH = 0.05, 0.95
"""Ends of a printed range: nine in ten scenarios lie between them."""


def printed_range(values: npt.NDArray[Any], digits: int | None = None) -> Range:
    """Return the range of an array over the scenarios, rounded to whole units or to digits."""
    low, high = (round(quantile(values, share), digits) for share in (LOW, HIGH))
    return Range(low=low, high=high)


def amount(values: npt.NDArray[Any]) -> Amount:
    """Return an amount of dollars with its mean, which keeps its cents so that means add up."""
    return amounts(values[:, None])[0]


def amounts(values: npt.NDArray[Any]) -> list[Amount]:
    """Return the amount in each column of (scenarios, columns)."""
    nothing = Amount(low=0, high=0, mean=0)
    if not values.any():
        return [nothing] * values.shape[1]
    rows = np.sort(values.T, axis=1)
    low, high = (rows[:, quantile_rank(len(values), share)].tolist() for share in (LOW, HIGH))
    # Added up in the order of the scenarios, as for one column alone.
    means = np.ascontiguousarray(values.T).mean(axis=1).tolist()
    return [
        Amount(low=round(least), high=round(most), mean=round(mean, 2))
        for least, most, mean in zip(low, high, means, strict=True)
    ]
