"""Why a path has its points: each criterion's reading in words, and the rules that moved it.

Every number in a sentence comes from the scores; the sentences stand in data/texts.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import OfferFigure
from mladvisor.knowledge.rows import Criterion, Then
from mladvisor.paths.path import Path
from mladvisor.recommendation.conditions import condition
from mladvisor.recommendation.document import Contribution, Reason
from mladvisor.recommendation.ranges import POINTS, decimal
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
        self._role = self.scores.skills.role
        self._number = {each.id: number for number, each in enumerate(self.scores.criteria)}

    def contributions(self, place: int) -> list[Contribution]:
        """Return what each criterion adds to a path; rounded points still add up."""
        moved, points = self._moved[place], self.shown.printed_points[place]
        sources = _base_sources(self._path(place), self._role, self.knowledge)
        self.cited.update(*sources.values())
        return [
            self._contribution(place, criterion, own, moved[criterion.id], sources[criterion.id])
            for criterion, own in zip(self.scores.criteria, points, strict=True)
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
            if not places:
                continue
            rule, read = held.outcome.rule, self._read(held)
            self.cited.update(rule.sources)
            for name in held.outcome.checked.moves or (CHANCE,):
                for place, reason in self._reasons(held, name, read, places):
                    moved[place][name].append(reason)
        return moved

    def _reasons(
        self, held: Held, moved: str, read: dict[str, Any], places: Sequence[int]
    ) -> Iterator[tuple[int, Reason]]:
        """Yield how a rule moves a criterion's weight or value, or the chance, by path.

        Paths for which that reads alike share the reason.
        """
        rule = held.outcome.rule
        effect = _effect(rule.then, moved)
        points = self._points_added(held, moved)
        made: dict[tuple[int, float | None], Reason] = {}
        for place in places:
            key = (held.row(place), points[place] if points else None)
            if key not in made:
                made[key] = Reason(
                    rule=rule.id,
                    text=rule.because,
                    points=key[1],
                    effect=effect,
                    read=read,
                    share=round(held.share[place], 2),
                    condition=self._condition(held, place),
                    sources=list(rule.sources),
                )
            yield place, made[key]

    def _read(self, held: Held) -> dict[str, Any]:
        answers = self.scores.scenarios.answers
        return read_values(held.outcome.checked, answers, self.knowledge.questions)

    def _points_added(self, held: Held, moved: str) -> list[float]:
        """Return the points that a rule adds to each path's value; none where it moves others."""
        added = (held.outcome.rule.then.value or {}).get(moved)
        return [] if added is None else self.shown.value_points(held, self._number[moved], added)

    def _path(self, place: int) -> Path:
        return self.scores.paths[self.shown.columns[place]]

    def _contribution(
        self,
        place: int,
        criterion: Criterion,
        points: float,
        rules: list[Reason],
        sources: list[str],
    ) -> Contribution:
        name = criterion.id
        moved = sum([reason.points for reason in rules if reason.points is not None])
        base = Reason(
            rule=None,
            text=self._base_text(place, name),
            points=decimal(points - moved, POINTS),
            effect={},
            read={},
            share=1.0,
            condition="",
            sources=sources,
        )
        today, after = self.shown.values[name]
        return Contribution(
            criterion=name,
            label=criterion.label,
            weight=self.shown.weights[name],
            value_today=today,
            value_after=after[place],
            points=points,
            reasons=[base, *rules],
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

    def _base_text(self, place: int, criterion: str) -> str:
        if criterion == "cost":
            return self._cost_text(place)
        if criterion == "time":
            return self._time_text(place)
        today, after = self.shown.values[criterion]
        return _value_text(criterion, today, after[place], self._role, self.knowledge)

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


@lru_cache(maxsize=2048)
def _base_sources(path: Path, role: str, knowledge: Knowledge) -> dict[str, list[str]]:
    """Return the sources of the figures that each criterion's value rests on, each once."""
    return {row.id: _sources_of(path, row.id, role, knowledge) for row in knowledge.criteria}


def _sources_of(path: Path, criterion: str, role: str, knowledge: Knowledge) -> list[str]:
    offer = path.then or path.offer
    facts = [offer.facts.get(name) for name in RESTS_ON.get(criterion, ())] if offer else []
    found = [fact.source for fact in facts if fact is not None and fact.source is not None]
    if criterion == "credential":
        found += sorted({row.source for row in knowledge.screens if row.role == role})
    if criterion in ("skills", "proof"):
        found.append("judgement")
    return list(dict.fromkeys(found))
