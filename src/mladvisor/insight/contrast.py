"""Why the pick rather than another path: what separates them, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass

from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.rules.engine import Met
from mladvisor.scoring.model import Scores

HELD_MOSTLY = 0.5
"""Rules that hold in fewer scenarios explain little."""


@dataclass(frozen=True)
class Separation:
    """What one criterion adds to the pick's lead in points of fit, below 0 against it.

    `rules`: those that moved the criterion's weight or value; `fields`: the answers given that the
    criterion reads, and first those read by rules that made the difference larger.
    """

    criterion: Criterion
    points: float
    rules: tuple[str, ...]
    fields: tuple[str, ...]


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


def contrast(scores: Scores, ranks: Standing, other: int, settings: Settings) -> Contrast:
    """Compare the pick with another path."""
    lead = scores.mean_points[ranks.pick] - scores.mean_points[other]
    separations = [
        _separation(scores, criterion, float(points), (ranks.pick, other))
        for criterion, points in zip(scores.criteria, lead, strict=True)
    ]
    share = ranks.ahead_share(ranks.pick, other)
    numbers = settings.numbers
    return Contrast(
        other,
        tuple(sorted(separations, key=lambda each: -abs(each.points))),
        share,
        tie=numbers["tie_low"] <= share <= numbers["tie_high"],
    )


def _separation(
    scores: Scores, criterion: Criterion, points: float, columns: tuple[int, int]
) -> Separation:
    moved = [
        outcome
        for outcome in scores.moving[criterion.id]
        if max(map(outcome.share, columns)) >= HELD_MOSTLY
    ]
    answers = scores.scenarios.answers
    read = [
        name
        for outcome in moved
        if _widens(outcome, criterion, points, columns)
        for name in outcome.checked.sorted_names
    ]
    fields = dict.fromkeys(field for field in (*read, *criterion.reads) if field in answers)
    return Separation(criterion, points, tuple(each.rule.id for each in moved), tuple(fields))


def _widens(outcome: Met, criterion: Criterion, points: float, columns: tuple[int, int]) -> bool:
    """Say whether a rule makes the two paths differ more in this criterion, not less."""
    then = outcome.rule.then
    if then.weigh is not None:
        return then.weigh[criterion.id] > 1
    added = (then.value or {})[criterion.id] * (1 if criterion.kind == "benefit" else -1)
    pick, other = map(outcome.share, columns)
    return added * (pick - other) * points > 0
