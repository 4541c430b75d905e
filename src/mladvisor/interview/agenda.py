"""Which questions apply to a person, and in which order the open ones are asked.

Both depend on the answers alone, not on the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.insight.find_out import open_answers, open_questions, open_ranking
from mladvisor.insight.robustness import standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import make_profile
from mladvisor.rules.expression import Expression, parse
from mladvisor.scenarios import draw, profile_vocabulary
from mladvisor.scoring.model import score

DRAWS = 64
"""Scenarios to see whether a question may apply; a rough look is enough."""

FIRST, TELLING, REFINING = range(3)
"""Ranks of open questions: the fixed start, those that may change the kind, the rest."""

Answers = Mapping[str, Any]
"""Field → answer as JSON has it; None = "not sure", an answer as well."""


@dataclass(frozen=True)
class Agenda:
    """Open questions in the order of asking.

    `share`: in which share of readings the `kind` of path that fits best now comes first.
    `settled`: none of them is likely to lead to a better one by itself, and it comes first often
    enough, or enough was asked. `likely`: how many are asked, as a rule, until then.
    """

    open: tuple[Question, ...]
    settled: bool
    share: float
    likely: int
    kind: str = ""


Order = Callable[[Answers], Agenda]
"""How the next questions follow from the answers so far."""


def applying(knowledge: Knowledge, answers: Answers) -> frozenset[str]:
    """Return the fields whose question may apply, given the answers.

    A condition that reads something unknown may hold. It reads only answers that apply themselves,
    so that an answer which no longer applies brings no other question along.
    """
    conditions = _conditions(knowledge)
    named = sorted({name for condition in conditions.values() for name in condition.names})
    holding = frozenset(knowledge.questions) - conditions.keys()
    known: dict[str, Any] | None = None
    for _ in conditions:
        before, known = known, {f: answers[f] for f in named if f in answers and f in holding}
        if known == before:
            break
        values = draw(make_profile(knowledge, known), knowledge, DRAWS).values
        found = {field for field, condition in conditions.items() if np.any(condition(values))}
        holding = frozenset(knowledge.questions) - conditions.keys() | found
    return holding


@lru_cache(maxsize=4)
def _conditions(knowledge: Knowledge) -> Mapping[str, Expression]:
    """Return the conditions of the questions that are not for everybody."""
    vocabulary = profile_vocabulary(knowledge)
    return {
        field: parse(question.asked_when, vocabulary)
        for field, question in knowledge.questions.items()
        if question.asked_when != "True"
    }


def that_apply(knowledge: Knowledge, answers: Answers) -> dict[str, Any]:
    """Return the answers without those whose question no longer applies, in the fields' order."""
    fields = applying(knowledge, answers)
    return {
        field: answers[field]
        for field in knowledge.questions
        if field in answers and field in fields
    }


def in_order(knowledge: Knowledge) -> Order:
    """Ask every question that applies, in the order of the knowledge base."""

    def agenda(answers: Answers) -> Agenda:
        waiting = _open(knowledge, answers)
        return Agenda(waiting, settled=False, share=0.0, likely=len(waiting))

    return agenda


def by_worth(knowledge: Knowledge, today: date) -> Order:
    """Ask the fixed start, then what is worth most to know, then what only refines.

    Worth is the expected value of partial perfect information (see insight.find_out) in today's
    scenarios. Questions of which no answer by itself gives another kind only refine; those come
    first that move its share of first places most, since several together may still change it.
    """
    numbers = knowledge.settings.numbers

    def agenda(answers: Answers) -> Agenda:
        waiting, known = _open(knowledge, answers), that_apply(knowledge, answers)
        scores = score(make_profile(knowledge, known), knowledge, today)
        ranks = standing(scores, knowledge.settings)
        (unknown,) = open_questions(scores.block, knowledge)
        opens = open_answers(unknown, scores, ranks, knowledge)
        opens += [
            open_ranking(question, scores, ranks, knowledge, today)
            for question in waiting
            if question.type == "choices"
        ]
        found = {one.field: one for one in opens}

        def rank(question: Question) -> tuple[int, float]:
            one = found.get(question.field)
            if question.first or one is None:
                return FIRST if question.first else REFINING, 0.0
            return (TELLING, -one.worth) if one.flips else (REFINING, -one.telling)

        def holds_back(question: Question) -> bool:
            place, worth = rank(question)
            gains = not late or -worth > numbers["settled_worth"]
            return place == FIRST or (place == TELLING and gains)

        kind = scores.paths[ranks.pick].kind
        share = ranks.kind_share[kind]
        late = len(known) >= numbers["settled_answers"]
        settled = (late or share >= numbers["settled_share"]) and not any(map(holds_back, waiting))
        usual = max(int(numbers["usual_answers"]) - len(known), 1)
        likely = 0 if settled else min(usual, len(waiting))
        ordered = _grounds_first(sorted(waiting, key=rank), knowledge)
        return Agenda(ordered, settled, share, likely, kind)

    return agenda


def _grounds_first(waiting: list[Question], knowledge: Knowledge) -> tuple[Question, ...]:
    """Put before each question those which decide whether it applies: nobody is asked in vain."""
    conditions = _conditions(knowledge)
    open_ = {question.field: question for question in waiting}
    placed: dict[str, Question] = {}
    for field, question in open_.items():
        names = conditions[field].names if field in conditions else ()
        placed |= {name: open_[name] for name in names if name in open_ and name not in placed}
        placed.setdefault(field, question)
    return tuple(placed.values())


def _open(knowledge: Knowledge, answers: Answers) -> tuple[Question, ...]:
    fields = applying(knowledge, answers)
    return tuple(
        question
        for field, question in knowledge.questions.items()
        if question.asked and field in fields and field not in answers
    )
