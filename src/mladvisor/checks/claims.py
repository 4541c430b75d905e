"""The guide's claims: each is dealt with somewhere, and no other is cited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mladvisor.checks.base import Base
from mladvisor.checks.walk import Node, nodes
from mladvisor.errors import Problem

CLAIMS = Path(__file__).with_name("guide_claims.txt")


def check(base: Base) -> Iterator[Problem]:
    """Yield claims that nothing cites, and citations of claims the guide does not make."""
    claims = set(CLAIMS.read_text(encoding="utf-8").split())
    uncited = set(claims)
    for node in nodes(base):
        for key, claim in _cited(node):
            uncited.discard(claim)
            if claim not in claims:
                where = base.at(node.file, *node.keys, key)
                yield Problem(where, f'"{claim}" is no claim of the guide')
    for claim in sorted(uncited):
        yield Problem("data", f'the guide\'s claim "{claim}" is cited nowhere')


def _cited(node: Node) -> Iterator[tuple[str, str]]:
    """Yield (key, claim) for each claim that a table names."""
    yield from (("guide", claim) for claim in node.content.get("guide", ()))
    named = {"sources": node.content.get("sources", ()), "source": [node.content.get("source")]}
    for key, names in named.items():
        for name in names:
            if isinstance(name, str) and name.startswith("guide:"):
                yield key, name.removeprefix("guide:")
