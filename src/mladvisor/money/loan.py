"""Federal graduate loans: what may be borrowed under the limits, and what it costs to pay back.

The rules and rates stand in data/money.toml. Interest runs from the day the money is paid out, is
added to what is owed when payments begin, and a fixed payment a month pays it off:
payment = owed × i / (1 − (1 + i)^−n), with i the rate a month and n the months of repayment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.money.years import months_in_years, years_until
from mladvisor.sequences import scattered

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LoanTerms:
    """Limits in USD, rates as shares; `part_time_share` and `rate` of shape (scenarios,).

    `repayment_years`: [owed from USD, years] pairs, rising.
    """

    year_usd: float
    all_usd: float
    part_time_share: Any
    rate: Any
    fee: float
    grace_months: float
    repayment_years: Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Loan:
    """A loan by year, (years, scenarios), and in all, (scenarios,), in USD.

    `received_usd` is what comes out after the fee; `beyond_usd` is what was wanted above the
    limits. `owed_usd`: at the first payment, with interest; `payment_usd`: a month.
    """

    received_usd: Floats
    beyond_usd: Floats
    repaid_usd: Floats
    owed_usd: Floats
    payment_usd: Floats
    repayment_months: Floats

    @cached_property
    def cost_usd(self) -> Floats:
        """Fee and interest: all that is paid back, less what was received."""
        cost: Floats = self.payment_usd * self.repayment_months - self.received_usd.sum(axis=0)
        return cost


@lru_cache(maxsize=8)
def loan_terms(knowledge: Knowledge, size: int) -> LoanTerms:
    """Return the terms, uncertain ones drawn within their range."""
    figure = {name: row.interval() for name, row in knowledge.money.items() if row.about == "loan"
              and row.figure.unknown is None}  # fmt: skip

    def between(name: str) -> Floats:
        low, high = figure[name]
        drawn: Floats = low + scattered(name, size) * (high - low)
        return drawn

    return LoanTerms(
        year_usd=figure["loan-year"][0],
        all_usd=figure["loan-all"][0],
        part_time_share=between("loan-part-time-share"),
        rate=between("loan-rate"),
        fee=figure["loan-fee"][0],
        grace_months=figure["loan-grace-months"][0],
        repayment_years=knowledge.money["loan-repayment-years"].steps,
    )


def take_loan(
    need_usd: Floats, wanted_usd: Any, start: Any, length: Any, share: Any, terms: LoanTerms
) -> Loan:
    """Return the loan for what is needed of one's own money in each year, up to what is wanted.

    Args:
        need_usd: (years, scenarios), what the person pays in each year.
        wanted_usd: (scenarios,), how much of that is to be borrowed in all.
        start: months until study begins, (scenarios,).
        length: months of study, (scenarios,).
        share: of the yearly limit that is open, (scenarios,): 0 where there is no such loan.
        terms: limits, rates and times.
    """
    received, beyond, principal = np.zeros((3, *need_usd.shape))
    left = wanted_usd
    for year, need in enumerate(need_usd):
        wanted = np.minimum(left, need)
        open_usd = np.minimum(terms.year_usd * share, terms.all_usd - principal.sum(axis=0))
        principal[year] = np.minimum(wanted / (1 - terms.fee), open_usd)
        received[year] = principal[year] * (1 - terms.fee)
        beyond[year] = wanted - received[year]
        left = left - wanted
    begins = start + length + terms.grace_months
    owed = _owed(principal, start, length, begins, terms)
    months = 12 * _repayment_years(owed, terms)
    payment = _payment(owed, terms.rate / 12, months)
    return Loan(
        received_usd=received,
        beyond_usd=beyond,
        repaid_usd=payment * months_in_years(begins, months, years_until(begins + months)),
        owed_usd=owed,
        payment_usd=payment,
        repayment_months=months,
    )


def _owed(principal: Floats, start: Any, length: Any, begins: Any, terms: LoanTerms) -> Floats:
    """Return what is owed when payments begin, each year's loan paid out evenly over its study."""
    year_begins = 12.0 * np.arange(len(principal))[:, None]
    from_, to = np.maximum(start, year_begins), np.minimum(start + length, year_begins + 12)
    waiting = np.maximum(begins - (from_ + to) / 2, 0) / 12
    owed: Floats = (principal * (1 + terms.rate * waiting)).sum(axis=0)
    return owed


def _repayment_years(owed: Floats, terms: LoanTerms) -> Floats:
    froms, years = zip(*terms.repayment_years, strict=True)
    step = np.searchsorted(froms, owed, side="right") - 1
    return np.array(years, dtype=float)[np.maximum(step, 0)]


def _payment(owed: Floats, rate: Any, months: Floats) -> Floats:
    """Return the monthly payment; `rate` a month, above 0."""
    payment: Floats = owed * rate / (1 - (1 + rate) ** -months)
    return payment
