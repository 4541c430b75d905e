"""The courses that take a person from what they know to what a target needs.

A greedy cover: again and again the course that brings most of what is still missing per hour,
its own missing prerequisites counted in; then what turned out superfluous is dropped, and the
rest is put in an order in which every prerequisite is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Competency, Course, interval, midpoint

Depths = npt.NDArray[np.int8]
Skills = Mapping[str, int]
"""Competency id → depth 0 to 3."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Courses in the order of taking. `missing`: what no course on offer brings.

    `hours` of the learner's work; `cost_once_usd` for single purchases; subscriptions are held
    one after the other for `subscription_hours` of study at `usd_per_month`.
    """

    courses: tuple[Course, ...]
    hours: float
    hours_low: float
    hours_high: float
    cost_once_usd: float
    subscription_hours: float
    usd_per_month: float
    reaches: Mapping[str, int]
    missing: tuple[str, ...]

    def cost_usd(self, hours_per_month: Any) -> Any:
        """Return the price in USD at a pace; whole months of subscription are paid."""
        if not self.subscription_hours:
            return self.cost_once_usd + 0 * hours_per_month
        months = np.ceil(self.subscription_hours / hours_per_month)
        return self.cost_once_usd + months * self.usd_per_month


@lru_cache(maxsize=4)
def catalog(knowledge: Knowledge) -> Catalog:
    """Return the catalog of a knowledge base, made once."""
    return Catalog(knowledge)


class Catalog:
    """The active courses as arrays: rows are courses, columns are competencies."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.column = {name: index for index, name in enumerate(knowledge.competencies)}
        self.competencies: Sequence[Competency] = tuple(knowledge.competencies.values())
        self.courses = [
            course
            for course in knowledge.courses
            if course.status == "active"
            and course.stage != "project"
            and course.language == "English"
            and _priced(course)
        ]
        self.projects = {
            course.id: course
            for course in knowledge.courses
            if course.stage == "project" and course.status == "active"
        }
        self.teaches = self._matrix(course.teaches for course in self.courses)
        self.requires = self._matrix(course.requires for course in self.courses)
        self.hours = np.array([middle_hours(course) for course in self.courses])
        worth = knowledge.settings.course_hours
        self._felt_hours = self.hours * [
            worth[course.level] * worth[course.hands_on] for course in self.courses
        ]
        self.study_hours = study_hours(knowledge)
        self._free = np.array([course.price == "free" for course in self.courses])
        self._overlap = self._overlapping()

    def _matrix(self, rows: Iterable[Skills]) -> Depths:
        return np.array([self.depths(row) for row in rows], dtype=np.int8)

    def depths(self, skills: Skills) -> Depths:
        """Return depth by competency column."""
        return depth_row(skills, self.column)

    def _overlapping(self) -> list[list[int]]:
        """Return for each course those with the same material: series and part, two editions."""
        index = {course.id: row for row, course in enumerate(self.courses)}
        overlap: list[list[int]] = [[] for _ in self.courses]
        for row, course in enumerate(self.courses):
            for other in (course.part_of, *course.same_material_as):
                if other is not None and other in index:
                    overlap[row].append(index[other])
                    overlap[index[other]].append(row)
        return overlap

    def plan(
        self, target: Skills, have: Skills, projects: Sequence[str] = (), *, free_only: bool = False
    ) -> Plan:
        """Return the plan that brings `have` up to `target`, ending in the named projects."""
        start = depth_row(have, self.column)
        wanted = depth_row(target, self.column)
        chosen = [self.projects[name] for name in projects if name in self.projects]
        from_courses = wanted
        for project in chosen:
            brought = self.depths(project.teaches)
            from_courses = np.where(from_courses > brought, from_courses, 0)
        for project in chosen:  # what a project requires must be there before it
            from_courses = np.maximum(from_courses, self.depths(project.requires))
        usable = self._free if free_only else np.ones(len(self.courses), dtype=bool)
        rows = self._ordered(self._cover(from_courses, start, usable), start)
        return self._as_plan(rows, chosen, start, np.maximum(wanted, from_courses))

    def _cover(self, wanted: Depths, start: Depths, usable: Any) -> list[int]:
        """Return rows that reach `wanted` and can be taken in some order from `start`."""
        wanted, open_rows = wanted.copy(), usable.copy()
        chosen: list[int] = []
        while True:
            potential = start if not chosen else np.maximum(start, self.teaches[chosen].max(axis=0))
            met, blocked = self._grounded(chosen, start)
            short = wanted > potential
            needs = np.where(short, wanted, 0)
            for row in blocked:
                needs = np.maximum(needs, np.where(self.requires[row] > met, self.requires[row], 0))
            held = np.where(short, potential, met)
            if not (needs > held).any():
                break
            best = self._best(needs, held, np.maximum(potential, needs), open_rows)
            if best is None:
                if not blocked and not short.any():
                    break
                unreachable = (needs > held) & short
                if not unreachable.any():
                    open_rows[blocked] = False
                    chosen = [row for row in chosen if row not in blocked]
                wanted[unreachable] = potential[unreachable]
                continue
            chosen.append(best)
            open_rows[[best, *self._overlap[best]]] = False
        return self._pruned(chosen, wanted, start)

    def _grounded(self, rows: Sequence[int], start: Depths) -> tuple[Depths, list[int]]:
        """Return what is reached by the rows that can be taken from `start`, and the other rows."""
        held, waiting = start, list(rows)
        while True:
            ready = [row for row in waiting if not (self.requires[row] > held).any()]
            if not ready:
                return held, waiting
            held = np.maximum(held, self.teaches[ready].max(axis=0))
            waiting = [row for row in waiting if row not in ready]

    def _best(self, needs: Depths, held: Depths, coming: Depths, open_rows: Any) -> int | None:
        """Return the row that brings most missing study hours per hour, or None if none helps.

        What a row itself still lacks (`coming` is what will be there anyway) counts as its hours.
        """
        gain = np.zeros(len(self.courses))
        for column in np.flatnonzero(needs > held):
            steps = self.study_hours[column]
            brought = np.minimum(self.teaches[:, column], needs[column])
            gain += np.maximum(steps[brought] - steps[held[column]], 0)
        gain[~open_rows] = 0
        useful = np.flatnonzero(gain)
        if not len(useful):
            return None
        extra = np.zeros(len(useful))
        lacking = self.requires[useful] > coming
        for column in np.flatnonzero(lacking.any(axis=0)):
            steps = self.study_hours[column]
            extra += np.maximum(steps[self.requires[useful, column]] - steps[coming[column]], 0)
        return int(useful[np.argmax(gain[useful] / (self._felt_hours[useful] + extra))])

    def _pruned(self, chosen: list[int], wanted: Depths, start: Depths) -> list[int]:
        """Drop, longest first, each course without which all needs are still met."""
        kept = list(chosen)
        for row in sorted(chosen, key=lambda row: (-self.hours[row], row)):
            rest = [other for other in kept if other != row]
            reached, blocked = self._grounded(rest, start)
            if not blocked and not (wanted > reached).any():
                kept = rest
        return kept

    def _ordered(self, rows: list[int], have: Depths) -> list[int]:
        """Put rows in stage order, each as soon as its prerequisites are met."""
        waiting = sorted(rows, key=lambda row: (self._stage(row), self.hours[row], row))
        held, order = have, []
        while waiting:
            ready = next(
                (row for row in waiting if not (self.requires[row] > held).any()), waiting[0]
            )
            order.append(ready)
            waiting.remove(ready)
            held = np.maximum(held, self.teaches[ready])
        return order

    def _stage(self, row: int) -> int:
        return _stage_order(self.courses[row].stage)

    def _as_plan(
        self, rows: list[int], projects: Sequence[Course], start: Depths, wanted: Depths
    ) -> Plan:
        courses = (*(self.courses[row] for row in rows), *projects)
        reached = start
        for course in courses:
            reached = np.maximum(reached, self.depths(course.teaches))
        bounds = [interval(course.facts.get("hours")) or (0.0, 0.0) for course in courses]
        subscribed = [course for course in courses if course.price == "subscription"]
        names = list(self.column)
        return Plan(
            courses=courses,
            hours=sum(middle_hours(course) for course in courses),
            hours_low=sum(low for low, _ in bounds),
            hours_high=sum(high for _, high in bounds),
            cost_once_usd=sum(_price_once(course) for course in courses),
            subscription_hours=sum(middle_hours(course) for course in subscribed),
            usd_per_month=max((_price_month(course) for course in subscribed), default=0.0),
            reaches={name: int(reached[at]) for name, at in self.column.items() if reached[at]},
            missing=tuple(names[at] for at in np.flatnonzero(wanted > reached)),
        )


