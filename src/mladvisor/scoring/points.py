"""Points of one criterion, and the chances that they are multiplied with."""

from __future__ import annotations

from typing import Any

import numpy as np

from mladvisor.axes import REAL, Reals, floored
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.paths.figures import BlockFigures
from mladvisor.scoring.effects import Added

KEPT_WHEN_STOPPING = ("skills", "cost", "time")
"""Criteria that do not wait for the end: gained, or borne, by the part that was done."""


def signed(criterion: Criterion, weight: Any) -> Any:
    """Return what a criterion's value counts, in points: burdens count against a path."""
    return REAL(100 if criterion.kind == "benefit" else -100) * weight


def criterion_points(
    criterion: Criterion, weight: Any, open_chances: tuple[Reals, Reals], moved: Any
) -> Reals:
    """Return the points of one criterion; `open_chances`: of the end, and of the part done."""
    chance = open_chances[criterion.id in KEPT_WHEN_STOPPING]
    points: Reals = signed(criterion, weight) * chance * moved
    return points


def chances(
    figures: BlockFigures, settings: Settings, added: Added, across: tuple[int, int]
) -> tuple[Reals, Reals]:
    """Return P(get in and finish), and the same with the part done by those who stop."""
    numbers = settings.numbers
    chance = added.onto(figures.get_in * figures.finish, across)
    np.clip(chance, numbers["chance_low"], numbers["chance_high"], out=chance)
    # Nobody finishes what they do not get into, unless rules say that they get in more often. Only
    # the least chance can be more than that.
    for row in np.flatnonzero(figures.get_in.min(axis=(1, 2)) < numbers["chance_low"]).tolist():
        more = added.of(np.full(across[0], row), np.arange(across[0]))
        most = figures.get_in[row] + np.maximum(more, 0)
        np.minimum(chance[row], most, out=chance[row])
    partial: dict[str, float] = {row.kind: row.partial for row in settings.finish}
    stopped = floored(figures.get_in - chance)
    stopped *= figures.table.each("partial", lambda path: partial[path.kind])
    stopped += chance
    return chance, stopped
