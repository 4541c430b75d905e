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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Cut, Reals, chosen, of_person, three_axes, whole
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Criterion
from mladvisor.paths.figures import BlockFigures, Figures, make_figures
from mladvisor.paths.path import Path, path_vocabulary
from mladvisor.paths.skills import Skills, SkillStates, read_skills
from mladvisor.paths.table import PathTable, path_table
from mladvisor.profile import Profile
from mladvisor.rules.engine import CheckedRule, Outcome, check_rules, outcomes
from mladvisor.scenarios import SIZE, Draws, Scenarios, draw_block, profile_vocabulary
from mladvisor.scoring.criteria import VALUE_FUNCTIONS
from mladvisor.scoring.effects import CHANCE, LIMITS, Added, effects, rows_of
from mladvisor.scoring.points import chances, criterion_points
from mladvisor.scoring.totals import Moved, totals
from mladvisor.scoring.weights import block_weights


@dataclass(frozen=True, eq=False)
class Scores:
    """Everything computed for one person.

    `totals`: fits, (scenarios, paths). `weights`: (scenarios, criteria). `chance`: (scenarios,
    paths); `part`: the same with the part done by those who stop. `allowed`: (scenarios, paths),
    False where a limit rules the path out.
    `today`: criterion → value today.
    `block`, `person`: the people scored at once, and which of them this is.
    """

    profile: Profile
    scenarios: Scenarios
    skills: Skills
    figures: Figures
    criteria: tuple[Criterion, ...]
    totals: Reals
    weights: Reals
    chance: Reals
    part: Reals
    allowed: Array
    today: Mapping[str, Reals]
    block: Block
    person: int

    @cached_property
    def moved(self) -> Mapping[str, Reals]:
        """Criterion → the whole change of its value on each path, by rules, too."""
        part = partial(
            of_person, person=self.person, size=self.scenarios.size, paths=len(self.paths)
        )
        return Cut(self.block.moved_by_path, part)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths, as columns of the arrays."""
        return self.figures.paths

    @property
    def ever_open(self) -> Array:
        """Which paths are within the limits in some scenario."""
        return self.block.ever_open[: len(self.paths), self.person]

    @cached_property
    def kinds(self) -> Array:
        """The kind of each path."""
        return np.array([path.kind for path in self.paths])

    @cached_property
    def points(self) -> Reals:
        """Points, (scenarios, paths, criteria); they add up to `totals`."""
        return np.array([points.T for points in self.points_by_criterion]).T

    @cached_property
    def open_chances(self) -> tuple[Reals, Reals]:
        """The `chance` and the `part` where no limit rules the path out, else 0."""
        return self.chance * self.allowed, self.part * self.allowed

    @cached_property
    def points_by_criterion(self) -> list[Reals]:
        """Points of each criterion, (scenarios, paths)."""
        moved, chances = self.moved, self.open_chances
        return [
            criterion_points(criterion, weight[:, None], chances, moved[criterion.id])
            for criterion, weight in zip(self.criteria, self.weights.T, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class Block:
    """Everything computed for a block of people, with the axes of `mladvisor.axes`.

    Columns are those of the path table; of a person's paths the first `len(paths)` are theirs.
    `chance`, `part`: of the end, and of the part done, where no limit rules the path out.
    """

    profiles: Sequence[Profile]
    draws: Draws
    skills: SkillStates
    figures: BlockFigures
    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]
    totals: Reals
    weights: tuple[Reals, ...]
    chance: Reals
    part: Reals
    allowed: Array
    today: dict[str, Any]
    moved: dict[str, Moved]

    @cached_property
    def values(self) -> dict[str, Any]:
        """What rules may read: the answers, drawn or given, and the figures of the paths."""
        return {**self.draws.values, **self.figures.values}

    @cached_property
    def ever_open(self) -> Array:
        """Which paths are within the limits in some scenario, (paths, people)."""
        return np.asarray(self.allowed.any(axis=2))

    def totals_of(self, person: int) -> Reals:
        """Return one person's totals, (scenarios, paths)."""
        paths = len(self.figures.people.paths[person])
        return of_person(self.totals, person, self.draws.size, paths)

    def points_of(self, paths: Sequence[int]) -> Reals:
        """Return the points of one path of each person, (scenarios, people, criteria)."""
        at, people = np.array(paths), np.arange(len(paths))
        open_ = chosen(self.allowed, at, people)
        applied = (
            chosen(self.chance, at, people) * open_,
            chosen(self.part, at, people) * open_,
        )
        points = np.empty((self.draws.size, len(paths), len(self.criteria)), REAL)
        for place, (criterion, weight) in enumerate(zip(self.criteria, self.weights, strict=True)):
            own = chosen(weight, at, people)
            moved = self.moved[criterion.id].of(at, people)
            points[:, :, place] = criterion_points(criterion, own, applied, moved).T
        return points

    def of(self, person: int) -> Scores:
        """Return one person's part."""
        size, figures = self.draws.size, self.figures.of(person, self.draws.size)

        def part(values: Any) -> Any:
            return of_person(values, person, size, len(figures.paths))

        return Scores(
            profile=self.profiles[person],
            scenarios=self.draws.of(person),
            skills=self.skills.people[person],
            figures=figures,
            criteria=self.criteria,
            totals=self.totals_of(person),
            weights=np.concatenate([part(weight) for weight in self.weights], axis=1),
            chance=part(self.chance),
            part=part(self.part),
            allowed=part(self.allowed),
            today=Cut(self.today, lambda values: part(three_axes(whole(values)))),
            block=self,
            person=person,
        )

    @cached_property
    def limits(self) -> list[Outcome]:
        """The rules that rule paths out."""
        return [outcome for outcome in self.outcomes if outcome.rule.then.exclude]

    @cached_property
    def moved_by_path(self) -> dict[str, Reals]:
        """The whole change on all paths, by criterion."""
        across = (len(self.profiles), self.draws.size)
        return {name: moved.whole(across) for name, moved in self.moved.items()}


