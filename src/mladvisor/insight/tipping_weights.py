"""How much a criterion must count for another kind of path to be picked.

One criterion's weight w is moved and the others keep their proportions. Between two paths with mean
points the lead then changes at w* = D / (D - d): d is the difference in that criterion's value, D
the weighted difference of all others with their weights summing to 1. The nearest w* is where the
search starts; what is reported was checked by weighing all scenarios anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals
from mladvisor.insight.robustness import Flags, Standing, mostly_out, pick_of, pick_of_fit
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

PERCENTS = tuple(percent / 100 for percent in range(1, 100))
"""Weights that are tried."""

LARGEST_LOG, STEPS = math.log(1e4), 100
"""Factors are looked for from 1/10,000 to 10,000, in so many steps at most; five or six will do."""

CLOSE = 1e-7
"""The last step's length, in the logarithm of the factor: what is left is about its square."""


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
    points, kind = scores.mean_points, scores.paths[ranks.pick].kind
    lead = points[ranks.pick] - points[scores.kinds != kind]
    out = mostly_out(ranks.totals, settings)
    found = [
        flip
        for column in range(len(scores.criteria))
        for flip in _Weighing(scores, ranks, settings, column, lead, out).flips()
    ]
    return sorted(found, key=lambda flip: abs(math.log(flip.tips_at / flip.now)))


def reweighed(scores: Scores, totals: Reals, column: int, factor: float) -> Reals:
    """Return the fits of all scenarios with one criterion's weight multiplied, (scenarios, paths).

    The same as a `weigh` rule for everybody: weights are multiplied, then sum to 1 again.
    """
    more = factor - 1
    weights = scores.weights[:, [column]]
    weighed: Reals = (totals + more * scores.points_by_criterion[column]) / (1 + more * weights)
    return weighed


class _Weighing:
    """Weighs one criterion more or less.

    `lead`: mean points of the pick less those of each path of another kind, (paths, criteria).
    `out`: which paths limits mostly rule out, whatever the weights.
    """

    def __init__(
        self,
        scores: Scores,
        ranks: Standing,
        settings: Settings,
        column: int,
        lead: Floats,
        out: Flags,
    ) -> None:
        self.scores = scores
        self.ranks = ranks
        self.settings = settings
        self.column = column
        self.lead = lead
        self.out = out
        self.weights = scores.weights[:, column].astype(np.float64)
        self.now = float(self.weights.mean())
        self._factors: dict[float, float] = {}
        self._picks: dict[float, int] = {}

    def flips(self) -> Iterator[WeightFlip]:
        """Yield the nearest tipping weight above, and the nearest below."""
        if self.now <= 0:
            return
        most = self.settings.numbers["weight_tried_factor"]
        high = min(self.now * most, self.settings.numbers["weight_tried_high"])
        starts = self.crossings()
        # The nearest weight in a direction is the least one, counted in that direction.
        for sign, end in ((1, high), (-1, self.now / most)):
            ahead = [weight * sign for weight in starts if weight * sign > self.now * sign]
            if ahead and min(ahead) <= end * sign:
                flip = self._checked(min(ahead) * sign, sign, end)
                if flip is not None:
                    yield flip

    def crossings(self) -> list[float]:
        """Return w* = D / (D - d) against every path of another kind, by mean points."""
        own = self.lead[:, self.column]
        rest = (self.lead.sum(axis=1) - own) / (1 - self.now)
        value = own / self.now
        real = np.abs(rest - value) > 1e-9
        crossings: list[float] = (rest[real] / (rest - value)[real]).tolist()
        return [weight for weight in crossings if 0 < weight < 1]

    def _checked(self, start: float, sign: int, end: float) -> WeightFlip | None:
        """Return the first whole percent at which the kind flips, looked for around `start`."""
        outward = [p for p in PERCENTS[::sign] if self.now * sign < p * sign <= end * sign]
        at = next((n for n, p in enumerate(outward) if (p - start) * sign >= 0), None)
        if at is None:
            return None
        while at < len(outward) and not self._flips(outward[at]):
            at += 1
        while at < len(outward) and at > 0 and self._flips(outward[at - 1]):
            at -= 1
        return self._flip(outward[at]) if at < len(outward) else None

    def _flips(self, weight: float) -> bool:
        paths = self.scores.paths
        return paths[self._pick(weight)].kind != paths[self.ranks.pick].kind

    def _pick(self, weight: float) -> int:
        if weight not in self._picks:
            self._picks[weight] = self._pick_by(self.factor(weight))
        return self._picks[weight]

    def _pick_by(self, factor: float) -> int:
        if self.ranks.rule == "mean":
            return pick_of_fit(self._mean_fit(factor), self.out, self.settings)
        fits = reweighed(self.scores, self.ranks.totals, self.column, factor)
        return pick_of(fits, self.settings, self.ranks.rule)

    def _mean_fit(self, factor: float) -> Floats:
        """Return the mean of `reweighed` by path; both sums over the scenarios are products."""
        more = factor - 1
        share = 1 / (1 + more * self.weights) / len(self.weights)
        fit: Floats = self.ranks.by_path @ share + more * (self._points @ share)
        return fit

    @cached_property
    def _points(self) -> Floats:
        """Points of the criterion, (paths, scenarios)."""
        points: Floats = self.scores.points_by_criterion[self.column].T.astype(np.float64)
        return points

    def _flip(self, weight: float) -> WeightFlip:
        criterion = self.scores.criteria[self.column]
        pick = self._pick(weight)
        return WeightFlip(criterion, self.now, weight, self.factor(weight), pick)

    def factor(self, weight: float) -> float:
        """Return the factor with which the criterion's mean weight becomes `weight`."""
        if weight not in self._factors:
            self._factors[weight] = self._factor(weight)
        return self._factors[weight]

    def _factor(self, weight: float) -> float:
        """Find the factor.

        By Newton's method on its logarithm, halving what is left between both ends where a step
        would leave them.
        """
        low, high = -LARGEST_LOG, LARGEST_LOG
        at = min(max(_logit(weight) - _logit(self.now), low), high)
        for _ in range(STEPS):
            factor = math.exp(at)
            each = factor * self.weights / (1 + (factor - 1) * self.weights)
            beyond = float(np.add.reduce(each)) / len(each) - weight
            low, high = (at, high) if beyond < 0 else (low, at)
            slope = float(each @ (1 - each)) / len(each)
            new = at - beyond / slope if slope > 0 else low
            if not low < new < high:
                new = (low + high) / 2
            found = abs(new - at) < CLOSE
            at = new
            if found:
                break
        return math.exp(at)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
