"""The blocks a report is made of. They hold plain text; each format escapes and lays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Extent:
    """A stretch from `low` to `high` to be drawn as a bar, and the same in words.

    Bars that stand together share one scale, which holds zero. Where `low` is below zero, that
    side speaks against. A format that draws no bars says the words.
    """

    words: str
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """A sentence or so: `lead` stands out before it, `cites` are numbers of the source list.

    `points` are drawn between lead and text, or said with the lead. `href` makes the text a link to
    a page. `mark` is a word for good, bad or mind: "for", "against", "mind"; the formats show it as
    a sign with that name. `under`: lines that belong to it, in a list below it.
    """

    text: str
    lead: str = ""
    cites: tuple[int, ...] = ()
    href: str | None = None
    mark: str = ""
    under: tuple[Line, ...] = ()
    points: Extent | None = None

    @property
    def said(self) -> str:
        """The lead with the points in words."""
        return f"{self.lead} {self.points.words}." if self.points is not None else self.lead


@dataclass(frozen=True)
class Paragraph:
    """A line by itself; `tone`: "" as it is, "strong", or "quiet" for what only explains.

    `explains`: a column of a table. Where that is not shown the line is left out.
    """

    line: Line
    tone: str = ""
    explains: tuple[Table, int] | None = None
    kind: str = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list; `ordered` where the order means something, `boxes` where it is to be checked off.

    `scale`: least and most of all points that are to be compared. `most_lines`: where the room is
    counted in lines, each text ends at the last sentence or word that fits into so many.
    """

    lines: Sequence[Line]
    ordered: bool = False
    boxes: bool = False
    scale: tuple[float, float] = (0.0, 0.0)
    most_lines: int | None = None
    kind: str = "items"


Cell = str | Extent


@dataclass(frozen=True)
class Table:
    """A table; columns count from 0: `numbers` hold numbers, `names` says what a row is about.

    `extra` columns are left out one by one, the first one first, where there is no room for them.
    `short`: names may be cut, as they stand in full elsewhere, and no column is missing where there
    are none but a list. `marked` rows have a star at their
    name, and `mark_text` says what it means; where tables are read aloud it is said in words.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: frozenset[int] = frozenset()
    names: int = 0
    picked: int | None = None
    extra: tuple[int, ...] = ()
    short: bool = False
    marked: frozenset[int] = frozenset()
    mark_text: str = ""
    kind: str = "table"

    @property
    def told(self) -> Sequence[Sequence[str]]:
        """The rows in words, without columns that only draw what stands beside."""
        return [
            [words(row[at]) + (self.star(number) if at == self.names else "") for at in self.named]
            for number, row in enumerate(self.rows)
        ]

    @property
    def legend(self) -> str:
        """The caption, with what the star means where a row has one."""
        return f"{self.caption}; * {self.mark_text}" if self.marked else self.caption

    def star(self, number: int) -> str:
        """Return what stands behind a row's name: a star where the row is marked."""
        return " *" if number in self.marked else ""

    @property
    def named(self) -> Sequence[int]:
        """The columns that have a name; one without draws the figures beside it."""
        return [at for at, name in enumerate(self.head) if name]


def words(cell: Cell) -> str:
    """Return a cell in words."""
    return cell if isinstance(cell, str) else cell.words


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
    """One stage on the time line, from the start, with its hours of work."""

    label: str
    begins: float
    ends: float
    hours: float


@dataclass(frozen=True)
class Timeline:
    """Stages one after the other; `unit`: "months" or "hours"."""

    title: str
    text: str
    spans: Sequence[Span]
    unit: str
    kind: str = "timeline"

    def when(self, span: Span) -> str:
        """Return from when to when a stage goes, or in which unit where it is short."""
        begins, ends = round(span.begins), round(span.ends)
        if begins < ends:
            return f"{self.unit} {begins:,} to {ends:,}"
        one = self.unit.removesuffix("s")
        return f"under a {one}" if not begins else f"{one} {ends:,}"


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
    """A page that lines cite by its number."""

    number: int
    title: str
    facts: str
    url: str | None


@dataclass(frozen=True)
class Page:
    """A whole report: what is decided, the answer, the sections, the sources, what it rests on.

    `brief`: where the room is counted in lines, titles and sources may be cut to one.
    """

    title: str
    question: str
    answer: Sequence[Line]
    sections: Sequence[Section]
    sources: Sequence[Source]
    statements: Sequence[str]
    facts: str
    brief: bool = False
