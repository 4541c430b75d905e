"""The money of the recommended path: its years, what is to be said of it, and others beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mladvisor.recommendation.money_document import Amount, Money, MoneyNote, MoneyYear
from mladvisor.recommendation.words import rounded
from mladvisor.report import phrases
from mladvisor.report.content.blocks import Block, Extent, Items, Section, Table
from mladvisor.report.content.told import Told

Columns = Sequence[tuple[str, Callable[[MoneyYear], Amount]]]

COLUMNS: Columns = (
    ("before", lambda year: year.preparation_usd),
    ("price", lambda year: year.price_usd),
    ("employer", lambda year: year.employer_usd),
    ("tax", lambda year: year.tax_usd),
    ("loan", lambda year: year.borrowed_usd),
    ("repaid", lambda year: year.repaid_usd),
    ("you pay", lambda year: year.paid_usd),
    ("lost pay", lambda year: year.foregone_pay_usd),
)
"""Column → what it shows; a column of nothing is left out."""

ALWAYS = ("price", "you pay")

BRIEFLY = ("nothing", "payback")
"""What the notes kept are about where there is little room."""

LEGEND = "USD, the mean of all readings; a year is 12 months from today"


def money(told: Told) -> Section:
    """Return the money of the recommended path."""
    account = told.document.money
    title = f"Money over {account.span_years} years: {account.title}"
    if told.depth.whole:
        shown: Sequence[MoneyNote] = account.notes
        blocks: list[Block] = [*_years(account), _costs(told)]
    else:
        shown, blocks = [note for note in account.notes if note.about in BRIEFLY], [_costs(told)]
        title = told.text("money_title")
    notes = [told.cited(note.text, note.sources) for note in shown]
    return Section("money", title, [*blocks, *([Items(notes)] if notes else [])])


def _costs(told: Told) -> Table:
    """Return the own cost of the pick and of the best of the other kinds, drawn to one scale."""
    paths = [path for path in told.best_of_each_kind if path.cost_usd.high or path is told.winner]
    rows = [
        (
            path.title,
            phrases.cost(path).removesuffix(" USD"),
            Extent(phrases.cost(path), path.cost_usd.low, path.cost_usd.high),
        )
        for path in paths
    ]
    picked = next((at for at, path in enumerate(paths) if path is told.winner), None)
    head = ("Path", "Own cost, USD", "") if told.depth.whole else ("", "", "")
    caption = told.text("costs_title") if told.depth.whole else ""
    return Table(caption, head, rows, frozenset({1}), picked=picked, short=True)


def _years(account: Money) -> list[Block]:
    """Return the years as a table of means, or nothing where there is nothing to pay."""
    rows, shown = years(account), columns(account)
    head = ("Year", *(name.capitalize() for name, _ in shown))
    cells = [(name.capitalize(), *(cell(read(row)) for _, read in shown)) for name, row in rows]
    numbers = frozenset(range(1, len(head)))
    return [Table(f"{LEGEND}.", head, cells, numbers, picked=len(cells) - 1)] if rows else []


def years(account: Money) -> list[tuple[str, MoneyYear]]:
    """Return the years with money in them, all later ones and the sum; none if there is none."""
    if not _any(account.total):
        return []
    last = max((at for at, year in enumerate(account.years) if _any(year)), default=0)
    rows = [(str(year.year), year) for year in account.years[: last + 1]]
    rows += [("later", account.later)] if _any(account.later) else []
    return [*rows, ("all", account.total)]


def columns(account: Money) -> Columns:
    """Return the columns that hold something."""
    return [(name, read) for name, read in COLUMNS if name in ALWAYS or _shows(read(account.total))]


def cell(amount: Amount) -> str:
    """Return a mean as it is shown."""
    return f"{rounded(amount.mean):,}"


def _any(year: MoneyYear) -> bool:
    return any(_shows(read(year)) for _, read in COLUMNS)


def _shows(amount: Amount) -> bool:
    return rounded(amount.mean) > 0
