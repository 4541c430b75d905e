"""Paths side by side as a page: one table, what the marks mean, and the sources."""

from __future__ import annotations

from collections.abc import Mapping

from mladvisor.recommendation.comparison import Comparison
from mladvisor.report.comparison import notes, shown
from mladvisor.report.content.blocks import Items, Line, Page, Section, Table
from mladvisor.report.content.citations import Citations
from mladvisor.report.phrases import facts


def comparison_page(document: Comparison, texts: Mapping[str, str]) -> Page:
    """Return the comparison as a report of its own; `texts`: the table `compare` of texts.toml."""
    titles = [path.title for path in document.paths]
    years = document.span_years
    rows = [(row.label, *(shown(cell, row).plain for cell in row.cells)) for row in document.rows]
    table = Table(
        f"The same rows and units for all, over {years} years", ("What is compared", *titles), rows
    )
    lines = [Line(note) for note in notes(document, texts) if note not in document.statements]
    return Page(
        title=f"{len(titles)} paths over {years} years",
        question=texts["question"].format(titles=", ".join(titles)),
        answer=[],
        sections=[Section("paths", "Side by side", [table, Items(lines)])],
        sources=Citations(document.sources).listed(),
        statements=document.statements,
        facts=facts(document.data_version, document.checked_on, document.today),
    )
