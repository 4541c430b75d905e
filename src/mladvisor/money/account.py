"""The account of one path: what is due in each year, who pays it, and when.

Every amount is an array over the scenarios, so the account and the scored figure are the same
numbers: the years of `own_usd` sum to the path's `net_cost_usd` in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mladvisor.axes import of_path
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer
from mladvisor.money.loan import Loan, loan_terms, no_loan, take_loan
from mladvisor.money.years import folded, months_in_years, spread
from mladvisor.paths.money import Employer, employer, study_months, under_known_law
from mladvisor.paths.path import Path
from mladvisor.scenarios import Scenarios
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

GRADUATE = ("master", "phd")
"""What a program grants that graduate loans are for."""


class Flows(NamedTuple):
    """What is due, given, borrowed and paid, in USD.

    `due_usd` = tuition, fees and courses; `own_usd` = preparation + due − given by the employer +
    tax on that; `paid_usd` = own − borrowed + repaid. `credit_usd`: the most the tax credit gives
    back, which is in none of the others.
    """

    preparation_usd: Floats
    due_usd: Floats
    given_usd: Floats
    tax_usd: Floats
    own_usd: Floats
    foregone_usd: Floats
    credit_usd: Floats
    borrowed_usd: Floats
    repaid_usd: Floats
    paid_usd: Floats


@dataclass(frozen=True, eq=False)
class Account:
    """The flows of a path by year; the rest in all, (scenarios,).

    `usd`: (flows, span_years + 2, scenarios): the years of the span, all later ones, and the sum
    of both. `price_usd` is without the courses before the path, `prepared_usd`. `ready_months`:
    from today until it begins; `study_months`: of the path itself; `months`: until its end.
    """

    span_years: int
    usd: Floats
    loan: Loan
    pays: Employer
    prepared_usd: Floats
    price_usd: Floats
    subscriptions_usd: Floats
    ready_months: Floats
    study_months: Floats
    months: Floats

    @cached_property
    def by_year(self) -> Flows:
        """The flows by year, (span_years + 1, scenarios): the last row is all that is later."""
        return Flows(*self.usd[:, :-1])

    @cached_property
    def whole(self) -> Flows:
        """The flows of all years together, (scenarios,)."""
        return Flows(*self.usd[:, -1])


def account(scores: Scores, at: int, knowledge: Knowledge, span_years: int) -> Account:
    """Return the account of path `at` over so many years, and what comes after them."""
    path, scenarios = scores.paths[at], scores.scenarios
    ready = _column(scores, "bridge_months", at)
    length = study_months(_column(scores, "months", at) - ready)
    end = ready + length
    years = int(np.ceil(end.max() / 12))
    prepared = course_cost_usd(scores.figures.bridges[at], scenarios, knowledge)
    price = _column(scores, "cost_usd", at) - prepared
    months = months_in_years(ready, length, years)
    due = price * months / length
    pays = _employer(scenarios, knowledge)
    given = pays.gives(due) * (not path.full_time)
    tax = pays.tax_usd(given)
    preparation = spread(prepared, 0.0, np.maximum(ready, 1.0), years)
    own = preparation + due - given + tax
    credit = _credit_usd(path, due - np.minimum(given, pays.tax_free_usd), scenarios, knowledge)
    foregone = scores.figures.foregone_usd(at) * months / length
    loan = _loan(path, own, ready, length, scenarios, knowledge)
    study = np.array([preparation, due, given, tax, own, foregone, credit])
    return Account(
        span_years=span_years,
        usd=_in_span(study, loan, span_years),
        loan=loan,
        pays=pays,
        prepared_usd=prepared,
        price_usd=price,
        subscriptions_usd=_subscriptions_usd(path, price),
        ready_months=ready,
        study_months=length,
        months=end if path.hours != (0.0, 0.0) else ready,
    )


def _column(scores: Scores, name: str, at: int) -> Floats:
    column: Floats = of_path(scores.figures.values[name], at).astype(float)
    return column


def _employer(scenarios: Scenarios, knowledge: Knowledge) -> Employer:
    """Return the employer's money, (scenarios,)."""
    pays = employer(scenarios, knowledge)
    return Employer(pays.usd_per_year[:, 0], pays.tax_free_usd[:, 0], pays.tax_rate[:, 0])


def _in_span(study: Floats, loan: Loan, span_years: int) -> Floats:
    """Return all flows by year, and their sums; `study`: the flows before those of the loan."""
    study = folded(study, span_years)
    borrowed, repaid = (folded(each, span_years) for each in (loan.received_usd, loan.repaid_usd))
    paid = study[Flows._fields.index("own_usd")] - borrowed + repaid
    by_year = np.concatenate([study, [borrowed, repaid, paid]])
    return np.concatenate([by_year, by_year.sum(axis=1, keepdims=True)], axis=1)


def course_cost_usd(plan: Any, scenarios: Scenarios, knowledge: Knowledge) -> Floats:
    """Return the price of a plan's courses at the person's pace, (scenarios,)."""
    if not plan.steps:
        return np.zeros(scenarios.size)
    weeks = knowledge.settings.numbers["weeks_per_month"]
    cost: Floats = plan.cost_usd(scenarios.values["hours_per_week"][:, 0] * weeks)
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
    """Return who can claim loans and credits: residents who need no visa, (scenarios,)."""
    may_claim = under_known_law(scenarios, knowledge) & ~scenarios.values["needs_us_visa"]
    return may_claim[:, 0]


def _loan(
    path: Path, own: Floats, ready: Any, length: Any, scenarios: Scenarios, knowledge: Knowledge
) -> Loan:
    """Return the loan for what the person means to borrow of their own money."""
    wanted = scenarios.values["to_borrow_usd"][:, 0]
    if not wanted.any():
        return no_loan(own.shape)
    terms = loan_terms(knowledge, scenarios.size)
    share: Any = 1.0 if path.full_time else terms.part_time_share
    may_borrow = takes_loans(path, knowledge) & _may_claim(scenarios, knowledge)
    return take_loan(own, wanted, ready, length, share * may_borrow, terms)


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
