"""Paths side by side on a terminal; marks are signs, so they need no color."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from mladvisor.recommendation.comparison import Cell, Comparison, Row
from mladvisor.recommendation.words import rounded
from mladvisor.report.phrases import signed
from mladvisor.report.style import THEME, heading, wrapped
from mladvisor.report.terminal.paper import MOST_COLUMNS, written

NARROW = 72
"""Below this width the table becomes a list."""

MARKS = {"best": "*", "worst": "!"}
"""Marks that every encoding, screen reader and plain copy keeps."""

STYLES = {"best": "for", "worst": "against"}

Texts = Mapping[str, str]


def print_comparison(
    document: Comparison, texts: Texts, stream: TextIO, *, width: int | None = None
) -> None:
    """Print the comparison: a table, or on narrow screens a list; `texts`: see texts.toml."""
    console = Console(file=stream, theme=THEME, highlight=False, width=width)
    console.width = min(console.width, MOST_COLUMNS)
    wide = console.width >= NARROW
    body = [_table(document)] if wide else list(_stacked(document))
    below = [wrapped(note, style="quiet") for note in notes(document, texts)]
    written(console, stream, [*_heads(document), Text(), *body, Text(), *below])


def _heads(document: Comparison) -> Iterator[RenderableType]:
    years = document.span_years
    yield heading(f"{len(document.paths)} paths over {years} years")
    for letter, path in zip("ABCDE", document.paths, strict=False):
        yield wrapped(f"{path.title} ({path.path})", mark=letter)


def _table(document: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("", ratio=4, overflow="fold")
    for letter, _ in zip("ABCDE", document.paths, strict=False):
        table.add_column(letter, ratio=3, overflow="fold")
    for row in document.rows:
        table.add_row(Text(row.label), *(shown(cell, row) for cell in row.cells))
    return table


def _stacked(document: Comparison) -> Iterator[RenderableType]:
    for row in document.rows:
        yield Text(row.label, style="strong")
        for letter, cell in zip("ABCDE", row.cells, strict=False):
            text = shown(cell, row)
            yield wrapped(text.plain, mark=letter, indent=2, style=str(text.style))


def shown(cell: Cell, row: Row) -> Text:
    """Return a cell with its mark."""
    mark = f" {MARKS[cell.mark]}" if cell.mark is not None else ""
    return Text(cell_text(cell, row) + mark, style=STYLES.get(cell.mark or "", ""))


def cell_text(cell: Cell, row: Row) -> str:
    """Return a cell in words: the value, the range, or unknown with its reason."""
    if cell.unknown is not None:
        reason = cell.unknown
        return reason if reason.startswith("unknown") else f"unknown: {reason}"
    if cell.low is not None and cell.high is not None:
        low, high = _number(cell.low, row), _number(cell.high, row)
        return low if low == high else f"{low} to {high}"
    if isinstance(cell.value, str):
        return cell.value
    return _number(cell.value or 0.0, row)


def _number(value: float, row: Row) -> str:
    if row.unit == "USD":
        return f"{rounded(value):,}"
    return signed(value) if row.unit == "points" else f"{round(value):,}"


def notes(document: Comparison, texts: Texts) -> Iterator[str]:
    """Yield what is ruled out, what marks and ranges mean, and what it rests on."""
    for path in document.paths:
        if path.ruled_out is not None:
            out = path.ruled_out
            way_out = texts["way_out"].format(way_out=out.way_out) if out.way_out else ""
            yield texts["ruled_out"].format(title=path.title, text=out.text) + way_out
    yield texts["legend"].format(**MARKS)
    if document.unknown:
        yield texts["open"].format(count=len(document.unknown))
    yield texts["facts"].format(
        data_version=document.data_version, checked_on=document.checked_on, today=document.today
    )
    yield from document.statements
