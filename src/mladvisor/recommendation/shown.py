"""One person's scores on the paths that are shown: all of these paths worked out at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Array, quantile_rank
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.rows import Settings
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import HIGH, LOW
from mladvisor.rules.engine import Met
from mladvisor.scoring.model import Scores, applied_chance
from mladvisor.scoring.points import signed

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Held:
    """A rule that holds on some of the paths: in which scenarios, and in which share of them.

    `holds`: (paths, scenarios), or one row for all paths on which it holds, where that is the same
    for all of these. `share`: by path.
    """

    outcome: Met
    holds: npt.NDArray[np.bool_]
    share: list[float]

    def row(self, place: int) -> int:
        """Return the row of `holds` that is about a path."""
        return place if len(self.holds) > 1 else 0


class Shown:
    """The scores of some columns; everything is by place among these.

    What is read of many scenarios is first put in rows, so that a sum adds up in the same order
    for a person alone and for one of a block.
    """

    def __init__(
        self, scores: Scores, ranks: Standing, columns: Sequence[int], settings: Settings
    ) -> None:
        self._numbers = settings.numbers
        self.scores = scores
        self.ranks = ranks
        self.columns = list(columns)
        self._sorted: dict[str, Array] = {}
        self._means: dict[int, list[float]] = {}
        self._kept: list[Any] = []

    def rows(self, values: Any) -> Array:
        """Return values of the paths shown, (paths, scenarios), from (scenarios, paths).

        What is the same for all paths, in one column or a plain number, stays one row.
        """
        by_path = np.atleast_2d(values).T
        return np.ascontiguousarray(by_path if len(by_path) == 1 else by_path[self.columns])

    def means(self, values: Any) -> list[float]:
        """Return the mean over the scenarios of each path."""
        key = id(values)
        if key not in self._means:
            self._kept.append(values)  # so that no other array gets its id
            means: list[float] = self.rows(values).mean(axis=1, dtype=np.float64).tolist()
            self._means[key] = means if len(means) > 1 else means * len(self.columns)
        return self._means[key]

    def mean(self, values: Any, place: int) -> float:
        """Return the mean over the scenarios of one path."""
        return self.means(values)[place]

    def figure_mean(self, name: str, place: int) -> float:
        """Return the mean of a figure over the scenarios."""
        return self.mean(self.scores.figures.values[name], place)

    def middle(self, name: str, place: int) -> float:
        """Return the median of a figure over the scenarios."""
        return self._quantile(name, place, 0.5)

    def range(self, name: str, place: int) -> Range:
        """Return the printed range of a figure."""
        low, high = (round(self._quantile(name, place, share)) for share in (LOW, HIGH))
        return Range(low=low, high=high)

    def _quantile(self, name: str, place: int, share: float) -> float:
        """Return a quantile as `axes.quantile` takes it."""
        if name not in self._sorted:
            self._sorted[name] = np.sort(self.rows(self.scores.figures.values[name]), axis=1)
        rows = self._sorted[name]
        rank = quantile_rank(rows.shape[1], share)
        return float(rows[place if len(rows) > 1 else 0, rank])

    @cached_property
    def _regret(self) -> Array:
        """Regrets from the least to the largest, (paths, scenarios)."""
        return np.sort(self.ranks.totals.max(axis=1) - self.rows(self.ranks.totals), axis=1)

    @cached_property
    def mean_regret(self) -> list[float]:
        """Mean regret by path."""
        regrets: list[float] = self._regret.mean(axis=1, dtype=np.float64).tolist()
        return regrets

    @cached_property
    def high_regret(self) -> list[float]:
        """The regret that most scenarios stay below, by path; see `robustness.high_regret`."""
        rank = quantile_rank(self._regret.shape[1], self._numbers["regret_share"])
        regrets: list[float] = self._regret[:, rank].tolist()
        return regrets

    @cached_property
    def held(self) -> list[Held]:
        """The rules that move points of some path shown, in the order of the rules."""
        moving = [
            outcome
            for outcome in self.scores.outcomes
            if outcome.checked.moves or outcome.rule.then.chance is not None
        ]
        return [held for held in map(self._holding, moving) if any(held.share)]

    def _holding(self, outcome: Met) -> Held:
        holds = outcome.when[None] if outcome.steady else outcome.on(self.columns)
        return Held(outcome, holds, outcome.shares(self.columns))

    def value_points(self, held: Held, criterion: int, added: float) -> list[float]:
        """Return the mean points that a rule adds to each path on which it holds.

        It adds so much to a criterion's value.
        """
        each = (self._per_unit[criterion] * held.holds).mean(axis=1)
        points: list[float] = (added * each).tolist()
        return points

    @cached_property
    def _per_unit(self) -> list[Floats]:
        """Points that 1 of a criterion's value is worth, by criterion: (paths, scenarios)."""
        scores, allowed = self.scores, self.rows(self.scores.allowed)
        found = []
        for place, criterion in enumerate(scores.criteria):
            chance = self.rows(applied_chance(scores, criterion))
            weight = self.rows(scores.weights[:, [place]])
            per_unit = signed(criterion, weight) * chance * allowed
            found.append(per_unit.astype(np.float64))
        return found
