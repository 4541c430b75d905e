"""Which other answers are tried: of choices all plausible ones, of numbers a few on each side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer, Profile, choices_of
from mladvisor.rules.expression import code
from mladvisor.scenarios import draw_block

PARTS = (1 / 16, 1 / 4, 1 / 2, 1.0)
"""Where numbers are tried first, as parts of the way to each end of what is plausible."""

READINGS = 256
"""Draws that say how plausible the other answers are."""


def changed(profile: Profile, field: str, answer: Answer | None) -> Profile:
    """Return the profile with one answer set to another value that the question takes."""
    return profile.model_copy(update={field: answer})


def changeable(profile: Profile, knowledge: Knowledge) -> list[Question]:
    """Return the questions of which other answers are tried: answered, and open to change."""
    answers = profile.answers()
    return [row for row in knowledge.questions.values() if row.changeable and row.field in answers]


def is_number(question: Question) -> bool:
    """Say whether a question takes a number."""
    return question.type in ("number", "integer")


def other_words(
    profile: Profile, questions: Sequence[Question], knowledge: Knowledge
) -> dict[str, list[Answer]]:
    """Return all plausible other answers to questions with choices, the likeliest first.

    Likely is what would be drawn for this person had they left the question open.
    """
    asked = [question for question in questions if not is_number(question)]
    if not asked:
        return {}
    opened = [changed(profile, question.field, None) for question in asked]
    values = draw_block(opened, knowledge, READINGS).values
    return {
        question.field: list(
            _likeliest(question, values[question.field], person, profile, knowledge)
        )
        for person, question in enumerate(asked)
    }


def _likeliest(
    question: Question, values: Any, person: int, profile: Profile, knowledge: Knowledge
) -> Iterator[Answer]:
    drawn = values[0, person if values.shape[1] > 1 else 0]
    given = getattr(profile, question.field)
    if question.type == "flag":
        yield not given
        return
    words = [word for word in choices_of(question, knowledge) if word != given]
    shares = {word: float(np.mean(drawn == code(word))) for word in words}
    yield from sorted((word for word in words if shares[word]), key=lambda word: -shares[word])


@dataclass(frozen=True)
class Side:
    """The numbers below or above an answer: `values` are tried first, from near to far."""

    question: Question
    answer: float
    values: tuple[float, ...]

    @property
    def field(self) -> str:
        """The field it is about."""
        return self.question.field

    @property
    def is_above(self) -> bool:
        """Whether it lies above the answer."""
        return self.values[-1] > self.answer

    def between(self, near: float, far: float) -> float | None:
        """Return the multiple of the step half-way between two numbers, None if there is none."""
        step = self.question.step or 1.0
        value = _typed(self.question, round((near + far) / 2 / step) * step)
        return value if min(near, far) < value < max(near, far) else None

    def nearer(self, value: float) -> float:
        """Return the number a step nearer to the answer, at most the answer itself."""
        step = self.question.step or 1.0
        if self.is_above:
            return max(_typed(self.question, value - step), self.answer)
        return min(_typed(self.question, value + step), self.answer)


def sides_of(profile: Profile, questions: Sequence[Question]) -> list[Side]:
    """Return both sides of every number answered, within what is plausible."""
    return [
        side
        for question in questions
        if is_number(question)
        for side in _sides(question, getattr(profile, question.field))
    ]


def _sides(question: Question, answer: float) -> Iterator[Side]:
    low, high = question.plausible or (answer, answer)
    for end, outward in ((low, low < answer), (high, high > answer)):
        if outward:
            steps = [_away(question, answer, answer + part * (end - answer)) for part in PARTS]
            yield Side(question, answer, tuple(dict.fromkeys(steps)))


def _away(question: Question, answer: float, value: float) -> float:
    """Return the multiple of the question's step next to a value, on the far side of it."""
    steps = round(value / (question.step or 1.0), 9)
    rounded = math.ceil(steps) if value > answer else math.floor(steps)
    return _typed(question, rounded * (question.step or 1.0))


def _typed(question: Question, value: float) -> float:
    return int(value) if question.type == "integer" else float(value)


Tries = Mapping[str, Sequence[Answer]]
"""Field → other answers."""
