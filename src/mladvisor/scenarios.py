"""Complete readings of incomplete profiles.

An unanswered question is neither zero nor "no": it is drawn from its prior. One scenario is one
complete reading; all paths are scored in the same scenarios. The draws cover the possibilities
evenly and are the same for everybody and in every process, so a person alone and the same person
in a block of people have the same scenarios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Cut, Reals, by_person, by_scenario, narrow, of_person
from mladvisor.errors import KnowledgeError
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer, Profile, choices_of
from mladvisor.rules.codes import by_word
from mladvisor.rules.expression import Expression, Term, code, parse
from mladvisor.screens import screens
from mladvisor.sequences import Floats, uniform

SIZE = 1000
"""Scenarios drawn for one person."""


@dataclass(frozen=True, eq=False)
class Scenarios:
    """Readings of one person.

    `values`: field → array of shape (size, 1), drawn or answered.
    `screens`: share of ads that demand each degree, shape (size, 1).
    `portfolio`: how much the role's hiring looks at shown work, 0 to 1, shape (size, 1).
    `unknown`: the fields that were drawn.
    """

    size: int
    values: Mapping[str, Any]
    screens: Mapping[str, Reals]
    portfolio: Reals
    unknown: frozenset[str]
    answers: Mapping[str, Answer]


@dataclass(frozen=True, eq=False)
class Draws:
    """Readings of a block of people, `size` of each: the same, with the axes of `mladvisor.axes`.

    `answers` and `unknown` by person.
    """

    size: int
    values: Mapping[str, Any]
    screens: Mapping[str, Reals]
    portfolio: Reals
    unknown: tuple[frozenset[str], ...]
    answers: tuple[Mapping[str, Answer], ...]

    def of(self, person: int) -> Scenarios:
        """Return one person's part."""
        part = partial(of_person, person=person, size=self.size)
        return Scenarios(
            self.size, Cut(self.values, part), Cut(self.screens, part), part(self.portfolio),
            self.unknown[person], self.answers[person],
        )  # fmt: skip


@lru_cache(maxsize=4)
def profile_vocabulary(knowledge: Knowledge) -> dict[str, Term]:
    """Return what each profile field means in the `when` language."""
    types = {"choice": "word", "place": "word", "choices": "words", "flag": "flag"}
    return {
        field: Term(
            types.get(question.type, "number"),  # type: ignore[arg-type]
            frozenset(choices_of(question, knowledge)),
        )
        for field, question in knowledge.questions.items()
        if question.type not in UNREAD
    }


UNREAD = ("depths", "date")
"""Types of answers that no rule or prior reads."""


def draw(profile: Profile, knowledge: Knowledge, size: int = SIZE) -> Scenarios:
    """Return `size` complete readings of the profile."""
    return draw_block([profile], knowledge, size).of(0)


def draw_block(profiles: Sequence[Profile], knowledge: Knowledge, size: int = SIZE) -> Draws:
    """Return `size` complete readings of each profile."""
    answers = tuple(profile.answers() for profile in profiles)
    drawing = _Drawing(knowledge, answers, size)
    read = [field for field, row in knowledge.questions.items() if row.type not in UNREAD]
    for field in read:
        drawing.fill(field)
    open_ = [field for field in read if knowledge.questions[field].type != "choices"]
    return Draws(
        size,
        drawing.values,
        drawing.screens(),
        by_word(drawing.values["role"], _portfolio_counts(knowledge)),
        tuple(frozenset(field for field in open_ if field not in given) for given in answers),
        answers,
    )


def _portfolio_counts(knowledge: Knowledge) -> dict[str, float]:
    """Return how much shown work counts, by role."""
    shares = knowledge.settings.portfolio
    return {role.id: shares[role.portfolio] for role in knowledge.roles.values()}


