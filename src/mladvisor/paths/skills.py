"""What a person knows and what a role needs, skill by skill, in every scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.curriculum import Depths, depth_row, study_hours
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios


@dataclass(frozen=True)
class Skills:
    """Depths by scenario and competency, and one middle reading to plan with.

    `known`: (size, competencies), what the person knows in each scenario.
    `needed`, `weight`: (size, competencies), what the scenario's role needs and how much it counts.
    `middle`: competency → depth, the reading plans are made for; `role`: the likeliest role, and
    `role_needed`, `role_weight` its rows.
    """

    known: Depths
    needed: Depths
    weight: npt.NDArray[np.float64]
    middle: Mapping[str, int]
    role: str
    role_needed: Depths
    role_weight: npt.NDArray[np.float64]
    study_hours: npt.NDArray[np.float64]
    column: Mapping[str, int]

    def hours_to(self, target: Depths) -> npt.NDArray[np.float64]:
        """Return judged hours of study from what is known to `target`, shape (size,).

        `target` is one row for all scenarios or one a scenario.
        """
        columns = np.arange(self.known.shape[1])
        gap = self.study_hours[columns, target] - self.study_hours[columns, self.known]
        total: npt.NDArray[np.float64] = np.maximum(gap, 0).sum(axis=1)
        return total

    def middle_hours_to(self, target: Depths) -> float:
        """Return the same for the middle reading."""
        columns = np.arange(self.known.shape[1])
        held = depth_row(self.middle.items(), self.column)
        gap = self.study_hours[columns, target] - self.study_hours[columns, held]
        return float(np.maximum(gap, 0).sum())


def read_skills(scenarios: Scenarios, knowledge: Knowledge) -> Skills:
    """Turn coarse levels, single skills and the role into depths for every scenario."""
    column = {name: at for at, name in enumerate(knowledge.competencies)}
    known = _known(scenarios, knowledge, column)
    needed, weight, role = _needed(scenarios, knowledge, column)
    middle = np.sort(known, axis=0)[scenarios.size // 2]
    at = int(np.flatnonzero(scenarios.values["role"][:, 0] == code(role))[0])
    return Skills(
        known=known,
        needed=needed,
        weight=weight,
        middle={name: int(middle[at]) for name, at in column.items() if middle[at]},
        role=role,
        role_needed=needed[at],
        role_weight=weight[at],
        study_hours=study_hours(knowledge),
        column=column,
    )


def _known(scenarios: Scenarios, knowledge: Knowledge, column: Mapping[str, int]) -> Depths:
    known = np.zeros((scenarios.size, len(column)), dtype=np.int8)
    for field, levels in knowledge.settings.levels.items():
        answers = scenarios.values[field]
        for level, skills in levels.items():
            row = depth_row(skills.items(), column)
            np.maximum(known, np.where(answers == code(level), row, 0), out=known)
    single: Any = scenarios.answers.get("knows", {})
    for name, depth in single.items():
        known[:, column[name]] = depth
    return known


def _needed(
    scenarios: Scenarios, knowledge: Knowledge, column: Mapping[str, int]
) -> tuple[Depths, npt.NDArray[np.float64], str]:
    drawn = scenarios.values["role"][:, 0]
    needed = np.zeros((scenarios.size, len(column)), dtype=np.int8)
    weight = np.zeros((scenarios.size, len(column)))
    count: dict[str, int] = {}
    for role in knowledge.roles.values():
        here = drawn == code(role.id)
        if not here.any():
            continue
        count[role.id] = int(here.sum())
        needed[here] = depth_row(((n.competency, n.depth) for n in role.competencies), column)
        total = sum(need.weight for need in role.competencies)
        shares = np.zeros(len(column))
        for need in role.competencies:
            shares[column[need.competency]] = need.weight / total
        weight[here] = shares
    return needed, weight, max(sorted(count), key=lambda name: count[name])
