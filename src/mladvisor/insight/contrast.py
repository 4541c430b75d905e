"""Why the pick rather than another path: what separates them, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.rules.engine import Held
from mladvisor.scoring.model import Scores

HELD_MOSTLY = 0.5
"""Rules that hold in fewer scenarios explain little."""


@dataclass(slots=True, eq=False)
class Separation:
    """What one criterion adds to the pick's lead in points of fit, below 0 against it.

    `rules`: those that moved the criterion's weight or value; `fields`: the answers given that the
    criterion reads, and first those read by rules that made the difference larger.
    """

    criterion: Criterion
    points: float
    rules: list[str]
    fields: list[str]


@dataclass(frozen=True)
class Contrast:
    """The pick against the path in column `other`; `separations` by size, the largest first."""

    other: int
    separations: tuple[Separation, ...]
    winning_share: float
    tie: bool

    @property
    def gap(self) -> float:
        """The pick's lead in points of fit."""
        return sum(each.points for each in self.separations)


class Contrasts:
    """Sets the pick of one person against other paths, each by its place among a few.

    `points`: mean points by place and criterion. `held`: the rules that hold for some of these.
    """

    def __init__(
        self,
        scores: Scores,
        ranks: Standing,
        columns: Sequence[int],
        points: Sequence[Sequence[float]],
        held: Sequence[Held],
        settings: Settings,
    ) -> None:
        self._scores = scores
        self._ranks = ranks
        self._place = {column: place for place, column in enumerate(columns)}
        self._points = points
        self._settings = settings
        self._moving: dict[str, list[Held]] = {criterion.id: [] for criterion in scores.criteria}
        for each in held:
            for name in each.outcome.checked.moves:
                self._moving[name].append(each)

    def against(self, other: int) -> Contrast:
        """Compare the pick with the path in another column."""
        places = self._place[self._ranks.pick], self._place[other]
        rows = zip(self._scores.criteria, *(self._points[place] for place in places), strict=True)
        separations = [
            self._separation(criterion, own - foil, places) for criterion, own, foil in rows
        ]
        share = self._ranks.ahead_share(self._ranks.pick, other)
        numbers = self._settings.numbers
        return Contrast(
            other,
            tuple(sorted(separations, key=lambda each: -abs(each.points))),
            share,
            tie=numbers["tie_low"] <= share <= numbers["tie_high"],
        )

    def _separation(
        self, criterion: Criterion, points: float, places: tuple[int, int]
    ) -> Separation:
        pick, other = places
        moved = [
            each
            for each in self._moving[criterion.id]
            if each.share[pick] >= HELD_MOSTLY or each.share[other] >= HELD_MOSTLY
        ]
        answers = self._scores.scenarios.answers
        read = [
            name
            for each in moved
            if _widens(each, criterion, points, each.share[pick] - each.share[other])
            for name in each.outcome.checked.sorted_names
        ]
        fields = dict.fromkeys([field for field in (*read, *criterion.reads) if field in answers])
        rules = [each.outcome.rule.id for each in moved]
        return Separation(criterion, points, rules, list(fields))


def _widens(held: Held, criterion: Criterion, points: float, more_often: float) -> bool:
    """Say whether a rule makes the two paths differ more in this criterion, not less.

    `more_often`: in how much larger a share of scenarios it holds for the pick.
    """
    then = held.outcome.rule.then
    if then.weigh is not None:
        return then.weigh[criterion.id] > 1
    added = (then.value or {})[criterion.id] * (1 if criterion.kind == "benefit" else -1)
    return added * more_often * points > 0
