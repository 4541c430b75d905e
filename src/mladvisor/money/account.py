"""The account of one path: what is due in each year, who pays it, and when.

Every amount is an array over the scenarios, so the account and the scored figure are the same
numbers: the years of `own_usd` sum to the path's `net_cost_usd` in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import of_path
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer
from mladvisor.money.flows import Flow, Flows, flows
from mladvisor.money.loan import Loan, loan_terms, take_loan
from mladvisor.money.years import months_in_years, spread, years_until
from mladvisor.paths.money import Employer, study_months, under_known_law
from mladvisor.paths.path import Path
from mladvisor.scenarios import Scenarios
from mladvisor.scoring.model import Scores

Floats = npt.NDArray[np.float64]

GRADUATE = ("master", "phd")
"""What a program grants that graduate loans are for."""


@dataclass(frozen=True, eq=False)
class Study:
    """The bill of a path before anybody else pays of it, and when it comes; all (scenarios,).

    `price_usd` is without the courses before the path, `prepared_usd`; `subscriptions_usd`: the
    part of it that is paid by the month. `ready_months`: until it begins, `end_months`: until it
    ends, both from today; `months`: over how many its price is spread. `pays`: the employer.
    """

    prepared_usd: Floats
    price_usd: Floats
    subscriptions_usd: Floats
    ready_months: Floats
    months: Floats
    end_months: Floats
    pays: Employer


@dataclass(frozen=True, eq=False)
class Account:
    """What is due on a path and who pays it, by year; `loan` holds its own years."""

    span_years: int
    study: Study
    flows: Flows
    loan: Loan | None

    @cached_property
    def cost_usd(self) -> Floats:
        """Own money in all, and what a loan costs, (scenarios,)."""
        own = self.flows.whole("own_usd")
        return own if self.loan is None else own + self.loan.cost_usd


def account(scores: Scores, at: int, knowledge: Knowledge, span_years: int) -> Account:
    """Return the account of path `at` over so many years, and what comes after them."""
    study = _study(scores, at, knowledge)
    by_year = _before_loans(study, scores, at, knowledge)
    own = by_year["own_usd"]
    loan = _loan(own, study, scores.paths[at], scores.scenarios, knowledge)
    by_year["paid_usd"] = own
    if loan is not None:
        paid = loan.repaid_usd.copy()
        paid[: len(own)] += own - loan.received_usd
        by_year["paid_usd"] = paid
        by_year |= {"borrowed_usd": loan.received_usd, "repaid_usd": loan.repaid_usd}
    return Account(span_years, study, flows(by_year, span_years), loan)


def _study(scores: Scores, at: int, knowledge: Knowledge) -> Study:
    path, scenarios = scores.paths[at], scores.scenarios
    ready, end, cost = (
        of_path(scores.figures.values[name], at).astype(float)
        for name in ("bridge_months", "months", "cost_usd")
    )
    months = study_months(end - ready)
    prepared = course_cost_usd(scores.figures.bridges[at], scenarios, knowledge)
    price = cost - prepared
    once = price if path.plan is None else path.plan.cost_once_usd
    return Study(
        prepared_usd=prepared,
        price_usd=price,
        subscriptions_usd=np.maximum(price - once, 0),
        ready_months=ready,
        months=months,
        end_months=ready + months if path.hours != (0.0, 0.0) else ready,
        pays=scores.figures.employer(),
    )


def _before_loans(
    study: Study, scores: Scores, at: int, knowledge: Knowledge
) -> dict[Flow, Floats]:
    """Return the flows of study by year, (years, scenarios): those that can be anything."""
    path, ready, pays = scores.paths[at], study.ready_months, study.pays
    years = years_until(ready + study.months)
    part = months_in_years(ready, study.months, years) / study.months
    own = due = study.price_usd * part
    by_year: dict[Flow, Floats] = {"due_usd": due}
    if study.prepared_usd.any():
        preparation = spread(study.prepared_usd, 0.0, np.maximum(ready, 1.0), years)
        own = preparation + own
        by_year["preparation_usd"] = preparation
    tuition = due
    if path.full_time:
        by_year["foregone_usd"] = scores.figures.foregone_usd(at) * part
    elif pays.usd_per_year.any():
        given = pays.gives(due)
        tax = pays.tax_usd(given)
        own = own - given + tax
        tuition = due - np.minimum(given, pays.tax_free_usd)
        by_year |= {"given_usd": given, "tax_usd": tax}
    if is_accredited(path, knowledge):
        by_year["credit_usd"] = _credit_usd(tuition, scores.scenarios, knowledge)
    by_year["own_usd"] = own
    return by_year


def course_cost_usd(plan: Any, scenarios: Scenarios, knowledge: Knowledge) -> Floats:
    """Return the price of a plan's courses at the person's pace, (scenarios,)."""
    if not plan.steps:
        return np.zeros(scenarios.size)
    weeks = knowledge.settings.numbers["weeks_per_month"]
    cost: Floats = plan.cost_usd(scenarios.values["hours_per_week"][:, 0] * weeks)
    return cost


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


def _residents(scenarios: Scenarios, knowledge: Knowledge) -> Any:
    """Return who can claim loans and credits: residents who need no visa, (scenarios,)."""
    found = under_known_law(scenarios, knowledge) & ~scenarios.values["needs_us_visa"]
    return found[:, 0]


def _loan(
    own: Floats, study: Study, path: Path, scenarios: Scenarios, knowledge: Knowledge
) -> Loan | None:
    """Return the loan for what the person means to borrow of their own money, if anything."""
    wanted = scenarios.values["to_borrow_usd"][:, 0]
    if not wanted.any():
        return None
    terms = loan_terms(knowledge, scenarios.size)
    share: Any = 1.0 if path.full_time else terms.part_time_share
    open_share = share * (takes_loans(path, knowledge) & _residents(scenarios, knowledge))
    return take_loan(own, wanted, study.ready_months, study.months, open_share, terms)


def _credit_usd(tuition_usd: Floats, scenarios: Scenarios, knowledge: Knowledge) -> Floats:
    """Return the most that the Lifetime Learning Credit gives back in each year.

    Tuition that tax-free employer money paid is not in `tuition_usd`: no dollar counts twice.
    """
    share = knowledge.money["credit-share"].interval()[0]
    base = knowledge.money["credit-base"].interval()[0]
    credit: Floats = share * (np.minimum(tuition_usd, base) * _residents(scenarios, knowledge))
    return credit
