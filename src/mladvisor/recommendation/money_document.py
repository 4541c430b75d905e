"""The money of one path as a part of the document. Amounts are USD; shares are 0 to 1.

A range holds nine in ten readings. Ranges of parts do not add up to the range of their sum; the
means over all readings do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from mladvisor.recommendation.part import Part, Plain, Range


@dataclass(slots=True, kw_only=True)
class Amount(Plain):
    """A range, and the mean over all readings: what adds up."""

    low: float
    high: float
    mean: float


@dataclass(slots=True, kw_only=True)
class MoneyYear(Plain):
    """The money of a year of twelve months from today, of all later years, or of all together."""

    year: Annotated[
        int | None, Field(description="from 1; null for later years, and for the total")
    ]
    preparation_usd: Annotated[Amount, Field(description="courses taken before it")]
    price_usd: Annotated[Amount, Field(description="tuition, fees, courses, subscriptions, exams")]
    employer_usd: Annotated[
        Amount, Field(description="what the employer pays, never carried to next year")
    ]
    tax_usd: Annotated[Amount, Field(description="on employer money above the tax-free limit")]
    own_usd: Annotated[Amount, Field(description="preparation + price - employer + tax")]
    borrowed_usd: Amount
    repaid_usd: Amount
    paid_usd: Annotated[
        Amount, Field(description="own - borrowed + repaid: what leaves your pocket")
    ]
    foregone_pay_usd: Amount
    credit_usd: Annotated[
        Range, Field(description="tax credit: none, or the most; in no other amount")
    ]


class LoanPart(Part):
    """What is borrowed and what that costs; a private loan is not reckoned, only said."""

    wanted_usd: float
    federal_usd: Amount = Field(description="what federal loans pay out within their limits")
    beyond_usd: Amount = Field(description="wanted above the limits: private loan or cash")
    owed_usd: Amount = Field(description="at the first payment, interest of the study time added")
    payment_usd_per_month: Amount
    repayment_years: Range
    cost_usd: Amount = Field(description="fee and interest over the whole repayment")


class RiseNeeded(Part):
    """A rise in pay, before tax, that pays all back if kept so long after the end."""

    kept_years: float
    to_end_of_span: bool
    usd_per_year: Range
    share_of_pay: Range = Field(description="of the pay assumed, as nobody asked for yours")


class MeasuredGain(Part):
    """A gain in pay that was measured, or the reason why none is known."""

    label: str
    who: str
    unit: str
    low: float | None
    high: float | None
    unknown: str | None
    note: str | None
    as_of: str | None
    kind: str | None
    source: str | None


class StoppingEarly(Part):
    """What is spent, lost and kept by whoever stops after a few courses."""

    courses: int
    of_courses: float | None
    unknown: str | None = Field(description="what is not known, if so")
    not_applicable: str | None = Field(description="why there is nothing to stop, if so")
    months: Range | None
    spent_usd: Range | None = Field(description="own money until then, preparation included")
    lost_usd: Range | None = Field(description="spent without credit that counts somewhere")
    owed_back_usd: Range | None = Field(description="employer money that may be asked back")
    foregone_pay_usd: Range | None
    kept: Literal["stacks", "credit", "learning", "nothing"]
    toward: list[str] = Field(description="ids of the degrees that the credit counts toward")


@dataclass(slots=True, kw_only=True)
class MoneyNote(Plain):
    """A sentence on the money, made from the figures beside it."""

    about: Annotated[
        str, Field(description="price, employer, tax, own, loan, payback, gain, stopping, …")
    ]
    text: str
    sources: list[str]


class Money(Part):
    """What a path costs and who pays, over a stated span of years and after it."""

    path: str
    title: str
    budget_usd: float | None
    employer_pays_usd_per_year: float | None
    price_usd: Range
    own_usd: Range = Field(description="the whole path, after the employer; what the score reads")
    foregone_pay_usd: int
    span_years: int
    years: list[MoneyYear]
    later: MoneyYear = Field(description="after the span: study that goes on, loan payments")
    total: MoneyYear
    subscriptions_usd: Range = Field(description="the part of the price that is paid by the month")
    net_in_span_usd: Range = Field(
        description="what leaves your pocket within the span; low: less the tax credit"
    )
    net_cost_usd: Range = Field(description="own + cost of the loan; low: less the tax credit")
    loan: LoanPart | None
    paid_back_by: list[RiseNeeded]
    measured: list[MeasuredGain]
    stopping: StoppingEarly
    notes: list[MoneyNote]
    sources: list[str]
