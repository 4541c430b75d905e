"""How deep a skill is known or taught: depths by competency, as mappings, rows and unit masks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge

Depths = npt.NDArray[np.int8]
"""Depth 0 to 3 by competency column."""

Skills = Mapping[str, int]
"""Competency id → depth 0 to 3."""

MOST = 3
"""The deepest depth there is."""


def depth_row(skills: Skills, column: Mapping[str, int]) -> Depths:
    """Return depth by competency column."""
    row = np.zeros(len(column), dtype=np.int8)
    if skills:
        row[[column[name] for name in skills]] = list(skills.values())
    return row


def study_hours(knowledge: Knowledge) -> npt.NDArray[np.float64]:
    """Return judged hours from nothing to each depth: competency column × depth 0 to 3."""
    return np.array([(0.0, *row.hours) for row in knowledge.competencies.values()])


def deepest(*known: Skills) -> dict[str, int]:
    """Return each skill at the deepest depth that any of the mappings has."""
    merged: dict[str, int] = {}
    for skills in known:
        for name, depth in skills.items():
            merged[name] = max(merged.get(name, 0), depth)
    return merged
