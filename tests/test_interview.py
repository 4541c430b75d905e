"""The interview: only questions that apply, each answer checked, nothing lost when it stops."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from mladvisor.interview.ask import NOT_SURE, Interrupted, interview
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import make_profile


class Scripted:
    """Answers by field; "not sure" to all else. A list of answers is given one after the other."""

    def __init__(self, answers: Mapping[str, Any], stop_at: str | None = None) -> None:
        self.answers = {
            field: list(given) if isinstance(given, list) else [given]
            for field, given in answers.items()
        }
        self.stop_at = stop_at
        self.asked: list[str] = []
        self.places: list[str] = []
        self.refused: list[str] = []

    def introduce(self, count: int) -> None:
        assert count > 0

    def choose(self, question: Question, choices: Mapping[str, str], place: str) -> str:
        assert NOT_SURE in choices
        answer = self._next(question, place, NOT_SURE)
        assert answer in choices
        return str(answer)

    def rank(self, question: Question, choices: Mapping[str, str], place: str) -> list[str]:
        answer = self._next(question, place, ())
        assert set(answer) <= set(choices)
        return list(answer)

    def write(self, question: Question, place: str) -> str:
        return str(self._next(question, place, ""))

    def refuse(self, message: str) -> None:
        self.refused.append(message)

    def _next(self, question: Question, place: str, otherwise: Any) -> Any:
        if question.field == self.stop_at:
            raise KeyboardInterrupt
        self.asked.append(question.field)
        self.places.append(place)
        assert question.why
        waiting = self.answers.get(question.field, [])
        return waiting.pop(0) if waiting else otherwise


def test_not_sure_to_everything_is_a_profile(knowledge: Knowledge) -> None:
    person = Scripted({})
    answers = interview(knowledge, person, {})
    assert set(answers.values()) == {None}
    assert make_profile(knowledge, answers).answers() == {}
    assert len(person.asked) == len(set(person.asked)) > 10


@pytest.mark.parametrize(
    ("answers", "skipped"),
    [
        ({"technical_job": "no", "seniority": "entry"}, {"experience_years", "ml_at_work"}),
        ({"country": "US"}, {"needs_us_visa"}),
        ({"country": "DE"}, {"us_state"}),
        ({"education": "none"}, {"gpa"}),
        ({"goal": "ml-job"}, {"research_experience"}),
    ],
)
def test_only_questions_that_apply_are_asked(
    knowledge: Knowledge, answers: dict[str, str], skipped: set[str]
) -> None:
    person = Scripted(answers)
    interview(knowledge, person, {})
    assert not skipped & set(person.asked)


def test_the_count_of_questions_never_rises(knowledge: Knowledge) -> None:
    person = Scripted({"goal": "ml-job", "country": "US", "technical_job": "no"})
    interview(knowledge, person, {})
    totals = [int(place.rsplit(" ", 1)[1]) for place in person.places]
    assert all(later <= sooner for sooner, later in pairwise(totals))


def test_an_answer_that_cannot_be_taken_is_asked_again(knowledge: Knowledge) -> None:
    person = Scripted({"hours_per_week": ["many", "300", "$10"], "country": ["Germany", "de"]})
    answers = interview(knowledge, person, {})
    assert answers["hours_per_week"] == 10
    assert answers["country"] == "DE"
    assert len(person.refused) == 3
    assert all("accepted:" in message for message in person.refused)


def test_stopping_keeps_the_answers_and_going_on_does_not_ask_again(knowledge: Knowledge) -> None:
    with pytest.raises(Interrupted) as stopped:
        interview(knowledge, Scripted({"goal": "phd"}, stop_at="education"), {})
    kept = stopped.value.answers
    assert kept["goal"] == "phd"
    assert kept["role"] is None, "not sure was an answer"
    later = Scripted({})
    interview(knowledge, later, kept)
    assert later.asked[0] == "education"
    assert not set(kept) & set(later.asked)


def test_the_result_does_not_depend_on_the_order_of_answers(knowledge: Knowledge) -> None:
    asked = interview(knowledge, Scripted({"goal": "ml-job", "budget_usd": "500"}), {})
    in_one_go = {"budget_usd": 500, "goal": "ml-job"}
    assert make_profile(knowledge, asked) == make_profile(knowledge, in_one_go)
