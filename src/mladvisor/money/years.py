"""Spreading amounts over years of twelve months, counted from today.

A year is a row, a scenario a column: numpy works through rows many times faster than through
columns, and sums over years or over scenarios add up in the same order in every block.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def months_in_years(start: Any, length: Any, years: int) -> Floats:
    """Return how many months of a stretch fall into each year.

    `start` and `length` in months, shape (scenarios,); the result is (years, scenarios).
    """
    edges = 12.0 * np.arange(years + 1)[:, None]
    reached = np.minimum(np.maximum(edges, start), start + length)
    inside: Floats = reached[1:] - reached[:-1]
    return inside


def years_until(months: Floats) -> int:
    """Return how many years there are until the latest end."""
    return int(np.ceil(months.max() / 12))


def spread(amount: Any, start: Any, length: Any, years: int) -> Floats:
    """Return an amount spread evenly over a stretch that is not empty, by year."""
    each: Floats = amount * months_in_years(start, length, years) / length
    return each
