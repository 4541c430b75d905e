"""How firm the ranking is: first places, regret, and which path they lead to.

The shares are the rank acceptabilities of SMAA-2 (Lahdelma and Salminen 2001). The regret of a path
in a scenario is the best path's fit there less its own (Savage 1951).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Places, Reals, quantile_rank
from mladvisor.insight.leaders import Leaders
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.path import Path
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PickRule = Literal["mean", "cautious"]
"""The best mean fit, or the smallest regret where things go badly."""

DIGITS = 6
"""Fits that are the same to so many digits are equal."""

FAR = 1e6
"""More than any two fits or regrets differ by."""

CARRY_ON = 0
"""Column of carrying on as now: it is always the first path."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Fits, places and regrets of all paths, and the pick that follows from them.

    `totals`: fit, (scenarios, paths). `fit`: mean by path. `order`: columns, best first by the
    `rule`. `pick`: the column recommended. `best_of_kind`: kind → column of its best path.
    `kind_share`: kind → share of first places, see `_Kinds.shares`. `leaders`, `person`: what is
    among the best for each of the people ranked at once, and which of them this is.
    """

    totals: Reals
    fit: Floats
    order: tuple[int, ...]
    pick: int
    rule: PickRule
    best_of_kind: Mapping[str, int]
    kind_share: Mapping[str, float]
    leaders: Leaders
    person: int

    @cached_property
    def first_share(self) -> Floats:
        """The share of scenarios in which each path comes first."""
        scenarios, paths = self.totals.shape
        shares: Floats = np.bincount(self.first, minlength=paths) / scenarios
        return shares

    @cached_property
    def first(self) -> Places:
        """The column that comes first in each scenario."""
        first: Places = self.totals.argmax(axis=1)
        return first

    @cached_property
    def by_path(self) -> Floats:
        """The fits of each path in a row, (paths, scenarios), for sums as products of matrices."""
        return self.totals.T.astype(np.float64)

    def top_share(self, ranks: int) -> Floats:
        """Return by path the share of scenarios in which fewer than `ranks` others are ahead."""
        shares: Floats = self.leaders.top_shares(ranks)[: len(self.fit), self.person]
        return shares

    def ahead_share(self, column: int, other: int) -> float:
        """Return the share of scenarios in which a path beats another; equal fits count half."""
        own, others = self.totals[:, column], self.totals[:, other]
        ahead, equal = np.count_nonzero(own > others), np.count_nonzero(own == others)
        return ahead / len(own) + equal / len(own) / 2


def standing(scores: Scores, settings: Settings, rule: PickRule = "mean") -> Standing:
    """Rank the paths and pick one."""
    return ranked(scores.totals, scores.paths, settings, rule)


def ranked(
    totals: Reals, paths: Sequence[Path], settings: Settings, rule: PickRule = "mean"
) -> Standing:
    """Rank one person's paths by their fits, (scenarios, paths)."""
    return standings(totals.T[:, None], [paths], settings, rule)[0]


def standings(
    totals: Reals, people: Sequence[Sequence[Path]], settings: Settings, rule: PickRule = "mean"
) -> list[Standing]:
    """Rank everybody's paths by their fits, (paths, people, scenarios); ties go by column.

    `people`: the paths of each, the same kinds in the same columns; who has fewer has the first.
    Where the first one's mean fit gains too little, carrying on is the pick.
    """
    widest = max(people, key=len)
    totals = totals[: len(widest)]  # a block has columns that are nobody's
    fit = totals.mean(axis=2, dtype=np.float64)
    counts = [len(paths) for paths in people]
    order = np.argsort(-_merits(totals, fit, counts, settings, rule), axis=0, kind="stable")
    names = [path.kind for path in widest]
    kinds = _Kinds(names, order)
    shares = kinds.shares(totals)
    leaders = Leaders(totals, counts)
    found = []
    for at, count in enumerate(counts):
        own_order, own_fit = order[:count, at].tolist(), fit[:count, at]
        best = kinds.best(at)
        found.append(
            Standing(
                totals[:count, at].T,
                own_fit,
                tuple(own_order),
                worth_it(own_order[0], own_fit, settings),
                rule,
                best,
                {kind: shares[at][kind] for kind in (names[CARRY_ON], *best)},
                leaders,
                at,
            )
        )
    return found


def _merits(
    totals: Reals, fit: Floats, counts: Sequence[int], settings: Settings, rule: PickRule
) -> Floats:
    """Return the merits of everybody's paths, see `merit`, (paths, people)."""
    size = totals.shape[2]
    inside = (totals != 0).astype(REAL) @ np.ones(size, REAL)  # faster than counting
    merits = _in_order(fit, rarely_inside(inside.T, size, settings).T)
    for at, count in enumerate(counts):
        merits[count:, at] = -np.inf
        if rule != "mean":
            merits[:count, at] = merit(totals[:count, at].T, settings, rule, fit[:count, at])
    return merits


