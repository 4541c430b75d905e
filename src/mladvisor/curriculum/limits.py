"""A plan within limits of money and time, or how far it falls short and what to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mladvisor.curriculum.catalog import FREE_ONLY, Objective
from mladvisor.curriculum.depths import Skills
from mladvisor.curriculum.plan import Plan, make_plan
from mladvisor.knowledge.load import Knowledge

STEPS_TO_CHEAPER = (0.1, 0.3, 1.0, 3.0)
"""Hours that a dollar is worth, tried in turn till a plan fits the budget; then free courses."""


@dataclass(frozen=True)
class Wish:
    """What a plan is for: target depths from those held, ending in projects.

    `weight`: how much each competency counts for the target, for what to leave out first.
    """

    target: Skills
    have: Skills
    projects: tuple[str, ...]
    weight: dict[str, float]

    def without(self, competency: str) -> Wish:
        """Return the wish with one competency less."""
        return replace(
            self, target={name: depth for name, depth in self.target.items() if name != competency}
        )


def within_budget(
    knowledge: Knowledge,
    wish: Wish,
    objective: Objective,
    budget_usd: float | None,
    hours_per_month: float,
) -> tuple[Plan, Objective]:
    """Return the plan by the objective, made cheaper step by step until it fits the budget."""
    plan = _plan(knowledge, wish, objective)
    if budget_usd is None or plan.cost_usd(hours_per_month) <= budget_usd:
        return plan, objective
    for hours_per_usd in STEPS_TO_CHEAPER:
        if hours_per_usd > objective.hours_per_usd:
            objective = replace(objective, hours_per_usd=hours_per_usd)
            plan = _plan(knowledge, wish, objective)
            if plan.cost_usd(hours_per_month) <= budget_usd:
                return plan, objective
    return _plan(knowledge, wish, FREE_ONLY), FREE_ONLY


def _plan(knowledge: Knowledge, wish: Wish, objective: Objective) -> Plan:
    return make_plan(knowledge, wish.target, wish.have, wish.projects, objective)


def what_to_leave_out(
    knowledge: Knowledge, wish: Wish, objective: Objective, most_hours: float
) -> tuple[list[str], Plan]:
    """Return which competencies to leave out so that the plan takes no more hours, and that plan.

    Again and again the one that saves most hours for what it counts; what then turns out to fit
    after all is kept. Where leaving out is not enough the list holds all that saves something.
    """
    left_out: list[str] = []
    plan, smaller = _plan(knowledge, wish, objective), wish
    while plan.hours > most_hours:
        best = _most_saved(knowledge, smaller, objective, plan.hours)
        if best is None:
            return left_out, plan
        left_out.append(best)
        smaller = smaller.without(best)
        plan = _plan(knowledge, smaller, objective)
    for name in sorted(left_out, key=lambda name: (-wish.weight.get(name, 0.0), name)):
        others = [other for other in left_out if other != name]
        larger = _plan(knowledge, _without_all(wish, others), objective)
        if larger.hours <= most_hours:
            left_out, plan = others, larger
    return left_out, plan


def _without_all(wish: Wish, names: Sequence[str]) -> Wish:
    for name in names:
        wish = wish.without(name)
    return wish


def _most_saved(knowledge: Knowledge, wish: Wish, objective: Objective, hours: float) -> str | None:
    """Return the competency whose absence saves most hours for its weight, if any does."""
    saved = {
        name: hours - _plan(knowledge, wish.without(name), objective).hours
        for name in sorted(wish.target)
    }
    worth = {
        name: saving / max(wish.weight.get(name, 0.0), 1e-3)
        for name, saving in saved.items()
        if saving > 1e-9
    }
    return max(worth, key=lambda name: worth[name], default=None)
