"""How often each path, and each kind of path, comes first over all scenarios.

The shares are the first-rank acceptabilities of SMAA-2 (Lahdelma and Salminen 2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.path import Path
from mladvisor.scoring.model import Scores, fits

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
    """Rank a person's paths."""
    return ranked(scores.totals, scores.paths)


def ranked(totals: Reals, paths: Sequence[Path]) -> Standing:
    """Rank paths by their fits, (scenarios, paths); ties go by id, so the order never varies."""
    found = fits(totals, paths)
    fit = found.fit.tolist()
    order = sorted(range(len(paths)), key=lambda at: (-round(fit[at], 6), paths[at].id))
    best: dict[str, int] = {}
    for at in order:
        best.setdefault(paths[at].kind, at)
    shares = dict.fromkeys(best, 0.0)
    for path, share in zip(paths, found.first_share.tolist(), strict=True):
        shares[path.kind] += share
    return Standing(totals, found.fit, found.first_share, tuple(order), best, shares)


def pick_of(ranks: Standing, settings: Settings) -> int:
    """Return the column recommended: the best fit, or carrying on where nothing gains enough."""
    best = ranks.order[0]
    return best if ranks.fit[best] >= settings.numbers["worthwhile_fit"] else 0
