"""Skills of the taxonomy that no course brings."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base
from mladvisor.errors import Problem

NOT_FROM_COURSES = ("thesis",)
"""Skills that only an advisor and a lab can bring."""


def check(base: Base) -> Iterator[Problem]:
    """Yield competencies that no active course teaches at any depth."""
    taught = {
        skill
        for course in base.knowledge.courses
        if course.status == "active"
        for skill in course.teaches
    }
    for name in base.knowledge.competencies:
        if name not in taught and name not in NOT_FROM_COURSES:
            where = base.at("competencies.toml", f'id = "{name}"')
            yield Problem(where, f"no active course teaches {name}")
