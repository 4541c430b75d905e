"""The scores of a block of people on the paths that are shown to each, worked out for all at once.

What is read of many scenarios is first put in rows, so that a sum adds up in the same order for a
person alone and for one of a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Array, chosen, quantile_rank, three_axes
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.rows import Settings
from mladvisor.recommendation.advising import Shares, advising
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import HIGH, LOW, POINTS, VALUE, printed, whole_range
from mladvisor.rules.engine import Held, Outcome
from mladvisor.scoring.model import Block, Scores
from mladvisor.scoring.points import KEPT_WHEN_STOPPING, criterion_points, signed

Floats = npt.NDArray[np.float64]

ByPlace = list[list[float]]
"""For each person a number for each of their paths, by its place."""


class BlockShown:
    """The scores of some columns of each of some people of a block.

    Everything is by place among the columns; who has fewer than others has more of the first.
    `named`: the column of a path that the pick is set against besides; it follows the others.
    """

    def __init__(
        self,
        block: Block,
        people: Sequence[int],
        ranks: Sequence[Standing],
        columns: Sequence[Sequence[int]],
        settings: Settings,
        named: int | None = None,
    ) -> None:
        self.block = block
        self.ranks = ranks
        self.columns = columns
        self.named = named
        self._settings = settings
        self._people = np.array(people)
        more = [] if named is None else [named]
        places = max(map(len, columns))
        self._at = np.array([[*own, *more, *[0] * (places - len(own))] for own in columns]).T
        self._made: dict[tuple[Any, Any], ByPlace] = {}
        self._sorted: dict[str, Array] = {}
        self._values = {
            **block.figures.values,
            "chance": block.chance,
            "allowed": block.allowed,
            "foregone_usd": block.figures.foregone_by_path,
        }

    def of(self, place: int, scores: Scores) -> Shown:
        """Return the part of the person in that place among the people."""
        return Shown(self, place, scores)

    def rows(self, values: Any) -> Array:
        """Return values of the paths shown, (paths, people, scenarios); an axis may be 1 long."""
        return _in_rows(chosen(values, self._at, self._people))

    def means(self, name: str) -> ByPlace:
        """Return means of a figure over the scenarios."""
        key = ("mean", name)
        if key not in self._made:
            self._made[key] = self._by_place(self._mean(self._values[name]))
        return self._made[key]

    def quantiles(self, name: str, share: float) -> ByPlace:
        """Return quantiles of a figure over the scenarios, as `axes.quantile` takes them."""
        key = (name, share)
        if key not in self._made:
            if name not in self._sorted:
                self._sorted[name] = np.sort(self.rows(self._values[name]), axis=2)
            ordered = self._sorted[name]
            rank = quantile_rank(ordered.shape[2], share)
            self._made[key] = self._by_place(ordered[..., rank])
        return self._made[key]

    @cached_property
    def values(self) -> list[dict[str, tuple[float, list[float]]]]:
        """For each person each criterion's value today, and after each path, rules included."""
        found: list[dict[str, tuple[float, list[float]]]] = [{} for _ in self.columns]
        for name, today in self.block.today.items():
            before = np.broadcast_to(self._mean(today), self._at.shape)
            after = np.clip(before + _mean(self._moved[name]), 0, 1)
            each = (self._by_place(printed(values, VALUE)) for values in (before, after))
            for own, (own_before, *_), own_after in zip(found, *each, strict=True):
                own[name] = own_before, own_after
        return found

    @cached_property
    def _moved(self) -> dict[str, Array]:
        """Criterion → the whole change of its value, rules included, (paths, people, scenarios)."""
        moved = self.block.moved.items()
        return {name: _in_rows(each.of(self._at, self._people)) for name, each in moved}

    @cached_property
    def weights(self) -> list[dict[str, float]]:
        """For each person the mean weight of each criterion."""
        names = [criterion.id for criterion in self.block.criteria]
        means = [self._mean(each)[0] for each in self.block.weights]
        people = np.broadcast_to(np.array(means), (len(names), len(self._people))).T
        return [dict(zip(names, own, strict=True)) for own in printed(people, VALUE).tolist()]

    @cached_property
    def regrets(self) -> tuple[ByPlace, ByPlace]:
        """Mean regret, and the one that most scenarios stay below; see `robustness.high_regret`."""
        best = np.array([ranks.totals.max(axis=1) for ranks in self.ranks])
        regret = np.sort(best - self.rows(self.block.totals), axis=2)
        rank = quantile_rank(regret.shape[2], self._settings.numbers["regret_share"])
        mean = regret.mean(axis=2, dtype=np.float64)
        return self._by_place(mean), self._by_place(regret[..., rank])

    @cached_property
    def points(self) -> list[list[list[float]]]:
        """Mean points of each person's paths, by criterion."""
        by_place: list[list[list[float]]] = self._points.tolist()
        return by_place

    @cached_property
    def printed_points(self) -> list[list[list[float]]]:
        """The same as the document has them."""
        by_place: list[list[list[float]]] = printed(self._points, POINTS).tolist()
        return by_place

    @cached_property
    def _points(self) -> Floats:
        """Mean points, (people, paths, criteria)."""
        block, open_ = self.block, self.rows(self.block.allowed)
        chances = (self.rows(block.chance) * open_, self.rows(block.part) * open_)
        points = [
            criterion_points(criterion, self.rows(weight), chances, self._moved[criterion.id])
            for criterion, weight in zip(block.criteria, block.weights, strict=True)
        ]
        means = [each.mean(axis=2, dtype=np.float64) for each in points]
        by_person: Floats = np.array(means).transpose(2, 1, 0)
        return by_person

    @cached_property
    def advising(self) -> list[Shares]:
        """For each person the rules that only say something, and the share in which they hold."""
        return advising(self.block, self._people, [ranks.pick for ranks in self.ranks])

    @cached_property
    def held(self) -> list[list[Held]]:
        """For each person the rules that move points of some path shown, in their order."""
        moving = [
            outcome
            for outcome in self.block.outcomes
            if outcome.checked.moves or outcome.rule.then.chance is not None
        ]
        shares = np.empty((len(moving), *self._at.shape))
        for row, outcome in zip(shares, moving, strict=True):
            row[:] = outcome.shares_of(self._at, self._people)
        found = []
        for person, columns in enumerate(self.columns):
            own = shares[:, : len(columns) + (self.named is not None), person]
            some = np.flatnonzero(np.any(own, axis=1)).tolist()
            found.append([Held(moving[at], own[at].tolist()) for at in some])
        return found

    def value_points(self, outcome: Outcome, criterion: int, added: float) -> ByPlace:
        """Return the mean points that a rule adds to each path on which it holds, as printed.

        It adds so much to a criterion's value.
        """
        key = (outcome, criterion)
        if key not in self._made:
            per_unit = self._per_unit[criterion]
            holds = three_axes(outcome.holds_of(self._at, self._people)).astype(np.float64)
            # Row by row, as a sum is, and so the same for a person alone and for one of a block.
            sums = np.einsum("pns,pns->pn", per_unit, np.broadcast_to(holds, per_unit.shape))
            points = added * (sums / per_unit.shape[2])
            self._made[key] = self._by_place(printed(points, POINTS))
        return self._made[key]

    @cached_property
    def _per_unit(self) -> list[Floats]:
        """Points that 1 of each criterion's value is worth, (paths, people, scenarios)."""
        block, allowed = self.block, self.rows(self.block.allowed)
        chances = self.rows(block.chance), self.rows(block.part)
        found = []
        for criterion, weight in zip(block.criteria, block.weights, strict=True):
            chance = chances[criterion.id in KEPT_WHEN_STOPPING]
            per_unit = signed(criterion, self.rows(weight)) * chance * allowed
            found.append(per_unit.astype(np.float64))
        return found

    def _mean(self, values: Any) -> Floats:
        return _mean(self.rows(values))

    def _by_place(self, values: Array) -> ByPlace:
        by_place: ByPlace = np.broadcast_to(values, self._at.shape).T.tolist()
        return by_place


