"""Sources that a document names, as rows of its list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.document import SourceRow


def source_rows(names: Iterable[str], knowledge: Knowledge) -> Iterator[SourceRow]:
    """Yield each source once, in the order given, with its date; claims stand for the guide."""
    for name in dict.fromkeys(names):
        source = knowledge.source("guide" if name.startswith("guide:") else name)
        yield SourceRow(
            id=name,
            title=source.title,
            kind=source.kind,
            as_of=source.as_of,
            checked_on=source.checked_on,
            url=source.url,
        )
