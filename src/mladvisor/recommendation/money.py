"""Write the money of one path into the document: its years, who pays, what pays it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.knowledge.load import Knowledge
from mladvisor.money.account import Account, account
from mladvisor.money.flows import Flow
from mladvisor.money.loan import Loan
from mladvisor.money.payback import payback
from mladvisor.money.stopping import Stopping, course_count, stopping
from mladvisor.recommendation import money_document as doc
from mladvisor.recommendation.money_notes import notes
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import (
    NOTHING,
    amounts,
    ends,
    printed_range,
    printed_ranges,
    whole_range,
)
from mladvisor.scoring.model import Scores

FLOWS: Mapping[str, Flow] = {
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
"""Amounts of a year in the document → flows of the account."""


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
    *years, later, total = _years(made)
    own = total.own_usd
    money = doc.Money(
        path=path.id,
        title=path.title,
        budget_usd=budget,
        employer_pays_usd_per_year=employer,
        own_usd=Range(low=own.low, high=own.high),
        foregone_pay_usd=round(total.foregone_pay_usd.mean),
        span_years=made.span_years,
        years=years,
        later=later,
        total=total,
        **_costs(made),
        loan=_loan(made.loan, borrows) if borrows and made.loan is not None else None,
        paid_back_by=_rises(made, scores, knowledge),
        measured=_measured(path.kind, knowledge),
        stopping=_stopping(scores, at, made, knowledge),
        notes=[],
        sources=[],
    )
    said = list(notes(money, path, scores.scenarios, knowledge))
    sources = sorted({name for note in said for name in note.sources})
    return money.model_copy(update={"notes": said, "sources": sources})


def _years(made: Account) -> list[doc.MoneyYear]:
    """Return the years until the last that holds an amount, what comes later, and the whole."""
    usd = made.flows.usd
    rows, years, size = usd.shape
    found = amounts(usd.reshape(rows * years, size))
    by_flow = {flow: found[row * years :][:years] for flow, row in made.flows.row.items()}
    nothing = [NOTHING] * years
    columns = {name: by_flow.get(flow, nothing) for name, flow in FLOWS.items()}
    credit = by_flow.get("credit_usd", nothing)
    held = np.flatnonzero(usd[:, : made.span_years].any(axis=2).any(axis=0)).tolist()
    shown = [(at, at + 1) for at in range(max(held, default=0) + 1)]
    return [
        doc.MoneyYear(
            year=year,
            **{name: column[at] for name, column in columns.items()},
            credit_usd=whole_range(0, round(credit[at].high)),
        )
        for at, year in [*shown, (-2, None), (-1, None)]
    ]


def _costs(made: Account) -> dict[str, Range]:
    """Return the price, and what is paid of it in all and within the span.

    The low end of what is paid has the tax credit, its high end has not. A credit can come back in
    a year in which little was paid, as where a loan paid.
    """
    study, flows = made.study, made.flows
    in_span, whole = flows.within("paid_usd"), made.cost_usd
    rows = [
        study.price_usd + study.prepared_usd,
        study.subscriptions_usd,
        in_span,
        np.maximum(in_span - flows.within("credit_usd"), 0),
        whole,
        np.maximum(whole - flows.whole("credit_usd"), 0),
    ]
    price, by_month, span, span_less, most, least = (
        (round(low), round(high)) for low, high in zip(*ends(np.array(rows)), strict=True)
    )
    return {
        "price_usd": whole_range(*price),
        "subscriptions_usd": whole_range(*by_month),
        "net_in_span_usd": whole_range(span_less[0], span[1]),
        "net_cost_usd": whole_range(least[0], most[1]),
    }


def _loan(loan: Loan, wanted_usd: float) -> doc.LoanPart:
    whole = (
        loan.received_usd.sum(axis=0),
        loan.beyond_usd.sum(axis=0),
        loan.owed_usd,
        loan.payment_usd,
        loan.cost_usd,
    )
    federal, beyond, owed, payment, cost = amounts(np.array(whole))
    return doc.LoanPart(
        wanted_usd=wanted_usd,
        federal_usd=federal,
        beyond_usd=beyond,
        owed_usd=owed,
        payment_usd_per_month=payment,
        repayment_years=printed_range(loan.repayment_months / 12),
        cost_usd=cost,
    )


def _rises(made: Account, scores: Scores, knowledge: Knowledge) -> list[doc.RiseNeeded]:
    """Return the rises in pay that pay it back, where there is anything to pay back."""
    flows = made.flows
    if not (flows.whole("own_usd").any() or flows.whole("foregone_usd").any()):
        return []
    needed = payback(made, scores, knowledge)
    lows, highs = ends(np.array([needed.least_usd, needed.most_usd, needed.of_pay]))
    return [
        doc.RiseNeeded(
            kept_years=years,
            to_end_of_span=to_end_of_span,
            usd_per_year=whole_range(round(lows[0] / years), round(highs[1] / years)),
            share_of_pay=Range(low=round(lows[2] / years, 4), high=round(highs[2] / years, 4)),
        )
        for years, to_end_of_span in needed.kept
    ]


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
    months, spent, owed_back, foregone = printed_ranges(
        np.array([stopped.months, stopped.spent_usd, stopped.owed_back_usd, stopped.foregone_usd])
    )
    return doc.StoppingEarly(
        courses=stopped.courses,
        of_courses=round(stopped.of_courses, 1),
        unknown=None,
        not_applicable=None,
        months=months,
        spent_usd=spent,
        lost_usd=_lost(stopped, spent),
        owed_back_usd=owed_back,
        foregone_pay_usd=foregone,
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
