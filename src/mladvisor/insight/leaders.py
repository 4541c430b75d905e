"""Which paths are among the best in a scenario, for all people of a block at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals

Floats = npt.NDArray[np.float64]


class Leaders:
    """How often paths come out among the best.

    `totals`: fits, (paths, people, scenarios). `paths`: how many paths each person has; more
    columns are not theirs.
    """

    def __init__(self, totals: Reals, paths: Sequence[int]) -> None:
        self._totals = totals
        self._paths = np.array(paths)
        self._top: dict[int, Floats] = {}

    def top_shares(self, ranks: int) -> Floats:
        """Return the share of scenarios in which fewer than `ranks` others are ahead.

        By path and person, worked out when first asked for.
        """
        if ranks not in self._top:
            reached = (self._totals >= self._least(ranks)).view(np.uint8)
            counts = np.add.reduce(reached, axis=2, dtype=np.int32)
            self._top[ranks] = counts / self._totals.shape[2]
        return self._top[ranks]

    def _least(self, ranks: int) -> Reals:
        """Return what the fit must reach to be among so many best, (people, scenarios).

        Each path in turn pushes down those that it is ahead of. numpy's `partition` takes several
        times as long: what it has to sort lies far apart in memory.
        """
        best = np.full((ranks, *self._totals.shape[1:]), -np.inf, self._totals.dtype)
        least: Reals = best[-1]
        for at, fits in enumerate(self._totals):
            own = self._paths > at
            pushed = fits if own.all() else np.where(own[:, None], fits, -np.inf)
            for held in best[:-1]:
                lower = np.minimum(held, pushed)
                np.maximum(held, pushed, out=held)
                pushed = lower
            np.maximum(least, pushed, out=least)
        return least
