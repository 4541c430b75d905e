"""What every check reads: the compiled document, its models, and where things stand in the TOML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mladvisor.knowledge.compile import ENTITY_FOLDERS
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Interval


@dataclass(frozen=True)
class Figure:
    """One row of a fact; `decides` is False for what only stands beside the row that does."""

    file: str
    field: str
    row: Mapping[str, Any]
    decides: bool


@dataclass(frozen=True)
class Base:
    """The knowledge base under check, and the day on which it is checked."""

    document: Mapping[str, Any]
    knowledge: Knowledge
    folders: tuple[Path, ...]
    today: date

    def at(self, file: str, *keys: str) -> str:
        """Return "data/programs/x.toml:41": the line of the last key that is found.

        Each key is looked for below the one before it: `cost_usd` is a key or a `[table]`,
        `[[faq]]` the next table of that array, `id = "x"` a whole line.
        """
        for folder in reversed(self.folders):  # a later folder lays over the earlier ones
            if (folder / file).is_file():
                lines = (folder / file).read_text(encoding="utf-8").splitlines()
                line = _line(lines, keys)
                return f"{folder.resolve().name}/{file}" + (f":{line}" if line else "")
        return f"data/{file}"

    def source_at(self, name: str) -> str:
        """Return where a source is declared, by its id in the document."""
        entity, own, key = name.partition("#")
        return self.at(f"{entity}.toml", f"sources.{key}") if own else self.at("sources.toml", name)

    def figures(self) -> Iterator[Figure]:
        """Yield every row of every fact, the deciding one of a fact first."""
        for folder in ENTITY_FOLDERS:
            for entity in self.document[folder]:
                others = self.document["evidence"].get(f"{folder}/{entity['id']}", {})
                for field, row in entity.get("facts", {}).items():
                    yield Figure(entity["file"], field, row, decides=True)
                    for other in others.get(field, ()):
                        yield Figure(entity["file"], field, other, decides=False)


def _line(lines: list[str], keys: tuple[str, ...]) -> int:
    """Return the number of the line of the last key found, from 1; 0 if none is."""
    found = 0
    for key in keys:
        name = re.escape(key)
        pattern = re.compile(rf"\s*({name}\s*=|{name}\s*$|\[([^\[\]]*\.)?{name}\])")
        below = (at for at in range(found, len(lines)) if pattern.match(lines[at]))
        found = next(below, found - 1) + 1
    return found


def apart(one: Interval, other: Interval, share: float) -> bool:
    """Say whether two ranges are further from each other than `share` of the nearer end."""
    return one[0] > other[1] * (1 + share) or other[0] > one[1] * (1 + share)
