"""Tables at a terminal: in columns where there is room, else a list with the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from mladvisor.report.content.blocks import Cell, Extent, Table, Timeline, words
from mladvisor.report.style import wrapped
from mladvisor.report.terminal import bars
from mladvisor.report.terminal.paper import WIDE, Paper

BAR, WIDE_BAR, NARROW_BAR = 12, 20, 32
"""Characters of the longest bar: in columns, in columns of a wide screen, on a line of its own."""

GAP = 2
LEAST_NAME = 22
"""Characters that a row's name gets at least; a table that has no room for it becomes a list."""


def table_lines(table: Table, paper: Paper) -> list[RenderableType]:
    """Return a table with its caption."""
    caption = paper.letters(table.caption if paper.plain else table.legend)
    head = [wrapped(caption, style="quiet")] if caption else []
    if paper.narrow or _needed(table, _shown(table, paper), paper) > paper.width:
        return [*head, *_list(table, paper)]
    return [*head, _grid(table, paper)]


def shows(table: Table, at: int, paper: Paper) -> bool:
    """Say whether a column is shown."""
    return at in _shown(table, paper)


def timeline(chart: Timeline) -> Table:
    """Return a time line as a table: each stage with its hours and a bar over its time."""
    rows: list[tuple[Cell, ...]] = [
        (
            span.label,
            f"{span.hours:,.0f} hours",
            chart.when(span),
            Extent("", span.begins, span.ends),
        )
        for span in chart.spans
    ]
    return Table("", ("", "", "", ""), rows, frozenset({1, 2}))


def _shown(table: Table, paper: Paper) -> list[int]:
    """Return the columns there is room for; of extra ones a list has none, unless it is short."""
    shown = list(range(len(table.head)))
    if paper.narrow and table.short:
        return shown
    for at in table.extra:
        if paper.narrow or _needed(table, shown, paper) > paper.width:
            shown.remove(at)
    return shown


def _extents(table: Table, at: int) -> list[Extent]:
    return [cell for row in table.rows if isinstance(cell := row[at], Extent)]


def _bar_width(paper: Paper) -> int:
    return WIDE_BAR if paper.width >= WIDE else BAR


def _width(table: Table, at: int, paper: Paper) -> int:
    """Return the room a column needs."""
    if _extents(table, at):
        return _bar_width(paper)
    stars = 0 if at != table.names else max(map(len, map(table.star, range(len(table.rows)))))
    longest = max((len(words(row[at])) for row in table.rows), default=0) + stars
    needed = max(longest, len(table.head[at]))
    return min(needed, LEAST_NAME) if at not in table.numbers else needed


def _needed(table: Table, shown: Sequence[int], paper: Paper) -> int:
    gap = _gap(paper)
    return _mark_width(table, gap) + sum(gap + _width(table, at, paper) for at in shown) - gap


def _gap(paper: Paper) -> int:
    return GAP if paper.width >= WIDE else 1


def _mark_width(table: Table, gap: int) -> int:
    return 0 if table.picked is None else 1 + gap


def _grid(table: Table, paper: Paper) -> RenderableType:
    shown = _shown(table, paper)
    header = any(table.head[at] for at in shown)
    grid = Grid(
        box=None,
        pad_edge=False,
        padding=(0, _gap(paper), 0, 0),
        show_edge=False,
        show_header=header,
    )
    if table.picked is not None:
        grid.add_column("", width=1, min_width=1)
    for at in shown:
        _add_column(grid, table, at, paper)
    for number in range(len(table.rows)):
        mark = [] if table.picked is None else [_mark(table, number, paper)]
        cells = [_cell(table, number, at, paper, shown) for at in shown]
        grid.add_row(*mark, *cells)
    return grid


def _add_column(grid: Grid, table: Table, at: int, paper: Paper) -> None:
    name, extents = paper.letters(_head(table, at)), _extents(table, at)
    if extents:
        name = bars.head(bars.scale_of(extents), _bar_width(paper), name)
        grid.add_column(Text(name), width=_bar_width(paper), no_wrap=True)
    elif at == table.names:
        grid.add_column(Text(name), ratio=1, overflow="fold", no_wrap=table.short)
    elif at in table.numbers:
        grid.add_column(Text(name), justify="right", no_wrap=True)
    else:
        grid.add_column(Text(name), overflow="fold")


def _cell(table: Table, number: int, at: int, paper: Paper, shown: Sequence[int]) -> Text:
    cell = table.rows[number][at]
    if isinstance(cell, Extent):
        scale = bars.scale_of(_extents(table, at))
        return bars.drawn(cell, scale, _bar_width(paper), paper.signs)
    text, star = paper.letters(cell), table.star(number) if at == table.names else ""
    if table.short and at == table.names:
        gap = _gap(paper)
        others = sum(gap + _width(table, other, paper) for other in shown if other != at)
        text = paper.cut(text, paper.width - others - _mark_width(table, gap) - len(star))
    return Text(text + star)


def _head(table: Table, at: int) -> str:
    """Return the name of a column as it stands in the middle of a line."""
    name = table.head[at]
    return f"{name[:1].lower()}{name[1:]}"


def _mark(table: Table, number: int, paper: Paper) -> str:
    return paper.signs.pick if number == table.picked else ""


def _list(table: Table, paper: Paper) -> Iterator[RenderableType]:
    shown = _shown(table, paper)
    for number, row in enumerate(table.rows):
        mark = _mark(table, number, paper) or "-"
        star, said = ("", table.mark_text) if paper.plain else (table.star(number), "")
        name = paper.letters(_row_name(table, row)) + star
        rest = [at for at in shown if at != table.names]
        parts = [_figure(table, row, at) for at in rest if _says(row[at], paper)]
        figures = "; ".join([*parts, *([said] if said and number in table.marked else [])])
        yield wrapped(name, mark=mark, style="strong")
        if figures:
            yield wrapped(paper.letters(figures), indent=2)
        for at in rest:
            cell = row[at]
            if isinstance(cell, Extent) and not paper.plain:
                yield _bar_line(cell, bars.scale_of(_extents(table, at)), paper)


def _row_name(table: Table, row: Sequence[Cell]) -> str:
    """Return what a row is about; a bare number is told with what it numbers."""
    name = words(row[table.names])
    return f"{table.head[table.names].lower()} {name}" if name.isdigit() else name


def _says(cell: Cell, paper: Paper) -> bool:
    """Say whether a cell has words in a list: a bar has them only where none is drawn."""
    return bool(words(cell)) and (paper.plain or not isinstance(cell, Extent))


def _figure(table: Table, row: Sequence[Cell], at: int) -> str:
    name = _head(table, at)
    return f"{name}: {words(row[at])}" if name else words(row[at])


def _bar_line(extent: Extent, scale: bars.Scale, paper: Paper) -> RenderableType:
    width = min(NARROW_BAR, paper.width - 2)
    return Text("  ").append_text(bars.drawn(extent, scale, width, paper.signs))
