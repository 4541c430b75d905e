"""A page at a terminal: the answer first, the sources and what it rests on last."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from mladvisor.report.content.blocks import Page, Section, Source
from mladvisor.report.style import heading, wrapped
from mladvisor.report.terminal.blocks import block_lines
from mladvisor.report.terminal.paper import MOST_COLUMNS, Paper, opened

NARROW_LINES = 2
"""Lines of a source in a short report where one has no room for its title."""


def print_page(
    page: Page, stream: TextIO, *, width: int | None = None, plain: bool = False
) -> None:
    """Print a page to `stream`, as wide as its terminal but at most 100 columns.

    `plain`: no color, no bars, and lists in place of tables, for reading aloud.
    """
    writer = opened(stream, width=width, plain=plain)
    writer.write(_page(page, writer.paper))


def page_text(page: Page, *, plain: bool = False) -> str:
    """Return a page as plain text for a file."""
    stream = io.StringIO()
    print_page(page, stream, width=MOST_COLUMNS, plain=plain)
    return stream.getvalue()


def _page(page: Page, paper: Paper) -> Iterator[RenderableType]:
    yield from head_lines(page, paper)
    for section in page.sections:
        yield Text()
        yield from section_lines(section, paper)
    if page.sources:
        yield from (Text(), heading("Sources"))
        yield from (_source(source, paper, brief=page.brief) for source in page.sources)
    yield Text()
    yield from (wrapped(paper.letters(text), style="quiet") for text in page.statements)


def head_lines(page: Page, paper: Paper) -> Iterator[RenderableType]:
    """Yield what is decided, the answer, and of which day it is."""
    yield wrapped(paper.letters(page.question), style="quiet")
    yield wrapped(paper.letters(page.title), style="headline")
    yield from (wrapped(paper.letters(line.text)) for line in page.answer)
    yield wrapped(paper.letters(page.facts), style="quiet")


def section_lines(section: Section, paper: Paper) -> Iterator[RenderableType]:
    """Yield a section with its title."""
    yield heading(paper.letters(section.title))
    for block in section.blocks:
        yield from block_lines(block, paper)


def _source(source: Source, paper: Paper, *, brief: bool) -> RenderableType:
    mark, facts = f"[{source.number}]", f" ({source.facts})"
    if brief:
        title, room = paper.letters(source.title), paper.width - len(mark) - 1
        if paper.narrow:
            return wrapped(paper.cut_after_word(title, facts, room, NARROW_LINES), mark=mark)
        return wrapped(paper.cut(title, room - len(facts)) + facts, mark=mark)
    address = f" {source.url}" if source.url else ""
    return wrapped(paper.letters(f"{source.title}{facts}{address}"), mark=mark)
