"""How firm the ranking is: first places, regret, and which path they lead to.

The shares are the rank acceptabilities of SMAA-2 (Lahdelma and Salminen 2001). The regret of a path
in a scenario is the best path's fit there less its own (Savage 1951).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.path import Path
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

PickRule = Literal["mean", "cautious"]
"""The best mean fit, or the smallest regret where things go badly."""

CARRY_ON = 0
"""Column of carrying on as now: it is always the first path."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Fits, places and regrets of all paths, and the pick that follows from them.

    `totals`: fit, (scenarios, paths). `fit`: mean by path. `order`: columns, best first by the
    `rule`. `pick`: the column recommended. `best_of_kind`: kind → column of its best path.
    `kind_share`: kind → share of first places, see `kind_shares`.
    """

    totals: Reals
    fit: Floats
    order: tuple[int, ...]
    pick: int
    rule: PickRule
    best_of_kind: Mapping[str, int]
    kind_share: Mapping[str, float]

    @cached_property
    def first_share(self) -> Floats:
        """The share of scenarios in which each path comes first."""
        scenarios, paths = self.totals.shape
        first: Floats = np.bincount(self.totals.argmax(axis=1), minlength=paths) / scenarios
        return first

    @cached_property
    def regret(self) -> Reals:
        """The best fit of each scenario less each path's own, (scenarios, paths)."""
        return regret(self.totals)

    def top_share(self, column: int, ranks: int) -> float:
        """Return the share of scenarios in which a path is among the first `ranks`."""
        own = self.totals[:, [column]]
        return float(((self.totals > own).sum(axis=1) < ranks).mean())

    def ahead_share(self, column: int, other: int) -> float:
        """Return the share of scenarios in which a path beats another; equal fits count half."""
        lead = self.totals[:, column] - self.totals[:, other]
        return float((lead > 0).mean() + (lead == 0).mean() / 2)


def standing(scores: Scores, settings: Settings, rule: PickRule = "mean") -> Standing:
    """Rank the paths and pick one."""
    return ranked(scores.totals, scores.paths, settings, rule)


def ranked(
    totals: Reals, paths: Sequence[Path], settings: Settings, rule: PickRule = "mean"
) -> Standing:
    """Rank paths by their fits, (scenarios, paths); ties go by column.

    Where the first one's mean fit gains too little, carrying on is the pick.
    """
    fit = mean_fit(totals)
    order = np.argsort(-merit(totals, settings, rule, fit), kind="stable").tolist()
    columns: dict[str, list[int]] = {}
    for at in order:
        columns.setdefault(paths[at].kind, []).append(at)
    best = {kind: own[0] for kind, own in columns.items()}
    shares = kind_shares(totals, columns, paths[CARRY_ON].kind)
    pick = worth_it(order[0], fit, settings)
    return Standing(totals, fit, tuple(order), pick, rule, best, shares)


def kind_shares(
    totals: Reals, columns: Mapping[str, Sequence[int]], carry_on: str
) -> dict[str, float]:
    """Return how often each kind of path comes first; `columns`: kind → its paths, best first.

    In each scenario a kind stands with the first of its paths that no limit rules out there: who
    learns that one program is out of reach takes the next, but nobody learns in advance which of
    seventy programs will turn out best. Where all stand at 0, carrying on comes first.
    """
    columns = {carry_on: columns[carry_on], **columns}
    stands = [_first_open(totals, own) for own in columns.values()]
    first = np.bincount(np.argmax(stands, axis=0), minlength=len(stands)) / len(totals)
    return dict(zip(columns, first.tolist(), strict=True))


def _first_open(totals: Reals, columns: Sequence[int]) -> Reals:
    """Return each scenario's fit of the first of some columns that is not ruled out, or 0."""
    stands: Reals = totals[:, columns[0]]
    if len(columns) > 1 and not stands.all():  # a path that is ruled out has 0 points
        fits = totals.T[columns]
        stands = fits[(fits != 0).argmax(axis=0), np.arange(len(totals))]
    return stands


def pick_of(totals: Reals, settings: Settings, rule: PickRule = "mean") -> int:
    """Return the column that `ranked` picks, and nothing else."""
    fit = mean_fit(totals)
    return worth_it(int(merit(totals, settings, rule, fit).argmax()), fit, settings)


def mean_fit(totals: Reals) -> Floats:
    """Return each path's mean over the scenarios."""
    fit: Floats = totals.mean(axis=0, dtype=np.float64)
    return fit


def merit(totals: Reals, settings: Settings, rule: PickRule, fit: Floats) -> Floats:
    """Return what paths are ordered by, to six digits: mean `fit`, or the least high regret."""
    by_path = fit
    if rule != "mean":
        by_path = -high_regret(totals, settings.numbers["regret_share"])
    rounded: Floats = np.round(by_path, 6)
    return rounded


def worth_it(best: int, fit: Floats, settings: Settings) -> int:
    """Return the best column, or carrying on where its mean fit gains too little."""
    return best if fit[best] >= settings.numbers["worthwhile_fit"] else CARRY_ON


def regret(totals: Reals) -> Reals:
    """Return the best fit of each scenario less each path's own, (scenarios, paths)."""
    lost: Reals = totals.max(axis=1, keepdims=True) - totals
    return lost


def high_regret(totals: Reals, share: float) -> Floats:
    """Return the regret that `share` of the scenarios stay below or at, by path (nearest rank)."""
    rank = min(len(totals) - 1, int(share * len(totals)))
    high: Floats = np.partition(regret(totals), rank, axis=0)[rank].astype(np.float64)
    return high
