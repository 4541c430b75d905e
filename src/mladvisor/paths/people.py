"""What the plans and bridges of a block of people bring into the figures, one row a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Reals, distinct, narrow, shared
from mladvisor.curriculum.plan import Plan
from mladvisor.knowledge.models import Role
from mladvisor.paths.offers import PathBuilder
from mladvisor.paths.path import Path, Range
from mladvisor.paths.plans import Bridges, planner
from mladvisor.paths.skills import SkillStates
from mladvisor.paths.table import PathTable
from mladvisor.rules.expression import code


@dataclass(frozen=True, eq=False)
class OwnPlans:
    """A person's course plans, one of each kind; the last ones only if they are not the same.

    The rest is by place, for all kinds; places beyond `paths` repeat the last one and are not read.
    `shares`: what they reach of the role's skills.
    """

    paths: tuple[Path, ...]
    ids: list[int]
    free: list[bool]
    hours: list[Range]
    shares: list[float]
    prices: list[int]


@dataclass(frozen=True, eq=False)
class People:
    """Plans and bridges by person; arrays have the axes of `mladvisor.axes`.

    `paths`: by person; fewer than columns where course plans are the same.
    `bridge_hours`: before each entry level. `path_hours`: hours of each path in the middle, bridge
    included. `plan_shares`: of the course plans. `prices`: of the courses before each entry level,
    then of each course plan, as places among the planner's prices.
    """

    own: tuple[OwnPlans, ...]
    bridges: tuple[Bridges, ...]
    paths: tuple[tuple[Path, ...], ...]
    ids: Array
    free: Array
    bridge_hours: Reals
    path_hours: Reals
    plan_shares: Reals
    prices: Array

    def bridges_of(self, person: int, table: PathTable) -> tuple[Plan, ...]:
        """Return the courses before each of a person's paths."""
        plans = self.bridges[person].plans
        return tuple(plans[level] for level in table.level[: len(self.paths[person])].tolist())

    def plan_hours(self, size: int, table: PathTable) -> Reals:
        """Return hours of the course plans, drawn between their ends."""
        low, high = _of_plans([own.hours for own in self.own]).transpose(2, 0, 1)[..., None]
        return table.between(shared(low), shared(high), "hours", size)


def course_costs_usd(prices: Array, hours_per_month: Any, table: PathTable) -> Reals:
    """Return the price of courses at each person's pace; `prices`: (…, people, 1), as `People` has.

    Few prices and few paces come up, and everybody has a few of the prices.
    """
    paces, pace = np.unique(hours_per_month, return_inverse=True)
    pace = pace.reshape(np.shape(hours_per_month)[1:])
    people = max(prices.shape[1], len(pace))
    priced, price = distinct(prices)
    costs = planner(table.knowledge).costs_usd(priced.tolist(), paces)
    if not costs.any():
        return np.zeros((len(prices), 1, 1), REAL)
    pairs = price[..., 0] * people + np.arange(people)
    own, place = distinct(pairs)
    price_of, person_of = np.divmod(own, people)
    rows = costs[price_of[:, None], pace[person_of if len(pace) > 1 else [0]]]
    return rows.take(place, axis=0)


def make_people(skills: SkillStates, table: PathTable) -> People:
    """Plan for each person, or take plans made before."""
    plans = planner(table.knowledge)
    if plans.forget_prices():
        _own_plans.cache_clear()
    own = tuple(
        _own_plans(
            table.builder, each.role, np.minimum(depths, plans.use_for_role(each.role)).tobytes()
        )
        for each, depths in zip(skills.people, skills.middle, strict=True)
    )
    useful = np.minimum(skills.middle, plans.use_for_levels(table.levels))
    bridges = tuple(plans.bridges(table.levels, depths.tobytes()) for depths in useful)
    hours = shared(np.array([row.hours for row in bridges]).T[..., None])
    return People(
        own=own,
        bridges=bridges,
        paths=tuple((*table.fixed, *each.paths) for each in own),
        ids=_with_plans(table.words["path"], [each.ids for each in own], table),
        free=_with_plans(table.flags["free"], [each.free for each in own], table),
        bridge_hours=hours,
        path_hours=table.each("usual_hours", lambda path: sum(path.hours) / 2) + hours[table.level],
        plan_shares=shared(_of_plans([each.shares for each in own])[..., None]),
        prices=shared(
            np.array(
                [[*row.price, *each.prices] for row, each in zip(bridges, own, strict=True)]
            ).T[..., None]
        ),
    )


def _with_plans(column: Array, plans: Sequence[Sequence[Any]], table: PathTable) -> Array:
    """Return a column of the table with each person's course plans put in."""
    own = shared(_of_plans(plans)[..., None])
    whole = np.repeat(column, own.shape[1], axis=1)
    whole[table.plans] = own
    return whole


def _of_plans(values: Sequence[Sequence[Any]]) -> Array:
    """Return what each person's course plans have, (plans, people, …)."""
    return narrow(values).swapaxes(0, 1)


@lru_cache(maxsize=4096)
def _own_plans(builder: PathBuilder, role: str, held: bytes) -> OwnPlans:
    """Return the plans of all who aim at a role and know the same of what it builds on.

    Kept by the builder, not by a table: tables come and go, and hold large arrays.
    """
    plans = planner(builder.knowledge)
    kinds = builder.settings.course_plans
    made = [plans.course_plan(role, held, kind) for kind in kinds]
    # A column means the same kind for everybody, so only the last ones can be left out.
    while any(plan.courses == made[-1].courses for plan in made[:-1]):
        made.pop()
    paths = [builder.course_plan(role, plan, kind) for plan, kind in zip(made, kinds, strict=False)]
    places = paths + [paths[-1]] * (len(kinds) - len(paths))
    return OwnPlans(
        tuple(paths),
        ids=[code(path.id) for path in places],
        free=[path.free for path in places],
        hours=[path.hours for path in places],
        shares=[_share(builder.knowledge.roles[role], path.covers) for path in places],
        prices=[plans.price(path.plan) for path in places if path.plan is not None],
    )


def _share(role: Role, reaches: Mapping[str, int]) -> float:
    """Return the share of a role's skills that a course plan reaches."""
    reached = sum(
        need.weight * min(reaches.get(need.competency, 0), need.depth) / need.depth
        for need in role.competencies
    )
    return reached / sum(need.weight for need in role.competencies)
