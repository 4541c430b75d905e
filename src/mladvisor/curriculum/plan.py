"""A plan of courses: made from what is wanted and known, put in order, and priced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np

from mladvisor.curriculum.catalog import (
    BY_HOURS,
    Catalog,
    Objective,
    catalog,
    middle_hours,
    price_month_usd,
)
from mladvisor.curriculum.depths import Skills
from mladvisor.curriculum.search import Rows, cover
from mladvisor.curriculum.table import Task
from mladvisor.curriculum.task import Units, union
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course


@dataclass(frozen=True, slots=True)
class Holding:
    """A subscription held for some courses in a row: their hours decide for how many months."""

    provider: str
    courses: int
    hours: float
    usd_per_month: float
    usd_per_year: float

    def months(self, hours_per_month: Any) -> Any:
        """Return the months it is held at a pace; a month that is begun is paid."""
        return months_begun(self.hours, hours_per_month)

    def cost_usd(self, hours_per_month: Any) -> Any:
        """Return its price at a pace."""
        months = self.months(hours_per_month)
        return subscription_usd(months, self.usd_per_month, self.usd_per_year)


def months_begun(hours: Any, hours_per_month: Any) -> Any:
    """Return in how many months so many hours are done at a pace, the last one counted whole."""
    return np.ceil(hours / hours_per_month - 1e-9)


def subscription_usd(months: Any, usd_per_month: Any, usd_per_year: Any) -> Any:
    """Return the price of so many months: by months, or by whole years where that is cheaper."""
    years = np.floor(months / 12)  # numpy's divmod is many times slower
    tail = np.minimum((months - 12 * years) * usd_per_month, usd_per_year)
    return years * np.minimum(12 * usd_per_month, usd_per_year) + tail


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One course of a plan, and why it stands where it does.

    `rank`: its stage among the stages. `brings`: what it is there for, competency → depth.
    `after`: courses of the plan that must be done before it.
    """

    course: Course
    rank: int
    brings: Mapping[str, int]
    after: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """Courses in the order of taking; the last ones are projects.

    `hours` of the learner's work, in the middle and at both ends; `cost_once_usd` for single
    purchases; `reaches`: competency → depth at the end; `missing`: what no course on offer brings.
    """

    steps: tuple[Step, ...]
    hours: float
    hours_low: float
    hours_high: float
    cost_once_usd: float
    holdings: tuple[Holding, ...]
    reaches: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def courses(self) -> tuple[Course, ...]:
        """The courses and projects, in the order of taking."""
        return tuple(step.course for step in self.steps)

    def cost_usd(self, hours_per_month: Any) -> Any:
        """Return the price in USD at a pace, a number or an array; begun months are paid."""
        held = sum(holding.cost_usd(hours_per_month) for holding in self.holdings)
        return self.cost_once_usd + held + 0.0 * hours_per_month


def costs_usd(plans: Sequence[Plan], hours_per_month: Any) -> Any:
    """Return `Plan.cost_usd` of many plans at many paces, (plans, paces)."""
    costs = np.zeros((len(plans), len(hours_per_month)), hours_per_month.dtype)
    held = [(at, holding) for at, plan in enumerate(plans) for holding in plan.holdings]
    if held:
        at, hours, month, year = (
            np.array(column)[:, None]
            for column in zip(
                *((at, one.hours, one.usd_per_month, one.usd_per_year) for at, one in held),
                strict=True,
            )
        )
        each = subscription_usd(months_begun(hours, hours_per_month), month, year)
        starts = np.flatnonzero(np.diff(at[:, 0], prepend=-1))  # sums runs of the same plan
        costs[at[starts, 0]] = np.add.reduceat(each.astype(costs.dtype), starts, axis=0)
    costs += np.array([[plan.cost_once_usd] for plan in plans])
    return costs


def make_plan(
    knowledge: Knowledge,
    target: Skills,
    have: Skills,
    projects: Sequence[str] = (),
    objective: Objective = BY_HOURS,
) -> Plan:
    """Return the plan that brings `have` up to `target`, ending in the named projects.

    What a project requires is planned for; what it teaches itself is left to it.
    """
    book = catalog(knowledge)
    chosen = tuple(name for name in projects if name in book.projects)
    held = book.units(have)
    wanted = wanted_of_courses(book, target, chosen)
    rows, missing = _chosen(knowledge, wanted, held & of_use(knowledge, wanted), objective)
    courses = _ordered(book, [book.courses[row] for row in rows], held)
    courses += [book.projects[name] for name in chosen]
    return _plan(knowledge, courses, held, wanted | book.units(target), missing)


def wanted_of_courses(book: Catalog, target: Skills, projects: Sequence[str]) -> Units:
    """Return what the courses must bring: less what projects teach, with what they require."""
    made = [book.projects[name] for name in projects if name in book.projects]
    left = book.units(target) & ~union(book.taught[project.id] for project in made)
    return left | union(book.required[project.id] for project in made)


