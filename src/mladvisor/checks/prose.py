"""The style of the texts people read: short, without em dashes and double spaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mladvisor.checks.base import Base
from mladvisor.checks.walk import nodes
from mladvisor.errors import Problem

LONGEST = 400
LONGEST_ANSWER = 800
"""An answer to a question people ask may take a paragraph; it is read by itself."""

NOT_PROSE = ("when", "paths", "needs", "has", "asked_when", "pattern", "url", "file")


def check(base: Base) -> Iterator[Problem]:
    """Yield texts that are too long (in characters) or badly typed."""
    for node in nodes(base):
        for key, text in _texts(node.content):
            longest = LONGEST_ANSWER if key == "answer" else LONGEST
            for fault in _faults(text, longest):
                yield Problem(base.at(node.file, *node.keys, key), f"{key}: {fault}")
    for name, source in base.document["sources"].items():
        for fault in _faults(source["title"], LONGEST):
            yield Problem(base.source_at(name), f"title: {fault}")


def _texts(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key not in NOT_PROSE:
            for text in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(text, str):
                    yield key, text.strip()


def _faults(text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield f"{len(text)} characters, at most {longest}"
    if "\N{EM DASH}" in text:
        yield f"an em dash in {_around(text, chr(0x2014))}"
    if "  " in text:
        yield f"two spaces in {_around(text, '  ')}"


def _around(text: str, mark: str) -> str:
    at = text.index(mark)
    return f'"{text[max(0, at - 20) : at + 20]}"'
