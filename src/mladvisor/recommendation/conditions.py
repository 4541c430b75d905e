"""What would have to be so of the answers left open for a rule to hold, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of
from mladvisor.recommendation.answers import answer_words, said
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios

MOST_CLAUSES = 2
MOST_WORDS = 3
"""Longer lists of answers are not read out."""


def condition(
    open_fields: Sequence[str],
    holds: npt.NDArray[np.bool_],
    scenarios: Scenarios,
    knowledge: Knowledge,
) -> str:
    """Return "If your need for structure is high": what must be so for a rule to hold.

    `open_fields`: the open answers that the rule reads; it holds in some scenarios alone. Read off
    the draws: what was drawn in the scenarios where it holds, against all that was drawn.
    """
    drawn = (scenarios.values[field] for field in open_fields)
    drawn_as = tuple((each.tobytes(), each.dtype.str) for each in drawn)
    return _condition(tuple(open_fields), holds.tobytes(), drawn_as, knowledge)


@lru_cache(maxsize=2048)
def _condition(
    fields: tuple[str, ...],
    holds: bytes,
    drawn: tuple[tuple[bytes, str], ...],
    knowledge: Knowledge,
) -> str:
    """Return the same by the bytes of what was drawn: many people have the same draws."""
    texts = knowledge.texts["answers"]
    held = np.frombuffer(holds, bool)
    clauses = [
        clause
        for field, (values, type_) in zip(fields, drawn, strict=True)
        for clause in _clauses(
            knowledge.questions[field], np.frombuffer(values, type_), held, knowledge
        )
    ]
    if not 1 <= len(clauses) <= MOST_CLAUSES:
        return str(texts["if_so"])
    return str(texts["condition"].format(clause=texts["join"].join(clauses)))


def _clauses(
    question: Question,
    drawn: npt.NDArray[Any],
    holds: npt.NDArray[np.bool_],
    knowledge: Knowledge,
) -> Iterator[str]:
    """Yield what the answer would be; nothing where it may be anything, or any of many things."""
    held = drawn[holds]
    if question.type == "flag":
        if held.all() or not held.any():
            yield said(question, bool(held.all()), knowledge)
    elif question.type == "choice":
        codes = set(held.tolist())
        words = [word for word in choices_of(question, knowledge) if code(word) in codes]
        if len(words) < min(len(set(drawn.tolist())), MOST_WORDS + 1):
            texts = [answer_words(question, word, knowledge) for word in words]
            joined = knowledge.texts["answers"]["either"].join(texts)
            yield said(question, words[0], knowledge, joined)
    elif question.type in ("number", "integer"):
        yield from _number_clause(question, drawn, held, knowledge)


def _number_clause(
    question: Question, drawn: npt.NDArray[Any], held: npt.NDArray[Any], knowledge: Knowledge
) -> Iterator[str]:
    """Yield the range drawn where it holds, if that leaves out a part of all that was drawn."""
    texts = knowledge.texts["answers"]
    if held.max() < drawn[drawn > held.min()].max():
        words = answer_words(question, round(float(held.max()), 1), knowledge)
        yield said(question, 0, knowledge, texts["or_less"].format(answer=words))
    elif held.min() > drawn.min():
        words = answer_words(question, round(float(held.min()), 1), knowledge)
        yield said(question, 0, knowledge, texts["or_more"].format(answer=words))
