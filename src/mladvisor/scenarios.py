"""Complete readings of an incomplete profile.

An unanswered question is neither zero nor "no": it is drawn from its prior. One scenario is one
complete reading; all paths are scored in the same scenarios. The draws are a Kronecker sequence
(fractional parts of multiples of square roots of primes), so they cover the possibilities evenly,
and the same profile gives the same draws in every process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from mladvisor.errors import KnowledgeError
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Screen
from mladvisor.knowledge.rows import Prior, Question
from mladvisor.profile import Answer, Profile, choices_of
from mladvisor.rules.expression import Expression, Term, code, parse

Floats = npt.NDArray[np.float64]

SIZE = 256
"""Scenarios drawn for one person."""

SCREEN_SHARES = ("bachelor", "master", "phd", "prefer_master")


@dataclass(frozen=True, eq=False)
class Scenarios:
    """`values`: field → array of shape (size, 1), drawn or answered.

    `screens`: share of ads that demand each degree, shape (size, 1), by `SCREEN_SHARES`.
    `portfolio`: how much the role's hiring looks at shown work, 0 to 1, shape (size, 1).
    `unknown`: the fields that were drawn.
    """

    size: int
    values: Mapping[str, Any]
    screens: Mapping[str, Floats]
    portfolio: Floats
    unknown: frozenset[str]
    answers: Mapping[str, Answer]


@lru_cache(maxsize=4)
def profile_vocabulary(knowledge: Knowledge) -> dict[str, Term]:
    """Return what each profile field means in the `when` language."""
    types = {"choice": "word", "text": "word", "choices": "words", "flag": "flag"}
    return {
        field: Term(
            types.get(question.type, "number"),  # type: ignore[arg-type]
            frozenset(choices_of(question, knowledge)),
        )
        for field, question in knowledge.questions.items()
        if question.type not in ("depths", "date")
    }


def draw(profile: Profile, knowledge: Knowledge, size: int = SIZE) -> Scenarios:
    """Return `size` complete readings of the profile."""
    answers = profile.answers()
    drawing = _Drawing(knowledge, answers, size)
    for field in knowledge.questions:
        drawing.fill(field)
    return Scenarios(
        size,
        drawing.values,
        drawing.screens(),
        drawing.portfolio(),
        frozenset(drawing.unknown),
        answers,
    )


class _Drawing:
    """Fills field after field; a prior that reads another field has that one filled first."""

    def __init__(self, knowledge: Knowledge, answers: Mapping[str, Answer], size: int) -> None:
        self.knowledge = knowledge
        self.answers = answers
        self.size = size
        self.values: dict[str, Any] = {}
        self.unknown: list[str] = []
        self._rank = {field: rank for rank, field in enumerate(sorted(knowledge.questions))}
        self._waiting: list[str] = []
        self._screens: dict[str, Floats] | None = None

    def fill(self, field: str) -> None:
        if field in self.values:
            return
        question = self.knowledge.questions[field]
        if question.type in ("depths", "date"):
            return
        if field in self.answers:
            self.values[field] = _constant(question, self.answers[field], self.knowledge, self.size)
        elif question.type == "choices":
            self.values[field] = _constant(question, (), self.knowledge, self.size)
        else:
            if field in self._waiting:
                chain = " → ".join([*self._waiting, field])
                raise KnowledgeError(f"data/questions.toml: priors go in a circle: {chain}")
            self._waiting.append(field)
            self.values[field] = self._drawn(question)
            self._waiting.pop()
            self.unknown.append(field)

    def _drawn(self, question: Question) -> Any:
        u = uniform(self._rank[question.field], self.size)
        values: Any = None
        open_ = np.ones((self.size, 1), dtype=bool)
        for prior in question.prior:
            condition = prior_condition(self.knowledge, prior.when)
            for name in condition.names if prior.when != "True" else ():
                self.fill(name)
            holds = open_ & np.broadcast_to(condition(self.values), (self.size, 1))
            part = self._from_prior(question, prior, u)
            values = part if values is None else np.where(holds, part, values)
            open_ &= ~holds
        return values

    def _from_prior(self, question: Question, prior: Prior, u: Floats) -> Any:
        if prior.quantiles is not None:
            shares, points = zip(*prior.quantiles, strict=True)
            return np.interp(u, shares, points)
        weights = self._screen_weights() if prior.screens else prior.weights or {}
        # In the order of the question, so that draws go from the first choice to the last.
        order = self._words(question.field) or sorted(weights)
        words = [word for word in order if word in weights]
        table = np.concatenate(
            [np.broadcast_to(weights[word], (self.size, 1)) for word in words], 1
        )
        edges = np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True)
        picked = (u > edges).sum(axis=1, keepdims=True).clip(0, len(words) - 1)
        if question.type == "flag":
            return np.array([word == "yes" for word in words])[picked]
        return np.array([code(word) for word in words])[picked]

    def _screen_weights(self) -> dict[str, Any]:
        """Share of employers with a hard filter, a soft one, none: for each scenario."""
        shares = self.screens()
        hard = shares["master"]
        soft = np.minimum(shares["prefer_master"], 1 - hard)
        return {"hard": hard, "soft": soft, "none": 1 - hard - soft}

    def screens(self) -> dict[str, Floats]:
        """Look up what employers demand, by role, employer and level of each scenario."""
        if self._screens is None:
            keys = ("role", "employer", "seniority")
            for key in keys:
                self.fill(key)
            words = {code(word): word for key in keys for word in self._words(key)}
            columns = np.concatenate([self.values[key] for key in keys], axis=1)
            combinations, back = np.unique(columns, axis=0, return_inverse=True)
            table = screen_table(self.knowledge)
            rows = [
                find_screen(table, *(words[int(number)] for number in combination))
                for combination in combinations
            ]
            matrix = np.array([[getattr(row, name) for name in SCREEN_SHARES] for row in rows])
            filled = matrix[back.reshape(-1)]
            self._screens = {name: filled[:, [column]] for column, name in enumerate(SCREEN_SHARES)}
        return self._screens

    def portfolio(self) -> Floats:
        """Look up how much shown work counts for the role of each scenario."""
        shares = self.knowledge.settings.portfolio
        roles = self.knowledge.roles.values()
        return np.select(
            [self.values["role"] == code(role.id) for role in roles],
            [shares[role.portfolio] for role in roles],
        )

    def _words(self, field: str) -> list[str]:
        return list(choices_of(self.knowledge.questions[field], self.knowledge))


@lru_cache(maxsize=512)
def prior_condition(knowledge: Knowledge, when: str) -> Expression:
    """Return the condition of a prior, parsed once."""
    return parse(when, profile_vocabulary(knowledge))


ScreenTable = Mapping[tuple[str, str, str], Screen]


@lru_cache(maxsize=4)
def screen_table(knowledge: Knowledge) -> ScreenTable:
    """Return the screens by (role, employer, seniority)."""
    return {(row.role, row.employer, row.seniority): row for row in knowledge.screens}


def find_screen(table: ScreenTable, role: str, employer: str, seniority: str) -> Screen:
    """Return the nearest row: the same level and employer, another level there, any employer.

    Large companies' rows often pool all levels as "mid": better than another employer's.
    """
    levels = (seniority, "mid", "entry", "senior")
    for level in levels:
        if (role, employer, level) in table:
            return table[role, employer, level]
    return table[role, "any", seniority]


def uniform(dimension: int, size: int) -> Floats:
    """Return `size` numbers spread evenly over (0, 1), (size, 1); one sequence a dimension."""
    step = float(_PRIMES[dimension]) ** 0.5 % 1
    spread: Floats = (np.arange(1, size + 1) * step) % 1
    return spread[:, None]


_PRIMES = [n for n in range(2, 400) if all(n % divisor for divisor in range(2, int(n**0.5) + 1))]


def scattered(names: Sequence[str], size: int) -> Floats:
    """Return numbers in (0, 1), shape (size, names), each column by its name alone (SplitMix64)."""
    seeds = np.array([crc32(name.encode()) for name in names], dtype=np.uint64)
    steps = np.arange(1, size + 1, dtype=np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15)
    z = seeds * np.uint64(0xD1342543DE82EF95) + steps
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    scaled: Floats = ((z >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53
    return scaled


def of_path(values: npt.NDArray[Any], path: int) -> npt.NDArray[Any]:
    """Return one path's column; an array of a single column is the same for all paths."""
    return values[:, path if values.shape[1] > 1 else 0]


def quantile(values: npt.NDArray[Any], share: float) -> float:
    """Return the value that `share` of the scenarios reach at most (nearest rank).

    numpy's own `quantile` and `median` load masked arrays, which costs a tenth of the start-up.
    """
    rank = min(len(values) - 1, int(share * len(values)))
    return float(np.sort(values)[rank])


def middle(values: npt.NDArray[Any]) -> float:
    """Return the median over the scenarios."""
    return quantile(values, 0.5)


def _constant(question: Question, answer: Answer, knowledge: Knowledge, size: int) -> Any:
    shape = (size, 1)
    if isinstance(answer, tuple):
        return {word: np.full(shape, word in answer) for word in choices_of(question, knowledge)}
    if isinstance(answer, str):
        return np.full(shape, code(answer))
    if isinstance(answer, (dict, date)):
        raise TypeError(f"{question.field} is not a field that rules read")
    return np.full(shape, answer)
