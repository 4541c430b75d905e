"""The blocks a report is made of. They hold plain text; each format escapes and lays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A sentence or so: `lead` stands out before it, `cites` are numbers of the source list.

    `href` makes the text a link to a page. `mark` is a word for good, bad or mind: "for",
    "against", "mind"; the formats show it as a sign with that name. `under`: lines that belong to
    it, in a list below it.
    """

    text: str
    lead: str = ""
    cites: tuple[int, ...] = ()
    href: str | None = None
    mark: str = ""
    under: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A line by itself; `tone`: "" as it is, "strong", or "quiet" for what only explains."""

    line: Line
    tone: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list; `ordered` where the order means something."""

    lines: Sequence[Line]
    ordered: bool = False
    kind: str = "items"


@dataclass(frozen=True)
class Table:
    """A table; columns count from 0: `numbers` hold numbers, `names` says what a row is about."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    names: int = 0
    picked: int | None = None
    kind: str = "table"


@dataclass(frozen=True)
class Fields:
    """Names with what stands under them, the same for every option."""

    rows: Sequence[tuple[str, Sequence[Line]]]
    kind: str = "fields"


@dataclass(frozen=True)
class Bar:
    """One bar from zero: to the right for, to the left against."""

    label: str
    value: float


@dataclass(frozen=True)
class Bars:
    """Points by criterion. `scale`: the longest bar of all charts that are to be compared."""

    title: str
    text: str
    bars: Sequence[Bar]
    scale: float
    kind: str = "bars"


@dataclass(frozen=True)
class Dot:
    """One path: its number in the ranking, months across, a range of USD up."""

    number: int
    label: str
    months: float
    low_usd: float
    high_usd: float
    picked: bool


@dataclass(frozen=True)
class Scatter:
    """Cost against time of several paths."""

    title: str
    text: str
    dots: Sequence[Dot]
    kind: str = "scatter"


@dataclass(frozen=True)
class Span:
    """One stage on the time line, from the start."""

    label: str
    begins: float
    ends: float


@dataclass(frozen=True)
class Timeline:
    """Stages one after the other; `unit`: "months" or "hours"."""

    title: str
    text: str
    spans: Sequence[Span]
    unit: str
    kind: str = "timeline"


Chart = Bars | Scatter | Timeline
"""A picture. What it shows stands in a table or list beside it, for those who can't see it."""


@dataclass(frozen=True)
class Part:
    """A part of a section with a title of its own."""

    title: str
    blocks: Sequence[Block]
    kind: str = "part"


Block = Paragraph | Items | Table | Fields | Bars | Scatter | Timeline | Part


@dataclass(frozen=True)
class Section:
    """A section with its title, and the id that links lead to."""

    id: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class Source:
    """A page that lines cite by its number in the list."""

    title: str
    facts: str
    url: str | None


@dataclass(frozen=True)
class Page:
    """A whole report: what is decided, the answer, the sections, the sources, what it rests on."""

    title: str
    question: str
    answer: Sequence[Line]
    sections: Sequence[Section]
    sources: Sequence[Source]
    statements: Sequence[str]
    facts: str