def score(profile: Profile, knowledge: Knowledge, today: date, size: int = SIZE) -> Scores:
    """Score every path open to a person in every scenario, with the facts as fresh as that day."""
    return score_whole([profile], knowledge, today, size, explain=True).of(0)


def score_whole(
    profiles: Sequence[Profile],
    knowledge: Knowledge,
    today: date,
    size: int = SIZE,
    *,
    explain: bool = False,
    table: PathTable | None = None,
    planned_as: Skills | None = None,
) -> Block:
    """Score many people, or one with many answers changed, at once and return all arrays.

    The same as `score` for each of them alone, bit for bit, at a fraction of the time: what is the
    same for all people of a block is computed once.

    `explain`: with the figures that only explain what comes out, or that only advice reads.
    `table`: other paths or figures than the knowledge base's on that day. For a rough look
    everybody's courses are `planned_as` one person's, adjusted by the judged hours between what is
    known, so that nothing has to be planned.
    """
    draws = draw_block(profiles, knowledge, size)
    skills = read_skills(draws, knowledge)
    if planned_as is not None:
        skills = skills.planned_as(planned_as, knowledge)
    table = table or path_table(knowledge, today)
    rules, read = _deciding(checked_rules(knowledge))
    figures = make_figures(draws, skills, table, None if explain else read)
    values = {**draws.values, **figures.values}
    found = outcomes(rules, values, rows_of(rules, table))
    by_rule = {outcome.rule.id: outcome for outcome in found}
    criteria, settings = knowledge.criteria, knowledge.settings
    across, moving = (len(profiles), size), effects(rules, table, size)
    nothing = Added(len(table.paths))
    added = {name: each.added(by_rule) for name, each in moving.items() if name != LIMITS}
    chance, part = chances(figures, settings, added.get(CHANCE, nothing), across)
    weighing = [outcome for outcome in found if outcome.rule.then.weigh is not None]
    weights = block_weights(criteria, draws, settings, weighing)
    changes = {c.id: VALUE_FUNCTIONS[c.id](figures, draws, settings) for c in criteria}
    moved = {name: Moved(each.gain, added.get(name, nothing)) for name, each in changes.items()}
    allowed = ~moving[LIMITS].any(by_rule, across)
    fit = totals(criteria, weights, moved, (chance, part), allowed)
    return Block(
        profiles, draws, skills, figures, criteria, tuple(found),
        fit, weights, chance, part, allowed,
        {name: each.today for name, each in changes.items()}, moved,
    )  # fmt: skip


@lru_cache(maxsize=4)
def checked_rules(knowledge: Knowledge) -> tuple[CheckedRule, ...]:
    """Parse the knowledge base's rules against the names they may read."""
    return check_rules(
        knowledge.rules,
        profile_vocabulary(knowledge),
        path_vocabulary({}),
        [criterion.id for criterion in knowledge.criteria],
    )


@lru_cache(maxsize=4)
def _deciding(
    rules: tuple[CheckedRule, ...],
) -> tuple[tuple[CheckedRule, ...], frozenset[str]]:
    """Return the rules that move points, the rest only say something, and what they read."""
    deciding = tuple(checked for checked in rules if checked.rule.then.advise is None)
    return deciding, frozenset(name for checked in deciding for name in checked.names)