def _in_rows(values: Any) -> Array:
    return np.ascontiguousarray(three_axes(values))


def _mean(rows: Array) -> Floats:
    mean: Floats = rows.mean(axis=2, dtype=np.float64)
    return mean


class Shown:
    """One person's part: the scores of the paths shown, each by its place among them."""

    def __init__(self, block: BlockShown, person: int, scores: Scores) -> None:
        self.scores = scores
        self.ranks = block.ranks[person]
        self.columns = block.columns[person]
        self.named = block.named
        self.held = block.held[person]
        self.points = block.points[person]
        self.printed_points = block.printed_points[person]
        self.values = block.values[person]
        self.weights = block.weights[person]
        self.advising = block.advising[person]
        self._block = block
        self._person = person

    @cached_property
    def set_against(self) -> list[int]:
        """The columns that the pick may be set against: those shown, and the one that is named."""
        return [*self.columns, *([] if self.named is None else [self.named])]

    def mean(self, name: str, place: int) -> float:
        """Return the mean of a figure over the scenarios."""
        return self._block.means(name)[self._person][place]

    def middle(self, name: str, place: int) -> float:
        """Return the median of a figure over the scenarios."""
        return self._block.quantiles(name, 0.5)[self._person][place]

    def range(self, name: str, place: int) -> Range:
        """Return the printed range of a figure."""
        low, high = (self._block.quantiles(name, share)[self._person] for share in (LOW, HIGH))
        return whole_range(round(low[place]), round(high[place]))

    def regrets(self, place: int) -> tuple[float, float]:
        """Return the mean regret, and the one that most scenarios stay below."""
        mean, high = self._block.regrets
        return mean[self._person][place], high[self._person][place]

    def value_points(self, held: Held, criterion: int, added: float) -> list[float]:
        """Return the mean points that a rule adds to each path on which it holds, as printed."""
        return self._block.value_points(held.outcome, criterion, added)[self._person]

    def holds(self, held: Held, place: int) -> npt.NDArray[np.bool_]:
        """Return the scenarios in which a rule holds for a path."""
        return held.outcome.holds_of(self.columns[place], self.scores.person)


def shown_alone(
    scores: Scores,
    ranks: Standing,
    columns: Sequence[int],
    settings: Settings,
    named: int | None = None,
) -> Shown:
    """Return the scores of the paths shown to one person; `named`: see `BlockShown`."""
    people = [scores.person]
    return BlockShown(scores.block, people, [ranks], [columns], settings, named).of(0, scores)
