"""Course plans and bridges, each made once for all who lack the same.

A plan for a target can use only what its courses build on, so a person's other skills are left out
before planning: people who differ in those alone share the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mladvisor.axes import REAL, Reals
from mladvisor.curriculum.catalog import BY_HOURS, FREE_ONLY
from mladvisor.curriculum.plan import Plan, make_plan
from mladvisor.knowledge.load import Knowledge

Items = tuple[tuple[str, int], ...]
"""Competency and depth, by name: skills as a key."""


@dataclass(frozen=True, eq=False)
class Bridges:
    """The courses before each entry level, for one reading of what is known.

    `hours` of study, (levels,); `priced`: the levels whose courses cost something.
    """

    plans: tuple[Plan, ...]
    hours: Reals
    priced: tuple[int, ...]


class Planner:
    """Makes plans from a knowledge base's courses."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._taught_by: dict[str, set[str]] = {}
        self._deepest: dict[str, int] = {}
        for course in knowledge.courses:
            for skill, depth in course.requires.items():
                self._deepest[skill] = max(self._deepest.get(skill, 0), depth)
            for skill in course.teaches:
                self._taught_by.setdefault(skill, set()).update(course.requires)

    def course_plan(self, role: str, have: Mapping[str, int], *, free_only: bool) -> Plan:
        """Return the courses that bring a person up to a role."""
        row = self.knowledge.roles[role]
        target = {need.competency: need.depth for need in row.competencies}
        projects = [course for course in self.knowledge.courses if course.id in row.projects]
        needed = [skill for project in projects for skill in project.requires]
        held = self.relevant(target, have, needed)
        return _plan(self.knowledge, _items(target), held, tuple(row.projects), free_only)

    def bridges(self, levels: Sequence[Items], have: Mapping[str, int]) -> Bridges:
        """Return the courses from what is known to each entry level."""
        most: dict[str, int] = {}
        for level in levels:
            for skill, depth in level:
                most[skill] = max(most.get(skill, 0), depth)
        return _bridges(self, tuple(levels), self.relevant(most, have))

    def bridge(self, level: Items, have: Mapping[str, int]) -> Plan:
        """Return the courses from what is known to one entry level."""
        gap = {name: depth for name, depth in level if depth > have.get(name, 0)}
        held = self.relevant(gap, have) if gap else ()
        return _plan(self.knowledge, _items(gap), held, (), False)

    def relevant(
        self, target: Mapping[str, int], have: Mapping[str, int], more: Iterable[str] = ()
    ) -> Items:
        """Return the part of `have` that a plan for `target` can build on, not above any use."""
        held = []
        for skill in self._closure(frozenset((*target, *more))):
            use = max(self._deepest.get(skill, 0), target.get(skill, 0))
            depth = min(have.get(skill, 0), use)
            if depth:
                held.append((skill, depth))
        return tuple(held)

    @lru_cache(maxsize=4096)  # noqa: B019 - one planner a knowledge base, kept as long as that
    def _closure(self, skills: frozenset[str]) -> tuple[str, ...]:
        """Return the skills and all that courses teaching them build on, one after the other."""
        found, waiting = set(skills), list(skills)
        while waiting:
            for skill in self._taught_by.get(waiting.pop(), ()):
                if skill not in found:
                    found.add(skill)
                    waiting.append(skill)
        return tuple(sorted(found))


@lru_cache(maxsize=4)
def planner(knowledge: Knowledge) -> Planner:
    """Return the planner of a knowledge base, made once."""
    return Planner(knowledge)


@lru_cache(maxsize=4096)
def _bridges(planner: Planner, levels: tuple[Items, ...], held: Items) -> Bridges:
    have = dict(held)
    plans = tuple(planner.bridge(level, have) for level in levels)
    # At an hour a month any subscription is held longest, so what is free then is free.
    priced = tuple(at for at, plan in enumerate(plans) if plan.cost_usd(1.0))
    return Bridges(plans, np.array([plan.hours for plan in plans], dtype=REAL), priced)


@lru_cache(maxsize=16384)
def _plan(
    knowledge: Knowledge, target: Items, have: Items, projects: tuple[str, ...], free_only: bool
) -> Plan:
    objective = FREE_ONLY if free_only else BY_HOURS
    return make_plan(knowledge, dict(target), dict(have), projects, objective)


def _items(skills: Mapping[str, int]) -> Items:
    return tuple(sorted(skills.items()))
