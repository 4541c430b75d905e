"""A report as Markdown: headings, lists and tables; charts are left to the tables beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mladvisor.report.content.blocks import (
    Block,
    Fields,
    Items,
    Line,
    Page,
    Paragraph,
    Part,
    Section,
    Source,
    Table,
)

MARKS = {"for": "+", "against": "−", "mind": "!"}
SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
STARTS = re.compile(r"^(\d*)([-+.)])(?=\s)")
"""What would begin a list at the start of a line."""


def as_markdown(page: Page) -> str:
    """Return the whole report as Markdown, ready for a file or a wiki."""
    text = "\n".join(_lines(page))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (f"# {escaped(page.title)}", "", f"*{escaped(page.question)}*", "")
    for line in page.answer:
        yield from (_line(line), "")
    yield from (escaped(page.facts), "")
    for section in page.sections:
        yield from _section(section)
    if page.sources:
        yield from ("", "## Sources", "")
        yield from map(_source, page.sources)
    yield from ("", "## About this report", "")
    yield from (f"- {escaped(text)}" for text in page.statements)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"## {escaped(section.title)}", "")
    for block in section.blocks:
        yield from _block(block, 3)


def _block(block: Block, level: int) -> Iterator[str]:
    """Yield a block's lines and an empty one; a chart yields nothing, its table stands beside."""
    match block:
        case Paragraph():
            yield _line(block.line)
        case Items():
            yield from _items(block)
        case Table():
            yield from _table(block)
        case Fields():
            yield from _fields(block)
        case Part():
            yield from ("", f"{'#' * level} {escaped(block.title)}", "")
            for inner in block.blocks:
                yield from _block(inner, level + 1)
    yield ""


def _items(items: Items) -> Iterator[str]:
    for at, line in enumerate(items.lines, start=1):
        mark = f"{at}." if items.ordered else "- [ ]" if items.boxes else "-"
        yield f"{mark} {_line(line)}"
        yield from (f"{' ' * len(mark)} - {_line(under)}" for under in line.under)


def _fields(fields: Fields) -> Iterator[str]:
    for label, lines in fields.rows:
        yield f"- **{escaped(label)}**"
        yield from (f"  - {_line(line)}" for line in lines)


def _table(table: Table) -> Iterator[str]:
    yield from (f"{escaped(table.legend)}", "")
    yield _row([escaped(table.head[at]) for at in table.named])
    yield _row(["---:" if at in table.numbers else "---" for at in table.named])
    for at, row in enumerate(table.told):
        cells = [escaped(cell) for cell in row]
        yield _row(
            [f"**{cell}**" if cell else "" for cell in cells] if at == table.picked else cells
        )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    text = escaped(line.text)
    if line.href is not None:
        text = f"[{text}]({_url(line.href)})"
    lead = f"**{escaped(line.said)}** " if line.lead else ""
    mark = f"({MARKS[line.mark]}) " if line.mark else ""
    return f"{mark}{lead}{text}{_cited(line.cites)}"


def _cited(cites: Iterable[int]) -> str:
    numbers = ", ".join(map(str, cites))
    return rf" \[{numbers}\]" if numbers else ""


def _source(source: Source) -> str:
    title = escaped(source.title)
    title = f"[{title}]({_url(source.url)})" if source.url else title
    return f"{source.number}. {title} ({escaped(source.facts)})"


def _url(url: str) -> str:
    """Return an address as it may stand in parentheses."""
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found.group()):02X}", url)


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no markup and no HTML in it takes effect."""
    plain = SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return STARTS.sub(r"\1\\\2", plain)
