"""What a row holds where few columns are wanted instead of whole documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mladvisor.axes import of_path, of_person
from mladvisor.errors import InputError, Problem, did_you_mean
from mladvisor.insight.robustness import standings
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.document import Verdict
from mladvisor.recommendation.ranges import POINTS, decimal, printed
from mladvisor.recommendation.verdict import preparation_hours, verdict
from mladvisor.scoring.model import Block

USUAL = ("kind", "path", "share", "label", "fit")
"""The fields of a CSV file where none are named."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is recommended to one person of a block: the same verdict as in their document.

    `points`: mean points of the recommended path, by criterion, as printed.
    """

    verdict: Verdict
    points: tuple[float, ...]

    @property
    def fit(self) -> float:
        """The fit of the recommended path: like the document's, a sum of printed points."""
        return decimal(sum(self.points), POINTS)


FIELDS: Mapping[str, Callable[[Outcome], Any]] = {
    "kind": lambda outcome: outcome.verdict.kind,
    "path": lambda outcome: outcome.verdict.path,
    "title": lambda outcome: outcome.verdict.title,
    "share": lambda outcome: outcome.verdict.firmness.share,
    "label": lambda outcome: outcome.verdict.firmness.label,
    "fit": lambda outcome: outcome.fit,
    "first_step": lambda outcome: outcome.verdict.first_step,
    "runner_up": lambda outcome: outcome.verdict.runner_up,
    "headline": lambda outcome: outcome.verdict.headline,
}
"""Field → how it is read."""


def outcomes(block: Block, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yield what is recommended to each person of a block."""
    people = block.figures.people.paths
    ranks = standings(block.totals, people, knowledge.settings)
    points = block.points_of([each.pick for each in ranks]).mean(axis=0, dtype=np.float64)
    rounded = printed(points, POINTS).tolist()
    for person, (paths, each) in enumerate(zip(people, ranks, strict=True)):
        hours = of_person(block.figures.values["bridge_hours"], person, block.draws.size)
        preparation = preparation_hours(
            paths[each.pick], of_path(hours, each.pick), block.skills.people[person], knowledge
        )
        said = verdict(each, paths, preparation, knowledge)
        yield Outcome(said, tuple(rounded[person]))


def read_fields(text: str) -> tuple[str, ...]:
    """Return the fields named in a text such as "kind,path,share"; InputError for unknown ones."""
    names = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    accepted = f"accepted: {', '.join(FIELDS)}, joined by commas"
    problems = [
        Problem("--fields", f'got "{name}"; {did_you_mean(name, FIELDS)}{accepted}')
        for name in names
        if name not in FIELDS
    ]
    if not names:
        problems = [Problem("--fields", f"names none; {accepted}")]
    if problems:
        raise InputError(problems)
    return names
