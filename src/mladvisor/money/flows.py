"""What is due, given, borrowed and paid on a path, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Flow = Literal[
    "preparation_usd",
    "due_usd",
    "given_usd",
    "tax_usd",
    "own_usd",
    "foregone_usd",
    "credit_usd",
    "borrowed_usd",
    "repaid_usd",
    "paid_usd",
]
"""`due_usd` = tuition, fees and courses; `own_usd` = preparation + due − given by the employer +
tax on that; `paid_usd` = own − borrowed + repaid. `credit_usd`: the most the tax credit gives
back, which is in none of the others."""


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows of a path over a span of years.

    `usd`: (rows, span_years + 2, scenarios): the years of the span, all later ones, all together.
    `row` of each flow: one that is nothing has none, and some share one: who borrows nothing pays
    what is their own. So nothing is worked out twice.
    """

    usd: Floats
    row: Mapping[Flow, int]

    def within(self, flow: Flow) -> Floats:
        """Return all years of the span together, (scenarios,)."""
        within: Floats = self._of(flow, slice(0, -2)).sum(axis=0)
        return within

    def whole(self, flow: Flow) -> Floats:
        """Return all years together, (scenarios,)."""
        return self._of(flow, -1)

    def _of(self, flow: Flow, years: slice | int) -> Floats:
        row = self.row.get(flow)
        return self.usd[row, years] if row is not None else np.zeros_like(self.usd[0, years])


def flows(by_year: Mapping[Flow, Floats], span_years: int) -> Flows:
    """Return flows by year, (years, scenarios), as those of a span: an array given twice is one."""
    distinct = {id(usd): usd for usd in by_year.values()}
    place = {each: at for at, each in enumerate(distinct)}
    found = np.zeros((len(distinct), span_years + 2, by_year["due_usd"].shape[1]))
    for row, usd in zip(found, distinct.values(), strict=True):
        row[: min(len(usd), span_years)] = usd[:span_years]
        if len(usd) > span_years:
            usd[span_years:].sum(axis=0, out=row[-2])
        usd.sum(axis=0, out=row[-1])
    return Flows(found, {flow: place[id(usd)] for flow, usd in by_year.items()})
