"""Course plans: for every role and starting level, in order, prerequisites met, nothing twice."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mladvisor.curriculum.catalog import (
    BY_COST,
    BY_HOURS,
    FREE_ONLY,
    Objective,
    catalog,
    middle_hours,
    price_month_usd,
)
from mladvisor.curriculum.depths import deepest
from mladvisor.curriculum.limits import Wish, what_to_leave_out, within_budget
from mladvisor.curriculum.plan import Holding, Plan, make_plan
from mladvisor.curriculum.schedule import schedule
from mladvisor.curriculum.search import cover
from mladvisor.curriculum.table import OfferTable, Task
from mladvisor.curriculum.task import Offer
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.models import Role
from tests.conftest import ROOT

KNOWLEDGE = Knowledge(compiled(ROOT / "data"))
BOOK = catalog(KNOWLEDGE)
LEVELS = KNOWLEDGE.settings.levels
STARTS = list(
    itertools.product(*(LEVELS[field] for field in ("math", "programming", "ml", "production")))
)
ROLES = list(KNOWLEDGE.roles.values())


def start(math: str, programming: str, ml: str, production: str = "none") -> dict[str, int]:
    levels = {"math": math, "programming": programming, "ml": ml, "production": production}
    return deepest(*(LEVELS[field][level] for field, level in levels.items()))


def wanted(role: Role) -> dict[str, int]:
    return {need.competency: need.depth for need in role.competencies}


def check(plan: Plan, known: dict[str, int], target: dict[str, int]) -> None:
    """What must hold of any plan: order of stages, prerequisites, nothing twice, goals reached."""
    held, taken, rank = dict(known), set[str](), 0
    for step in plan.steps:
        course = step.course
        assert step.rank >= rank, f"{course.id}: its stage is over"
        rank = step.rank
        for skill, depth in course.requires.items():
            assert held.get(skill, 0) >= depth, f"{course.id} needs {skill} {depth} first"
        new = {s for s, depth in course.teaches.items() if depth > held.get(s, 0)}
        assert course.stage == "project" or new & step.brings.keys(), f"{course.id} brings nothing"
        assert set(step.after) <= taken
        assert course.status == "active"
        same = {course.id, course.part_of, *course.same_material_as}
        assert not same & taken, f"{course.id} holds material taken before"
        taken.add(course.id)
        held = deepest(held, course.teaches)
    assert held == {**dict(plan.reaches), **{s: d for s, d in held.items() if not d}}
    for skill, depth in target.items():
        assert (held.get(skill, 0) >= depth) != (skill in plan.missing), skill


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_from_every_level_the_plan_is_in_order_and_reaches_the_role(role: Role) -> None:
    for levels in STARTS:
        known = start(*levels)
        plan = make_plan(KNOWLEDGE, wanted(role), known, role.projects)
        check(plan, known, wanted(role))
        projects = [course for course in plan.courses if course.stage == "project"]
        assert 2 <= len(projects) <= 3
        assert list(plan.courses[-len(projects) :]) == projects


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
@pytest.mark.parametrize("objective", [BY_COST, FREE_ONLY], ids=["by cost", "free"])
def test_cheaper_plans_are_plans_too(role: Role, objective: Objective) -> None:
    for levels in STARTS[::11]:
        known = start(*levels)
        plan = make_plan(KNOWLEDGE, wanted(role), known, role.projects, objective)
        check(plan, known, wanted(role))
        by_hours = make_plan(KNOWLEDGE, wanted(role), known, role.projects)
        assert plan.cost_usd(43.45) <= by_hours.cost_usd(43.45)
        if objective.free_only:
            assert all(course.price == "free" for course in plan.courses)


DEPTHS = st.dictionaries(st.sampled_from(list(BOOK.column)), st.integers(0, 3), max_size=20)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(DEPTHS, DEPTHS)
def test_whatever_is_wanted_and_known_the_plan_holds(
    target: dict[str, int], known: dict[str, int]
) -> None:
    check(make_plan(KNOWLEDGE, target, known), known, target)


def test_skills_read_off_a_set_of_units_are_those_it_was_made_of() -> None:
    for course in BOOK.courses:
        assert BOOK.skills(BOOK.units(course.teaches)) == course.teaches
        assert len(BOOK.skills(BOOK.taught[course.id])) == len(course.teaches)


def test_who_knows_more_needs_fewer_hours() -> None:
    role = KNOWLEDGE.roles["ml-engineer"]
    hours = [
        make_plan(KNOWLEDGE, wanted(role), start(*levels), role.projects).hours
        for levels in (
            ("none", "none", "none"),
            ("working", "working", "none"),
            ("strong", "strong", "working"),
        )
    ]
    assert hours[0] > hours[1] > hours[2]


def test_nothing_is_planned_for_who_knows_it_all() -> None:
    everything = dict.fromkeys(KNOWLEDGE.competencies, 3)
    assert make_plan(KNOWLEDGE, {"python": 2, "calculus": 3}, everything).courses == ()


def test_mathematics_comes_before_supervised_learning_and_production_before_projects() -> None:
    role = KNOWLEDGE.roles["ml-engineer"]
    plan = make_plan(KNOWLEDGE, wanted(role), {}, role.projects)
    order = [step.course.stage for step in plan.steps]
    assert {"foundations", "supervised", "production", "project"} <= set(order)
    last = {stage: len(order) - order[::-1].index(stage) for stage in order}
    first = {stage: order.index(stage) for stage in order}
    assert last["foundations"] <= first["supervised"]
    assert last["supervised"] <= first["production"]
    assert last["production"] <= first["project"]


@pytest.mark.parametrize("subject", ["calculus", "deep-learning"])
def test_a_beginner_gets_a_whole_course_of_what_the_rest_builds_on(subject: str) -> None:
    """No refresher that is read as one variable, no second part of a series as all of it."""
    role = KNOWLEDGE.roles["ml-engineer"]
    steps = make_plan(KNOWLEDGE, wanted(role), {}, role.projects).steps
    spent = 0.0
    for step in steps:
        if subject in step.brings:
            spent += middle_hours(step.course)
            depth = step.brings[subject]
            assert spent >= KNOWLEDGE.competencies[subject].hours[depth - 1], step.course.id


def test_no_course_of_a_provider_costs_more_than_the_provider_asks_for_all() -> None:
    priced = [course for course in BOOK.courses if course.price == "subscription"]
    assert priced
    for course in priced:
        platform = KNOWLEDGE.platforms.get(course.provider)
        assert platform is None or price_month_usd(course) <= platform.usd_per_month, course.id


class TestSearch:
    """A few courses whose best cover can be seen by eye: units are bits."""

    @staticmethod
    def best(wanted: int, *offers: tuple[int, int, int, float], held: int = 0) -> set[int]:
        made = tuple(
            Offer(row, rank, teaches, requires, hours, frozenset())
            for row, (rank, teaches, requires, hours) in enumerate(offers)
        )
        return set(cover(Task(wanted, held, OfferTable(made, BOOK.worth[:8])), 100)[0])

    def test_one_broad_course_beats_two_narrow_ones(self) -> None:
        narrow, other, broad = (0, 0b01, 0, 10), (0, 0b10, 0, 10), (0, 0b11, 0, 15)
        assert self.best(0b11, narrow, other, broad) == {2}

    def test_a_cheap_course_with_costly_prerequisites_is_left_aside(self) -> None:
        needs_much, prerequisite, alone = (0, 0b01, 0b10, 5), (0, 0b10, 0, 50), (0, 0b01, 0, 30)
        assert self.best(0b01, needs_much, prerequisite, alone) == {2}
        assert self.best(0b01, needs_much, prerequisite, alone, held=0b10) == {0}

    def test_a_prerequisite_must_come_in_the_same_stage_or_before(self) -> None:
        early, late = (0, 0b01, 0b10, 5), (1, 0b10, 0, 5)
        in_time = (0, 0b10, 0, 40)
        assert self.best(0b01, early, in_time, late) == {0, 1}

    def test_two_courses_that_wait_for_each_other_are_no_plan(self) -> None:
        one, other, way_in = (0, 0b01, 0b10, 5), (0, 0b10, 0b01, 5), (0, 0b10, 0, 60)
        assert self.best(0b11, one, other, way_in) == {0, 2}

    def test_a_course_does_not_teach_what_it_requires_itself(self) -> None:
        goes_on, way_in = (0, 0b11, 0b01, 5), (0, 0b01, 0, 60)
        assert self.best(0b11, goes_on, way_in) == {0, 1}
        assert self.best(0b11, goes_on) == set()

    @pytest.mark.parametrize(
        ("taught_and_hours", "best"),
        [
            ({0b0101: 50, 0b0010: 10, 0b1000: 20, 0b1110: 40}, {0, 1, 2}),
            ({0b0011: 20, 0b1000: 40, 0b0111: 20, 0b1101: 40, 0b1111: 50}, {4}),
            ({0b0100: 40, 0b0001: 10, 0b1000: 40, 0b1100: 50, 0b0101: 40}, {1, 3}),
        ],
        ids=["leave one out", "force one in", "leave two out"],
    )
    def test_each_move_finds_what_greed_misses(
        self, taught_and_hours: dict[int, float], best: set[int]
    ) -> None:
        offers = [(0, units, 0, hours) for units, hours in taught_and_hours.items()]
        assert self.best(0b1111, *offers) == best


class TestPrice:
    def test_begun_months_are_paid_and_a_year_where_that_is_cheaper(self) -> None:
        held = Holding("P", 2, 100.0, 59.0, 399.0)
        assert held.cost_usd(50.0) == 2 * 59
        assert held.cost_usd(49.0) == 3 * 59, "a third month is begun"
        assert held.cost_usd(10.0) == 399, "ten months at 59 are 590"
        assert held.cost_usd(5.0) == 2 * 399, "20 months: two years beat 399 + 8 × 59"

    def test_a_plan_costs_what_its_subscriptions_and_purchases_cost(self) -> None:
        role = KNOWLEDGE.roles["ml-engineer"]
        plan = make_plan(KNOWLEDGE, wanted(role), {}, role.projects)
        held = sum(holding.cost_usd(43.45) for holding in plan.holdings)
        assert plan.cost_usd(43.45) == plan.cost_once_usd + held
        paid = [course for course in plan.courses if course.price == "subscription"]
        assert sum(holding.courses for holding in plan.holdings) == len(paid)


class TestCalendar:
    role = KNOWLEDGE.roles["ml-engineer"]
    begins = date(2027, 1, 4)

    @pytest.mark.parametrize("hours_per_week", [3.0, 9.5, 10.0, 25.0])
    @pytest.mark.parametrize("levels", STARTS[::37])
    def test_all_hours_are_used_and_nothing_starts_too_early(
        self, levels: tuple[str, ...], hours_per_week: float
    ) -> None:
        plan = make_plan(KNOWLEDGE, wanted(self.role), start(*levels), self.role.projects)
        slots = {
            slot.course: slot
            for slot in schedule(plan, self.begins, hours_per_week, hours_for_two=10)
        }
        last = max(slot.last_week for slot in slots.values())
        assert last == pytest.approx(plan.hours / hours_per_week)
        for step in plan.steps:
            slot = slots[step.course.id]
            assert self.begins <= slot.begins <= slot.ends
            assert slot.ends <= self.begins + timedelta(weeks=last, days=1)
            for before in step.after:
                assert slots[before].last_week <= slot.first_week + 1e-6, (before, step.course.id)
            earlier = [other for other in plan.steps if other.rank < step.rank]
            assert all(slots[o.course.id].last_week <= slot.first_week + 1e-6 for o in earlier)
            if hours_per_week < 10 or step.course.price == "subscription":
                assert slot.alongside == ()

    def test_two_courses_share_the_week_where_hours_allow(self) -> None:
        plan = make_plan(KNOWLEDGE, wanted(self.role), {}, self.role.projects)
        assert any(slot.alongside for slot in schedule(plan, self.begins, 10, hours_for_two=10))


class TestLimits:
    role = KNOWLEDGE.roles["ml-engineer"]

    def wish(self) -> Wish:
        counts = {need.competency: need.weight for need in self.role.competencies}
        return Wish(wanted(self.role), {}, tuple(self.role.projects), counts)

    def test_a_budget_is_kept_down_to_nothing(self) -> None:
        dear, _ = within_budget(KNOWLEDGE, self.wish(), BY_HOURS, None, 20)
        for budget in (dear.cost_usd(20), dear.cost_usd(20) / 2, 0.0):
            plan, _ = within_budget(KNOWLEDGE, self.wish(), BY_HOURS, budget, 20)
            assert plan.cost_usd(20) <= budget
            check(plan, {}, wanted(self.role))

    @pytest.mark.parametrize("share", [0.95, 0.7])
    def test_what_is_left_out_makes_it_fit_and_each_of_it_is_needed(self, share: float) -> None:
        whole = make_plan(KNOWLEDGE, wanted(self.role), {}, self.role.projects)
        most = share * whole.hours
        names, plan = what_to_leave_out(KNOWLEDGE, self.wish(), BY_HOURS, most)
        assert names
        assert plan.hours <= most < whole.hours
        for name in names:
            kept = [other for other in names if other != name]
            target = {s: d for s, d in wanted(self.role).items() if s not in kept}
            back = make_plan(KNOWLEDGE, target, {}, self.role.projects)
            assert back.hours > most, f"{name} fits after all"
