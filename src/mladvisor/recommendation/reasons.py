"""Why a path has its points: each criterion's reading in words, and the rules that moved it.

Every number in a sentence comes from the scores; the sentences stand in data/texts.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import OfferFigure
from mladvisor.knowledge.rows import Criterion, Then
from mladvisor.paths.path import Path
from mladvisor.recommendation.conditions import condition
from mladvisor.recommendation.document import Reason
from mladvisor.recommendation.shown import Shown
from mladvisor.recommendation.words import of_100, usd
from mladvisor.rules.engine import Held, read_values
from mladvisor.scoring.effects import CHANCE

RESTS_ON: Mapping[str, tuple[OfferFigure, ...]] = {
    "credential": ("recognition", "signal"),
    "cost": ("cost_usd",),
    "time": ("hours", "months_min"),
}
"""Criterion → the figures of an offer that its value rests on."""

PLACES = 3
"""Decimal places of a criterion's value in the document."""


class Explainer:
    """Explains the paths shown, each by its place among them.

    `cited`: the sources of all reasons given so far.
    """

    def __init__(self, shown: Shown, knowledge: Knowledge) -> None:
        self.shown = shown
        self.scores = shown.scores
        self.knowledge = knowledge
        self.texts: Mapping[str, str] = knowledge.texts["reasons"]
        self.cited: set[str] = set()
        self._conditions: dict[tuple[str, int], str] = {}
        self._read: dict[str, dict[str, Any]] = {}
        self._reasons: dict[tuple[str, str, int, float | None], Reason] = {}
        self._role = self.scores.skills.role
        self._number = {each.id: number for number, each in enumerate(self.scores.criteria)}

    def contributions(self, place: int) -> list[dict[str, Any]]:
        """Return what each criterion adds to a path; rounded points still add up.

        As fields of a `Contribution`, which the path makes of all of them at once.
        """
        moved = self._moved[place]
        return [
            self._contribution(place, number, criterion, moved[criterion.id])
            for number, criterion in enumerate(self.scores.criteria)
        ]

    def chance_reasons(self, place: int) -> list[Reason]:
        """Return the rules that moved the chance of a path."""
        return self._moved[place][CHANCE]

    @cached_property
    def _moved(self) -> list[dict[str, list[Reason]]]:
        """For each path, what moved a criterion, or the chance: the rules that hold in a scenario.

        Nothing moves carrying on.
        """
        names = (*(each.id for each in self.scores.criteria), CHANCE)
        moved: list[dict[str, list[Reason]]] = [
            {name: [] for name in names} for _ in self.shown.columns
        ]
        begun = [at for at in range(len(moved)) if self._path(at).hours != (0.0, 0.0)]
        for held in self.shown.held:
            places = [place for place in begun if held.share[place] > 0]
            then = held.outcome.rule.then
            for name in (*held.outcome.checked.moves, *(() if then.chance is None else (CHANCE,))):
                added = (then.value or {}).get(name)
                points = self._points_added(held, name, added)
                for place in places:
                    reason = self._reason(held, place, name, points[place] if points else None)
                    moved[place][name].append(reason)
        return moved

    def _path(self, place: int) -> Path:
        return self.scores.paths[self.shown.columns[place]]

    def _contribution(
        self, place: int, number: int, criterion: Criterion, rules: list[Reason]
    ) -> dict[str, Any]:
        points, role = round(self.shown.points[place][number], 2), self.scores.skills.role
        moved = sum(reason.points or 0.0 for reason in rules)
        sources = _base_sources(self._path(place), criterion.id, role, self.knowledge)
        self.cited.update(sources)
        base: dict[str, Any] = {
            "rule": None,
            "text": self._base_text(place, criterion),
            "points": round(points - moved, 2),
            "effect": {},
            "read": {},
            "share": 1.0,
            "condition": "",
            "sources": sources,
        }
        today, after = self._values[criterion.id]
        return {
            "criterion": criterion.id,
            "label": criterion.label,
            "weight": self._weight[number],
            "value_today": today,
            "value_after": after[place],
            "points": points,
            "reasons": [base, *rules],
        }

    @cached_property
    def _values(self) -> dict[str, tuple[float, list[float]]]:
        """Each criterion's value today, and after each path, rules included, within 0 and 1."""
        return {
            name: (
                round(today, PLACES),
                [round(min(max(today + each, 0.0), 1.0), PLACES) for each in moved],
            )
            for name, (today, moved) in self.shown.values.items()
        }

    @cached_property
    def _weight(self) -> list[float]:
        """Each criterion's mean weight."""
        return [round(weight, 3) for weight in self.scores.weights.mean(axis=0).tolist()]

    def _reason(self, held: Held, place: int, moved: str, points: float | None) -> Reason:
        """Return how a rule moves a criterion's weight or value, or the chance.

        Paths for which that reads alike share the reason.
        """
        key = (held.outcome.rule.id, moved, held.row(place), points)
        if key not in self._reasons:
            self._reasons[key] = self._rule_reason(held, place, moved, points)
        return self._reasons[key]

    def _points_added(self, held: Held, moved: str, added: float | None) -> list[float]:
        """Return the points that a rule adds to each path's value; none where it moves others."""
        if added is None:
            return []
        points = self.shown.value_points(held, self._number[moved], added)
        return [round(each, 2) for each in points]

    def _rule_reason(self, held: Held, place: int, moved: str, points: float | None) -> Reason:
        checked, rule = held.outcome.checked, held.outcome.rule
        self.cited.update(rule.sources)
        if rule.id not in self._read:
            answers = self.scores.scenarios.answers
            self._read[rule.id] = read_values(checked, answers, self.knowledge.questions)
        return Reason(
            rule=rule.id,
            text=rule.because,
            points=points,
            effect=_effect(rule.then, moved),
            read=self._read[rule.id],
            share=round(held.share[place], 2),
            condition=self._condition(held, place),
            sources=list(rule.sources),
        )

    def _condition(self, held: Held, place: int) -> str:
        """Return what must be so for a rule to hold; paths on which it holds alike share it."""
        if held.share[place] == 1:
            return ""
        key = (held.outcome.rule.id, held.row(place))
        if key not in self._conditions:
            self._conditions[key] = self._condition_of(held, place)
        return self._conditions[key]

    def _condition_of(self, held: Held, place: int) -> str:
        scenarios = self.scores.scenarios
        open_ = [name for name in held.outcome.checked.sorted_names if name in scenarios.unknown]
        if not open_:
            return ""
        return condition(open_, self.shown.holds(held, place), scenarios, self.knowledge)

    def _base_text(self, place: int, criterion: Criterion) -> str:
        if criterion.id == "cost":
            return self._cost_text(place)
        if criterion.id == "time":
            return self._time_text(place)
        today, after = self._values[criterion.id]
        return _value_text(criterion.id, today, after[place], self._role, self.knowledge)

    def _cost_text(self, place: int) -> str:
        own = self.shown.mean("net_cost_usd", place)
        foregone = self.shown.mean("foregone_usd", place)
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


