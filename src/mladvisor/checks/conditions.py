"""Conditions that can't be read: rules, priors and questions that name what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.rules.expression import ExpressionError, parse
from mladvisor.scenarios import profile_vocabulary
from mladvisor.scoring.model import checked_rules


def check(base: Base) -> Iterator[Problem]:
    """Yield each condition with an unknown name, a wrong type or an impossible value."""
    try:
        checked_rules(base.knowledge)
    except KnowledgeError as error:
        for problem in error.problems:
            yield Problem(_rule_at(base, problem.where), problem.message)
    vocabulary = profile_vocabulary(base.knowledge)
    for field, question in base.knowledge.questions.items():
        for text in (question.asked_when, *(prior.when for prior in question.prior)):
            try:
                parse(text, vocabulary)
            except ExpressionError as error:
                where = base.at("questions.toml", f'field = "{field}"')
                yield Problem(where, f"{text!r}: {error}")


def _rule_at(base: Base, where: str) -> str:
    """Return the line of a rule that is named as "data/rules/x.toml: rule its-id"."""
    file, _, rule = where.removeprefix("data/").partition(": rule ")
    return base.at(file, f'id = "{rule}"')
