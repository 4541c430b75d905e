"""The account of one path: what is due in each year, who pays it, and when.

Every amount is an array over the scenarios, so the account and the scored figure are the same
numbers: the years of `own_usd` sum to the path's `net_cost_usd` in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import of_path
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer
from mladvisor.money.loan import Loan, loan_terms, take_loan
from mladvisor.money.years import folded, spread
from mladvisor.paths.money import employer, study_months, under_known_law
from mladvisor.paths.path import Path
from mladvisor.scenarios import Scenarios
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

GRADUATE = ("master", "phd")
"""What a program grants that graduate loans are for."""


@dataclass(frozen=True, eq=False)
class Account:
    """Amounts in USD by year, (scenarios, span_years + 1): the last column is all that is later.

    `due_usd` = tuition, fees and courses; `own_usd` = due − given by the employer + tax on that;
    `paid_usd` = own − borrowed + repaid. `credit_usd`: the most the tax credit gives back, which
    is in none of the others. `loan` holds its own years. `study_months`, `months`: (scenarios, 1),
    of the path itself and from today to its end.
    """

    span_years: int
    preparation_usd: Floats
    due_usd: Floats
    given_usd: Floats
    tax_usd: Floats
    own_usd: Floats
    credit_usd: Floats
    foregone_usd: Floats
    borrowed_usd: Floats
    repaid_usd: Floats
    paid_usd: Floats
    loan: Loan
    study_months: Floats
    months: Floats
    price_usd: Floats
    subscriptions_usd: Floats
    tax_rate: Floats


def account(scores: Scores, at: int, knowledge: Knowledge, span_years: int) -> Account:
    """Return the account of path `at` over so many years, and what comes after them."""
    path, scenarios = scores.paths[at], scores.scenarios
    ready = _column(scores, "bridge_months", at)
    length = study_months(_column(scores, "months", at) - ready)
    prepared = course_cost_usd(scores.figures.bridges[at], scenarios, knowledge)
    price = _column(scores, "cost_usd", at) - prepared
    years = int(np.ceil((ready + length).max() / 12))
    pays = employer(scenarios, knowledge)
    due = spread(price, ready, length, years)
    given = pays.gives(due) * (not path.full_time)
    tax = pays.tax_usd(given)
    preparation = spread(prepared, np.zeros_like(ready), np.maximum(ready, 1.0), years)
    own = preparation + due - given + tax
    loan = take_loan(
        own,
        scenarios.values["to_borrow_usd"],
        ready,
        length,
        _open_share(path, scenarios, knowledge),
        loan_terms(knowledge, scenarios.size),
    )
    credit = _credit_usd(path, due - np.minimum(given, pays.tax_free_usd), scenarios, knowledge)
    foregone = spread(scores.figures.foregone_usd(at)[:, None], ready, length, years)
    columns = {
        "preparation_usd": preparation,
        "due_usd": due,
        "given_usd": given,
        "tax_usd": tax,
        "own_usd": own,
        "credit_usd": credit,
        "foregone_usd": foregone,
        "borrowed_usd": loan.received_usd,
        "repaid_usd": loan.repaid_usd,
    }
    by_year = {name: folded(values, span_years) for name, values in columns.items()}
    return Account(
        span_years=span_years,
        **by_year,
        paid_usd=by_year["own_usd"] - by_year["borrowed_usd"] + by_year["repaid_usd"],
        loan=loan,
        study_months=length,
        months=ready + length if path.hours != (0.0, 0.0) else ready,
        price_usd=price,
        subscriptions_usd=_subscriptions_usd(path, price),
        tax_rate=pays.tax_rate,
    )


def _column(scores: Scores, name: str, at: int) -> Floats:
    column: Floats = of_path(scores.figures.values[name], at)[:, None].astype(float)
    return column


def course_cost_usd(plan: Any, scenarios: Scenarios, knowledge: Knowledge) -> Floats:
    """Return the price of a plan's courses at the person's pace, (scenarios, 1)."""
    weeks = knowledge.settings.numbers["weeks_per_month"]
    hours_per_month = scenarios.values["hours_per_week"] * weeks
    if not plan.courses:
        return np.zeros((scenarios.size, 1))
    cost: Floats = plan.cost_usd(hours_per_month)
    return cost


def _subscriptions_usd(path: Path, price_usd: Floats) -> Floats:
    """Return the part of a course plan's price that is paid by the month."""
    once = price_usd if path.plan is None else path.plan.cost_once_usd
    return np.maximum(price_usd - once, 0)


def enrolled_in(path: Path) -> Offer | None:
    """Return the program whose rules for loans and credits hold: the degree, where one follows."""
    return path.then or path.offer


def is_accredited(path: Path, knowledge: Knowledge) -> bool:
    """Say whether it is credit-bearing study at an accredited school under the known law."""
    offer = enrolled_in(path)
    return (
        offer is not None
        and path.academic_credit
        and offer.accreditor is not None
        and offer.country == knowledge.money["law-country"].figure.value
    )


def takes_loans(path: Path, knowledge: Knowledge) -> bool:
    """Say whether federal graduate loans can pay for it."""
    return is_accredited(path, knowledge) and path.grants in GRADUATE


def _may_claim(scenarios: Scenarios, knowledge: Knowledge) -> Any:
    """Return who can claim loans and credits: residents who need no visa, (scenarios, 1)."""
    return under_known_law(scenarios, knowledge) & ~scenarios.values["needs_us_visa"]


def _open_share(path: Path, scenarios: Scenarios, knowledge: Knowledge) -> Any:
    """Return the share of the yearly loan limit that is open, (scenarios, 1)."""
    if not takes_loans(path, knowledge):
        return np.zeros((scenarios.size, 1))
    part_time = loan_terms(knowledge, scenarios.size).part_time_share
    share = np.ones_like(part_time) if path.full_time else part_time
    return share * _may_claim(scenarios, knowledge)


def _credit_usd(
    path: Path, tuition_usd: Floats, scenarios: Scenarios, knowledge: Knowledge
) -> Floats:
    """Return the most that the Lifetime Learning Credit gives back in each year.

    Tuition that tax-free employer money paid is not in `tuition_usd`: no dollar counts twice.
    """
    if not is_accredited(path, knowledge):
        return np.zeros_like(tuition_usd)
    share = knowledge.money["credit-share"].interval()[0]
    base = knowledge.money["credit-base"].interval()[0]
    counts = np.minimum(tuition_usd, base) * _may_claim(scenarios, knowledge)
    credit: Floats = share * counts
    return credit