class _Kinds:
    """How kinds of path stand for a block of people.

    Args:
        names: the kind of each column.
        order: everybody's columns, the best first, (paths, people).
    """

    def __init__(self, names: Sequence[str], order: Places) -> None:
        self._names = list(dict.fromkeys(names))
        self._carry_on = self._names.index(names[CARRY_ON])
        number = np.array([self._names.index(name) for name in names])[order]
        of_kind = [number == kind for kind in range(len(self._names))]
        self._order = [order.T[own.T].reshape(order.shape[1], -1).T for own in of_kind]
        place = np.array([own.argmax(axis=0) for own in of_kind])
        self._by_best = np.argsort(place, axis=0, kind="stable")
        place[self._carry_on] = -1
        self._carry_on_first = np.argsort(place, axis=0, kind="stable")

    def best(self, person: int) -> dict[str, int]:
        """Return the best path of each kind, the best kind first."""
        by_best = self._by_best[:, person].tolist()
        return {self._names[kind]: int(self._order[kind][0, person]) for kind in by_best}

    def shares(self, totals: Reals) -> list[dict[str, float]]:
        """Return for each person how often each kind of path comes first.

        In each scenario a kind stands with the first of its paths that no limit rules out there:
        who learns that one program is out of reach takes the next, but nobody learns in advance
        which of seventy programs will turn out best. Where all stand at 0, carrying on comes first.
        """
        _, people, size = totals.shape
        flat = totals.reshape(len(totals), -1)
        stands = np.array([_first_open(flat, order, size) for order in self._order])
        stands = stands.reshape(len(self._names), people, size)
        in_order = np.take_along_axis(stands, self._carry_on_first[..., None], axis=0)
        kind = np.take_along_axis(self._carry_on_first, in_order.argmax(axis=0).T, axis=0)
        found = np.bincount(
            (kind + len(self._names) * np.arange(people)).ravel(),
            minlength=len(self._names) * people,
        )
        shares = (found.reshape(people, -1) / size).tolist()
        return [dict(zip(self._names, own, strict=True)) for own in shares]


def _first_open(totals: Reals, order: Places, size: int) -> Reals:
    """Return the fit of the first column in everybody's order that is not ruled out, or 0.

    `totals`: (paths, scenarios of one person after the other), `size` of each.
    """
    stands = np.zeros(totals.shape[1], totals.dtype)
    columns = np.sort(order[:, 0])
    # A path that is ruled out has 0 points.
    waiting = np.flatnonzero((totals[columns] != 0).any(axis=0))
    for place in order:
        if not len(waiting):
            break
        fits = totals[place[waiting // size], waiting]
        stands[waiting] = fits
        waiting = waiting[fits == 0]
    return stands


def pick_of(totals: Reals, settings: Settings, rule: PickRule = "mean") -> int:
    """Return the column that `ranked` picks, and nothing else."""
    fit = mean_fit(totals)
    return worth_it(int(merit(totals, settings, rule, fit).argmax()), fit, settings)


def picks_of_fits(fits: Floats, out: Flags, settings: Settings) -> list[int]:
    """Return the column picked by each row of mean fits; `out`: see `mostly_out`."""
    best = _in_order(fits, out).argmax(axis=1).tolist()
    return [worth_it(at, fit, settings) for at, fit in zip(best, fits, strict=True)]


def mean_fit(totals: Reals) -> Floats:
    """Return each path's mean over the scenarios."""
    fit: Floats = totals.mean(axis=0, dtype=np.float64)
    return fit


def merit(totals: Reals, settings: Settings, rule: PickRule, fit: Floats) -> Floats:
    """Return what paths are ordered by, to six digits: mean `fit`, or the least high regret.

    Those that limits rule out in most scenarios come after all others: what would be best if it
    were affordable is no advice to somebody for whom it most likely is not.
    """
    by_path = fit
    if rule != "mean":
        by_path = -high_regret(totals, settings.numbers["regret_share"])
    return _in_order(by_path, mostly_out(totals, settings))


def _in_order(by_path: Floats, out: Flags) -> Floats:
    merits: Floats = np.round(by_path, DIGITS) - FAR * out
    return merits


def mostly_out(totals: Reals, settings: Settings) -> Flags:
    """Return which paths limits rule out in most scenarios: they have 0 points there."""
    return rarely_inside(np.count_nonzero(totals, axis=0), len(totals), settings)


def rarely_inside(inside: Any, scenarios: float, settings: Settings) -> Flags:
    """Return the same from how many of the scenarios each path, (…, paths), is within limits in."""
    out: Flags = inside < settings.numbers["least_open_share"] * scenarios
    out[..., CARRY_ON] = False
    return out


def worth_it(best: int, fit: Floats, settings: Settings) -> int:
    """Return the best column, or carrying on where its mean fit gains too little."""
    return best if fit[best] >= settings.numbers["worthwhile_fit"] else CARRY_ON


def regret(totals: Reals) -> Reals:
    """Return the best fit of each scenario less each path's own, (scenarios, paths)."""
    lost: Reals = totals.max(axis=1, keepdims=True) - totals
    return lost


def high_regret(totals: Reals, share: float) -> Floats:
    """Return the regret that `share` of the scenarios stay below or at, by path (nearest rank)."""
    rank = quantile_rank(len(totals), share)
    high: Floats = np.partition(regret(totals), rank, axis=0)[rank].astype(np.float64)
    return high
