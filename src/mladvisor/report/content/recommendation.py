"""The recommendation as a page: the answer first, the neutral account of all options last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mladvisor.browse.options import Options
from mladvisor.recommendation.document import Recommendation
from mladvisor.report import money, phrases
from mladvisor.report.content import paths
from mladvisor.report.content.blocks import Block, Items, Line, Page, Paragraph, Section, Table
from mladvisor.report.content.options import options_section
from mladvisor.report.content.told import Told
from mladvisor.report.findings import (
    change_texts,
    find_out_texts,
    unchanged_texts,
    versus_text,
)


def recommendation_page(
    document: Recommendation, options: Options, texts: Mapping[str, Any]
) -> Page:
    """Return the whole report; `texts`: the tables of texts.toml."""
    told = Told(document, options, texts)
    return Page(
        title=document.verdict.headline,
        question=document.question,
        answer=list(_answer(document)),
        sections=[section for write in SECTIONS if (section := write(told)) is not None],
        sources=told.citations.listed(),
        statements=list(document.about.statements),
        facts=phrases.facts_line(document),
    )


def _answer(document: Recommendation) -> Iterator[Line]:
    yield Line(phrases.how_sure(document))
    if document.verdict.rule_text:
        yield Line(document.verdict.rule_text)
    if local := phrases.local_data(document):
        yield Line(local)


def _rather(told: Told) -> Section | None:
    """Say what separates the pick from the best of each other kind."""
    rows = told.document.versus
    if not rows:
        return None
    legend = Paragraph(Line(told.texts["report"]["rather"]), "quiet")
    lines = [Line(versus_text(row, told.view)) for row in rows]
    return Section("rather", "Why this rather than another", [legend, Items(lines)])


def _changes(told: Told) -> Section:
    lines = [Line(text) for text in change_texts(told.view)]
    rest = [Paragraph(Line(text)) for text in unchanged_texts(told.view)]
    blocks: list[Block] = [*([Items(lines)] if lines else []), *rest]
    return Section("changes", "What would change it", blocks)


def _find_out(told: Told) -> Section | None:
    lines = [Line(text) for text in find_out_texts(told.view)]
    return Section("find-out", "Find out first", [Items(lines, ordered=True)]) if lines else None


def _money(told: Told) -> Section:
    """Return the money of the recommended path by year, and what is to be said of it."""
    account = told.document.money
    rows, columns = money.years(account), money.columns(account)
    head = ("Year", *(name.capitalize() for name, _ in columns))
    cells = [
        (name.capitalize(), *(money.cell(read(row)) for _, read in columns)) for name, row in rows
    ]
    numbers = frozenset(range(1, len(head)))
    table = Table(f"{money.LEGEND}.", head, cells, numbers, picked=len(cells) - 1)
    notes = Items([told.cited(note.text, note.sources) for note in account.notes])
    title = f"Money over {account.span_years} years: {account.title}"
    return Section("money", title, [*([table] if rows else []), notes])


def _next_steps(told: Told) -> Section | None:
    rows = told.document.next_steps
    return Section("next", "Next steps", [told.advice(rows)]) if rows else None


def _checks(told: Told) -> Section | None:
    rows = told.document.check_before_committing
    return Section("checks", "Check before you commit", [told.advice(rows)]) if rows else None


def _options(told: Told) -> Section:
    return options_section(told.options, told.texts["options"], told.citations)


SECTIONS: tuple[Callable[[Told], Section | None], ...] = (
    paths.ranking,
    paths.reasons,
    _rather,
    _changes,
    _find_out,
    paths.weights,
    _money,
    _next_steps,
    paths.preparation,
    paths.plan,
    _checks,
    paths.others,
    paths.described,
    paths.ruled_out,
    _options,
)
