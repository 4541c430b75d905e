"""What is due, given, borrowed and paid on a path, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from mladvisor.money.years import folded

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

    def by_year(self, flow: Flow) -> Floats:
        """Return (span_years + 1, scenarios): the last row is all that is later."""
        return self._of(flow)[:-1]

    def within(self, flow: Flow) -> Floats:
        """Return all years of the span together, (scenarios,)."""
        within: Floats = self._of(flow)[:-2].sum(axis=0)
        return within

    def whole(self, flow: Flow) -> Floats:
        """Return all years together, (scenarios,)."""
        whole: Floats = self._of(flow)[-1]
        return whole

    def _of(self, flow: Flow) -> Floats:
        return self.usd[self.row[flow]] if flow in self.row else np.zeros(self.usd.shape[1:])


def flows(by_year: Mapping[Flow, Floats], span_years: int) -> Flows:
    """Return flows by year, (years, scenarios), as those of a span."""
    distinct = {id(usd): usd for usd in by_year.values()}
    place = {each: at for at, each in enumerate(distinct)}
    return Flows(
        usd=np.array([folded(usd, span_years) for usd in distinct.values()]),
        row={flow: place[id(usd)] for flow, usd in by_year.items()},
    )
