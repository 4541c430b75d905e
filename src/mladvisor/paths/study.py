"""Judged hours of study, and shares of a role's skills, between what is known and what is needed.

Both depend on what is known and on the role alone, so rows are kept from block to block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Array, Places, Reals
from mladvisor.curriculum.depths import Depths, depth_row, study_hours
from mladvisor.paths.skills import SkillStates
from mladvisor.paths.table import PathTable

MOST_ROWS = 16384
"""Rows kept of one kind; beyond, all are forgotten and made anew."""


class _Rows:
    """Rows of several arrays by key, kept: a row is a column of theirs, (…, rows)."""

    def __init__(self) -> None:
        self._place: dict[bytes, int] = {}
        self._kept: list[Array] = []
        self._room = 0

    def of(self, keys: Array, make: Callable[[Array], list[Array]]) -> list[Array]:
        """Return the arrays' rows for each key; `make` makes those not seen."""
        names = [row.tobytes() for row in np.ascontiguousarray(keys)]
        missing = {name: at for at, name in enumerate(names) if name not in self._place}
        if len(self._place) + len(missing) > MOST_ROWS:
            self._place, self._kept, self._room = {}, [], 0
            missing = {name: at for at, name in enumerate(names)}
        if missing:
            self._keep(list(missing), make(keys[list(missing.values())]))
        at = np.array([self._place[name] for name in names])
        return [kept.take(at, axis=-1) for kept in self._kept]

    def _keep(self, names: list[bytes], made: list[Array]) -> None:
        used = len(self._place)
        if used + len(names) > self._room:
            self._room = 2 * (used + len(names))
            grown = [np.empty((*part.shape[:-1], self._room), REAL) for part in made]
            for new, old in zip(grown, self._kept, strict=False):
                new[..., :used] = old[..., :used]
            self._kept = grown
        for kept, part in zip(self._kept, made, strict=True):
            kept[..., used : used + len(names)] = part
        self._place.update((name, used + at) for at, name in enumerate(names))


@dataclass(frozen=True, eq=False)
class _Role:
    """A role's skills: their columns, the depth it needs, and their weights, which sum to 1."""

    columns: Places
    needed: Depths
    weight: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ForRole:
    """A role's skills by state of what is known: a skill counts up to the depth the role needs.

    `held`: share of the skills; `gained`: what each path adds to it if all is taught, and the
    `hours` of study that takes, (paths, states); `left`: hours of study to all of it.
    """

    held: Reals
    gained: Reals
    hours: Reals
    left: Reals


class Study:
    """What is left to learn for a role, for a path's entry level, and what each path brings."""

    def __init__(self, table: PathTable) -> None:
        self.table = table
        self._hours = study_hours(table.knowledge)
        self._column = {name: at for at, name in enumerate(table.knowledge.competencies)}
        self._role_rows = _Rows()
        self._entry_rows = _Rows()
        self._levels = np.array([depth_row(dict(row), self._column) for row in table.levels])

    @cached_property
    def roles(self) -> list[_Role]:
        """The roles, in the order of the knowledge base."""
        roles = []
        for role in self.table.knowledge.roles.values():
            total = sum(need.weight for need in role.competencies)
            needs = sorted(role.competencies, key=lambda need: self._column[need.competency])
            roles.append(
                _Role(
                    np.array([self._column[need.competency] for need in needs]),
                    np.array([need.depth for need in needs], dtype=np.int8),
                    np.array([need.weight / total for need in needs]),
                )
            )
        return roles

    @cached_property
    def _needed(self) -> Depths:
        """Depth needed by each role, (roles, competencies)."""
        needed = np.zeros((len(self.roles), len(self._column)), dtype=np.int8)
        for at, role in enumerate(self.roles):
            needed[at, role.columns] = role.needed
        return needed

    def for_role(self, skills: SkillStates) -> ForRole:
        """Return by state what is held and missing of the role's skills, and what paths bring."""
        useful = np.minimum(skills.known, self._needed[skills.role])
        keys = np.concatenate([skills.role[:, None].astype(np.int8), useful], axis=1)
        return ForRole(*self._role_rows.of(keys, self._make_role_rows))

    def _make_role_rows(self, keys: Array) -> list[Array]:
        wide = (len(self.table.paths), len(keys))
        made = [np.empty(shape, REAL) for shape in (len(keys), wide, wide, len(keys))]
        for at in sorted(set(keys[:, 0].tolist())):
            here = keys[:, 0] == at
            parts = self._of_role(self.roles[at], keys[here, 1:])
            for array, part in zip(made, parts, strict=True):
                array[..., here] = part
        return made

    def _of_role(self, role: _Role, useful: Depths) -> list[Array]:
        """Return the same for one role; summed skill by skill, so that nothing else rounds it."""
        hours = self._hours[role.columns]
        known = useful[:, role.columns]
        brought = np.minimum(self.table.brought[:, role.columns], role.needed)
        share = role.weight / np.maximum(role.needed, 1)
        held, left = np.zeros(len(known)), np.zeros(len(known))
        gained, study = np.zeros((2, len(brought), len(known)))
        for skill, needed in enumerate(role.needed):
            have, brings = known[:, skill], brought[:, skill]
            held += have * share[skill]
            left += hours[skill, needed] - hours[skill, have]
            gained += np.maximum(brings[:, None] - have, 0) * share[skill]
            study += np.maximum(hours[skill, brings][:, None] - hours[skill, have], 0)
        return [held, gained, np.maximum(study, 1e-9), left]

    def to_entry(self, known: Depths) -> Reals:
        """Return hours of study from what is known, (states, competencies), to each entry level.

        (levels, states).
        """
        useful = np.minimum(known, self._levels.max(axis=0))
        found: Reals = self._entry_rows.of(useful, self._make_entry_rows)[0]
        return found

    def _make_entry_rows(self, useful: Array) -> list[Array]:
        total = np.zeros((len(self._levels), len(useful)))
        for skill in np.flatnonzero(self._levels.any(axis=0)):
            hours = self._hours[skill]
            gap = hours[self._levels[:, skill]][:, None] - hours[useful[:, skill]]
            total += np.maximum(gap, 0)
        return [total]


@lru_cache(maxsize=4)
def study(table: PathTable) -> Study:
    """Return what is kept for a table of paths, made once."""
    return Study(table)
