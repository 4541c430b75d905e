"""One recommendation as it is being told: the document, its words, and the numbers of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from mladvisor.browse.options import Options
from mladvisor.recommendation.document import Advice, RankedPath, Reason, Recommendation
from mladvisor.report.content.blocks import Items, Line
from mladvisor.report.content.citations import Citations
from mladvisor.report.content.depth import WHOLE, Depth
from mladvisor.report.phrases import rule_text


@dataclass(frozen=True)
class Told:
    """What the sections of the report read; `texts`: the tables of texts.toml.

    `options`: the neutral account of all options, where the report is to end with it.
    `can_save`: the reader can save the answers with a key.
    """

    document: Recommendation
    texts: Mapping[str, Any]
    options: Options | None = None
    depth: Depth = WHOLE
    can_save: bool = False

    @cached_property
    def citations(self) -> Citations:
        """Sources of the recommendation first, then those of the options."""
        rest = self.options.sources if self.options is not None else ()
        return Citations([*self.document.sources, *rest])

    @cached_property
    def winner(self) -> RankedPath:
        """The recommended path."""
        verdict = self.document.verdict
        return next(path for path in self.document.ranking if path.path == verdict.path)

    @cached_property
    def best_of_each_kind(self) -> list[RankedPath]:
        """The best path of each kind in the order of the ranking; the pick for its own kind."""
        best = {self.winner.kind: self.winner}
        for path in self.document.ranking:
            best.setdefault(path.kind, path)
        names = {path.path for path in best.values()}
        return [path for path in self.document.ranking if path.path in names]

    @cached_property
    def compared(self) -> list[RankedPath]:
        """What a reader compares: the pick, the best of each kind, and doing nothing.

        Where the pick is doing nothing, the best of its kind that is to be done stands beside it.
        """
        best = {path.path for path in self.best_of_each_kind}
        if not self.winner.hours:
            kind = self.winner.kind
            own = (row.path for row in self.document.ranking if row.kind == kind and row.hours)
            best.update(islice(own, 1))
        return [row for row in self.document.ranking if row.path in best or not row.hours]

    @cached_property
    def only_whole(self) -> str:
        """How many paths of the ranking only the whole report lists, in words; empty if none."""
        more = len(self.document.ranking) - len(self.compared)
        words = self.texts["report"]["counted"]["path" if more == 1 else "paths"]
        return words.format(count=more) if more else ""

    @property
    def figures(self) -> Mapping[str, str]:
        """What the figures of an offer are called in a sentence."""
        figures: Mapping[str, str] = self.texts["figures"]
        return figures

    def kind(self, kind: str) -> str:
        """Return a kind of path in words, as in the middle of a sentence."""
        return str(self.texts["report"]["kinds"][kind])

    def a_kind(self, kind: str) -> str:
        """Return a kind of path in words, with its article."""
        return str(self.texts["report"]["a_kind"][kind])

    def text(self, name: str, /, **places: object) -> str:
        """Return a sentence of the report with its places filled."""
        return str(self.texts["report"][name]).format(**places)

    def cited(self, text: str, sources: Iterable[str], mark: str = "") -> Line:
        """Return a line with the numbers of its sources."""
        return Line(text, cites=self.citations.of(sources), mark=mark)

    def rule(self, reason: Reason) -> Line:
        """Return what a rule did, and because of what."""
        return self.cited(rule_text(reason), reason.sources)

    def advice(self, rows: Iterable[Advice]) -> Items:
        """Return things to do or to check."""
        shown = list(rows)[: self.depth.advice]
        lines = [self.cited(row.text, row.sources) for row in shown]
        return Items(lines, most_lines=self.depth.lines)
