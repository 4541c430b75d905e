"""Numbers spread over (0, 1) that stand in for chance: the same ones in every process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=512)
def uniform(dimension: int, size: int) -> Floats:
    """Return `size` numbers spread evenly over (0, 1), shape (size,); one sequence a dimension.

    A Kronecker sequence: fractional parts of multiples of the square root of a prime.
    """
    step = float(_PRIMES[dimension]) ** 0.5 % 1
    spread: Floats = (np.arange(1, size + 1) * step) % 1
    return spread


_PRIMES = [n for n in range(2, 400) if all(n % divisor for divisor in range(2, int(n**0.5) + 1))]


@lru_cache(maxsize=512)
def scattered(name: str, size: int) -> Floats:
    """Return numbers in (0, 1), shape (size,), that depend on the name alone (SplitMix64)."""
    seed = np.array([crc32(name.encode())], dtype=np.uint64)
    steps = np.arange(1, size + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = seed * np.uint64(0xD1342543DE82EF95) + steps
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    scaled: Floats = ((z >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53
    return scaled


def columns(names: Sequence[str], size: int) -> Floats:
    """Return one scattered column a name, shape (size, names)."""
    return np.stack([scattered(name, size) for name in names], axis=1)
