"""The verdict for many variants of one person: what every what-if is checked with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mladvisor.axes import Reals
from mladvisor.insight.robustness import PickRule, mean_fit, merit, worth_it
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.path import Path
from mladvisor.paths.skills import Skills
from mladvisor.paths.table import PathTable
from mladvisor.profile import Profile
from mladvisor.scenarios import SIZE
from mladvisor.scoring.model import score_whole

ROWS = 2048
"""Scenarios of all variants scored at once: more of them no longer fit the processor's cache."""

LEADERS = 5
"""So many of the best paths are worth a closer look."""


@dataclass(frozen=True)
class Pick:
    """A recommended path, and the share of scenarios in which its kind comes first.

    `leaders`: ids of the paths that fit best, the best first, and of the best of each other kind.
    """

    kind: str
    path: str
    title: str
    share: float
    leaders: tuple[str, ...]


Judge = Callable[[Sequence[Profile]], list[Pick]]
"""Says for each profile which path is recommended."""


@dataclass(frozen=True)
class Look:
    """How closely to look: at how many scenarios, at which paths, with or without planning."""

    size: int = SIZE
    table: PathTable | None = None
    planned_as: Skills | None = None


def verdicts(
    profiles: Sequence[Profile],
    knowledge: Knowledge,
    today: date,
    rule: PickRule = "mean",
    look: Look = Look(),
) -> list[Pick]:
    """Return what is recommended for each profile, by default in all that `advise` looks at."""
    return [
        picked(paths, totals, knowledge.settings, rule)
        for paths, totals in _scored(profiles, knowledge, today, look)
    ]


def _scored(
    profiles: Sequence[Profile], knowledge: Knowledge, today: date, look: Look
) -> Iterator[tuple[Sequence[Path], Reals]]:
    """Yield each profile's paths and their fits, (scenarios, paths)."""
    at_once = max(1, ROWS // look.size)
    for start in range(0, len(profiles), at_once):
        block = score_whole(
            profiles[start : start + at_once], knowledge, today, look.size,
            table=look.table, planned_as=look.planned_as,
        )  # fmt: skip
        for person, paths in enumerate(block.figures.people.paths):
            yield paths, block.totals_of(person)


def picked(paths: Sequence[Path], totals: Reals, settings: Settings, rule: PickRule) -> Pick:
    """Return the pick of one person, from the fits of their paths."""
    fit = mean_fit(totals)
    order = np.argsort(-merit(totals, settings, rule, fit), kind="stable").tolist()
    path = paths[worth_it(order[0], fit, settings)]
    best: dict[str, str] = {}
    for at in order:
        best.setdefault(paths[at].kind, paths[at].id)
    first = np.array([each.kind == path.kind for each in paths])[totals.argmax(axis=1)]
    leaders = dict.fromkeys([*(paths[at].id for at in order[:LEADERS]), *best.values()])
    return Pick(path.kind, path.id, path.title, float(first.mean()), tuple(leaders))
