"""What to do and to check next is said to those whom it is for, and on the paths it speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.recommendation.advising import advising
from mladvisor.scoring.model import Scores, score
from tests.test_insight import advised

TODAY = date(2026, 11, 22)
MATHEMATICS = {"linear-algebra", "calculus", "probability"}

WORKING = {
    "goal": "promotion", "technical_job": True, "employer_pays_usd_per_year": 0,
    "settled_on": "degree", "budget_usd": 20000, "education": "bachelor-cs",
}  # fmt: skip
DOCTORATE = {
    "goal": "phd", "education": "master-quant", "math": "strong", "programming": "working",
    "research_experience": "published", "hours_per_week": 40,
}  # fmt: skip
ABROAD_TO_CAMPUS = {
    "goal": "ml-job", "education": "bachelor-cs", "math": "working", "programming": "working",
    "hours_per_week": 40, "country": "IN", "needs_us_visa": True, "degree_filter": "hard",
    "budget_usd": 60000, "technical_job": False,
}  # fmt: skip
HIRED_ALREADY = {
    "goal": "ml-job", "education": "master-quant", "ml": "strong", "programming": "strong",
    "math": "strong", "technical_job": True,
}  # fmt: skip
NOTHING_LEFT = {"goal": "ml-job", "settled_on": "courses", "degree_filter": "hard"}


@pytest.mark.parametrize(
    ("answers", "said", "not_said"),
    [
        ({**WORKING, "country": "US"}, {"ask-for-money"}, {"ask-for-money-abroad"}),
        ({**WORKING, "country": "DE"}, {"ask-for-money-abroad"}, {"ask-for-money"}),
        ({"goal": "personal"}, set(), {"neither-guarantees"}),
        ({"goal": "ml-job"}, {"neither-guarantees"}, set()),
        (
            DOCTORATE,
            {"find-advisors", "letters-about-research", "funded-places-only", "ask-the-group"},
            {"letters-first"},
        ),
        (
            ABROAD_TO_CAMPUS,
            {"proof-of-money", "living-costs-come-on-top", "work-after-the-degree"},
            {"no-visa-from-this"},
        ),
        ({**ABROAD_TO_CAMPUS, "needs_us_visa": False}, set(), {"proof-of-money"}),
        ({**HIRED_ALREADY, "offer": "degree"}, {"answer-the-school"}, set()),
        (
            {**HIRED_ALREADY, "country": "US"},
            {"ask-again-with-an-employers-money"},
            {"ask-again-in-a-year"},
        ),
        (
            {**HIRED_ALREADY, "country": "DE"},
            {"ask-again-in-a-year"},
            {"ask-again-with-an-employers-money"},
        ),
        (
            NOTHING_LEFT,
            {"note-what-is-missing", "look-again-in-six-months"},
            {"ask-whether-the-date-can-move"},
        ),
        ({**NOTHING_LEFT, "deadline_months": 6}, {"ask-whether-the-date-can-move"}, set()),
    ],
)
def test_steps_and_checks_are_said_to_those_they_are_for(
    answers: dict[str, Any], said: set[str], not_said: set[str]
) -> None:
    made = advised(answers)
    rules = {row.rule for row in (*made.next_steps, *made.check_before_committing)}
    assert said <= rules
    assert not not_said & rules


@pytest.mark.parametrize("math", ["none", "rusty"])
def test_mathematics_comes_first_only_where_a_plan_holds_some(
    math: str, knowledge: Knowledge
) -> None:
    fired = 0
    for role in knowledge.roles:
        known = {"role": role, "math": math, "programming": "none", "ml": "none"}
        scores = score(make_profile(knowledge, {"goal": "ml-job", **known}), knowledge, TODAY)
        if _says_mathematics_first(scores):
            fired += 1
            assert _has_mathematics(scores), role
    assert fired


def _says_mathematics_first(scores: Scores) -> bool:
    at = _whole_plan(scores)
    (held,) = advising(scores.block, np.array([scores.person]), [at])
    return any(rule.rule.id == "mathematics-first" and share == 1 for rule, share in held)


def _has_mathematics(scores: Scores) -> bool:
    plan = scores.paths[_whole_plan(scores)].plan
    assert plan is not None
    return any(set(course.teaches) & MATHEMATICS for course in plan.courses)


def _whole_plan(scores: Scores) -> int:
    return [path.kind for path in scores.paths].index("courses")
