"""How often each path, and each kind of path, comes first over all scenarios.

The shares are the first-rank acceptabilities of SMAA-2 (Lahdelma and Salminen 2001).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Fits and first places.

    `totals`: (scenarios, paths). `fit`, `first_share`: by path. `order`: columns, best first.
    `best_of_kind`: kind → column of its best path. `kind_share`: kind → share of first places.
    """

    totals: Floats
    fit: Floats
    first_share: Floats
    order: tuple[int, ...]
    best_of_kind: Mapping[str, int]
    kind_share: Mapping[str, float]


def standing(scores: Scores) -> Standing:
    """Rank the paths by mean fit; ties go by id, so that the order is always the same."""
    totals = scores.points.sum(axis=2)
    fit = totals.mean(axis=0)
    kinds = [path.kind for path in scores.paths]
    columns = range(len(kinds))
    order = sorted(columns, key=lambda at: (-round(float(fit[at]), 6), scores.paths[at].id))
    first = np.bincount(totals.argmax(axis=1), minlength=len(kinds)) / len(totals)
    best: dict[str, int] = {}
    for at in order:
        best.setdefault(kinds[at], at)
    shares = {kind: float(sum(first[at] for at in columns if kinds[at] == kind)) for kind in best}
    return Standing(totals, fit, first, tuple(order), best, shares)
