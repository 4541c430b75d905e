"""How likely other answers of a person are: what could hardly be said should not be read first.

An answer left open is as likely as its share of the readings. Of an answer given, another choice is
as likely as it would be had the question been left open. Another number is as likely as it is near:
half of all changes go to its side, and they are spread evenly, in proportion, over the way to the
end of what is plausible. Priors of numbers do not serve: they are about people who name none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from mladvisor.insight.flips import Change, Flip
from mladvisor.insight.tries import READINGS, changed, is_number
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Profile
from mladvisor.rules.expression import code
from mladvisor.scenarios import draw_block

ONE_SIDE = 0.5
"""Share of changes of a number that go up, and that go down."""


def likeliest_first(
    flips: Sequence[Flip], opens: Mapping[Change, float], profile: Profile, knowledge: Knowledge
) -> tuple[Flip, ...]:
    """Return the flips with their likelihoods; `opens`: open answer → its share of the readings."""
    given = [flip.field for flip in flips if flip.before is not None]
    fields = [field for field in dict.fromkeys(given) if not is_number(knowledge.questions[field])]
    drawn: dict[str, Any] = {}
    if fields:
        people = [changed(profile, field, None) for field in fields]
        values = draw_block(people, knowledge, READINGS).values
        drawn = {field: _of(values[field], person) for person, field in enumerate(fields)}

    def likelihood(flip: Flip) -> float:
        if flip.before is None:
            return opens[flip.field, flip.after]
        return _given(flip, knowledge.questions[flip.field], drawn.get(flip.field))

    told = (replace(flip, likelihood=likelihood(flip)) for flip in flips)
    return tuple(sorted(told, key=lambda flip: -flip.likelihood))


def _of(values: Any, person: int) -> Any:
    return values[0, person if values.shape[1] > 1 else 0]


def _given(flip: Flip, question: Question, drawn: Any) -> float:
    """Return how likely another answer is than the one given."""
    if not is_number(question):
        word = flip.after if isinstance(flip.after, bool) else code(str(flip.after))
        return float(np.mean(drawn == word))
    return ONE_SIDE * way_left(float(flip.before), float(flip.after), question)  # type: ignore[arg-type]


def way_left(before: float, after: float, question: Question) -> float:
    """Return the part of the way from an answer to the end of what is plausible beyond another.

    From a step on, twice as much is as far everywhere: 12 hours from 6, 20,000 dollars from 10,000.
    """
    low, high = question.plausible or (before, before)
    near, here, far = (
        math.log(value + (question.step or 1.0))
        for value in (before, after, high if after > before else low)
    )
    return abs(far - here) / abs(far - near) if far != near else 0.0