@lru_cache(maxsize=1024)
def of_use(knowledge: Knowledge, wanted: Units) -> Units:
    """Return all units that a plan for `wanted` may turn on; the rest of what is known does not."""
    offers = catalog(knowledge).offers(BY_HOURS)
    while True:
        useful = [offer for offer in offers if offer.teaches & wanted]
        wider = wanted | union(offer.requires for offer in useful)
        if wider == wanted:
            return wanted
        wanted = wider


def _chosen(
    knowledge: Knowledge, wanted: Units, held: Units, objective: Objective
) -> tuple[Rows, Units]:
    """Return the rows of the best courses found, and the units that none brings."""
    if not wanted & ~held:
        return (), 0
    book = catalog(knowledge)
    repairs = int(knowledge.settings.numbers["plan_repairs"])
    return cover(Task(wanted, held, book.table(objective)), repairs)


def _ordered(book: Catalog, courses: Iterable[Course], held: Units) -> list[Course]:
    """Put courses in the order of stages, each when what it requires is there.

    Within a stage: first what most of the others wait for, and one subscription at a stretch.
    """
    taught, required, waiting = book.taught, book.required, sorted(courses, key=book.rank)
    lacks = [required[course.id] & ~held for course in waiting]
    standing = {
        course.id: (
            -sum([1 for lack in lacks if lack & taught[course.id]]),
            book.figures[course.id].effort_hours,
            course.id,
        )
        for course in waiting
    }
    order: list[Course] = []
    for _, stage in groupby(waiting, key=book.rank):
        here = list(stage)
        while here:
            ready = [course for course in here if not required[course.id] & ~held] or here
            subscribed = order[-1].provider if order and order[-1].price == "subscription" else None
            best = min(
                ready,
                key=lambda course: (
                    course.price != "subscription" or course.provider != subscribed,
                    standing[course.id],
                ),
            )
            order.append(best)
            here = [course for course in here if course is not best]
            held |= taught[best.id]
    return order


def _plan(
    knowledge: Knowledge, courses: Sequence[Course], held: Units, wanted: Units, missing: Units
) -> Plan:
    book = catalog(knowledge)
    figures = [book.figures[course.id] for course in courses]
    reached = held | union(book.taught[course.id] for course in courses)
    return Plan(
        steps=tuple(_steps(book, courses, held, wanted)),
        hours=sum([each.hours for each in figures]),
        hours_low=sum([each.hours_low for each in figures]),
        hours_high=sum([each.hours_high for each in figures]),
        cost_once_usd=sum([each.cost_once_usd for each in figures]),
        holdings=tuple(_holdings(knowledge, courses)),
        reaches=book.skills(reached),
        missing=tuple(book.skills(missing)),
    )


def _steps(book: Catalog, courses: Sequence[Course], held: Units, wanted: Units) -> Iterable[Step]:
    needed = wanted | union(book.required[course.id] for course in courses)
    before = held
    for at, course in enumerate(courses):
        teaches, requires = book.taught[course.id], book.required[course.id] & ~held
        after = tuple(_first_to_teach(book, courses[:at], requires)) if requires else ()
        yield _step(book, course.id, teaches & needed & ~before, after)
        before |= teaches


@lru_cache(maxsize=8192)
def _step(book: Catalog, course: str, brings: Units, after: tuple[str, ...]) -> Step:
    """Return a step: plans have many of them in common, and share them."""
    figures = book.figures[course]
    return Step(figures.course, book.rank(figures.course), book.skills(brings), after)


def _first_to_teach(book: Catalog, before: Sequence[Course], required: Units) -> Iterable[str]:
    """Yield the courses that first bring what is required, in their order."""
    for course in before:
        if book.taught[course.id] & required:
            yield course.id
            required &= ~book.taught[course.id]


def _holdings(knowledge: Knowledge, courses: Sequence[Course]) -> Iterable[Holding]:
    """Yield the subscriptions: courses of one provider in a row are held as one."""
    for (price, _), stretch in groupby(courses, key=lambda course: (course.price, course.provider)):
        if price == "subscription":
            yield _holding(knowledge, list(stretch))


def _holding(knowledge: Knowledge, courses: Sequence[Course]) -> Holding:
    """Return one subscription: to one course, or to all of a provider who sells that."""
    month = max(price_month_usd(course) for course in courses)
    year = 12 * month
    platform = knowledge.platforms.get(courses[0].provider)
    if len(courses) > 1 and platform is not None:
        month, year = platform.usd_per_month, platform.usd_per_year
    hours = sum(middle_hours(course) for course in courses)
    return Holding(courses[0].provider, len(courses), hours, month, year)
