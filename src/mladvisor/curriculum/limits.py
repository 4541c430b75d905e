"""A plan within limits of money and time, or how far it falls short and what to leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    `counts`: the competencies that may be left out, and how much each counts for the target; all
    projects together count as much as the weightiest of them.
    """

    target: Skills
    have: Skills
    projects: tuple[str, ...]
    counts: Mapping[str, float]

    def without(self, name: str) -> Wish:
        """Return the wish with one competency or project less."""
        return replace(
            self,
            target={other: depth for other, depth in self.target.items() if other != name},
            projects=tuple(other for other in self.projects if other != name),
        )

    def parts(self) -> dict[str, float]:
        """Return what can be left out, with how much it counts; one project always stays."""
        counts = {name: self.counts[name] for name in sorted(self.counts) if name in self.target}
        if len(self.projects) > 1:
            each = max(counts.values(), default=1.0) / len(self.projects)
            counts |= dict.fromkeys(self.projects, each)
        return counts


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
    """Return what to leave out so that the plan takes no more hours than that, and that plan.

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
    counts = wish.parts()
    for name in sorted(left_out, key=lambda name: (-counts[name], name)):
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
    """Return the part whose absence saves most hours for what it counts, if any does."""
    counts = wish.parts()
    saved = {name: hours - _plan(knowledge, wish.without(name), objective).hours for name in counts}
    worth = {name: saving / counts[name] for name, saving in saved.items() if saving > 1e-9}
    return max(worth, key=lambda name: worth[name], default=None)
