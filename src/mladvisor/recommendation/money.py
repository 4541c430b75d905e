"""Write the money of one path into the document: its years, who pays, what pays it back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.axes import quantile
from mladvisor.knowledge.load import Knowledge
from mladvisor.money.account import Account, account
from mladvisor.money.payback import Rise, rises
from mladvisor.money.stopping import Stopping, course_count, stopping
from mladvisor.recommendation import money_document as doc
from mladvisor.recommendation.money_notes import notes
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import HIGH, LOW, amount, amounts, printed_range
from mladvisor.scoring.model import Scores

COLUMNS = {
    "preparation_usd": "preparation_usd",
    "price_usd": "due_usd",
    "employer_usd": "given_usd",
    "tax_usd": "tax_usd",
    "own_usd": "own_usd",
    "borrowed_usd": "borrowed_usd",
    "repaid_usd": "repaid_usd",
    "paid_usd": "paid_usd",
    "foregone_pay_usd": "foregone_usd",
}
"""Amounts of a year in the document → where they stand in the account."""


def write_money(
    scores: Scores, at: int, knowledge: Knowledge, span_years: int | None = None
) -> doc.Money:
    """Return the money of path `at` over so many years; None = the span of the knowledge base."""
    stated = int(knowledge.money["span-years"].interval()[0])
    made = account(scores, at, knowledge, span_years or stated)
    path, answers = scores.paths[at], scores.scenarios.answers
    borrows: Any = answers.get("to_borrow_usd")
    budget: Any = answers.get("budget_usd")
    employer: Any = answers.get("employer_pays_usd_per_year")
    own = made.own_usd.sum(axis=1)
    *years, later, total = _years(made)
    money = doc.Money(
        path=path.id,
        title=path.title,
        budget_usd=budget,
        employer_pays_usd_per_year=employer,
        price_usd=printed_range(made.price_usd[:, 0] + made.preparation_usd.sum(axis=1)),
        own_usd=printed_range(own),
        foregone_pay_usd=round(total.foregone_pay_usd.mean),
        span_years=made.span_years,
        years=years,
        later=later,
        total=total,
        subscriptions_usd=printed_range(made.subscriptions_usd[:, 0]),
        net_in_span_usd=_net_in_span(made),
        net_cost_usd=_net_cost(made),
        loan=_loan(made, borrows) if borrows else None,
        paid_back_by=[_rise(rise) for rise in rises(made, scores, knowledge)]
        if _costs(made)
        else [],
        measured=_measured(path.kind, knowledge),
        stopping=_stopping(scores, at, made, knowledge),
        notes=[],
        sources=[],
    )
    said = list(notes(money, path, scores.scenarios, knowledge))
    sources = sorted({name for note in said for name in note.sources})
    return money.model_copy(update={"notes": said, "sources": sources})


def _years_used(made: Account) -> int:
    """Return how many years of the span hold an amount in some reading; at least one."""
    held = made.preparation_usd + made.due_usd + made.repaid_usd + made.foregone_usd
    used = np.flatnonzero(held[:, : made.span_years].any(axis=0))
    return int(used[-1]) + 1 if len(used) else 1


def _costs(made: Account) -> bool:
    """Say whether there is anything to pay back."""
    return bool((made.own_usd.sum(axis=1) + made.foregone_usd.sum(axis=1)).any())


def _years(made: Account) -> list[doc.MoneyYear]:
    """Return the years that hold an amount, at last what comes later, and the whole."""
    years = [*range(1, _years_used(made) + 1), None, None]
    by_year = np.array([getattr(made, field) for field in (*COLUMNS.values(), "credit_usd")])
    ends = (by_year[:, :, [made.span_years]], by_year.sum(axis=2, keepdims=True))
    columns = np.concatenate([by_year[:, :, : len(years) - len(ends)], *ends], axis=2)
    found = amounts(columns.transpose(1, 0, 2).reshape(columns.shape[1], -1))
    rows = []
    for at, year in enumerate(years):
        *each, credit = found[at :: len(years)]
        by_name = dict(zip(COLUMNS, each, strict=True))
        rows.append(doc.MoneyYear(year=year, **by_name, credit_usd=Range(low=0, high=credit.high)))
    return rows


def _net_cost(made: Account) -> Range:
    """Return the whole cost, with the interest of a loan."""
    most = made.own_usd.sum(axis=1) + made.loan.cost_usd[:, 0]
    return _less_credit(most, made.credit_usd.sum(axis=1))


def _net_in_span(made: Account) -> Range:
    within = slice(0, made.span_years)
    return _less_credit(
        made.paid_usd[:, within].sum(axis=1), made.credit_usd[:, within].sum(axis=1)
    )


def _less_credit(most: Any, credit: Any) -> Range:
    """Return a range whose low end has the tax credit and whose high end has not.

    A credit can come back in a year in which little was paid, as where a loan paid.
    """
    least = np.maximum(most - credit, 0)
    return Range(low=round(quantile(least, LOW)), high=round(quantile(most, HIGH)))


def _loan(made: Account, wanted_usd: float) -> doc.LoanPart:
    loan = made.loan
    return doc.LoanPart(
        wanted_usd=wanted_usd,
        federal_usd=amount(loan.received_usd.sum(axis=1)),
        beyond_usd=amount(loan.beyond_usd.sum(axis=1)),
        owed_usd=amount(loan.owed_usd[:, 0]),
        payment_usd_per_month=amount(loan.payment_usd[:, 0]),
        repayment_years=printed_range(loan.repayment_months[:, 0] / 12),
        cost_usd=amount(loan.cost_usd[:, 0]),
    )


def _rise(rise: Rise) -> doc.RiseNeeded:
    least = round(quantile(rise.least_usd, LOW))
    return doc.RiseNeeded(
        kept_years=rise.kept_years,
        to_end_of_span=rise.to_end_of_span,
        usd_per_year=Range(low=least, high=round(quantile(rise.most_usd, HIGH))),
        share_of_pay=printed_range(rise.of_pay, 4),
    )


@lru_cache(maxsize=64)
def _measured(kind: str, knowledge: Knowledge) -> list[doc.MeasuredGain]:
    """Return what was measured of the pay after a kind of path."""
    return list(_measured_rows(kind, knowledge))


def _measured_rows(kind: str, knowledge: Knowledge) -> Iterator[doc.MeasuredGain]:
    for row in knowledge.money.values():
        if row.about != "gain" or kind not in row.kinds:
            continue
        low, high = row.figure.interval() or (None, None)
        source = knowledge.source(row.figure.source) if row.figure.source is not None else None
        yield doc.MeasuredGain(
            label=row.label,
            who=row.who,
            unit=row.unit,
            low=low,
            high=high,
            unknown=row.figure.unknown,
            note=row.figure.note,
            as_of=row.figure.as_of or (source.as_of if source is not None else None),
            kind=source.kind if source is not None else None,
            source=row.figure.source,
        )


def _stopping(scores: Scores, at: int, made: Account, knowledge: Knowledge) -> doc.StoppingEarly:
    stopped = stopping(scores, at, made, knowledge)
    if stopped is None:
        return _no_stopping(scores, at, knowledge)
    spent = printed_range(stopped.spent_usd)
    return doc.StoppingEarly(
        courses=stopped.courses,
        of_courses=round(stopped.of_courses, 1),
        unknown=None,
        not_applicable=None,
        months=printed_range(stopped.months),
        spent_usd=spent,
        lost_usd=_lost(stopped, spent),
        owed_back_usd=printed_range(stopped.owed_back_usd),
        foregone_pay_usd=printed_range(stopped.foregone_usd),
        kept=stopped.kept,
        toward=list(stopped.toward),
    )


def _lost(stopped: Stopping, spent: Range) -> Range:
    """Return what is lost: nothing where the person goes on with credit that counts."""
    return spent if stopped.kept == "learning" else Range(low=0, high=spent.high)


def _no_stopping(scores: Scores, at: int, knowledge: Knowledge) -> doc.StoppingEarly:
    path, texts = scores.paths[at], knowledge.texts["money"]
    count = course_count(path, knowledge)
    nothing = texts["stopping_short"] if count is not None else None
    if path.hours == (0.0, 0.0) or path.kind == "work":
        nothing = texts["stopping_none"]
    return doc.StoppingEarly(
        courses=int(knowledge.money["stopping-courses"].interval()[0]),
        of_courses=count,
        unknown=texts["stopping_unknown"] if nothing is None else None,
        not_applicable=nothing,
        months=None,
        spent_usd=None,
        lost_usd=None,
        owed_back_usd=None,
        foregone_pay_usd=None,
        kept="nothing",
        toward=[],
    )
