"""What rise in pay, kept for how long, pays a path back: a question, not a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
class Rise:
    """A rise in pay before tax that pays all back when kept for so many years after the end.

    `least`: with the tax credit, `most`: without it; USD a year, (scenarios,). `of_pay`: `most` as
    a share of the pay assumed.
    """

    kept_years: float
    to_end_of_span: bool
    least_usd: Floats
    most_usd: Floats
    of_pay: Floats


def rises(account: Account, scores: Scores, knowledge: Knowledge) -> Iterator[Rise]:
    """Yield the rise for the rest of the span, if there is one, and for a longer stated time."""
    left = round(account.span_years - middle(account.months[:, 0]) / 12, 1)
    if left >= SHORTEST_YEARS:
        yield _rise(account, scores, knowledge, left, to_end_of_span=True)
    stated = knowledge.money["payback-years"].interval()[0]
    if stated > left:
        yield _rise(account, scores, knowledge, stated, to_end_of_span=False)


def _rise(
    account: Account, scores: Scores, knowledge: Knowledge, years: float, *, to_end_of_span: bool
) -> Rise:
    """Return the rise before tax. Own money is after tax, pay given up is before it.

    rise = ((own − credit + cost of the loan) / (1 − tax) + pay given up) / years
    """
    own = account.own_usd.sum(axis=1) + account.loan.cost_usd[:, 0]
    credit = account.credit_usd.sum(axis=1)
    foregone = account.foregone_usd.sum(axis=1)
    kept = 1 - account.tax_rate[:, 0]
    most = (own / kept + foregone) / years
    pay: Any = 12 * pay_usd_per_month(scores.scenarios, knowledge.settings)[:, 0]
    return Rise(
        kept_years=years,
        to_end_of_span=to_end_of_span,
        least_usd=((own - credit) / kept + foregone) / years,
        most_usd=most,
        of_pay=most / pay,
    )
