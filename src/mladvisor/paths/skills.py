"""What people know and what their roles need, skill by skill, in every scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Array
from mladvisor.curriculum.depths import Depths, depth_row
from mladvisor.knowledge.load import Knowledge
from mladvisor.rules.codes import table_of
from mladvisor.scenarios import Draws


@dataclass(frozen=True, eq=False)
class Skills:
    """One person's middle reading, which plans are made for: competency → depth, and the role."""

    middle: Mapping[str, int]
    role: str


@dataclass(frozen=True, eq=False)
class SkillStates:
    """What is known and aimed at in a block of people.

    Many scenarios read alike, so depths are kept by state: one combination of what is known and
    the role. `state`: (people, scenarios), the state of each scenario, each axis of length 1 where
    nothing varies along it. `known`: (states, competencies); `role`: (states,), the place of the
    role among all roles. `people`: what plans are made for; `middle`: the same as depths,
    (people, competencies).
    """

    state: npt.NDArray[np.intp]
    known: Depths
    role: npt.NDArray[np.intp]
    people: tuple[Skills, ...]
    middle: Depths

    def planned_as(self, person: Skills, knowledge: Knowledge) -> SkillStates:
        """Return the same states, with everybody's plans made for one person's middle reading."""
        column = {name: at for at, name in enumerate(knowledge.competencies)}
        count = len(self.people)
        middle = np.repeat(depth_row(person.middle, column)[None], count, axis=0)
        return replace(self, people=(person,) * count, middle=middle)


def read_skills(draws: Draws, knowledge: Knowledge) -> SkillStates:
    """Turn coarse levels, single skills and the role into depths for every scenario."""
    fields = ("role", *knowledge.settings.levels)
    tables = [_Levels.of(knowledge, field) for field in fields]
    single: list[Any] = [answers.get("knows") or {} for answers in draws.answers]
    distinct = list({tuple(sorted(depths.items())): depths for depths in single}.values())
    # One number for each combination of answers: digits of mixed radix.
    key: Any = np.array([distinct.index(depths) for depths in single], dtype=np.intp)[:, None]
    key = key if len(distinct) > 1 else key[:1]
    for table, field in zip(tables, fields, strict=True):
        digit = table.place.take(draws.values[field], mode="clip")[0]
        key = key * len(table.depths) + digit
    states, back = np.unique(key, return_inverse=True)
    known, role = _decoded(states, tables, distinct, knowledge)
    state = back.reshape(key.shape).astype(np.intp)
    middle = _middle(known, state, len(single))
    likeliest = _likeliest(role, state, len(single), len(knowledge.roles))
    people = tuple(
        _skills(knowledge, depths.tobytes(), at_role)
        for depths, at_role in zip(middle, likeliest.tolist(), strict=True)
    )
    return SkillStates(state, known, role, people, middle)


@lru_cache(maxsize=1024)
def _skills(knowledge: Knowledge, depths: bytes, role: int) -> Skills:
    """Return a row of depths, as bytes, by name, and the role in that place: many share them."""
    row = dict(zip(knowledge.competencies, np.frombuffer(depths, np.int8).tolist(), strict=True))
    return Skills(
        {name: depth for name, depth in row.items() if depth}, list(knowledge.roles)[role]
    )


@dataclass(frozen=True, eq=False)
class _Levels:
    """What each answer to one question says of skills: `depths` (answers, competencies).

    `place`: code → row of `depths`; answers that say nothing share the last one.
    """

    place: npt.NDArray[np.intp]
    depths: Depths

    @staticmethod
    @lru_cache(maxsize=64)
    def of(knowledge: Knowledge, field: str) -> _Levels:
        column = _columns(knowledge)
        levels = knowledge.settings.levels.get(field) or {role: {} for role in knowledge.roles}
        rows = [depth_row(skills, column) for skills in levels.values()]
        places = {word: at for at, word in enumerate(levels)}
        return _Levels(
            table_of(places, len(rows), np.intp), np.array([*rows, np.zeros_like(rows[0])])
        )


@lru_cache(maxsize=4)
def _columns(knowledge: Knowledge) -> dict[str, int]:
    return {name: at for at, name in enumerate(knowledge.competencies)}


def _decoded(
    states: Array,
    tables: Sequence[_Levels],
    distinct: Sequence[Any],
    knowledge: Knowledge,
) -> tuple[Depths, npt.NDArray[np.intp]]:
    """Return what is known in each state and its role: the deepest level, then single skills."""
    column = _columns(knowledge)
    known = np.zeros((len(states), len(column)), dtype=np.int8)
    for table in reversed(tables):
        states, digit = np.divmod(states, len(table.depths))
        np.maximum(known, table.depths[digit], out=known)
    for at, depths in enumerate(distinct):
        here = states == at
        for name, depth in depths.items():
            known[here, column[name]] = depth
    return known, digit.astype(np.intp)


def _middle(known: Depths, state: Array, people: int) -> Depths:
    """Return the median depth of each skill over a person's scenarios, (people, competencies)."""
    size = state.shape[1]
    if size == 1:
        rows = known[state[:, 0]]
    else:
        read = known[state]
        fewer = [(read < depth).sum(axis=1) <= size // 2 for depth in (1, 2, 3)]
        rows = np.sum(fewer, axis=0, dtype=np.int8)
    return np.broadcast_to(rows, (people, known.shape[1]))


def _likeliest(role: Array, state: Array, people: int, roles: int) -> Array:
    """Return the role that comes most often in a person's scenarios; the first of equals."""
    found = [np.bincount(role[row], minlength=roles).argmax() for row in state]
    return np.broadcast_to(np.array(found), (people,))
