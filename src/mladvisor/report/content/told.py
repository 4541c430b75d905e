"""One recommendation as it is being told: the document, the options, and the numbers of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mladvisor.browse.options import Options
from mladvisor.recommendation.document import Advice, RankedPath, Reason, Recommendation
from mladvisor.report.content.blocks import Items, Line
from mladvisor.report.content.citations import Citations
from mladvisor.report.phrases import rule_text
from mladvisor.report.style import FINE_SIGNS, View


@dataclass(frozen=True)
class Told:
    """What the sections of the report read."""

    document: Recommendation
    options: Options
    texts: Mapping[str, Any]

    @cached_property
    def view(self) -> View:
        """The document as the terminal report sees it."""
        return View(self.document, FINE_SIGNS, 0)

    @cached_property
    def citations(self) -> Citations:
        """Sources of the recommendation first, then those of the options."""
        return Citations([*self.document.sources, *self.options.sources])

    @cached_property
    def winner(self) -> RankedPath:
        """The recommended path."""
        return self.view.winner

    def cited(self, text: str, sources: Iterable[str], mark: str = "") -> Line:
        """Return a line with the numbers of its sources."""
        return Line(text, cites=self.citations.of(sources), mark=mark)

    def rule(self, reason: Reason) -> Line:
        """Return what a rule did, and because of what."""
        return self.cited(rule_text(reason), reason.sources)

    def advice(self, rows: Iterable[Advice]) -> Items:
        """Return things to do or to check."""
        return Items([self.cited(row.text, row.sources) for row in rows])
