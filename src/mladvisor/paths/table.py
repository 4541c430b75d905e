"""The paths as columns: all that does not depend on the person, made once for a day.

Columns are the same for everybody: carrying on, the offers and hybrids by id, and at the end a
place for each kind of course plan of the person's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Array, Grouped, Places, Reals, alike, by_path, by_scenario
from mladvisor.curriculum.depths import Depths, depth_row
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.offers import CARRY_ON, PathBuilder
from mladvisor.paths.path import FLAG_COLUMNS, NUMBER_COLUMNS, WORD_COLUMNS, Path
from mladvisor.paths.plans import Items, planner
from mladvisor.rules.expression import code
from mladvisor.sequences import scattered


class PathTable:
    """Columns of paths, as arrays with all three axes; `plans`: the rows of course plans."""

    def __init__(self, knowledge: Knowledge, builder: PathBuilder, fixed: tuple[Path, ...]) -> None:
        self.knowledge = knowledge
        self.settings: Settings = knowledge.settings
        self.builder = builder
        self.fixed = fixed
        self.paths: tuple[Path, ...] = (*self.fixed, *self._stand_ins())
        self.plans = slice(len(self.fixed), len(self.paths))
        self._drawn: dict[tuple[str, int], Reals] = {}
        self._each: dict[str, Array] = {}
        self._alike: dict[tuple[str, ...], tuple[Places, Places]] = {}
        self._settled: Mapping[str, float] = {}

    def settled(self, at: Mapping[str, float]) -> PathTable:
        """Return a table in which figures are not drawn but lie at a share of their ranges."""
        table = copy(self)
        table._drawn, table._settled = {}, at
        return table

    def only(self, ids: Collection[str]) -> PathTable:
        """Return a table of carrying on, the named paths and the places for course plans."""
        first, *others = self.fixed
        fixed = (first, *(path for path in others if path.id in ids))
        return PathTable(self.knowledge, self.builder, fixed)

    def _stand_ins(self) -> Iterator[Path]:
        """Yield a course plan of each kind to hold its place, without what differs by person."""
        role = next(iter(self.knowledge.roles))
        nothing = planner(self.knowledge).nothing
        for kind in self.settings.course_plans:
            yield replace(self.builder.course_plan(role, nothing, kind), id="")

    @cached_property
    def words(self) -> Mapping[str, Array]:
        """The word columns, as codes."""
        return {
            name: by_path([code(getattr(path, field)) for path in self.paths])
            for name, field in WORD_COLUMNS.items()
        }

    @cached_property
    def flags(self) -> Mapping[str, Array]:
        """The columns of yes and no."""
        flags = {name: self.column(field) for name, field in FLAG_COLUMNS.items()}
        flags["grants_degree"] = self.each("degree", lambda path: path.grants in ("master", "phd"))
        flags["carrying_on"] = self.each("carrying_on", lambda path: path.id == CARRY_ON)
        return flags

    @cached_property
    def numbers(self) -> Mapping[str, Array]:
        """The columns of numbers that are known exactly."""
        return {name: self.column(field) for name, field in NUMBER_COLUMNS.items()}

    def column(self, field: str) -> Array:
        """Return one field of all paths."""
        return self.each(field, lambda path: getattr(path, field))

    def each(self, name: str, read: Callable[[Path], Any]) -> Array:
        """Return what a function reads of each path, read once under its name."""
        if name not in self._each:
            self._each[name] = by_path([read(path) for path in self.paths])
        return self._each[name]

    def grouped(self, name: str, read: Callable[[Path], float]) -> Grouped:
        """Return the same by its distinct values."""
        values, group = np.unique(self.each(name, read)[:, 0, 0], return_inverse=True)
        return Grouped(by_path(values), group)

    def alike(self, *fields: str) -> tuple[Places, Places]:
        """Group paths with the same in some fields: the first path of each group; group by path."""
        if fields not in self._alike:
            self._alike[fields] = alike(
                tuple(getattr(path, field) for field in fields) for path in self.paths
            )
        return self._alike[fields]

    @cached_property
    def full_time(self) -> Places:
        """The rows of full-time study."""
        return np.flatnonzero(self.flags["full_time"])

    def ends(self, field: str) -> tuple[Reals, Reals]:
        """Return both ends of a range."""
        low, high = np.array([getattr(path, field) for path in self.paths]).T
        return by_path(low), by_path(high)

    def drawn(self, field: str, size: int) -> Reals:
        """Return a range drawn between its ends, (paths, 1, scenarios): one draw for all paths.

        In a scenario where prices turn out high they do so everywhere, and a kind of path does
        not look better merely because there are many of it.
        """
        key = (field, size)
        if key not in self._drawn:
            self._drawn[key] = self.between(*self.ends(field), field, size)
        return self._drawn[key]

    def between(self, low: Reals, high: Reals, field: str, size: int) -> Reals:
        """Return draws between two ends, (…, scenarios), all from the sequence of that field."""
        share = scattered(field, size)
        if field in self._settled:
            share = np.full(size, self._settled[field])
        drawn: Reals = low + by_scenario(share.astype(REAL)) * (high - low)
        return drawn

    @cached_property
    def levels(self) -> tuple[Items, ...]:
        """The distinct entry levels."""
        return tuple(dict.fromkeys(_entry(path) for path in self.paths))

    @cached_property
    def level(self) -> npt.NDArray[np.intp]:
        """The entry level of each path, as a place in `levels`."""
        places = {level: at for at, level in enumerate(self.levels)}
        return np.array([places[_entry(path)] for path in self.paths])

    @cached_property
    def brought(self) -> Depths:
        """Depths a path brings, its entry level included: (paths, competencies)."""
        column = {name: at for at, name in enumerate(self.knowledge.competencies)}
        return np.array(
            [
                np.maximum(depth_row(path.covers, column), depth_row(path.requires, column))
                for path in self.paths
            ]
        )


def _entry(path: Path) -> Items:
    return tuple(sorted(path.requires.items()))


@lru_cache(maxsize=4)
def path_table(knowledge: Knowledge, today: date) -> PathTable:
    """Return the columns of a knowledge base on a day, made once."""
    builder = PathBuilder(knowledge, today)
    return PathTable(knowledge, builder, builder.paths())
