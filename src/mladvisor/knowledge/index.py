"""The index of the knowledge base: what help texts and completion need, read without its models.

Building the models takes longer than a person at the Tab key wants to wait.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from mladvisor.knowledge.compile import index_of
from mladvisor.knowledge.places import CHECKOUT_DATA, INDEX, is_current


class Flag(NamedTuple):
    """One question as the command line shows it; `words` = the answers it takes, with labels."""

    field: str
    names: Sequence[str]
    type: str
    group: str
    help: str
    unit: str
    words: Mapping[str, str]


def flags() -> list[Flag]:
    """Return the flags of all questions, group by group."""
    index = read()
    groups = index["groups"]
    found = [Flag(**row) for row in index["questions"]]
    return sorted(found, key=lambda flag: groups.index(flag.group))


def ids(*tables: str) -> dict[str, str]:
    """Return id → title of the entries of some tables, or of all."""
    by_table = read()["ids"]
    return {name: title for table in tables or by_table for name, title in by_table[table].items()}


@cache
def read() -> Mapping[str, Any]:
    """Return the index; in a checkout whose data has changed it is made anew."""
    if not CHECKOUT_DATA.is_dir() or is_current():
        index: Mapping[str, Any] = json.loads(INDEX.read_bytes())
        return index
    from mladvisor.knowledge.load import load

    return index_of(load().document)
