"""The additive value model: points by criterion against carrying on as now.

    chance   = P(get in) × P(finish), moved by `chance` rules
    points_b = 100 × weight × chance × (value after − value today)     benefits
    points_k = −100 × weight × chance of bearing it × burden           burdens
    fit      = Σ points

Skills gained by the time of stopping stay, and only what is begun is paid for: for
these the chance is P(get in) × (P(finish) + P(stop) × the part done by then). A path that a limit
rules out in a scenario counts there as carrying on. (Keeney and Raiffa 1976.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.paths.figures import Figures, make_figures
from mladvisor.paths.offers import build_paths
from mladvisor.paths.path import Path, path_vocabulary
from mladvisor.paths.skills import Skills, read_skills
from mladvisor.profile import Profile
from mladvisor.rules.engine import CheckedRule, Outcome, check_rules, outcomes
from mladvisor.scenarios import Scenarios, draw, profile_vocabulary
from mladvisor.scoring.criteria import VALUE_FUNCTIONS, Change
from mladvisor.scoring.weights import person_weights

Floats = npt.NDArray[np.float64]

KEPT_WHEN_STOPPING = ("skills", "cost", "time")
"""Criteria that do not wait for the end: gained, or borne, by the part that was done."""


@dataclass(frozen=True, eq=False)
class Scores:
    """Everything computed for one person.

    `points`: (scenarios, paths, criteria), they add up to the fit. `weights`: (scenarios,
    criteria). `chance`: (scenarios, paths); `part`: the same with the part done by those who stop.
    `allowed`: (scenarios, paths), False where a limit
    rules the path out. `changes`: criterion → value today and after by the figures; `moved`: the
    whole change, with what `value` rules add.
    """

    profile: Profile
    scenarios: Scenarios
    skills: Skills
    figures: Figures
    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]
    points: Floats
    weights: Floats
    chance: Floats
    part: Floats
    allowed: npt.NDArray[np.bool_]
    changes: dict[str, Change]
    moved: dict[str, Any]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths, as columns of the arrays."""
        return self.figures.paths


def score(profile: Profile, knowledge: Knowledge, today: date) -> Scores:
    """Score every path open to a person in every scenario, with the facts as fresh as that day."""
    scenarios = draw(profile, knowledge)
    skills = read_skills(scenarios, knowledge)
    paths = build_paths(knowledge, skills, today)
    figures = make_figures(paths, scenarios, skills, knowledge)
    values = {**scenarios.values, **figures.values}
    shape = (scenarios.size, len(paths))
    found = outcomes(checked_rules(knowledge), values, shape)
    criteria, settings = knowledge.criteria, knowledge.settings
    allowed = _allowed(found, shape)
    chance, part = _chances(figures, settings, found)
    weights = person_weights(
        criteria, scenarios, settings, [o for o in found if o.rule.then.weigh is not None]
    )
    changes = {
        criterion.id: VALUE_FUNCTIONS[criterion.id](figures, scenarios, settings)
        for criterion in criteria
    }
    moved = {c.id: _moved(changes[c.id], c, found) for c in criteria}
    points = np.empty((len(criteria), *shape))
    for at, criterion in enumerate(criteria):
        sign = 1 if criterion.kind == "benefit" else -1
        applies = part if criterion.id in KEPT_WHEN_STOPPING else chance
        np.multiply(sign * 100 * weights[:, [at]] * applies, moved[criterion.id], out=points[at])
        points[at] *= allowed
    return Scores(
        profile, scenarios, skills, figures, criteria, tuple(found),
        np.moveaxis(points, 0, 2), weights, chance, part, allowed, changes, moved,
    )  # fmt: skip


def applied_chance(scores: Scores, criterion: Criterion) -> Floats:
    """Return the chance that a criterion's value is multiplied with, (scenarios, paths)."""
    return scores.part if criterion.id in KEPT_WHEN_STOPPING else scores.chance


@lru_cache(maxsize=4)
def checked_rules(knowledge: Knowledge) -> tuple[CheckedRule, ...]:
    """Parse the knowledge base's rules against the names they may read."""
    return check_rules(
        knowledge.rules,
        profile_vocabulary(knowledge),
        path_vocabulary({}),
        [criterion.id for criterion in knowledge.criteria],
    )


def _allowed(found: Sequence[Outcome], shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    allowed = np.ones(shape, dtype=bool)
    for outcome in found:
        if outcome.rule.then.exclude:
            allowed &= ~outcome.holds
    return allowed


def _chances(
    figures: Figures, settings: Settings, found: Sequence[Outcome]
) -> tuple[Floats, Floats]:
    """Return P(get in and finish), and the same with the part done by those who stop."""
    numbers = settings.numbers
    chance: Any = figures.get_in * figures.finish
    for outcome in found:
        if outcome.rule.then.chance is not None:
            chance = chance + outcome.rule.then.chance * outcome.holds
    chance = np.minimum(
        np.clip(chance, numbers["chance_low"], numbers["chance_high"]), figures.get_in
    )
    partial = {row.kind: row.partial for row in settings.finish}
    shares = np.array([[partial[path.kind] for path in figures.paths]])  # type: ignore[index]
    return chance, chance + (figures.get_in - chance) * shares


def _moved(change: Change, criterion: Criterion, found: Sequence[Outcome]) -> Any:
    """Return value after less value today, with what `value` rules add."""
    moved = change.after - change.today
    for outcome in found:
        added = (outcome.rule.then.value or {}).get(criterion.id)
        if added is not None:
            moved = moved + added * outcome.holds
    return moved
