"""What pydantic found wrong with the data: file, key, what stood there, what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from mladvisor.errors import Problem


def table_problems(name: str, model: type[BaseModel], rows: Any) -> Iterator[Problem]:
    """Yield the faults of a table's rows, each with the row's own file."""
    if not isinstance(rows, list):
        yield Problem(f"data/{name}.toml", f"expected [[{name}]] tables")
        return
    for index, row in enumerate(rows):
        try:
            model.model_validate(row)
        except ValidationError as error:
            file = row.get("file", f"{name}.toml")
            label = row.get("id") or row.get("field") or index
            at = "" if file.startswith(f"{name}/") else f" ({label})"
            yield from entry_problems(f"data/{file}{at}", error)


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
