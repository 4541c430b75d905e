"""Courses nobody can start: what they require is taught nowhere, or only by each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mladvisor.checks.base import Base
from mladvisor.errors import Problem
from mladvisor.knowledge.models import Course


def check(base: Base) -> Iterator[Problem]:
    """Yield each requirement of an active course that no order of courses reaches from nothing."""
    active = [course for course in base.knowledge.courses if course.status == "active"]
    held, blocked = _startable(active)
    for course in blocked:
        for skill, depth in course.requires.items():
            if held.get(skill, 0) < depth:
                where = base.at(course.file, "requires", skill)
                yield Problem(where, _why(course, skill, depth, blocked))


def _startable(active: Sequence[Course]) -> tuple[dict[str, int], list[Course]]:
    """Return the depths that can be reached from nothing, and the courses that stay shut."""
    held: dict[str, int] = {}
    waiting = list(active)
    while True:
        ready = [
            course
            for course in waiting
            if all(held.get(skill, 0) >= depth for skill, depth in course.requires.items())
        ]
        if not ready:
            return held, waiting
        for course in ready:
            for skill, depth in course.teaches.items():
                held[skill] = max(held.get(skill, 0), depth)
        waiting = [course for course in waiting if course not in ready]


def _why(course: Course, skill: str, depth: int, blocked: Sequence[Course]) -> str:
    needs = f"{course.id} requires {skill} {depth}"
    teachers = [other.id for other in blocked if other.teaches.get(skill, 0) >= depth]
    if not teachers:
        return f"{needs}, which no active course teaches"
    return f"{needs}, taught only by courses that can't be started either: {', '.join(teachers)}"
