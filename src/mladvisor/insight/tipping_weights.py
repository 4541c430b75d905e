"""How much a criterion must count for another kind of path to be picked.

One criterion's weight w is moved and the others keep their proportions. Between two paths with mean
points the lead then changes at w* = D / (D - d): d is the difference in that criterion's value, D
the weighted difference of all others with their weights summing to 1. The nearest w* is where the
search starts; what is reported was checked by weighing all scenarios anew.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Reals
from mladvisor.insight.robustness import Standing, mostly_out, pick_of, picks_of_fits
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.scoring.model import Scores
from mladvisor.scoring.points import KEPT_WHEN_STOPPING, signed

Floats = npt.NDArray[np.float64]

PERCENTS = tuple(percent / 100 for percent in range(1, 100))
"""Weights that are tried."""

LEAST_APART = 1e-9
"""Where the values that are weighed against each other differ by less, no weight tips."""

AHEAD = 6
"""So many weights further on are tried at once, where the first ones do not tell."""

LARGEST_LOG, STEPS = math.log(1e4), 100
"""Factors are looked for from 1/10,000 to 10,000, in so many steps at most; five or six will do."""

CLOSE = 1e-4
"""The last step's length, in the logarithm of the factor: what is left is about its square."""

LEAST_SLOPE = 1e-30
"""Where weights no longer move, a step by this slope leaves both ends."""


@dataclass(frozen=True)
class WeightFlip:
    """A weight from which another kind is picked: `now` and `tips_at` are mean weights, 0 to 1.

    `factor` is what the criterion's weight is multiplied with for that; `pick` the column picked
    then.
    """

    criterion: Criterion
    now: float
    tips_at: float
    factor: float
    pick: int


def tipping_weights(scores: Scores, ranks: Standing, settings: Settings) -> list[WeightFlip]:
    """Return where each criterion's weight tips the kind, up and down, the nearest first."""
    picks = _Picks(scores, ranks, settings)
    sides = list(_sides(picks))
    picks.ask((side.column, weight) for side in sides for weight in side.first)
    while asked := [each for side in sides for each in _asked(side, picks)]:
        picks.ask(asked)
    found = [picks.flip(side.column, at) for side in sides if (at := _tips_at(side, picks))]
    return sorted(found, key=lambda flip: abs(math.log(flip.tips_at / flip.now)))


def reweighed(scores: Scores, totals: Reals, column: int, factor: float) -> Reals:
    """Return the fits of all scenarios with one criterion's weight multiplied, (scenarios, paths).

    The same as a `weigh` rule for everybody: weights are multiplied, then sum to 1 again.
    """
    more = factor - 1
    weights = scores.weights[:, [column]]
    weighed: Reals = (totals + more * scores.points_by_criterion[column]) / (1 + more * weights)
    return weighed


@dataclass(frozen=True)
class _Side:
    """Weights of a criterion above or below today's, from there outward, to be tried.

    `start`: the place among them where the search starts.
    """

    column: int
    outward: tuple[float, ...]
    start: int

    @property
    def first(self) -> tuple[float, ...]:
        """The weights that the search asks for first: mostly these are all."""
        return self.outward[max(self.start - 1, 0) : self.start + 1]


def _sides(picks: _Picks) -> Iterator[_Side]:
    """Yield what is to be tried on each side of each criterion's weight."""
    numbers = picks.settings.numbers
    most, high = numbers["weight_tried_factor"], numbers["weight_tried_high"]
    for column, (now, below, above) in enumerate(zip(*_crossings(picks), strict=True)):
        if now <= 0:
            continue
        rising = PERCENTS[
            bisect_right(PERCENTS, now) : bisect_right(PERCENTS, min(now * most, high))
        ]
        if (start := bisect_left(rising, above)) < len(rising):
            yield _Side(column, rising, start)
        falling = PERCENTS[bisect_left(PERCENTS, now / most) : bisect_left(PERCENTS, now)]
        if (left := bisect_right(falling, below)) > 0:
            yield _Side(column, falling[::-1], len(falling) - left)


def _crossings(picks: _Picks) -> tuple[list[float], list[float], list[float]]:
    """Return each criterion's weight, and the nearest w* below and above it.

    w* = D / (D - d) against every path of another kind, by mean points.
    """
    now = np.array(picks.now)
    rest = (picks.lead.sum(axis=1, keepdims=True) - picks.lead) / (1 - now)
    apart = rest - picks.lead / np.where(now > 0, now, 1)
    real = np.abs(apart) > LEAST_APART
    crossing = rest / np.where(real, apart, 1)
    real &= (crossing > 0) & (crossing < 1)
    below = np.where(real & (crossing < now), crossing, -1).max(axis=0, initial=-1)
    above = np.where(real & (crossing > now), crossing, 2).min(axis=0, initial=2)
    return picks.now, below.tolist(), above.tolist()


def _asked(side: _Side, picks: _Picks) -> list[tuple[int, float]]:
    """Return what is to be tried next, as long as it is open where the kind flips."""
    at = _reached(side, picks)
    if at == len(side.outward) or picks.changes_kind(side.column, side.outward[at]) is not None:
        return []
    ahead = side.outward[at : at + AHEAD] if at >= side.start else side.outward[: at + 1][-AHEAD:]
    return [(side.column, weight) for weight in ahead]


def _tips_at(side: _Side, picks: _Picks) -> float | None:
    """Return the first weight at which the kind flips, looked for around the start."""
    at = _reached(side, picks)
    return side.outward[at] if at < len(side.outward) else None


