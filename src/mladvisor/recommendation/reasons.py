"""Why a path has its points: each criterion's reading in words, and the rules that moved it.

Every number in a sentence comes from the scores; the sentences stand in data/texts.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import OfferFigure
from mladvisor.knowledge.rows import Criterion
from mladvisor.paths.path import Path
from mladvisor.recommendation.conditions import condition
from mladvisor.recommendation.document import Contribution, Reason
from mladvisor.recommendation.shown import Held, Shown
from mladvisor.recommendation.words import of_100, usd
from mladvisor.rules.engine import read_values

RESTS_ON: Mapping[str, tuple[OfferFigure, ...]] = {
    "credential": ("recognition", "signal"),
    "cost": ("cost_usd",),
    "time": ("hours", "months_min"),
}
"""Criterion → the figures of an offer that its value rests on."""

PLACES = 3
"""Decimal places of a criterion's value in the document."""


class Explainer:
    """Explains the paths shown, each by its place among them."""

    def __init__(self, shown: Shown, knowledge: Knowledge) -> None:
        self.shown = shown
        self.scores = shown.scores
        self.knowledge = knowledge
        self.texts: Mapping[str, str] = knowledge.texts["reasons"]
        self._conditions: dict[tuple[str, bytes], str] = {}
        self._points: dict[tuple[str, str], list[float]] = {}
        self._read: dict[str, dict[str, Any]] = {}

    def contributions(self, place: int) -> list[Contribution]:
        """Return what each criterion adds to a path; rounded points still add up."""
        moved: dict[str, list[Reason]] = {each.id: [] for each in self.scores.criteria}
        for held in self._held[place]:
            for name in held.outcome.checked.moves:
                moved[name].append(self._moving(held, place, name))
        return [
            self._contribution(place, number, criterion, moved[criterion.id])
            for number, criterion in enumerate(self.scores.criteria)
        ]

    def chance_reasons(self, place: int) -> list[Reason]:
        """Return the rules that moved the chance of a path."""
        return [
            self._rule_reason(held, place, {"chance": held.outcome.rule.then.chance})
            for held in self._held[place]
            if held.outcome.rule.then.chance is not None
        ]

    @cached_property
    def _held(self) -> list[list[Held]]:
        """The rules that hold for each path in some scenario; nothing moves carrying on."""
        return [
            [held for held in self.shown.held if held.share[place] > 0]
            if self._path(place).hours != (0.0, 0.0)
            else []
            for place in range(len(self.shown.columns))
        ]

    def _path(self, place: int) -> Path:
        return self.scores.paths[self.shown.columns[place]]

    def _contribution(
        self, place: int, number: int, criterion: Criterion, rules: list[Reason]
    ) -> Contribution:
        points = round(float(self.scores.mean_points[self.shown.columns[place], number]), 2)
        moved = sum(reason.points or 0.0 for reason in rules)
        base = Reason(
            rule=None,
            text=self._base_text(place, criterion),
            points=round(points - moved, 2),
            effect={},
            read={},
            share=1.0,
            condition="",
            sources=list(dict.fromkeys(self._base_sources(place, criterion))),
        )
        return Contribution(
            criterion=criterion.id,
            label=criterion.label,
            weight=self._weight[number],
            value_today=self._values[criterion.id][0],
            value_after=self._values[criterion.id][1][place],
            points=points,
            reasons=[base, *rules],
        )

    @cached_property
    def _values(self) -> dict[str, tuple[float, list[float]]]:
        """Each criterion's value today, and after each path, rules included, within 0 and 1."""
        values = {}
        for name, change in self.scores.changes.items():
            today = self.shown.mean(change.today, 0)
            after = [
                round(min(max(today + moved, 0.0), 1.0), PLACES)
                for moved in self.shown.means(self.scores.moved[name])
            ]
            values[name] = (round(today, PLACES), after)
        return values

    @cached_property
    def _weight(self) -> list[float]:
        """Each criterion's mean weight."""
        return [round(weight, 3) for weight in self.scores.weights.mean(axis=0).tolist()]

    def _moving(self, held: Held, place: int, criterion: str) -> Reason:
        """Return how a rule moves the weight of a criterion, or its value."""
        then = held.outcome.rule.then
        if criterion in (then.weigh or {}):
            return self._rule_reason(held, place, {"weigh": (then.weigh or {})[criterion]})
        added = (then.value or {})[criterion]
        key = (held.outcome.rule.id, criterion)
        if key not in self._points:
            number = [each.id for each in self.scores.criteria].index(criterion)
            self._points[key] = self.shown.value_points(held, number, added)
        points = round(self._points[key][place], 2)
        return self._rule_reason(held, place, {"value": added}, points)

    def _rule_reason(
        self, held: Held, place: int, effect: dict[str, Any], points: float | None = None
    ) -> Reason:
        rule = held.outcome.rule
        if rule.id not in self._read:
            answers = self.scores.scenarios.answers
            self._read[rule.id] = read_values(
                held.outcome.checked, answers, self.knowledge.questions
            )
        return Reason(
            rule=rule.id,
            text=rule.because,
            points=points,
            effect=effect,
            read=self._read[rule.id],
            share=round(held.share[place], 2),
            condition=self._condition(held, place),
            sources=list(rule.sources),
        )

    def _condition(self, held: Held, place: int) -> str:
        """Return what must be so for a rule to hold; paths on which it holds alike share it."""
        if held.share[place] == 1:
            return ""
        holds = held.holds[place]
        key = (held.outcome.rule.id, holds.tobytes())
        if key not in self._conditions:
            open_ = sorted(held.outcome.checked.names & self.scores.scenarios.unknown)
            found = condition(open_, holds, self.scores.scenarios, self.knowledge)
            self._conditions[key] = found
        return self._conditions[key]

    def _base_text(self, place: int, criterion: Criterion) -> str:
        if criterion.id == "cost":
            return self._cost_text(place)
        if criterion.id == "time":
            return self._time_text(place)
        values = self._values[criterion.id]
        today, after = of_100(values[0]), of_100(values[1][place])
        same = after <= today
        role = self.knowledge.roles[self.scores.skills.role]
        return self.texts[f"{criterion.id}_same" if same else criterion.id].format(
            today=today,
            after=after,
            role=role.title,
            portfolio=self.knowledge.texts["portfolio"][role.portfolio],
        )

    def _cost_text(self, place: int) -> str:
        own = self.shown.figure_mean("net_cost_usd", place)
        foregone = self.shown.mean(self.scores.figures.foregone_usd, place)
        if round(own) == 0 and round(foregone) == 0:
            return self.texts["cost_none"]
        if round(own) == 0:
            return self.texts["cost_pay_only"].format(foregone=usd(foregone))
        budget = self.scores.scenarios.answers.get("budget_usd")
        of_budget = ""
        if isinstance(budget, (int, float)) and budget > 0:
            of_budget = self.texts["cost_budget"].format(share=round(100 * own / budget))
        given_up = ""
        if round(foregone):
            given_up = self.texts["cost_foregone"].format(foregone=usd(foregone))
        return self.texts["cost"].format(own=usd(own), of_budget=of_budget, foregone=given_up)

    def _time_text(self, place: int) -> str:
        bridge = self.shown.middle("bridge_hours", place)
        hours = self.shown.middle("hours", place) + bridge
        if not round(hours):
            return self.texts["time_none"]
        part = self.texts["time_bridge"].format(bridge_hours=round(bridge)) if round(bridge) else ""
        return self.texts["time"].format(
            months=round(self.shown.middle("months", place)), hours=f"{round(hours):,}", bridge=part
        )

    def _base_sources(self, place: int, criterion: Criterion) -> Iterator[str]:
        """Yield the sources of the figures that the criterion's value rests on."""
        path = self._path(place)
        offer = path.then or path.offer
        for name in RESTS_ON.get(criterion.id, ()):
            fact = offer.facts.get(name) if offer is not None else None
            if fact is not None and fact.source is not None:
                yield fact.source
        if criterion.id == "credential":
            yield from self._screen_sources
        if criterion.id in ("skills", "proof"):
            yield "judgement"

    @cached_property
    def _screen_sources(self) -> list[str]:
        role = self.scores.skills.role
        return sorted({row.source for row in self.knowledge.screens if row.role == role})
