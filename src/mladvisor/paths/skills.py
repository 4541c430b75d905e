"""What a person knows and what a role needs, skill by skill, in every scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.curriculum.depths import Depths, depth_row, study_hours
from mladvisor.knowledge.load import Knowledge
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios


@dataclass(frozen=True, eq=False)
class Skills:
    """Depths by scenario and competency, and one middle reading to plan with.

    Many scenarios read alike, so all is kept by state: one combination of what is known and the
    role. `state`: (size,), the state of each scenario. `known`, `needed`, `weight`: (states,
    competencies), what the person knows, what the role needs and how much it counts.
    `middle`: competency → depth, the reading plans are made for; `role`: the likeliest role, and
    `role_needed`, `role_weight` its rows.
    """

    state: npt.NDArray[np.intp]
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
        """Return judged hours of study from what is known to `target`, shape (scenarios,).

        `target` is one row for all states or one a state.
        """
        columns = np.arange(self.known.shape[1])
        gap = self.study_hours[columns, target] - self.study_hours[columns, self.known]
        total: npt.NDArray[np.float64] = np.maximum(gap, 0).sum(axis=1)
        return total[self.state]

    def middle_hours_to(self, target: Depths) -> float:
        """Return the same for the middle reading."""
        columns = np.arange(self.known.shape[1])
        held = depth_row(self.middle, self.column)
        gap = self.study_hours[columns, target] - self.study_hours[columns, held]
        return float(np.maximum(gap, 0).sum())


def read_skills(scenarios: Scenarios, knowledge: Knowledge) -> Skills:
    """Turn coarse levels, single skills and the role into depths for every scenario."""
    column = {name: at for at, name in enumerate(knowledge.competencies)}
    # Scenarios that answer alike are one state, so depths are worked out once for each.
    fields = ("role", *knowledge.settings.levels)
    read = np.concatenate([scenarios.values[field] for field in fields], axis=1)
    states, state = np.unique(read, axis=0, return_inverse=True)
    state = state.reshape(-1)
    answers = dict(zip(fields, states.T, strict=True))
    known = _known(answers, scenarios, knowledge, column)
    middle = np.sort(known[state], axis=0)[scenarios.size // 2]
    roles = answers["role"]
    needed, weight = _needed(roles, knowledge, column)
    usual = int(
        roles[np.argmax(np.bincount(state, minlength=len(states)) @ (roles[:, None] == roles))]
    )
    role = next(name for name in knowledge.roles if code(name) == usual)
    at = int(np.flatnonzero(roles == usual)[0])
    return Skills(
        state=state,
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


def _known(
    answers: Mapping[str, Any],
    scenarios: Scenarios,
    knowledge: Knowledge,
    column: Mapping[str, int],
) -> Depths:
    """Return what is known in each state: the deepest of the coarse levels, then single skills."""
    known = np.zeros((len(answers["role"]), len(column)), dtype=np.int8)
    for field, levels in knowledge.settings.levels.items():
        for level, skills in levels.items():
            here = (answers[field] == code(level))[:, None]
            np.maximum(known, here * depth_row(skills, column), out=known)
    single: Any = scenarios.answers.get("knows", {})
    for name, depth in single.items():
        known[:, column[name]] = depth
    return known


def _needed(
    roles: npt.NDArray[Any], knowledge: Knowledge, column: Mapping[str, int]
) -> tuple[Depths, npt.NDArray[np.float64]]:
    """Return what each state's role needs, and with which weights (they sum to 1)."""
    needed = np.zeros((len(roles), len(column)), dtype=np.int8)
    weight = np.zeros((len(roles), len(column)))
    drawn = set(roles.tolist())
    for role in knowledge.roles.values():
        if code(role.id) not in drawn:
            continue
        here = roles == code(role.id)
        needed[here] = depth_row({n.competency: n.depth for n in role.competencies}, column)
        total = sum(need.weight for need in role.competencies)
        shares = np.zeros(len(column))
        for need in role.competencies:
            shares[column[need.competency]] = need.weight / total
        weight[here] = shares
    return needed, weight
