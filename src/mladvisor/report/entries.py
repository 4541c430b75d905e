"""Tables, single entries and answered questions, for a terminal, as CSV and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mladvisor.browse.entry import Entry, Evidence, Figure
from mladvisor.browse.tables import Row
from mladvisor.knowledge.load import Knowledge
from mladvisor.report.style import THEME, dated, heading, source_text, wrapped
from mladvisor.report.terminal.paper import MOST_COLUMNS, written

SHOWN_COLUMNS = (
    "id", "name", "stage", "delivery", "price", "cost_usd", "usd_per_month", "months_typical",
    "hours", "rating", "portfolio", "pay_median_usd", "flag", "when", "reading", "unit",
)  # fmt: skip
"""Columns of a table that fit a terminal, in this order; `--json` and `--format csv` have all."""


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV with a header; several values in a cell are joined by spaces."""
    stream = io.StringIO()
    if rows:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue()


def as_markdown(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table with the columns that a terminal shows."""
    short = [_short(row) for row in rows]
    if not short:
        return ""
    lines = [_line(list(short[0])), _line(["---"] * len(short[0]))]
    lines += [_line([value.replace("|", "\\|") for value in row.values()]) for row in short]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _short(row: Row) -> dict[str, str]:
    """Return the columns for people: ranges in one, unknown said."""
    short: dict[str, str] = {}
    for name in SHOWN_COLUMNS:
        if f"{name}_low" in row:
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            same = low == high
            short[name] = "?" if low is None else f"{low:,g}" if same else f"{low:,g}-{high:,g}"
        elif name in row:
            value = row[name]
            number = isinstance(value, (int, float))
            short[name] = "?" if value is None else f"{value:,g}" if number else _cell(value)
    return short


def print_rows(rows: Sequence[Row], stream: TextIO) -> None:
    """Print rows as a table, and how many there are."""
    console = _console(stream)
    shown: list[RenderableType] = []
    if rows:
        short = [_short(row) for row in rows]
        grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for name in short[0]:
            grid.add_column(name.replace("_", " "), overflow="fold", no_wrap=name == "id")
        for row in short:
            grid.add_row(*map(Text, row.values()))
        shown.append(grid)
    shown.append(Text(f"{len(rows)} rows", style="quiet"))
    written(console, stream, shown)


def print_entry(entry: Entry, knowledge: Knowledge, stream: TextIO) -> None:
    """Print one entity: its fields in order, its figures with their evidence, who uses it."""
    title = str(entry.fields.get("name") or entry.fields.get("title") or entry.id)
    shown: list[RenderableType] = [
        Text(title, style="headline"),
        Text(f"{entry.table}: {entry.id}", style="quiet"),
        Text(),
        *(line for key, value in entry.fields.items() for line in _field(key, value)),
    ]
    if entry.figures:
        shown += [Text(), heading("Figures, the row that decides first")]
        shown += [_figure(figure) for figure in entry.figures]
    if entry.used_by:
        shown += [Text(), heading("Rules that use it")]
        texts = {rule.id: rule.because for rule in knowledge.rules}
        shown += [wrapped(f"{name}: {texts[name]}", mark="-") for name in entry.used_by]
    facts = f"Facts: version {knowledge.data_version}, checked {knowledge.checked_on}."
    written(_console(stream), stream, [*shown, Text(), Text(facts, style="quiet")])


def _field(key: str, value: Any) -> list[RenderableType]:
    label = key.replace("_", " ")
    if value in (None, [], {}, "") or key in ("id", "guide"):
        return []
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name} {_plain(each)}" for name, each in value.items() if each != "")
        return [wrapped(f"{label}: {inside}")]
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        if max(map(len, value)) < 30:
            return [wrapped(f"{label}: {', '.join(value)}")]
        mark = {"strengths": "+", "caveats": "-"}.get(key, "·")
        return [Text(f"{label}:"), *(wrapped(each, mark=mark, indent=2) for each in value)]
    if isinstance(value, list):
        return [Text(f"{label}:"), *(wrapped(_plain(each), mark="·", indent=2) for each in value)]
    return [wrapped(f"{label}: {str(value).strip()}")]


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)


def _figure(figure: Figure) -> RenderableType:
    lines = [wrapped(f"{figure.field.replace('_', ' ')}: {_evidence(figure.decides)}")]
    lines += [wrapped(f"also: {_evidence(other)}", indent=3) for other in figure.others]
    return Group(*lines)


def _evidence(row: Evidence) -> str:
    note = f" ({row.note})" if row.note else ""
    if row.title is None:
        return f"{row.reading}{note}"
    page = f" {row.url}" if row.url else ""
    return f"{row.reading}{note} [{row.kind}, {dated(str(row.as_of))}: {row.title}]{page}"


def print_answers(
    entries: Sequence[Mapping[str, Any]], knowledge: Knowledge, stream: TextIO, *, full: bool
) -> None:
    """Print questions people ask: with answers and sources, or the questions alone."""
    shown: list[RenderableType] = []
    for entry in entries:
        if not full:
            shown.append(wrapped(entry["question"], mark=entry["id"]))
            continue
        shown += [Text(entry["question"], style="headline"), wrapped(entry["answer"].strip())]
        names = dict.fromkeys(
            "guide" if name.startswith("guide:") else name for name in entry["sources"]
        )
        for name in names:
            text = source_text(knowledge.source(name))
            shown.append(wrapped(text, mark="·", indent=2, style="quiet"))
        if entry.get("see"):
            shown.append(wrapped(f"See: {', '.join(entry['see'])}", indent=2, style="quiet"))
        shown.append(Text())
    written(_console(stream), stream, shown)


def _console(stream: TextIO) -> Console:
    console = Console(file=stream, theme=THEME, highlight=False)
    console.width = min(console.width, MOST_COLUMNS) if stream.isatty() else MOST_COLUMNS
    return console
