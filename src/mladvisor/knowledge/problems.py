"""What pydantic found wrong with the data: file, key, what stood there, what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from mladvisor.errors import Problem


def table_problems(name: str, rows: Any, error: ValidationError) -> Iterator[Problem]:
    """Yield the faults of a table's rows, each with the row's own file."""
    for detail in error.errors():
        index, *path = detail["loc"] or (None,)
        row = rows[index] if isinstance(index, int) else {}
        file = row.get("file", f"{name}.toml")
        label = row.get("id") or row.get("field") or index
        at = "" if file.startswith(f"{name}/") else f" ({label})"
        yield _problem(f"data/{file}{at}", path, detail)


def entry_problems(where: str, error: ValidationError) -> Iterator[Problem]:
    """Yield the faults of a single entry."""
    for detail in error.errors():
        yield _problem(where, list(detail["loc"]), detail)


def _problem(where: str, path: list[Any], detail: Any) -> Problem:
    key = ".".join(str(part) for part in path)
    found = detail.get("input")
    shown = (
        "" if isinstance(found, (Mapping, list)) else f", found {json.dumps(found, default=str)}"
    )
    return Problem(f"{where}: {key}" if key else where, f"{detail['msg']}{shown}")
