"""What the tests share: the shipped knowledge base, read from the data folder of this checkout."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mladvisor.knowledge.load import Knowledge, compiled

ROOT = Path(__file__).parents[1]

# A run in the background has Ctrl-C ignored, one under nohup the hang-up, and the programs that the
# tests start would inherit that; signals with a handler are back to normal in them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, lambda *_: None)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge(compiled(ROOT / "data"))


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own files."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def leaves(node: Any) -> Iterator[Any]:
    """Yield what stands at the ends of nested mappings and lists."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield node
