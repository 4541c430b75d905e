"""Course plans and bridges, each made once for all who lack the same.

A plan for a target can use only what its courses build on, so a person's other skills are left out
before planning: people who differ in those alone share the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Reals
from mladvisor.curriculum.catalog import BY_HOURS, FREE_ONLY, catalog
from mladvisor.curriculum.depths import Depths, Skills, depth_row
from mladvisor.curriculum.plan import Plan, costs_usd, make_plan, of_use, wanted_of_courses
from mladvisor.curriculum.task import Units, union
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Role
from mladvisor.knowledge.rows import CoursePlanKind

Items = tuple[tuple[str, int], ...]
"""Competency and depth, by name: skills as a key."""


MOST_BRIDGES, MOST_PRICES = 1024, 4096
"""So many readings of what is known keep their bridges, and so many prices are kept."""


@dataclass(frozen=True, eq=False)
class Bridges:
    """The courses before each entry level, for one reading of what is known.

    By level: `hours` of study, and `price`, a place among the planner's prices.
    """

    plans: tuple[Plan, ...]
    hours: Reals
    price: npt.NDArray[np.intp]


class Planner:
    """Makes plans from a knowledge base's courses."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._book = catalog(knowledge)
        self.column = self._book.column
        self._prices: dict[Any, int] = {}
        self._priced: list[Plan] = []

    @lru_cache(maxsize=256)  # noqa: B019 - one planner a knowledge base, kept as long as that
    def use_for_role(self, role: str) -> Depths:
        """Return the depth of each skill above which a plan for the role makes no use of it."""
        row = self.knowledge.roles[role]
        target = {need.competency: need.depth for need in row.competencies}
        wanted = wanted_of_courses(self._book, target, row.projects)
        return depth_row(self._use(wanted | self._book.units(target)), self.column)

    @lru_cache(maxsize=8)  # noqa: B019
    def use_for_levels(self, levels: tuple[Items, ...]) -> Depths:
        """Return the same for bridges to all these entry levels."""
        wanted = union(self._book.units(dict(level)) for level in levels)
        return depth_row(self._use(wanted), self.column)

    def _use(self, wanted: Units) -> Skills:
        """Return the depth of each skill above which no plan for what is wanted makes use of it."""
        return self._book.skills(of_use(self.knowledge, wanted))

    @lru_cache(maxsize=1024)  # noqa: B019
    def course_plan(self, role: str, held: bytes, kind: CoursePlanKind) -> Plan:
        """Return the courses that bring a person up to a role; `held`: a row of depths of use."""
        row = self.knowledge.roles[role]
        objective = FREE_ONLY if kind.free_only else BY_HOURS
        projects = row.projects[: kind.projects]
        target = role_target(row, kind)
        return make_plan(self.knowledge, target, self._skills(held), projects, objective)

    @lru_cache(maxsize=MOST_BRIDGES)  # noqa: B019
    def bridges(self, levels: tuple[Items, ...], held: bytes) -> Bridges:
        """Return the courses from what is known to each entry level."""
        have = self._skills(held)
        plans = tuple(self._bridge(level, have) for level in levels)
        hours = np.array([plan.hours for plan in plans], dtype=REAL)
        return Bridges(plans, hours, np.array([self.price(plan) for plan in plans]))

    def _bridge(self, level: Items, have: Mapping[str, int]) -> Plan:
        gap = tuple((name, depth) for name, depth in level if depth > have.get(name, 0))
        if not gap:
            return self.nothing
        use = self._use_for_gap(gap)
        held = tuple((name, min(have.get(name, 0), most)) for name, most in use)
        return _bridge_plan(self.knowledge, gap, held)

    @lru_cache(maxsize=4096)  # noqa: B019
    def _use_for_gap(self, gap: Items) -> Items:
        return tuple(self._use(self._book.units(dict(gap))).items())

    @property
    def nothing(self) -> Plan:
        """The plan of nothing at all."""
        return _bridge_plan(self.knowledge, (), ())

    def price(self, plan: Plan) -> int:
        """Return the place of a plan's price: the same for all that cost the same at any pace."""
        key = (plan.cost_once_usd, plan.holdings)
        if key not in self._prices:
            self._prices[key] = len(self._priced)
            self._priced.append(plan)
        return self._prices[key]

    def forget_prices(self) -> bool:
        """Forget all prices, and the bridges that name them, if there are many; say whether.

        Whoever else keeps places among the prices must then forget them, too.
        """
        if len(self._priced) <= MOST_PRICES:
            return False
        self._prices, self._priced = {}, []
        type(self).bridges.cache_clear()
        return True

    def costs_usd(self, prices: Sequence[int], hours_per_month: Reals) -> Reals:
        """Return prices at paces, (prices, paces)."""
        costs: Reals = costs_usd([self._priced[price] for price in prices], hours_per_month)
        return costs

    def _skills(self, held: bytes) -> dict[str, int]:
        depths = np.frombuffer(held, dtype=np.int8).tolist()
        return {name: depth for name, depth in zip(self.column, depths, strict=True) if depth}


def role_target(role: Role, kind: CoursePlanKind) -> dict[str, int]:
    """Return what a kind of course plan is to reach for a role: competency → depth."""
    return {
        need.competency: need.depth
        for need in role.competencies
        if need.weight >= kind.least_weight
    }


@lru_cache(maxsize=4)
def planner(knowledge: Knowledge) -> Planner:
    """Return the planner of a knowledge base, made once."""
    return Planner(knowledge)


@lru_cache(maxsize=4096)
def _bridge_plan(knowledge: Knowledge, gap: Items, held: Items) -> Plan:
    return make_plan(knowledge, dict(gap), dict(held))
