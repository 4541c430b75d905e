"""The axes of a block: people, scenarios, paths; one code path for one person and for thousands.

An array has all three axes, in this order, and an axis along which nothing varies has length 1:
numpy broadcasts it, so that nothing is computed twice that is the same for all.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

REAL = np.float32
"""The type of figures: seven digits are more than any of them has, and half as much to move."""

Reals = npt.NDArray[np.float32]
Array = npt.NDArray[Any]


def shared(by_person: Array) -> Array:
    """Return only the first person's part where it is the same for all of them."""
    same: bool = len(by_person) > 1 and bool((by_person == by_person[:1]).all())
    return by_person[:1] if same else by_person


def of_person(values: Array, person: int, size: int, paths: int | None = None) -> Array:
    """Return one person's part, (size, 1) or (size, paths): a view, nothing is copied."""
    part = values[person if len(values) > 1 else 0]
    if part.shape[1] > 1:
        part = part[:, :paths]
    return np.broadcast_to(part, (size, part.shape[1]))


def of_path(values: Array, path: int) -> Array:
    """Return one path's column of (scenarios, paths); a single column is the same for all paths."""
    return values[:, path if values.shape[1] > 1 else 0]


def quantile(values: Array, share: float) -> float:
    """Return the value that `share` of the scenarios reach at most (nearest rank).

    numpy's own `quantile` and `median` load masked arrays, which costs a tenth of the start-up.
    """
    rank = min(len(values) - 1, int(share * len(values)))
    return float(np.sort(values)[rank])


def middle(values: Array) -> float:
    """Return the median over the scenarios."""
    return quantile(values, 0.5)
