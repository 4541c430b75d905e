"""Why a question is asked, and what uses the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.scoring.model import checked_rules


def why(question: Question, knowledge: Knowledge) -> str:
    """Return the reason for a question, and how many rules read the answer."""
    texts = knowledge.texts["interview"]
    count = _readers(knowledge)[question.field]
    one_or_more = "used_by_rule" if count == 1 else "used_by_rules"
    used = texts[one_or_more if count else "used_by_figures"]
    return f"{question.why} {used.format(count=count, field=question.field)}"


@lru_cache(maxsize=4)
def _readers(knowledge: Knowledge) -> Mapping[str, int]:
    """Count the rules that read a field: field → rules."""
    return Counter(
        name
        for rule in checked_rules(knowledge)
        for name in rule.names
        if name in knowledge.questions
    )
