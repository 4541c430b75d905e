"""Judgements without a reason: who judges or remembers says from what."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base
from mladvisor.checks.walk import nodes
from mladvisor.errors import Problem

KINDS = ("judgement", "recall")
PRIORS = "questions.toml"
"""Its head says of all priors at once that they are judgement, so they need no note each."""


def check(base: Base) -> Iterator[Problem]:
    """Yield rows whose source is a judgement or recalled, and that have no note."""
    kinds = {name: source["kind"] for name, source in base.document["sources"].items()}
    for node in nodes(base):
        source = node.content.get("source")
        if node.file == PRIORS or not isinstance(source, str) or node.content.get("note"):
            continue
        if kinds.get(source) in KINDS:
            where = base.at(node.file, *node.keys)
            yield Problem(where, f"source {source} without a note that says from what")
