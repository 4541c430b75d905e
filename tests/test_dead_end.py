"""Answers that leave nothing: the report names them and what would bring a path back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mladvisor.cli.options import Format
from mladvisor.cli.output import Result, rendered
from mladvisor.knowledge.load import load
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.report.content.recommendation import brief_page, recommendation_page
from mladvisor.scoring.model import score
from tests.test_insight import KNOWLEDGE, TODAY, advised, pick_for

SETTLED = {"settled_on": "courses", "degree_filter": "hard"}
NO_TIME = {"goal": "ml-job", "budget_usd": 0, "hours_per_week": 1, "deadline_months": 1}
FREE_DEGREE = {"settled_on": "degree", "budget_usd": 0, "education": "none"}


@pytest.mark.parametrize(
    ("answers", "deciding"),
    [
        (SETTLED, {"settled_on", "degree_filter"}),
        (
            # The budget rules most out as well, and is not what does it.
            {**SETTLED, "education": "bachelor-cs", "budget_usd": 3000, "math": "strong"},
            {"settled_on", "degree_filter"},
        ),
        (NO_TIME, {"deadline_months"}),
        (FREE_DEGREE, {"budget_usd"}),
    ],
)
def test_the_answers_that_together_rule_the_rest_out_are_named_and_ways_out_work(
    answers: dict[str, Any], deciding: set[str]
) -> None:
    made = advised(answers)
    assert made.verdict.path == "carry-on"
    found = made.dead_end
    assert found is not None
    assert {field for limit in found.limits for field in limit.answers} == deciding
    assert all(
        answers[field] == value for one in found.limits for field, value in one.answers.items()
    )
    for way in found.ways_out:
        assert pick_for({**answers, way.field: way.to}).kind == way.kind != "work"
    assert found.ways_out or all(limit.way_out for limit in found.limits)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"hours_per_week": 1, "goal": "ml-job"},
        # Nothing to gain is not the same as nothing allowed.
        {"education": "phd", "goal": "current-job-skills", "math": "strong", "ml": "strong",
         "programming": "strong", "production": "strong", "technical_job": False},
    ],
)  # fmt: skip
def test_where_paths_are_open_no_limit_is_blamed(answers: dict[str, Any]) -> None:
    assert advised(answers).dead_end is None


SHUT = """[[rules]]
id = "shut"
paths = "not carrying_on"
then.exclude = true
because = "It is shut."
way_out = "Wait."
sources = ["judgement"]
"""


def test_a_limit_that_no_answer_decides_is_blamed_on_none(tmp_path: Path) -> None:
    """It holds for everybody alike, whatever they answer."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.toml").write_text(SHUT)
    knowledge = load(str(tmp_path))
    scores = score(make_profile(knowledge, {"goal": "ml-job"}), knowledge, TODAY)
    made = recommend(scores, knowledge, today=TODAY)
    assert "shut" in {row.rule for row in made.excluded}
    assert (made.verdict.path, made.dead_end) == ("carry-on", None)


def test_every_format_leads_with_it() -> None:
    made = advised(SETTLED)
    for page in (brief_page, recommendation_page):
        first, ways, *_ = page(made, KNOWLEDGE.texts).answer
        assert "you have settled on courses" in first.text
        assert "degree filter is hard" in first.text
        assert "if you have settled on no kind yet, a degree" in ways.text
    result = Result(made, lambda _: recommendation_page(made, KNOWLEDGE.texts))
    for format_ in Format:
        text = " ".join(rendered(result, format_).split())
        assert "degree filter is hard (" in text.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("answers", "clashing"),
    [
        ({"goal": "phd", "education": "phd"}, {"goal", "education"}),
        ({"country": "DE", "us_state": "WA"}, {"country", "us_state"}),
        ({"education": "none", "graduating": True}, {"education", "graduating"}),
        ({"education": "none", "goal": "phd"}, {"education", "goal"}),
        ({"goal": "phd", "settled_on": "courses"}, {"goal", "settled_on"}),
        ({"budget_usd": 5000, "to_borrow_usd": 20000}, {"budget_usd", "to_borrow_usd"}),
        ({"technical_job": False, "ml_at_work": True}, {"ml_at_work", "technical_job"}),
        ({"seniority": "senior", "experience_years": 0}, {"seniority", "experience_years"}),
        (
            {"ml": "strong", "math": "none", "programming": "none"},
            {"ml", "math", "programming"},
        ),
        ({"goal": "phd"}, None),
        ({"budget_usd": 5000, "to_borrow_usd": 5000}, None),
        ({"ml": "strong", "math": "rusty", "programming": "none"}, None),
        ({"country": "US", "needs_us_visa": True}, None),
        ({"us_state": "WA"}, None),
        ({"country": "US", "us_state": "WA"}, None),
    ],
)
def test_answers_that_do_not_go_together_are_said(
    answers: dict[str, Any], clashing: set[str] | None
) -> None:
    made = advised(answers)
    assert [set(row.read) for row in made.clashes] == ([clashing] if clashing else [])
    shown = [line.text for line in brief_page(made, KNOWLEDGE.texts).answer]
    assert all(row.text in shown for row in made.clashes)
