"""Course plans: for every role and starting level, each prerequisite met, nothing twice."""

from __future__ import annotations

import itertools

import pytest

from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.paths.curriculum import Catalog, Plan
from tests.conftest import ROOT

KNOWLEDGE = Knowledge(compiled(ROOT / "data"))
CATALOG = Catalog(KNOWLEDGE)
STARTS = list(
    itertools.product(
        ("none", "rusty", "working", "strong"), ("none", "working", "strong"), ("none", "working")
    )
)


def start(math: str, programming: str, ml: str) -> dict[str, int]:
    levels = KNOWLEDGE.settings.levels
    known: dict[str, int] = {}
    for field, level in (("math", math), ("programming", programming), ("ml", ml)):
        for skill, depth in levels[field][level].items():
            known[skill] = max(known.get(skill, 0), depth)
    return known


def check(plan: Plan, known: dict[str, int], target: dict[str, int]) -> None:
    held = dict(known)
    taken: set[str] = set()
    for course in plan.courses:
        for skill, depth in course.requires.items():
            assert held.get(skill, 0) >= depth, f"{course.id} needs {skill} {depth} first"
        for skill, depth in course.teaches.items():
            held[skill] = max(held.get(skill, 0), depth)
        assert course.status == "active"
        assert course.id not in taken
        same = {course.part_of, *course.same_material_as}
        assert not same & taken, f"{course.id} holds material taken before"
        taken.add(course.id)
    for skill, depth in target.items():
        assert held.get(skill, 0) >= depth or KNOWLEDGE.competencies[skill].label
        if skill not in plan.missing:
            assert held.get(skill, 0) >= depth, skill


@pytest.mark.parametrize("role", KNOWLEDGE.roles.values(), ids=lambda role: role.id)
@pytest.mark.parametrize("free_only", [False, True], ids=["any price", "free"])
def test_plans_are_in_order_and_reach_the_role(role: object, free_only: bool) -> None:
    target = {need.competency: need.depth for need in role.competencies}  # type: ignore[attr-defined]
    for math, programming, ml in STARTS:
        known = start(math, programming, ml)
        projects = role.projects  # type: ignore[attr-defined]
        plan = CATALOG.plan(target, known, projects, free_only=free_only)
        check(plan, known, target)
        assert plan.courses[-1].stage == "project"
        if free_only:
            assert plan.cost_usd(40.0) == 0
            assert all(course.price == "free" for course in plan.courses)


def test_who_knows_more_needs_fewer_hours() -> None:
    role = KNOWLEDGE.roles["ml-engineer"]
    target = {need.competency: need.depth for need in role.competencies}
    hours = [
        CATALOG.plan(target, start(math, programming, ml), role.projects).hours
        for math, programming, ml in (
            ("none", "none", "none"),
            ("working", "working", "none"),
            ("strong", "strong", "working"),
        )
    ]
    assert hours[0] > hours[1] > hours[2]


def test_nothing_is_planned_for_who_knows_it_all() -> None:
    everything = dict.fromkeys(KNOWLEDGE.competencies, 3)
    assert CATALOG.plan({"python": 2, "calculus": 3}, everything).courses == ()


def test_a_subscription_costs_whole_months() -> None:
    role = KNOWLEDGE.roles["ml-engineer"]
    target = {need.competency: need.depth for need in role.competencies}
    plan = CATALOG.plan(target, start("none", "none", "none"), role.projects)
    months = -(-plan.subscription_hours // 40)
    assert plan.cost_usd(40.0) == plan.cost_once_usd + months * plan.usd_per_month
