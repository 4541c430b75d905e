"""Sources that a document names, as rows of its list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.document import SourceRow


def source_rows(names: Iterable[str], knowledge: Knowledge) -> Iterator[SourceRow]:
    """Yield each source once, in the order given, with its date; claims stand for the guide."""
    for name in dict.fromkeys(names):
        yield _row(name, knowledge)


@lru_cache(maxsize=4096)
def _row(name: str, knowledge: Knowledge) -> SourceRow:
    """Return a source's row, made once: every document names much the same."""
    source = knowledge.source("guide" if name.startswith("guide:") else name)
    return SourceRow(
        id=name,
        title=source.title,
        kind=source.kind,
        as_of=source.as_of,
        checked_on=source.checked_on,
        url=source.url,
    )
