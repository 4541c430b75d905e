"""Which question comes next, and what its answer becomes.

After each answer the list is gone through again from the top, so a question is asked if, given
all that was said, it may apply: a condition on something unknown counts as one that may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from mladvisor.errors import InputError
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of, make_profile
from mladvisor.rules.expression import parse
from mladvisor.scenarios import draw, profile_vocabulary

NOT_SURE = "not-sure"

DRAWS = 64
"""Scenarios to see whether a question may apply; a rough look is enough."""


class Interrupted(Exception):  # noqa: N818 - not an error: the person stopped
    """The person stopped; `answers` holds what was answered by then."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__("stopped by the user")
        self.answers = dict(answers)


class Prompter(Protocol):
    """What the interview needs from a terminal; KeyboardInterrupt or EOFError means stop."""

    def introduce(self, count: int) -> None:
        """Say what this is, before the first of about `count` questions."""

    def choose(self, question: Question, choices: Mapping[str, str], place: str) -> str:
        """Return one key of `choices`."""

    def rank(self, question: Question, choices: Mapping[str, str], place: str) -> list[str]:
        """Return some keys of `choices`, most important first."""

    def write(self, question: Question, place: str) -> str:
        """Return what the person typed."""

    def refuse(self, message: str) -> None:
        """Say why an answer can't be taken."""


def interview(knowledge: Knowledge, prompter: Prompter, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask all questions that apply and are not in `given`; return the answers, None = not sure.

    Raises Interrupted with the answers so far when the person stops.
    """
    answers: dict[str, Any] = dict(given)
    done = set(answers)
    try:
        prompter.introduce(len(_open(knowledge, answers, done)))
        asked = 0
        while waiting := _open(knowledge, answers, done):
            asked += 1
            question = waiting[0]
            place = f"Question {asked} of about {asked + len(waiting) - 1}"
            value = _answer(question, knowledge, prompter, place)
            done.add(question.field)
            answers[question.field] = value  # None is kept: "not sure" was an answer
    except (KeyboardInterrupt, EOFError) as stop:
        raise Interrupted(answers) from stop
    return answers


def _open(knowledge: Knowledge, answers: Mapping[str, Any], done: set[str]) -> list[Question]:
    """Return the questions still to ask, in order."""
    vocabulary = profile_vocabulary(knowledge)
    scenarios = draw(make_profile(knowledge, answers), knowledge, DRAWS)
    return [
        question
        for field, question in knowledge.questions.items()
        if question.asked
        and field not in done
        and np.any(parse(question.asked_when, vocabulary)(scenarios.values))
    ]


def _answer(question: Question, knowledge: Knowledge, prompter: Prompter, place: str) -> Any:
    """Ask until the answer can be taken; None = not sure."""
    while True:
        value = _asked(question, knowledge, prompter, place)
        if value is None:
            return None
        try:
            profile = make_profile(knowledge, {question.field: value})
        except InputError as error:
            prompter.refuse("; ".join(problem.message for problem in error.problems))
            continue
        return profile.model_dump(mode="json")[question.field]


def _asked(question: Question, knowledge: Knowledge, prompter: Prompter, place: str) -> Any:
    choices = choices_of(question, knowledge)
    if question.type == "flag":
        choices = {"yes": "Yes", "no": "No"}
    if question.type == "choices":
        return prompter.rank(question, choices, place) or None
    if choices:
        picked = prompter.choose(question, {**choices, NOT_SURE: "Not sure"}, place)
        if picked == NOT_SURE:
            return None
        return picked == "yes" if question.type == "flag" else picked
    return _typed(question, prompter.write(question, place).strip())


def _typed(question: Question, text: str) -> Any:
    if not text:
        return None
    if question.type in ("number", "integer"):
        try:
            return float(text.replace(",", "").removeprefix("$"))
        except ValueError:
            return text  # the profile refuses it, with what is accepted
    return text
