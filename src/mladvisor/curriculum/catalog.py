"""The courses that can be planned with, and what an hour of each is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from mladvisor.curriculum.depths import MOST, Skills, study_hours
from mladvisor.curriculum.table import OfferTable
from mladvisor.curriculum.task import Offer, Units
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course, Stage, interval, midpoint

PROJECT_STAGE = "project"


@dataclass(frozen=True)
class Objective:
    """What a plan saves: hours by default; `hours_per_usd` says how many a dollar is worth.

    `free_only`: with courses that cost nothing at all.
    """

    hours_per_usd: float = 0.0
    free_only: bool = False


BY_HOURS = Objective()
BY_COST = Objective(hours_per_usd=20.0)
FREE_ONLY = Objective(free_only=True)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan adds up of a course: hours in the middle and at both ends, effort, price."""

    course: Course
    hours: float
    hours_low: float
    hours_high: float
    effort_hours: float
    cost_once_usd: float


class _Deepest(Mapping[str, int]):
    """Skill → deepest depth in a set of units, read off the set: kept plans hold thousands."""

    __slots__ = ("_column", "_units")

    def __init__(self, units: Units, column: Mapping[str, int]) -> None:
        self._units = units
        self._column = column

    def __getitem__(self, skill: str) -> int:
        depth = (self._units >> MOST * self._column[skill] & (1 << MOST) - 1).bit_length()
        if not depth:
            raise KeyError(skill)
        return depth

    def __iter__(self) -> Iterator[str]:
        return (
            skill
            for skill, at in self._column.items()
            if self._units >> MOST * at & (1 << MOST) - 1
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=4)
def catalog(knowledge: Knowledge) -> Catalog:
    """Return the catalog of a knowledge base, made once."""
    return Catalog(knowledge)


class Catalog:
    """The active courses, and project templates, as the planner reads them.

    Archived and retired courses are not in it, nor is one whose hours or price are unknown.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.column = {name: at for at, name in enumerate(knowledge.competencies)}
        self.stages: tuple[Stage, ...] = next(
            row.stages for row in knowledge.curricula.values() if row.stages
        )
        self._rank = {
            name: rank for rank, stage in enumerate(self.stages) for name in stage.competency_stages
        }
        active = [course for course in knowledge.courses if course.status == "active"]
        self.courses = tuple(
            course
            for course in active
            if course.stage != PROJECT_STAGE and course.language == "English" and _priced(course)
        )
        self.projects = {course.id: course for course in active if course.stage == PROJECT_STAGE}
        self.taught = {course.id: self.units(course.teaches) for course in active}
        self.required = {course.id: self.units(course.requires) for course in active}
        self._numbers = knowledge.settings.numbers
        self._worth = knowledge.settings.course_hours
        self.figures = {course.id: self._figures(course) for course in active}
        self._offers: dict[Objective, tuple[Offer, ...]] = {}
        self._tables: dict[Objective, OfferTable] = {}

    def rank(self, course: Course) -> int:
        """Return the place of a course's stage among the stages of the curriculum."""
        return self._rank[course.stage]

    def units(self, skills: Skills) -> Units:
        """Return skills as a set of units: each depth up to the one that is reached."""
        units = 0
        for name, depth in skills.items():
            units |= ((1 << depth) - 1) << MOST * self.column[name]
        return units

    def skills(self, units: Units) -> Skills:
        """Return the deepest depth of each skill in a set of units."""
        return _Deepest(units, self.column)

    def _figures(self, course: Course) -> Figures:
        low, high = interval(course.facts.get("hours")) or (0.0, 0.0)
        return Figures(
            course, middle_hours(course), low, high, self.effort_hours(course),
            price_once_usd(course),
        )  # fmt: skip

    @cached_property
    def worth(self) -> tuple[float, ...]:
        """Judged hours of study of each unit, by bit."""
        return tuple(np.diff(study_hours(self.knowledge), axis=1).reshape(-1).tolist())

    @cached_property
    def _plain_offers(self) -> tuple[Offer, ...]:
        clashes = self._clashes()
        offers = [
            Offer(
                row, self.rank(course), self.taught[course.id], self.required[course.id],
                self.effort_hours(course), frozenset(clashes[row]),
            )
            for row, course in enumerate(self.courses)
        ]  # fmt: skip
        return tuple(sorted(offers, key=lambda offer: (offer.rank, offer.row)))

    def offers(self, objective: Objective) -> tuple[Offer, ...]:
        """Return the courses as the search sees them, their effort by the objective."""
        if objective not in self._offers:
            self._offers[objective] = tuple(self._priced_offers(objective))
        return self._offers[objective]

    def table(self, objective: Objective) -> OfferTable:
        """Return the same as a table, for the search."""
        if objective not in self._tables:
            self._tables[objective] = OfferTable(self.offers(objective), self.worth)
        return self._tables[objective]

    def _priced_offers(self, objective: Objective) -> Iterable[Offer]:
        for offer in self._plain_offers:
            course = self.courses[offer.row]
            if objective.free_only and course.price != "free":
                continue
            effort = offer.effort_hours + objective.hours_per_usd * self.price_usd(course)
            yield replace(offer, effort_hours=effort)

    def effort_hours(self, course: Course) -> float:
        """Return what a course takes beside others: its hours, more where they are worth less.

        Lectures without exercises leave the practice to the learner, a graduate course holds more
        than a working level needs, learners rate some badly, and each course takes a start.
        """
        worth = self._worth
        hours = middle_hours(course) * worth[course.level] * worth[course.hands_on]
        if self._badly_rated(course):
            hours *= worth["low_rating"]
        return hours + self._numbers["course_start_hours"]

    def _badly_rated(self, course: Course) -> bool:
        rating = midpoint(course.facts.get("rating"))
        count = midpoint(course.facts.get("ratings_count")) or 0.0
        enough = count >= self._numbers["ratings_enough"]
        return rating is not None and enough and rating < self._numbers["low_rating"]

    def price_usd(self, course: Course) -> float:
        """Return the price of a course, a subscription held at the usual pace."""
        if course.price == "subscription":
            months = middle_hours(course) / self._numbers["usual_hours_per_month"]
            return months * price_month_usd(course)
        return price_once_usd(course)

    def _clashes(self) -> list[set[int]]:
        """Return for each course those with the same material: series and part, two editions."""
        row_of = {course.id: row for row, course in enumerate(self.courses)}
        clashes: list[set[int]] = [set() for _ in self.courses]
        for row, course in enumerate(self.courses):
            for other in (course.part_of, *course.same_material_as):
                if other is not None and other in row_of:
                    clashes[row].add(row_of[other])
                    clashes[row_of[other]].add(row)
        return clashes


def middle_hours(course: Course) -> float:
    """Return the middle of a course's hours."""
    return midpoint(course.facts.get("hours")) or 0.0


def price_once_usd(course: Course) -> float:
    """Return the price of a course that is bought once, 0 for any other."""
    return (midpoint(course.facts.get("cost_usd")) or 0.0) if course.price == "one-off" else 0.0


def price_month_usd(course: Course) -> float:
    """Return the monthly price of a course by subscription, 0 where none is known."""
    return midpoint(course.facts.get("usd_per_month")) or 0.0


def _priced(course: Course) -> bool:
    """Say whether hours and price are known: a plan can't rest on an unknown one."""
    if interval(course.facts.get("hours")) is None:
        return False
    if course.price == "subscription":
        return price_month_usd(course) > 0
    if course.price == "one-off":
        return midpoint(course.facts.get("cost_usd")) is not None
    return True
