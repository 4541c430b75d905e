"""The compiled document as it is read: one JSON file, some tables parsed when first wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_core import from_json


def read(source: Path) -> dict[str, Any]:
    """Return a written document; the tables to read later are still JSON text, see `table`."""
    document: dict[str, Any] = from_json(source.read_bytes())
    return document


def table(document: Mapping[str, Any], name: str) -> Any:
    """Return one table of a document, parsed if it was kept for later."""
    content = document[name]
    return from_json(content) if isinstance(content, str) else content
