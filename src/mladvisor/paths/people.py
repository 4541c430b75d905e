"""What the plans and bridges of a block of people bring into the figures, one row a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Reals, shared
from mladvisor.curriculum.plan import Plan
from mladvisor.paths.path import Path
from mladvisor.paths.plans import Bridges, planner
from mladvisor.paths.skills import Skills, SkillStates
from mladvisor.paths.study import study
from mladvisor.paths.table import PathTable, between
from mladvisor.rules.expression import code


@dataclass(frozen=True, eq=False)
class OwnPlans:
    """A person's course plans: of any price, and of free courses only, unless that is the same.

    `share`: what they reach of the role's skills.
    """

    paths: tuple[Path, ...]
    share: tuple[float, float]

    @property
    def both(self) -> tuple[Path, Path]:
        """Both places; where the free plan is the same one it is not offered, and not read."""
        return self.paths[0], self.paths[-1]


@dataclass(frozen=True, eq=False)
class People:
    """Plans and bridges by person. Arrays are (people, 1, paths), or of length 1 if all share them.

    `paths`: by person; fewer than columns where the last, the free course plan, is not offered.
    `path_hours`: hours of each path in the middle, bridge included, (people, 1, paths).
    `plan_shares`: (people, 1, 2).
    """

    own: tuple[OwnPlans, ...]
    bridges: tuple[Bridges, ...]
    paths: tuple[tuple[Path, ...], ...]
    ids: Array
    free: Array
    bridge_hours: Reals
    path_hours: Reals
    plan_shares: Reals

    def bridges_of(self, person: int, table: PathTable) -> tuple[Plan, ...]:
        """Return the courses before each of a person's paths."""
        plans = self.bridges[person].plans
        return tuple(plans[level] for level in table.level[: len(self.paths[person])].tolist())

    def bridge_hours_over(self, judged: Reals) -> Reals:
        """Return planned hours of each bridge less the judged hours of the middle reading."""
        return shared(self.bridge_hours - judged[:, None, :])

    def plan_hours(self, size: int) -> Reals:
        """Return hours of the course plans, (people, scenarios, 2), drawn between their ends."""
        ends = shared(np.array([[path.hours for path in own.both] for own in self.own], dtype=REAL))
        return between(ends[..., 0][:, None], ends[..., 1][:, None], "hours", size)

    def course_costs_usd(self, hours_per_month: Any, table: PathTable) -> Any:
        """Return the price of the courses in a plan or a bridge at the person's pace."""
        priced: dict[int, tuple[Plan, list[tuple[int, Sequence[int]]]]] = {}
        for person, (bridges, own) in enumerate(zip(self.bridges, self.own, strict=True)):
            for level in bridges.priced:
                plan = bridges.plans[level]
                priced.setdefault(id(plan), (plan, []))[1].append((person, table.at_level[level]))
            for at, path in enumerate(own.both, start=table.plans.start):
                if path.plan is not None and not path.free:
                    priced.setdefault(id(path.plan), (path.plan, []))[1].append((person, [at]))
        if not priced:
            return np.zeros((1, 1, 1), REAL)
        people, pace = len(self.own), np.asarray(hours_per_month)
        costs = np.zeros((people, pace.shape[1], len(table.paths)), REAL)
        for plan, places in priced.values():
            cost = np.asarray(plan.cost_usd(pace), dtype=REAL)
            for person, columns in places:
                costs[person][:, columns] = cost[person if len(cost) > 1 else 0]
        return shared(costs)


def make_people(skills: SkillStates, table: PathTable) -> People:
    """Plan for each person, or take plans made before."""
    plans = planner(table.knowledge)
    own = tuple(_own_plans(table, person) for person in skills.people)
    bridges = tuple(plans.bridges(table.levels, person.middle) for person in skills.people)
    hours = shared(np.array([row.hours for row in bridges])[:, None, :])[..., table.level]
    middle = table.column("hours").mean(axis=1)
    return People(
        own=own,
        bridges=bridges,
        paths=tuple((*table.fixed, *each.paths) for each in own),
        ids=_with_plans(
            table.words["path"], [[code(path.id) for path in each.both] for each in own], table
        ),
        free=_with_plans(
            table.flags["free"], [[path.free for path in each.both] for each in own], table
        ),
        bridge_hours=hours,
        path_hours=middle + hours,
        plan_shares=shared(np.array([each.share for each in own], dtype=REAL)[:, None, :]),
    )


def _with_plans(column: Array, plans: Sequence[Sequence[Any]], table: PathTable) -> Array:
    """Return a column of the table with each person's course plans put in."""
    own = shared(np.array(plans, dtype=column.dtype)[:, None, :])
    whole = np.repeat(column, len(own), axis=0)
    whole[:, :, table.plans] = own
    return whole


def _own_plans(table: PathTable, person: Skills) -> OwnPlans:
    plans = planner(table.knowledge)
    made = [plans.course_plan(person.role, person.middle, free_only=free) for free in (False, True)]
    return _as_paths(table, person.role, *made)


@lru_cache(maxsize=16384)
def _as_paths(table: PathTable, role: str, plan: Plan, free: Plan) -> OwnPlans:
    paths = [table.builder.course_plan(role, plan, free_only=False)]
    if free.courses != plan.courses:
        paths.append(table.builder.course_plan(role, free, free_only=True))
    at = list(table.knowledge.roles).index(role)
    shares = [study(table).plan_share(at, path.covers) for path in paths]
    return OwnPlans(tuple(paths), (shares[0], shares[-1]))