def _reached(side: _Side, picks: _Picks) -> int:
    """Return the place where the search ends: where the kind flips, or what is not yet tried.

    It goes outward to where the kind flips, then back as long as it does.
    """
    at, end = side.start, len(side.outward)

    def flips(place: int) -> bool | None:
        return picks.changes_kind(side.column, side.outward[place])

    while at < end and flips(at) is False:
        at += 1
    while 0 < at < end and flips(at) and flips(at - 1) is not False:
        at -= 1
    return at


class _Picks:
    """What is picked when a criterion weighs more or less; many weights are tried at once.

    `now`: mean weights today. `lead`: mean points of the pick less those of each path of another
    kind, (paths, criteria).
    """

    def __init__(self, scores: Scores, ranks: Standing, settings: Settings) -> None:
        self.scores = scores
        self.ranks = ranks
        self.settings = settings
        self._weights = np.ascontiguousarray(scores.weights.T, dtype=np.float64)
        self.now: list[float] = self._weights.mean(axis=1).tolist()
        self._kind = scores.paths[ranks.pick].kind
        self._signed = [signed(criterion, 1) for criterion in scores.criteria]
        self._points = [
            (scores.open_chances[criterion.id in KEPT_WHEN_STOPPING] * scores.moved[criterion.id]).T
            for criterion in scores.criteria
        ]
        # The lead only says where to search from, for which seven digits will do.
        weights = (scores.weights * self._signed).astype(REAL).T
        by_criterion = zip(self._points, weights, strict=True)
        points = np.array([each @ weight for each, weight in by_criterion]).T / len(ranks.totals)
        self.lead = points[ranks.pick] - points[scores.kinds != self._kind]
        # Which paths limits mostly rule out does not depend on the weights.
        self._out = mostly_out(ranks.totals, settings)
        self._wide: dict[int, Floats] = {}
        self._found: dict[tuple[int, float], tuple[float, int]] = {}

    def ask(self, tried: Iterable[tuple[int, float]]) -> None:
        """Find out what is picked with each (criterion, mean weight)."""
        new = [each for each in dict.fromkeys(tried) if each not in self._found]
        if not new:
            return
        columns = [column for column, _ in new]
        weights, now = self._weights[columns], np.array([self.now[column] for column in columns])
        found = factors(weights, now, np.array([weight for _, weight in new]))
        if self.ranks.rule == "mean":
            picks = self._by_mean(columns, weights, found)
        else:
            picks = [self._by_rule(*each) for each in zip(columns, found.tolist(), strict=True)]
        self._found.update(zip(new, zip(found.tolist(), picks, strict=True), strict=True))

    def changes_kind(self, column: int, weight: float) -> bool | None:
        """Say whether another kind is picked with such a mean weight; None if not tried yet."""
        found = self._found.get((column, weight))
        return None if found is None else self.scores.paths[found[1]].kind != self._kind

    def flip(self, column: int, weight: float) -> WeightFlip:
        """Return what was found of a weight at which the kind flips."""
        factor, pick = self._found[column, weight]
        return WeightFlip(self.scores.criteria[column], self.now[column], weight, factor, pick)

    def _by_mean(self, columns: list[int], weights: Floats, found: Floats) -> list[int]:
        """Return the picks by the mean of `reweighed`; both sums over scenarios are products."""
        more = found[:, None] - 1
        shares = 1 / (1 + more * weights) / weights.shape[1]
        fits = shares @ self.ranks.by_path.T
        weighed = shares * weights
        for column in set(columns):
            own = [place for place, each in enumerate(columns) if each == column]
            fits[own] += more[own] * (weighed[own] @ self._wide_points(column).T)
        return picks_of_fits(fits, self._out, self.settings)

    def _wide_points(self, column: int) -> Floats:
        """Return what a criterion's weight is multiplied with for its points."""
        if column not in self._wide:
            self._wide[column] = self._points[column].astype(np.float64) * self._signed[column]
        return self._wide[column]

    def _by_rule(self, column: int, factor: float) -> int:
        fits = reweighed(self.scores, self.ranks.totals, column, factor)
        return pick_of(fits, self.settings, self.ranks.rule)


def factors(weights: Floats, now: Floats, wanted: Floats) -> Floats:
    """Return with what each row of weights is multiplied so that its mean becomes as `wanted`.

    By Newton's method on its logarithm and the log odds of the mean, halving what is left between
    both ends where a step would leave them. `weights`: (rows, scenarios); `now`: their means.
    """
    low, high = np.full(len(now), -LARGEST_LOG), np.full(len(now), LARGEST_LOG)
    goal = _logit(wanted)
    at = np.clip(goal - _logit(now), low, high)
    others, done = 1 - weights, np.zeros(len(now), dtype=bool)
    for _ in range(STEPS):
        more = np.exp(at)[:, None] * weights
        each = more / (more + others)
        mean = each.mean(axis=1)
        less = mean < wanted
        low, high = np.where(less, at, low), np.where(less, high, at)
        # The log odds are nearly a straight line, so that few steps are taken.
        slope = np.maximum((each * (1 - each)).mean(axis=1) / (mean * (1 - mean)), LEAST_SLOPE)
        new = at - (_logit(mean) - goal) / slope
        new = np.where((low < new) & (new < high), new, (low + high) / 2)
        close = np.abs(new - at) < CLOSE
        at = np.where(done, at, new)
        done |= close
        if done.all():
            break
    return np.exp(at)


def _logit(share: Floats) -> Floats:
    logit: Floats = np.log(share / (1 - share))
    return logit
