"""Spreading amounts over years of twelve months, counted from today."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def months_in_years(start: Any, length: Any, years: int) -> Floats:
    """Return how many months of a stretch fall into each year.

    `start` and `length` in months, shape (scenarios, 1); the result is (scenarios, years).
    """
    begins = 12.0 * np.arange(years)
    inside: Floats = np.minimum(start + length, begins + 12) - np.maximum(start, begins)
    return np.maximum(inside, 0)


def spread(amount: Any, start: Any, length: Any, years: int) -> Floats:
    """Return an amount spread evenly over a stretch that is not empty, by year."""
    each: Floats = amount * months_in_years(start, length, years) / length
    return each


def folded(by_year: Floats, years: int) -> Floats:
    """Return the first `years` columns and one more that holds the sum of all later ones."""
    later = by_year[:, years:].sum(axis=1, keepdims=True)
    first = by_year[:, :years]
    missing = np.zeros((len(by_year), years - first.shape[1]))
    return np.concatenate([first, missing, later], axis=1)
