"""The scenarios grouped by what was drawn in them: answers left open, and uncertain figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Places, middle, quantile
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer, choices_of
from mladvisor.rules.expression import code
from mladvisor.sequences import scattered

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST_SCENARIOS = 20
"""Groups with fewer draws say too little: today's pick stands there."""

THIRDS = ("low", "middle", "high")
"""What a figure may turn out to be, within the range it is drawn from."""


@dataclass(frozen=True, eq=False)
class Groups:
    """What was drawn, and the scenarios in which it was, as rows of `members`: 1 there, else 0."""

    field: str
    answers: tuple[Answer, ...]
    members: Floats

    @classmethod
    def of(cls, field: str, groups: Mapping[Answer, Flags]) -> Groups:
        """Return groups of scenarios as rows."""
        return cls(field, tuple(groups), np.array(list(groups.values()), dtype=np.float64))

    @cached_property
    def shares(self) -> Mapping[Answer, float]:
        """What was drawn → share of scenarios."""
        shares = self.counts / self.members.shape[1]
        return dict(zip(self.answers, shares.tolist(), strict=True))

    @property
    def large(self) -> Groups:
        """The groups that are large enough to say something."""
        return self._without_small or self

    @cached_property
    def _without_small(self) -> Groups | None:
        """The same as a copy, where some are too small."""
        large = np.flatnonzero(self.counts >= LEAST_SCENARIOS)
        if len(large) == len(self.answers):
            return None
        answers = tuple(self.answers[at] for at in large.tolist())
        return Groups(self.field, answers, self.members[large])

    @cached_property
    def counts(self) -> Floats:
        """How many scenarios each group has."""
        counts: Floats = self.members.sum(axis=1)
        return counts

    @cached_property
    def halves(self) -> Sequence[Places]:
        """The scenarios of each group in two halves, one after the other: every other one."""
        rows = [np.flatnonzero(group) for group in self.members]
        return [half for own in rows for half in (own[::2], own[1::2])]

    def half_members(self) -> Floats:
        """Return the halves as rows, as `members` has them; not kept, for they take much room."""
        members = np.zeros((len(self.halves), self.members.shape[1]))
        for row, half in zip(members, self.halves, strict=True):
            row[half] = 1
        return members


def answer_groups(question: Question, drawn: npt.NDArray[Any], knowledge: Knowledge) -> Groups:
    """Return the groups of what was drawn for an open question; places fall into none."""
    return _by_bytes(question.field, drawn.tobytes(), drawn.dtype.str, knowledge)


@lru_cache(maxsize=512)
def _by_bytes(field: str, drawn: bytes, type_: str, knowledge: Knowledge) -> Groups:
    """Return the same by the bytes of what was drawn: many people have the same draws."""
    question = knowledge.questions[field]
    return Groups.of(field, dict(_answers(question, np.frombuffer(drawn, type_), knowledge)))


def _answers(
    question: Question, drawn: npt.NDArray[Any], knowledge: Knowledge
) -> Iterator[tuple[Answer, Flags]]:
    """Yield (answer, scenarios in which it was drawn); numbers fall into quarters."""
    if question.type == "flag":
        yield True, drawn
        yield False, ~drawn
    elif question.type == "choice":
        for word in choices_of(question, knowledge):
            group = drawn == code(word)
            if group.any():
                yield word, group
    elif question.type in ("number", "integer"):
        yield from _quarters(question, drawn)


def _quarters(question: Question, drawn: npt.NDArray[Any]) -> Iterator[tuple[Answer, Flags]]:
    """Yield (the middle of a quarter, to the question's step; its scenarios)."""
    edges = sorted({quantile(drawn, share) for share in (0.25, 0.5, 0.75)})
    quarter = np.searchsorted(edges, drawn)
    step = question.step or 0.1
    for at in sorted(set(quarter.tolist())):
        group = quarter == at
        value = round(round(middle(drawn[group]) / step) * step, 1)
        yield int(value) if question.type == "integer" else value, group


def thirds(field: str, size: int) -> Groups:
    """Return the scenarios in which a figure was drawn low, in the middle, or high."""
    third = np.minimum((scattered(field, size) * len(THIRDS)).astype(int), len(THIRDS) - 1)
    return Groups.of(field, {name: third == at for at, name in enumerate(THIRDS)})