def _effect(then: Then, moved: str) -> dict[str, Any]:
    """Return what a rule does to the weight or the value of a criterion, or to the chance."""
    if then.chance is not None:
        return {"chance": then.chance}
    return {name: by[moved] for name, by in (("weigh", then.weigh), ("value", then.value)) if by}


@lru_cache(maxsize=8192)
def _value_text(
    criterion: str, today: float, after: float, role_id: str, knowledge: Knowledge
) -> str:
    """Return what a criterion's value is today, and after a path, in words."""
    hundredths, then = of_100(today), of_100(after)
    text: str = knowledge.texts["reasons"][f"{criterion}_same" if then <= hundredths else criterion]
    role = knowledge.roles[role_id]
    portfolio = knowledge.texts["portfolio"][role.portfolio]
    return text.format(today=hundredths, after=then, role=role.title, portfolio=portfolio)


@lru_cache(maxsize=8192)
def _base_sources(path: Path, criterion: str, role: str, knowledge: Knowledge) -> list[str]:
    """Return the sources of the figures that a criterion's value rests on, each once."""
    offer = path.then or path.offer
    facts = [offer.facts.get(name) for name in RESTS_ON.get(criterion, ())] if offer else []
    found = [fact.source for fact in facts if fact is not None and fact.source is not None]
    if criterion == "credential":
        found += sorted({row.source for row in knowledge.screens if row.role == role})
    if criterion in ("skills", "proof"):
        found.append("judgement")
    return list(dict.fromkeys(found))
