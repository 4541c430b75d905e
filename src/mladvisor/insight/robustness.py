"""How often each path, and each kind of path, comes first over all scenarios.

The shares are the first-rank acceptabilities of SMAA-2 (Lahdelma and Salminen 2001).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals
from mladvisor.scoring.model import Fits, Scores, fits

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Fits and first places.

    `totals`: (scenarios, paths). `fit`, `first_share`: by path. `order`: columns, best first.
    `best_of_kind`: kind → column of its best path. `kind_share`: kind → share of first places.
    """

    totals: Reals
    fit: Floats
    first_share: Floats
    order: tuple[int, ...]
    best_of_kind: Mapping[str, int]
    kind_share: Mapping[str, float]


def standing(scores: Scores) -> Standing:
    """Rank the paths by mean fit; ties go by id, so that the order is always the same."""
    found = fits(scores.totals, scores.paths)
    kinds = [path.kind for path in scores.paths]
    order = ranked(found)
    best: dict[str, int] = {}
    for at in order:
        best.setdefault(kinds[at], at)
    first = found.first_share.tolist()
    shares = {
        kind: float(sum(first[at] for at, each in enumerate(kinds) if each == kind))
        for kind in best
    }
    return Standing(scores.totals, found.fit, found.first_share, order, best, shares)


def ranked(found: Fits) -> tuple[int, ...]:
    """Return the columns, the best fit first."""
    fit, paths = found.fit.tolist(), found.paths
    return tuple(sorted(range(len(paths)), key=lambda at: (-round(fit[at], 6), paths[at].id)))
