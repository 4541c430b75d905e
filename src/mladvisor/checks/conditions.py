"""What can't be read: rules, priors, questions and criteria that name what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from mladvisor.checks.base import Base
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.paths.path import Path
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
    yield from _unread(base)


def _unread(base: Base) -> Iterator[Problem]:
    """Yield answers that a criterion is said to read, and figures to find out, that are not."""
    for criterion in base.knowledge.criteria:
        where = base.at("criteria.toml", f'id = "{criterion.id}"')
        for name in criterion.reads:
            if name not in base.knowledge.questions:
                yield Problem(where, f'reads "{name}", which is no question')
    ranges = [field.name for field in fields(Path) if field.type == "Range"]
    for figure in base.knowledge.settings.figures:
        where = base.at("criteria.toml", f'field = "{figure.field}"')
        for name in (figure.field, *figure.with_it):
            if name not in ranges:
                yield Problem(where, f'"{name}" is no range; accepted: {", ".join(ranges)}')


def _rule_at(base: Base, where: str) -> str:
    """Return the line of a rule that is named as "data/rules/x.toml: rule its-id"."""
    file, _, rule = where.removeprefix("data/").partition(": rule ")
    return base.at(file, f'id = "{rule}"')
