"""Tables, single entries and answered questions, for a terminal, as CSV and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
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

DROPPED_FIRST = (
    "usd_per_month", "rating", "flag", "unit", "stage", "portfolio", "delivery", "months_typical",
    "price", "hours", "pay_median_usd", "reading", "cost_usd", "when",
)  # fmt: skip
"""Columns in the order in which they are left out where there is no room for them."""

LEAST_TEXT, GAP = 24, 2
"""Characters that a column of text gets at least, and between two columns."""


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
    short = [_short(row) for row in rows]
    names = list(short[0]) if short else []
    widths = {name: _width(name, short) for name in names}
    kept = _kept(widths, console.width)
    fits = _needed(widths, kept) <= console.width
    shown = [_grid(short, kept, widths)] if fits else list(_stacked(short, names))
    count = f"{len(rows)} rows"
    if fits and (out := [name.replace("_", " ") for name in names if name not in kept]):
        count += f"; no room for: {', '.join(out)} (--format csv has all)"
    written(console, stream, [*shown, wrapped(count, style="quiet")])


def _kept(widths: Mapping[str, int], room: int) -> list[str]:
    """Return the columns there is room for: the last ones left out come back where they fit."""
    out: list[str] = []
    for name in DROPPED_FIRST:
        if name in widths and _needed(widths, [*widths.keys() - out]) > room:
            out.append(name)
    for name in reversed(tuple(out)):
        if _needed(widths, [name, *widths.keys() - out]) <= room:
            out.remove(name)
    return [name for name in widths if name not in out]


def _needed(widths: Mapping[str, int], names: Sequence[str]) -> int:
    return sum(widths[name] + GAP for name in names) - GAP


def _width(name: str, rows: Sequence[Mapping[str, str]]) -> int:
    """Return the characters a column needs: an id stays whole, longer text wraps."""
    longest = max(len(row[name]) for row in rows)
    head = max(map(len, name.split("_")))
    return max(head, longest if name == "id" else min(longest, LEAST_TEXT))


def _grid(
    rows: Sequence[Mapping[str, str]], names: Sequence[str], widths: Mapping[str, int]
) -> RenderableType:
    grid = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    for name in names:
        whole = all(len(row[name]) <= widths[name] for row in rows)
        width = widths[name] if whole else None
        grid.add_column(name.replace("_", " "), overflow="fold", width=width)
    for row in rows:
        grid.add_row(*(Text(row[name]) for name in names))
    return grid


def _stacked(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> Iterator[RenderableType]:
    """Yield rows as a list, for where not even id and name have room beside each other."""
    rest = [name for name in names if name not in ("id", "name")]
    for row in rows:
        yield wrapped(row["id"], style="strong")
        yield wrapped(row["name"], indent=2)
        if figures := "; ".join(f"{name.replace('_', ' ')}: {row[name]}" for name in rest):
            yield wrapped(figures, indent=2)


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


NOT_TOLD = ("id", "guide", "prior")
"""Fields that only `--json` prints: what is drawn for an open answer is numbers for the program."""


def _field(key: str, value: Any) -> list[RenderableType]:
    label = key.replace("_", " ")
    if value in (None, [], {}, "") or key in NOT_TOLD:
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
    return [wrapped(f"{label}: {_plain(value).strip()}")]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping) and {"value", "label"} <= set(value):
        return f"{value['value']}: {value['label']}"
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
