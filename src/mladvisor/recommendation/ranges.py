"""Ranges and means over the scenarios, as they are printed."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from mladvisor.axes import quantile
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
    if not values.any():  # most amounts of most years
        return Amount(low=0, high=0, mean=0)
    ends = printed_range(values)
    return Amount(low=ends.low, high=ends.high, mean=round(float(values.mean()), 2))
