"""Answers in words, as they stand in the middle of a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer, choices_of
from mladvisor.recommendation.words import one_of


def answer_words(question: Question, answer: Answer, knowledge: Knowledge) -> str:
    """Return an answer in words: "9,500 USD", "hard", "Data Scientist", "12 hours a week"."""
    if isinstance(answer, bool):
        words: str = knowledge.texts["answers"]["yes_no"]["true" if answer else "false"]
        return words
    if isinstance(answer, (int, float)):
        number = f"{round(answer, 1):,}".removesuffix(".0")
        unit = question.unit
        return f"{number} {one_of(unit) if answer == 1 else unit}".strip()
    if isinstance(answer, dict):
        return ", ".join(f"{skill} {depth}" for skill, depth in answer.items())
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, tuple):
        return ", ".join(answer)
    return _choice_words(question, answer, knowledge)


def _choice_words(question: Question, answer: str, knowledge: Knowledge) -> str:
    if question.choices_from is not None:
        return choices_of(question, knowledge)[answer]
    if question.places is not None:
        return knowledge.places[question.places].in_words(answer)
    short = {choice.value: choice.short for choice in question.choices}
    return short.get(answer) or answer.replace("-", " ")


def said(question: Question, answer: Any, knowledge: Knowledge, words: str = "") -> str:
    """Return a clause that says what an answer says: "your budget is 9,500 USD".

    `words` stands in for the answer's own words, as "hard or soft" for two of them.
    """
    if answer is False:
        return question.says_not
    return question.says.format(answer=words or answer_words(question, answer, knowledge))
