"""Why a path has its points: each criterion's reading in words, and the rules that moved it.

Every number in a sentence comes from the scores; the sentences stand in data/texts.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from mladvisor.axes import middle, of_path
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import OfferFigure
from mladvisor.knowledge.rows import Criterion
from mladvisor.recommendation.conditions import condition
from mladvisor.recommendation.document import Contribution, Reason
from mladvisor.recommendation.words import of_100, usd
from mladvisor.rules.engine import Outcome, read_values
from mladvisor.scoring.model import Scores, applied_chance

RESTS_ON: Mapping[str, tuple[OfferFigure, ...]] = {
    "credential": ("recognition", "signal"),
    "cost": ("cost_usd",),
    "time": ("hours", "months_min"),
}
"""Criterion → the figures of an offer that its value rests on."""

PLACES = 3
"""Decimal places of a criterion's value in the document."""


class Explainer:
    """Explains the columns of one person's scores."""

    def __init__(self, scores: Scores, knowledge: Knowledge) -> None:
        self.scores = scores
        self.knowledge = knowledge
        self.texts: Mapping[str, str] = knowledge.texts["reasons"]
        self._points = scores.points.mean(axis=0, dtype=np.float64)
        self._weights = scores.weights.mean(axis=0)
        self._means: dict[int, Any] = {}
        self._conditions: dict[tuple[str, bytes], str] = {}

    def contributions(self, at: int) -> list[Contribution]:
        """Return what each criterion adds to path `at`; rounded points still add up."""
        return [
            self._contribution(at, place, criterion)
            for place, criterion in enumerate(self.scores.criteria)
        ]

    def chance_reasons(self, at: int) -> list[Reason]:
        """Return the rules that moved the chance of path `at`."""
        return [
            self._rule_reason(outcome, at, {"chance": outcome.rule.then.chance or 0.0})
            for outcome in self._outcomes(at)
            if outcome.rule.then.chance is not None
        ]

    @cached_property
    def _moving(self) -> dict[str, list[Outcome]]:
        """The outcomes that move each criterion."""
        found = self.scores.outcomes
        return {
            each.id: [outcome for outcome in found if each.id in outcome.checked.moves]
            for each in self.scores.criteria
        }

    def _contribution(self, at: int, place: int, criterion: Criterion) -> Contribution:
        scores = self.scores
        points = round(float(self._points[at, place]), 2)
        rules = list(self._rule_reasons(at, place, criterion))
        moved = sum(reason.points or 0.0 for reason in rules)
        change = scores.changes[criterion.id]
        base = Reason(
            rule=None,
            text=self._base_text(at, criterion),
            points=round(points - moved, 2),
            effect={},
            read={},
            share=1.0,
            condition="",
            sources=list(dict.fromkeys(self._base_sources(at, criterion))),
        )
        return Contribution(
            criterion=criterion.id,
            label=criterion.label,
            weight=round(float(self._weights[place]), 3),
            value_today=round(self._mean(change.today, 0), PLACES),
            value_after=round(self._after(at, criterion), PLACES),
            points=points,
            reasons=[base, *rules],
        )

    def _after(self, at: int, criterion: Criterion) -> float:
        """Return the value after path `at`, rules included, within 0 and 1."""
        today = self._mean(self.scores.changes[criterion.id].today, 0)
        after = today + self._mean(self.scores.moved[criterion.id], at)
        return min(max(after, 0.0), 1.0)

    def _mean(self, values: Any, at: int) -> float:
        """Return the mean over the scenarios in a column; all columns are averaged at once."""
        key = id(values)
        if key not in self._means:
            self._means[key] = _as_alone(np.atleast_2d(values)).mean(axis=0)
        means = self._means[key]
        return float(means[at if len(means) > 1 else 0])

    def _stays(self, at: int) -> bool:
        """Say whether path `at` is carrying on, which nothing moves."""
        return self.scores.paths[at].hours == (0.0, 0.0)

    def _outcomes(self, at: int) -> list[Outcome]:
        """Return the outcomes that hold for path `at` in some scenario."""
        if self._stays(at):
            return []
        return [outcome for outcome in self.scores.outcomes if outcome.share(at) > 0]

    def _rule_reasons(self, at: int, place: int, criterion: Criterion) -> Iterator[Reason]:
        if self._stays(at):
            return
        for outcome in self._moving[criterion.id]:
            then = outcome.rule.then
            if outcome.share(at) == 0:
                continue
            if criterion.id in (then.weigh or {}):
                yield self._rule_reason(outcome, at, {"weigh": (then.weigh or {})[criterion.id]})
            else:
                added = (then.value or {})[criterion.id]
                points = self._value_points(outcome, at, place, criterion, added)
                yield self._rule_reason(outcome, at, {"value": added}, points)

    def _value_points(
        self, outcome: Outcome, at: int, place: int, criterion: Criterion, added: float
    ) -> float:
        """Return the points that one `value` rule adds: exact, for values add up."""
        scores = self.scores
        holds = outcome.column(at)
        sign = 1 if criterion.kind == "benefit" else -1
        applies = applied_chance(scores, criterion)[:, at]
        each = sign * 100 * scores.weights[:, place] * applies * added * holds
        return round(float((each * scores.allowed[:, at]).mean()), 2)

    def _rule_reason(
        self, outcome: Outcome, at: int, effect: dict[str, float], points: float | None = None
    ) -> Reason:
        fields = self.knowledge.questions
        return Reason(
            rule=outcome.rule.id,
            text=outcome.rule.because,
            points=points,
            effect=effect,
            read=read_values(outcome.checked, self.scores.scenarios.answers, fields),
            share=round(outcome.share(at), 2),
            condition=self._condition(outcome, at),
            sources=list(outcome.rule.sources),
        )

    def _condition(self, outcome: Outcome, at: int) -> str:
        """Return what must be so for a rule to hold; paths on which it holds alike share it."""
        key = (outcome.rule.id, outcome.column(at).tobytes())
        if key not in self._conditions:
            found = condition(outcome, at, self.scores.scenarios, self.knowledge)
            self._conditions[key] = found
        return self._conditions[key]

    def _base_text(self, at: int, criterion: Criterion) -> str:
        if criterion.id == "cost":
            return self._cost_text(at)
        if criterion.id == "time":
            return self._time_text(at)
        change = self.scores.changes[criterion.id]
        today = of_100(round(self._mean(change.today, 0), PLACES))
        after = of_100(round(self._after(at, criterion), PLACES))
        same = after <= today
        role = self.knowledge.roles[self.scores.skills.role]
        return self.texts[f"{criterion.id}_same" if same else criterion.id].format(
            today=today,
            after=after,
            role=role.title,
            portfolio=self.knowledge.texts["portfolio"][role.portfolio],
        )

    def _cost_text(self, at: int) -> str:
        figures, scenarios = self.scores.figures, self.scores.scenarios
        own = self._mean(figures.values["net_cost_usd"], at)
        foregone = self._mean(figures.foregone_usd, at)
        if round(own) == 0 and round(foregone) == 0:
            return self.texts["cost_none"]
        if round(own) == 0:
            return self.texts["cost_pay_only"].format(foregone=usd(foregone))
        budget = scenarios.answers.get("budget_usd")
        of_budget = ""
        if isinstance(budget, (int, float)) and budget > 0:
            of_budget = self.texts["cost_budget"].format(share=round(100 * own / budget))
        given_up = ""
        if round(foregone):
            given_up = self.texts["cost_foregone"].format(foregone=usd(foregone))
        return self.texts["cost"].format(own=usd(own), of_budget=of_budget, foregone=given_up)

    def _time_text(self, at: int) -> str:
        values = self.scores.figures.values
        bridge = _middle(values["bridge_hours"], at)
        hours = _middle(values["hours"], at) + bridge
        if not round(hours):
            return self.texts["time_none"]
        part = self.texts["time_bridge"].format(bridge_hours=round(bridge)) if round(bridge) else ""
        return self.texts["time"].format(
            months=round(_middle(values["months"], at)), hours=f"{round(hours):,}", bridge=part
        )

    def _base_sources(self, at: int, criterion: Criterion) -> Iterator[str]:
        """Yield the sources of the figures that the criterion's value rests on."""
        path = self.scores.paths[at]
        offer = path.then or path.offer
        for name in RESTS_ON.get(criterion.id, ()):
            fact = offer.facts.get(name) if offer is not None else None
            if fact is not None and fact.source is not None:
                yield fact.source
        if criterion.id == "credential":
            yield from self._screen_sources()
        if criterion.id in ("skills", "proof"):
            yield "judgement"

    def _screen_sources(self) -> Iterator[str]:
        role = self.scores.skills.role
        yield from sorted({row.source for row in self.knowledge.screens if row.role == role})


def _as_alone(values: Any) -> Any:
    """Return (scenarios, paths) as they lie in memory for a person alone.

    The order in which a mean adds up hangs on that, and with it its last digit: in a block what one
    person left open is an array for all, and each has a part of it.
    """
    if (values == values[:1]).all():
        return np.broadcast_to(values[:1], values.shape)
    return np.ascontiguousarray(values.T).T


def _middle(values: Any, at: int) -> float:
    return middle(of_path(values, at))