_STAGES = (
    "programming", "foundations", "supervised", "unsupervised", "specialised",
    "applied", "production", "research", "project",
)  # fmt: skip


def _stage_order(stage: str) -> int:
    return _STAGES.index(stage) if stage in _STAGES else len(_STAGES)


def depth_row(skills: Skills, column: Mapping[str, int]) -> Depths:
    """Return depth by competency column."""
    row = np.zeros(len(column), dtype=np.int8)
    if skills:
        row[[column[name] for name in skills]] = list(skills.values())
    return row


def study_hours(knowledge: Knowledge) -> npt.NDArray[np.float64]:
    """Return judged hours from nothing to each depth: competency column × depth 0 to 3."""
    return np.array([(0.0, *row.hours) for row in knowledge.competencies.values()])


def middle_hours(course: Course) -> float:
    """Return the middle of a course's hours."""
    return midpoint(course.facts.get("hours")) or 0.0


def _priced(course: Course) -> bool:
    """Say whether hours and price are known: a plan can't rest on an unknown one."""
    if midpoint(course.facts.get("hours")) is None:
        return False
    if course.price == "subscription":
        return _price_month(course) > 0
    if course.price == "one-off":
        return midpoint(course.facts.get("cost_usd")) is not None
    return True


def _price_once(course: Course) -> float:
    if course.price != "one-off":
        return 0.0
    return midpoint(course.facts.get("cost_usd")) or 0.0


def _price_month(course: Course) -> float:
    return midpoint(course.facts.get("usd_per_month")) or 0.0
