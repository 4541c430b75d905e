"""Every table of the document, from entities down to single rows, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mladvisor.checks.base import Base
from mladvisor.knowledge.compile import ENTITY_FOLDERS, ROW_FILES

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """One table; `keys` lead to it in its file, as `Base.at` follows them."""

    file: str
    keys: Keys
    content: Mapping[str, Any]


def nodes(base: Base) -> Iterator[Node]:
    """Yield every table of the document but the sources, outer before inner."""
    document = base.document
    for name in ENTITY_FOLDERS:
        for entity in document[name]:
            yield from _below(Node(entity["file"], (), entity))
    for rule in document["rules"]:
        yield from _below(Node(rule["file"], (f'id = "{rule["id"]}"',), rule))
    for name in ROW_FILES:
        rows = {name: document[name], **document.get(f"{name}_settings", {})}
        yield from _below(Node(f"{name}.toml", (), rows))
    yield from _below(Node("texts.toml", (), document["texts"]))
    for figure in base.figures():
        if not figure.decides:
            yield Node(figure.file, ("facts", figure.field), figure.row)


def _below(node: Node, section: str = "") -> Iterator[Node]:
    yield node
    for key, value in node.content.items():
        inner = f"{section}.{key}" if section else key
        if isinstance(value, Mapping):
            yield from _below(Node(node.file, (*node.keys, key), value), inner)
        elif isinstance(value, list):
            for at, row in enumerate(value, start=1):
                if isinstance(row, Mapping):
                    keys = (*node.keys, key, *[f"[[{inner}]]"] * at)
                    yield from _below(Node(node.file, keys, row), inner)
