"""The money of a path in the terminal report: its years in a small table, then sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mladvisor.recommendation.money_document import Amount, Money, MoneyYear
from mladvisor.recommendation.words import rounded
from mladvisor.report.style import View, heading, wrapped

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

WIDEST = len("100,000")
"""Characters of the usual largest amount; a table that needs more room becomes a list."""


def money_section(view: View) -> RenderableType:
    """Return the money of the recommended path."""
    money = view.document.money
    lines = [wrapped(note.text + view.cited(note.sources), mark="-") for note in money.notes]
    title = heading(f"Money over {money.span_years} years: {money.title}")
    return Group(title, *year_table(money, view.width), *lines)


LEGEND = "USD, the mean of all readings; a year is 12 months from today"


def years(money: Money) -> list[tuple[str, MoneyYear]]:
    """Return the years with money in them, all later ones and the sum; none if there is none."""
    if not _any(money.total):
        return []
    last = max((at for at, year in enumerate(money.years) if _any(year)), default=0)
    rows = [(str(year.year), year) for year in money.years[: last + 1]]
    rows += [("later", money.later)] if _any(money.later) else []
    return [*rows, ("all", money.total)]


def columns(money: Money) -> Columns:
    """Return the columns that hold something."""
    return [(name, read) for name, read in COLUMNS if name in ALWAYS or _shows(read(money.total))]


def cell(amount: Amount) -> str:
    """Return a mean as it is shown."""
    return f"{rounded(amount.mean):,}"


def year_table(money: Money, width: int) -> list[RenderableType]:
    """Return the years as a table of means, or nothing where there is nothing to pay."""
    rows, shown = years(money), columns(money)
    if not rows:
        return []
    head = Text(LEGEND, "quiet")
    needed = len("later") + sum(2 + max(len(name), WIDEST) for name, _ in shown)
    if needed > width:
        return [head, *(_line(label, year, shown) for label, year in rows)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("year")
    for name, _ in shown:
        table.add_column(name, justify="right")
    for label, year in rows:
        table.add_row(label, *(cell(read(year)) for _, read in shown))
    return [head, table]


def _line(label: str, year: MoneyYear, shown: Columns) -> RenderableType:
    """Return a year as a line of its own, with what is not nothing in it."""
    parts = [
        f"{name} {cell(read(year))}" for name, read in shown if name in ALWAYS or _shows(read(year))
    ]
    name = f"year {label}" if label.isdigit() else label
    return wrapped(", ".join(parts), mark=f"{name}:")


def _any(year: MoneyYear) -> bool:
    return any(_shows(read(year)) for _, read in COLUMNS)


def _shows(amount: Amount) -> bool:
    return rounded(amount.mean) > 0