class _Drawing:
    """Fills field after field; a prior that reads another field has that one filled first."""

    def __init__(
        self, knowledge: Knowledge, answers: Sequence[Mapping[str, Answer]], size: int
    ) -> None:
        self.knowledge = knowledge
        self.answers = answers
        self.size = size
        self.values: dict[str, Any] = {}
        self._waiting: list[str] = []
        self._screens: dict[str, Reals] | None = None

    def fill(self, field: str) -> None:
        if field in self.values:
            return
        question = self.knowledge.questions[field]
        given = [answers.get(field) for answers in self.answers]
        if question.type == "choices":
            ranked = [answer if isinstance(answer, tuple) else () for answer in given]
            self.values[field] = {
                word: by_person([word in words for words in ranked])
                for word in choices_of(question, self.knowledge)
            }
            return
        if None not in given:
            self.values[field] = by_person(_plain_all(question, given))
            return
        self._refuse_circles(field)
        drawn = self._drawn(question)
        self._waiting.pop()
        answered = [answer for answer in given if answer is not None]
        if answered:
            plain = _plain_all(question, [answered[0] if a is None else a for a in given])
            open_ = by_person([answer is None for answer in given])
            drawn = np.where(open_, drawn, by_person(plain))
        self.values[field] = drawn

    def _refuse_circles(self, field: str) -> None:
        if field in self._waiting:
            chain = " → ".join([*self._waiting, field])
            raise KnowledgeError(f"data/questions.toml: priors go in a circle: {chain}")
        self._waiting.append(field)

    def _drawn(self, question: Question) -> Any:
        """Return what is drawn where the question is open: from the first prior that holds."""
        rank = _ranks(self.knowledge)[question.field]
        values: Any = None
        for place, prior in reversed(list(enumerate(question.prior))):
            condition = profile_condition(self.knowledge, prior.when)
            for name in condition.names if prior.when != "True" else ():
                self.fill(name)
            if prior.screens:
                shares = self._screen_weights()
                part = _picked(question, shares, by_scenario(uniform(rank, self.size)))
            else:
                part = _part(self.knowledge, question.field, place, self.size)
            values = part if values is None else np.where(condition(self.values), part, values)
        return values

    def _screen_weights(self) -> dict[str, Any]:
        """Share of employers with a hard filter, a soft one, none: for each scenario."""
        shares = self.screens()
        hard = shares["master"]
        soft = np.minimum(shares["prefer_master"], 1 - hard)
        return {"hard": hard, "soft": soft, "none": 1 - hard - soft}

    def screens(self) -> dict[str, Reals]:
        """Look up what employers demand, by role, employer and level of each scenario."""
        if self._screens is None:
            for key in ("role", "employer", "seniority"):
                self.fill(key)
            self._screens = screens(self.values, self.knowledge)
        return self._screens


@lru_cache(maxsize=4)
def _ranks(knowledge: Knowledge) -> dict[str, int]:
    """Return the dimension of the sequence that each field is drawn from.

    In the order of the data, so that a question added at its end moves no other draw.
    """
    return {field: rank for rank, field in enumerate(knowledge.questions)}


@lru_cache(maxsize=1024)
def _part(knowledge: Knowledge, field: str, place: int, size: int) -> Any:
    """Return what the prior in that place draws, which reads no other field, (1, 1, size)."""
    question = knowledge.questions[field]
    prior = question.prior[place]
    u = by_scenario(uniform(_ranks(knowledge)[field], size))
    if prior.quantiles is not None:
        shares, points = zip(*prior.quantiles, strict=True)
        return np.interp(u, shares, points).astype(REAL)
    weights = prior.weights or {}
    # In the order of the question, so that draws go from the first choice to the last.
    order = list(choices_of(question, knowledge)) or sorted(weights)
    return _picked(question, {word: weights[word] for word in order if word in weights}, u)


def _picked(question: Question, weights: Mapping[str, Any], u: Floats) -> Any:
    """Return the words picked by `u` in (0, 1), from the first to the last by their weights."""
    *edges, total = _running_sums(list(weights.values()))
    picked = sum((u > edge / total).astype(np.intp) for edge in edges) + np.zeros((1, 1, 1), int)
    return narrow(_plain_all(question, list(weights))).take(picked)


def _running_sums(weights: Sequence[Any]) -> list[Any]:
    sums = [weights[0]]
    for weight in weights[1:]:
        sums.append(sums[-1] + weight)
    return sums


@lru_cache(maxsize=512)
def profile_condition(knowledge: Knowledge, when: str) -> Expression:
    """Return a condition on the answers, as priors and questions have them, parsed once."""
    return parse(when, profile_vocabulary(knowledge))


def _plain_all(question: Question, answers: Sequence[Any]) -> list[bool | int | float]:
    """Return answers, or words of a prior, as they stand in arrays."""
    if question.type in ("depths", "choices", "date"):
        raise TypeError(f"{question.field} is not a field that rules read")
    if question.type == "flag":
        return [answer if isinstance(answer, bool) else answer == "yes" for answer in answers]
    if question.type in ("number", "integer"):
        return [float(answer) for answer in answers]
    return [code(answer) for answer in answers]
