"""The options at a terminal: one after the other, each with the same fields."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from mladvisor.report.content.blocks import Fields, Line, Page
from mladvisor.report.style import THEME, heading, wrapped
from mladvisor.report.terminal import MOST_COLUMNS, written


def print_options(page: Page, stream: TextIO, *, width: int | None = None) -> None:
    """Print the options to `stream`, as wide as its terminal but at most 100 columns."""
    console = Console(file=stream, theme=THEME, highlight=False, width=width)
    console.width = min(console.width, MOST_COLUMNS)
    written(console, stream, _parts(page))


def options_text(page: Page) -> str:
    """Return the options as plain text for a file."""
    stream = io.StringIO()
    print_options(page, stream, width=MOST_COLUMNS)
    return stream.getvalue()


def _parts(page: Page) -> Iterator[RenderableType]:
    yield Text(page.title, style="headline")
    yield Text(page.question)
    for line in page.answer:
        yield Text(line.text)
    yield Text(page.facts, style="quiet")
    for section in page.sections:
        yield from (Text(), heading(section.title))
        for block in section.blocks:
            if isinstance(block, Fields):
                yield from _fields(block)
    yield from (Text(), heading("Sources"))
    for at, source in enumerate(page.sources, start=1):
        address = f" {source.url}" if source.url else ""
        yield wrapped(f"{source.title} ({source.facts}){address}", mark=f"[{at}]")
    yield Text()
    yield from (Text(text, style="quiet") for text in page.statements)


def _fields(fields: Fields) -> Iterator[RenderableType]:
    for label, lines in fields.rows:
        if len(lines) == 1:
            yield Text.assemble((f"{label}: ", "strong"), _shown(lines[0]))
            continue
        yield Text(f"{label}:", style="strong")
        yield from (wrapped(_shown(line), mark="-", indent=2) for line in lines)


def _shown(line: Line) -> str:
    cited = f" [{', '.join(map(str, line.cites))}]" if line.cites else ""
    return f"{line.text}{cited}"
