"""What keeps the knowledge base right, one module a check.

Types, unknown keys and dangling ids are for `validate`; the checks here read what is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from mladvisor.checks import (
    claims,
    competencies,
    conditions,
    dates,
    hours,
    judgement,
    prerequisites,
    prices,
    prose,
    ranges,
    rules,
    sources,
    urls,
)  # fmt: skip
from mladvisor.checks.base import Base
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.overlay import overlay
from mladvisor.knowledge.validate import validate

__all__ = ["CHECKS", "Base", "run", "validate"]

CHECKS: dict[str, Callable[[Base], Iterator[Problem]]] = {
    "conditions": conditions.check,
    "rules": rules.check,
    "prerequisites": prerequisites.check,
    "competencies": competencies.check,
    "prices": prices.check,
    "hours": hours.check,
    "ranges": ranges.check,
    "dates": dates.check,
    "urls": urls.check,
    "sources": sources.check,
    "judgement": judgement.check,
    "claims": claims.check,
    "prose": prose.check,
}
"""The checks by name, in the order in which they run."""


def run(folders: Sequence[Path], today: date) -> list[Problem]:
    """Return everything that is wrong with the knowledge base in `folders`, by file and line.

    Each further folder is laid over the ones before it. What is invalid is said alone: the other
    checks can't read it.
    """
    try:
        document = compiled(folders[0])
        for folder in folders[1:]:
            document = overlay(document, compiled(folder), str(folder))
    except KnowledgeError as error:
        return sorted(error.problems, key=_place)
    problems = validate(document)
    if not problems:
        base = Base(document, Knowledge(document), tuple(folders), today)
        problems = [problem for check in CHECKS.values() for problem in check(base)]
    return sorted(problems, key=_place)


def _place(problem: Problem) -> tuple[str, int, str]:
    """Return what problems are sorted by: file, line as a number, message."""
    file, _, line = problem.where.partition(":")
    return file, int(line) if line.isdigit() else 0, f"{line}{problem.message}"
