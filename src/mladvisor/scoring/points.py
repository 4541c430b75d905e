"""Points of one criterion, and the chances that they are multiplied with."""

from __future__ import annotations

from typing import Any

import numpy as np

from mladvisor.axes import REAL, Reals, plus
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.paths.figures import BlockFigures

KEPT_WHEN_STOPPING = ("skills", "cost", "time")
"""Criteria that do not wait for the end: gained, or borne, by the part that was done."""


def criterion_points(
    criterion: Criterion,
    weight: Reals,
    open_chances: tuple[Reals, Reals],
    moved: Any,
    room: Reals | None = None,
) -> Reals:
    """Return the points of one criterion, written into `room` where they are as large as that."""
    sign = REAL(100 if criterion.kind == "benefit" else -100)
    weighed, chance = sign * weight, open_chances[criterion.id in KEPT_WHEN_STOPPING]
    if room is not None and np.broadcast_shapes(weighed.shape, chance.shape) == room.shape:
        np.multiply(weighed, chance, out=room)
        np.multiply(room, moved, out=room)
        return room
    whole: Reals = weighed * chance * moved
    return whole


def chances(figures: BlockFigures, settings: Settings, added: Any) -> tuple[Reals, Reals]:
    """Return P(get in and finish), and the same with the part done by those who stop."""
    numbers = settings.numbers
    chance: Reals = figures.get_in * figures.finish + added
    np.clip(chance, numbers["chance_low"], numbers["chance_high"], out=chance)
    # Nobody finishes what they do not get into, unless rules say that they get in more often.
    most = np.asarray(np.maximum(added, REAL(0)))
    np.minimum(chance, plus(most, figures.get_in), out=chance)
    partial: dict[str, float] = {row.kind: row.partial for row in settings.finish}
    stopped = figures.get_in - chance
    np.maximum(stopped, 0, out=stopped)
    stopped *= figures.table.each("partial", lambda path: partial[path.kind])
    stopped += chance
    return chance, stopped
