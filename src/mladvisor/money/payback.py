"""What rise in pay, kept for how long, pays a path back: a question, not a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mladvisor.axes import middle
from mladvisor.knowledge.load import Knowledge
from mladvisor.money.account import Account
from mladvisor.paths.money import pay_usd_per_month
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

SHORTEST_YEARS = 0.25
"""A rise kept for a shorter rest of the span is not worth asking about."""


@dataclass(frozen=True, eq=False)
class Payback:
    """The rise in pay before tax that pays all back in one year; in n years, an n-th of it does.

    `least_usd`: with the tax credit, `most_usd`: without it; `of_pay`: `most_usd` as a share of the
    yearly pay assumed; all of shape (scenarios,). `kept`: the years after the end to ask about.
    """

    least_usd: Floats
    most_usd: Floats
    of_pay: Floats
    kept: tuple[Kept, ...]


class Kept(NamedTuple):
    """For how long a rise is kept; `to_end_of_span`: for all that is left of the span."""

    years: float
    to_end_of_span: bool


def payback(account: Account, scores: Scores, knowledge: Knowledge) -> Payback:
    """Return the rise before tax. Own money is after tax, pay given up is before it.

    rise × years = (own − credit + cost of the loan) / (1 − tax) + pay given up
    """
    whole, after_tax = account.flows.whole, 1 - account.study.pays.tax_rate
    own, foregone = account.cost_usd, whole("foregone_usd")
    most = own / after_tax + foregone
    pay: Any = 12 * pay_usd_per_month(scores.scenarios, knowledge.settings)[:, 0]
    return Payback(
        least_usd=(own - whole("credit_usd")) / after_tax + foregone,
        most_usd=most,
        of_pay=most / pay,
        kept=tuple(_kept(account, knowledge)),
    )


def _kept(account: Account, knowledge: Knowledge) -> Iterator[Kept]:
    """Yield the rest of the span, if there is one, and a longer stated time."""
    left = round(account.span_years - middle(account.study.end_months) / 12, 1)
    if left >= SHORTEST_YEARS:
        yield Kept(left, to_end_of_span=True)
    stated = knowledge.money["payback-years"].interval()[0]
    if stated > left:
        yield Kept(stated, to_end_of_span=False)
