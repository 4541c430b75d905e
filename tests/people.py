"""Random people: any mixture of answered and open questions, valid by the questions themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of


def answers_to(question: Question, knowledge: Knowledge) -> st.SearchStrategy[Any]:
    words = list(choices_of(question, knowledge))
    match question.type:
        case "choice":
            return st.sampled_from(words)
        case "choices":
            return st.lists(st.sampled_from(words), unique=True, max_size=4)
        case "depths":
            skills = st.sampled_from(list(knowledge.competencies))
            return st.dictionaries(skills, st.integers(0, 3), max_size=3)
        case "flag":
            return st.booleans()
        case "date":
            return st.dates(date(2027, 1, 1), date(2035, 12, 31)).map(str)
        case "place":
            codes = list(knowledge.places[str(question.places)].names)
            return st.sampled_from([code for code in ("US", "IN", "WA", "GA") if code in codes])
    low, high = question.low or 0, question.high or 0
    usual = min(high, 40_000.0)
    return st.one_of(
        st.floats(low, usual, allow_nan=False).map(lambda x: round(x, 1)), st.just(float(low))
    )


def profiles(knowledge: Knowledge) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            field: answers_to(question, knowledge)
            for field, question in knowledge.questions.items()
        },
    )
