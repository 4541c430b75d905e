"""Statements that rest on nothing: answers and curricula without a source.

Rules, priors and figures can't be without one, their models see to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base
from mladvisor.errors import Problem


def check(base: Base) -> Iterator[Problem]:
    """Yield answers to questions people ask, and curricula, that name no source."""
    for entry in base.knowledge.faq:
        if not entry.sources:
            yield Problem(base.at("faq.toml", f'id = "{entry.id}"'), f"{entry.id} has no source")
    for curriculum in base.knowledge.curricula.values():
        if not curriculum.sources:
            yield Problem(base.at(curriculum.file, "sources"), f"{curriculum.id} has no source")
