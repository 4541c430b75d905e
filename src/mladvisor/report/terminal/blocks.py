"""Each block of a report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from mladvisor.report.content.blocks import (
    Block,
    Extent,
    Fields,
    Items,
    Line,
    Paragraph,
    Part,
    Table,
    Timeline,
)
from mladvisor.report.style import points_style, wrapped
from mladvisor.report.terminal import bars
from mladvisor.report.terminal.paper import WIDE, Paper
from mladvisor.report.terminal.tables import shows, table_lines, timeline

MARKS = {"for": "+", "against": "-", "mind": "!"}
LABEL, POINTS = 10, 5
"""Columns of a criterion's name and points."""

BAR, WIDE_BAR = 10, 20


def block_lines(block: Block, paper: Paper) -> Iterator[RenderableType]:
    """Yield a block's lines; of pictures only time lines, as the others stand in lists beside."""
    match block:
        case Paragraph():
            yield from _paragraph(block, paper)
        case Items():
            yield from _items(block, paper)
        case Table():
            yield from table_lines(block, paper)
        case Timeline():
            yield from table_lines(timeline(block), paper)
        case Fields():
            yield from _fields(block, paper)
        case Part():
            yield Text()
            yield wrapped(paper.letters(block.title), style="strong")
            for inner in block.blocks:
                yield from block_lines(inner, paper)


def cited(line: Line) -> str:
    """Return the numbers of a line's sources, as " [3, 7]"."""
    return f" [{', '.join(map(str, line.cites))}]" if line.cites else ""


def _paragraph(block: Paragraph, paper: Paper) -> Iterator[RenderableType]:
    if block.explains is not None and not shows(*block.explains, paper):
        return
    line = block.line
    text = Text(f"{paper.letters(line.said)} " if line.lead else "", style=block.tone or "")
    text.append(paper.letters(line.text + cited(line)), style=block.tone)
    if line.href is not None:
        text.append(f": {line.href}", style=block.tone)
    yield _folded(text)


def _folded(text: Text) -> RenderableType:
    grid = Grid.grid()
    grid.add_column(overflow="fold")
    grid.add_row(text)
    return grid


def _items(items: Items, paper: Paper) -> Iterator[RenderableType]:
    drawn = any(line.points is not None for line in items.lines)
    for at, line in enumerate(items.lines, start=1):
        if line.points is not None:
            yield from _points(line, line.points, items, paper)
        else:
            mark = f"{at}." if items.ordered else "" if drawn else _mark(line, items)
            yield _line(line, items, paper, mark)
        for under in line.under:
            yield _under(under, drawn, paper)


def _mark(line: Line, items: Items) -> str:
    return MARKS.get(line.mark, "[ ]" if items.boxes else "-")


def _line(line: Line, items: Items, paper: Paper, mark: str) -> RenderableType:
    lead = f"{line.lead} " if line.lead else ""
    room = paper.width - (len(mark) + 1 if mark else 0)
    text = paper.letters(lead + line.text), paper.letters(cited(line))
    return wrapped(paper.shortened(*text, room, items.most_lines), mark=mark)


def _under(line: Line, drawn: bool, paper: Paper) -> RenderableType:
    mark = MARKS.get(line.mark, paper.signs.point)
    text = paper.letters(line.text + cited(line))
    return wrapped(text, mark=mark, indent=7 if drawn else 2, style="quiet")


def _points(line: Line, points: Extent, items: Items, paper: Paper) -> Iterator[RenderableType]:
    """Yield what a criterion adds or takes away: the number, a bar, and why."""
    style = points_style(points.low + points.high)
    number, label = Text(points.words, style=style), Text(line.lead, style="strong")
    width = WIDE_BAR if paper.width >= WIDE else BAR
    bar = bars.drawn(points, items.scale, width, paper.signs)
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=POINTS, justify="right")
    grid.add_column(width=LABEL)
    if paper.narrow:
        grid.add_column(overflow="fold")
        grid.add_row(number, label, Text("") if paper.plain else bar)
        yield grid
        yield _reason(line, items, paper)
        return
    room = paper.width - POINTS - LABEL - width - 4
    grid.add_column(width=width, no_wrap=True)
    grid.add_column(overflow="fold", width=room)
    text = paper.letters(line.text), paper.letters(cited(line))
    grid.add_row(number, label, bar, Text(paper.shortened(*text, room, items.most_lines)))
    yield grid


def _reason(line: Line, items: Items, paper: Paper) -> RenderableType:
    text = paper.letters(line.text), paper.letters(cited(line))
    return wrapped(paper.shortened(*text, paper.width - 6, items.most_lines), indent=6)


def _fields(fields: Fields, paper: Paper) -> Iterator[RenderableType]:
    for label, lines in fields.rows:
        texts = [paper.letters(line.text + cited(line)) for line in lines]
        if len(texts) == 1:
            yield _folded(Text.assemble((f"{label}: ", "strong"), texts[0]))
            continue
        yield Text(f"{label}:", style="strong")
        yield from (wrapped(text, mark="-", indent=2) for text in texts)
