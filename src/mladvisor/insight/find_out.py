"""Which open answers are worth finding out, from the draws already made.

For an open answer the scenarios are grouped by what was drawn (numbers into quarters). Knowing it
would let the person pick the best path of each group: the gain over today's pick is the expected
value of partial perfect information.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import middle, quantile
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of
from mladvisor.rules.expression import code
from mladvisor.scoring.model import Scores

LEAST_SCENARIOS = 20
"""Groups with fewer draws say too little."""


@dataclass(frozen=True, eq=False)
class Open:
    """An open answer: what knowing it is worth, and for which answers the kind would change.

    `worth` in points of fit; `chance` that the pick becomes another kind; `flips`: answer → column
    of the path that would then be best.
    """

    field: str
    worth: float
    chance: float
    flips: Mapping[str, int]


def open_answers(scores: Scores, standing: Standing, pick: int, knowledge: Knowledge) -> list[Open]:
    """Return the open answers that could change the kind of path, the most worthwhile first.

    `pick` is the column recommended today.
    """
    found = [
        _open(knowledge.questions[field], scores, standing, pick, knowledge)
        for field in sorted(scores.scenarios.unknown)
    ]
    return sorted((one for one in found if one.flips), key=lambda one: (-one.worth, one.field))


def _open(
    question: Question, scores: Scores, standing: Standing, pick: int, knowledge: Knowledge
) -> Open:
    kind = scores.paths[pick].kind
    worth = chance = 0.0
    flips: dict[str, int] = {}
    drawn = scores.scenarios.values[question.field][:, 0]
    for answer, group in _groups(question, drawn, knowledge):
        share = group.mean()
        fits = standing.totals[group].mean(axis=0)
        best = int(np.argmax(np.round(fits, 6)))
        worth += share * (fits[best] - fits[pick])
        if group.sum() >= LEAST_SCENARIOS and scores.paths[best].kind != kind:
            chance += share
            flips[answer] = best
    return Open(question.field, float(worth), float(chance), flips)


def _groups(
    question: Question, drawn: npt.NDArray[Any], knowledge: Knowledge
) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Yield (answer, scenarios in which it was drawn)."""
    if question.type == "flag":
        yield "true", drawn
        yield "false", ~drawn
    elif question.type == "choice":
        for word in choices_of(question, knowledge):
            group = drawn == code(word)
            if group.any():
                yield word, group
    elif question.type in ("number", "integer"):
        edges = sorted({quantile(drawn, share) for share in (0.25, 0.5, 0.75)})
        quarter = np.searchsorted(edges, drawn)
        for at in sorted(set(quarter.tolist())):
            group = quarter == at
            yield f"{middle(drawn[group]):.0f}", group
