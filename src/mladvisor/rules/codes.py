"""Numbers looked up by word, for arrays of words' codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Reals
from mladvisor.rules.expression import code


def by_word(codes: npt.NDArray[Any], rows: Mapping[str, float], otherwise: Any = 0.0) -> Reals:
    """Return the number of each word in an array of codes; words not listed get `otherwise`."""
    found: Reals = table_of(rows, otherwise).take(codes, mode="clip")
    return found


def table_of(rows: Mapping[str, float], otherwise: Any = 0.0, kind: Any = REAL) -> Any:
    """Return an array of numbers by code; its last place is for all codes beyond."""
    places = [code(word) for word in rows]
    table = np.full(max(places) + 2, otherwise, dtype=kind)
    table[places] = list(rows.values())
    return table
