"""Parts of the report by themselves, for looking around after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from rich.console import RenderableType
from rich.text import Text

from mladvisor.recommendation.document import RankedPath, Recommendation
from mladvisor.report import phrases
from mladvisor.report.content import paths, schedule
from mladvisor.report.content.blocks import Items, Line, Paragraph, Section
from mladvisor.report.content.recommendation import recommendation_page
from mladvisor.report.content.told import Told
from mladvisor.report.terminal.page import print_page, section_lines
from mladvisor.report.terminal.paper import opened

MOVED_SHOWN = 5
"""Paths of each list, before and now, whose fits are set side by side."""


@dataclass(frozen=True)
class Look:
    """Where the parts are printed, and how; `texts`: the tables of texts.toml."""

    texts: Mapping[str, Any]
    stream: TextIO
    plain: bool

    def whole(self, document: Recommendation) -> None:
        """Print the whole report."""
        print_page(
            recommendation_page(document, self.texts, can_save=True), self.stream, plain=self.plain
        )

    def path(self, document: Recommendation, path: RankedPath) -> None:
        """Print one path of the ranking: its reasons, and what it is like."""
        self._print(paths.one(path, Told(document, self.texts)))

    def plan(self, document: Recommendation) -> None:
        """Print the course plan."""
        self._print(schedule.plan(Told(document, self.texts, can_save=True)))

    def moved(self, before: Recommendation, now: Recommendation) -> None:
        """Print what a changed answer moved: the verdict and the first fits, before and now."""
        self._print(
            _verdict("Before", before),
            _verdict("Now", now),
            Section("moved", "Fits, before and now", [Items(list(_moved(before, now)))]),
        )

    def _print(self, *sections: Section) -> None:
        writer = opened(self.stream, plain=self.plain)
        lines: list[RenderableType] = []
        for section in sections:
            lines += [Text(), *section_lines(section, writer.paper)]
        writer.write([*lines, Text()])


def _verdict(title: str, document: Recommendation) -> Section:
    verdict = document.verdict
    texts = filter(None, (phrases.how_sure(document), verdict.rule_text))
    said = [Paragraph(Line(text)) for text in texts]
    return Section("verdict", title, [Paragraph(Line(verdict.headline), "strong"), *said])


def _moved(before: Recommendation, now: Recommendation) -> Iterator[Line]:
    first = [*now.ranking[:MOVED_SHOWN], *before.ranking[:MOVED_SHOWN]]
    for path, title in {path.path: path.title for path in first}.items():
        yield Line(f"{title}: {_fit(path, before)}, now {_fit(path, now)}")


def _fit(path: str, document: Recommendation) -> str:
    """Return a path's fit as the document has it; it lists the first ones only."""
    for row in document.ranking:
        if row.path == path:
            return phrases.signed(row.fit)
    ruled_out = any(row.path == path for row in document.excluded)
    return "ruled out" if ruled_out else "further down"
