"""Entities that share one page: mostly one thing entered twice, or a page that is not its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from mladvisor.checks.base import Base
from mladvisor.errors import Problem

Entity = Mapping[str, Any]


def check(base: Base) -> Iterator[Problem]:
    """Yield courses, certificates and programs that name the page of another one.

    Courses may share it within a series, and programs of one institution a common page.
    """
    for table in ("courses", "certificates", "programs"):
        for one, other in _pairs(base.document[table]):
            if not _may_share(table, one, other):
                where = base.at(other["file"], "url")
                yield Problem(where, f"the same page as {one['id']}: give its own, or none")


def _may_share(table: str, one: Entity, other: Entity) -> bool:
    if table == "courses":
        return bool(_series(one) & _series(other))
    return table == "programs" and bool(one["institution"] == other["institution"])


def _pairs(entities: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    by_page: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.get("url"):
            by_page[entity["url"].rstrip("/")].append(entity)
    for sharing in by_page.values():
        yield from combinations(sharing, 2)


def _series(course: Entity) -> set[str]:
    """Return the ids a course goes with: its own, its series, its other editions."""
    return {course["id"], course.get("part_of", course["id"]), *course.get("same_material_as", ())}
