"""The `when` language: what it means, and that everything else is refused with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mladvisor.rules.expression import ExpressionError, Term, code, parse

VOCABULARY = {
    "goal": Term("word", frozenset({"ml-job", "phd"})),
    "budget_usd": Term("number"),
    "cost_usd": Term("number"),
    "technical_job": Term("flag"),
    "priorities": Term("words", frozenset({"cost", "skills"})),
}

PEOPLE = {
    "goal": np.array([[code("ml-job")], [code("phd")]]),
    "budget_usd": np.array([[1000.0], [5000.0]]),
    "cost_usd": np.array([[500.0, 3000.0]]),
    "technical_job": np.array([[True], [False]]),
    "priorities": {"cost": np.array([[True], [False]]), "skills": np.array([[False], [False]])},
}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("goal == 'phd'", [[False], [True]]),
        ("goal != 'phd'", [[True], [False]]),
        ("goal in ('phd', 'ml-job')", [[True], [True]]),
        ("goal not in ('phd',)", [[True], [False]]),
        ("'cost' in priorities", [[True], [False]]),
        ("'skills' not in priorities", [[True], [True]]),
        ("technical_job and budget_usd < 2000", [[True], [False]]),
        ("not technical_job or goal == 'ml-job'", [[True], [True]]),
        ("cost_usd > budget_usd", [[False, True], [False, False]]),
        ("budget_usd >= 1000 and budget_usd <= 1000.0", [[True], [False]]),
    ],
)
def test_meaning_over_arrays_of_people(text: str, meaning: list[list[bool]]) -> None:
    assert np.array_equal(np.asarray(parse(text, VOCABULARY)(PEOPLE)), meaning)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("gaol == 'phd'", 'unknown name "gaol"; did you mean "goal"'),
        ("goal == 'pdh'", '"pdh" is never a value there; did you mean "phd"'),
        ("goal in ('pdh',)", '"pdh" is never a value there'),
        ("'costs' in priorities", '"costs" is never a value there'),
        ("budget_usd == 'phd'", "can't compare a number with a word"),
        ("goal < 'phd'", "has no order"),
        ("budget_usd", "expected a flag"),
        ("goal", "expected a flag"),
        ("technical_job and budget_usd", "expected true or false"),
        ("budget_usd + 1 > 2", "is not allowed in a rule"),
        ("len(goal) > 2", "is not allowed in a rule"),
        ("goal.upper() == 'PHD'", "is not allowed in a rule"),
        ("priorities[0] == 'cost'", "is not allowed in a rule"),
        ("0 < budget_usd < 5", "is not allowed in a rule"),
        ("lambda: 1", "is not allowed in a rule"),
        ("__import__('os')", "is not allowed in a rule"),
        ("goal ==", "not an expression"),
        ("None == goal", "is not a word, a number, True or False"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, complaint: str) -> None:
    with pytest.raises(ExpressionError, match=r".*") as refused:
        parse(text, VOCABULARY)
    assert complaint in str(refused.value)


def test_an_expression_knows_what_it_reads() -> None:
    read: Any = parse("goal == 'phd' and cost_usd > budget_usd", VOCABULARY).names
    assert read == ("budget_usd", "cost_usd", "goal")
