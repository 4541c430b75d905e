"""Sentences on the money of a path: figures from the account, wording from data/texts.toml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import MoneyFigure
from mladvisor.money.account import takes_loans
from mladvisor.paths.money import under_known_law
from mladvisor.paths.path import Path
from mladvisor.recommendation.money_document import Amount, Money, MoneyNote, RiseNeeded
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.words import rounded, usd, usd_range
from mladvisor.scenarios import Scenarios


def notes(
    money: Money, path: Path, scenarios: Scenarios, knowledge: Knowledge
) -> Iterator[MoneyNote]:
    """Yield what is to be said, in the order of reading."""
    writer = _Writer(money, path, scenarios, knowledge)
    for part in (
        writer.bill,
        writer.loan,
        writer.later,
        writer.payback,
        writer.gains,
        writer.stopping,
    ):
        yield from part()


class _Writer:
    """Makes sentences of one path's money."""

    def __init__(
        self, money: Money, path: Path, scenarios: Scenarios, knowledge: Knowledge
    ) -> None:
        self.money = money
        self.path = path
        self.scenarios = scenarios
        self.knowledge = knowledge
        self.texts = knowledge.texts["money"]

    def note(self, key: str, *figures: str, **places: object) -> MoneyNote:
        """Return a sentence, with the sources of the figures of money.toml that it rests on."""
        rows = [self.knowledge.money[name] for name in figures]
        sources = [row.figure.source for row in rows if row.figure.source is not None]
        about, _, _ = key.partition("_")
        return MoneyNote(about=about, text=self.texts[key].format(**places), sources=sources)

    def bill(self) -> Iterator[MoneyNote]:
        """Yield who pays what of the price."""
        money = self.money
        if not money.price_usd.high and not money.foregone_pay_usd:
            yield self.note("nothing")
            return
        yield self.note(
            "price" if rounded(money.total.price_usd.high) else "price_none",
            price=_usd(money.total.price_usd),
            preparation=self._part("price_preparation", "preparation", money.total.preparation_usd),
            subscriptions=self._by_month(),
        )
        yield from self._employer()
        if rounded(money.price_usd.high):
            yield self.note("own", own=_usd(money.own_usd))
        yield from self._credit()
        if money.foregone_pay_usd:
            yield self.note("foregone", foregone=_usd(money.total.foregone_pay_usd))

    def _part(self, key: str, name: str, amount: Range | Amount) -> str:
        text: str = self.texts[key]
        return text.format(**{name: _usd(amount)}) if amount.high else ""

    def _by_month(self) -> str:
        money, monthly = self.money, self.money.subscriptions_usd
        if monthly.high and usd(monthly.high) == usd(money.total.price_usd.high):
            by_month: str = self.texts["price_by_month"]
            return by_month
        return self._part("price_subscriptions", "subscriptions", monthly)

    def _employer(self) -> Iterator[MoneyNote]:
        given, answer = self.money.total.employer_usd, self.money.employer_pays_usd_per_year
        if answer != 0 and self.path.full_time:
            yield self.note("employer_full_time")
        elif given.high and answer is None:
            yield self.note("employer_open", given=_usd(given))
        elif given.high and answer is not None:
            yield self.note("employer", given=_usd(given), limit=usd_exact(answer))
        if self.money.total.tax_usd.high:
            yield self._tax(_usd(self.money.total.tax_usd))

    def _tax(self, tax: str) -> MoneyNote:
        if not under_known_law(self.scenarios, self.knowledge).any():
            return self.note("tax_elsewhere", "law-country", tax=tax)
        low, high = self._figure("extra-pay-tax").interval()
        limit = usd_exact(self._figure("employer-tax-free").interval()[0])
        return self.note(
            "tax", "employer-tax-free", "extra-pay-tax",
            limit=limit, tax=tax, low=_percent(low), high=_percent(high),
        )  # fmt: skip

    def _credit(self) -> Iterator[MoneyNote]:
        most = self.money.total.credit_usd.high
        if not most:
            return
        single = self._figure("credit-phase-out-single").interval()[0]
        joint = self._figure("credit-phase-out-joint").interval()[0]
        yield self.note(
            "credit", "credit-share", "credit-phase-out-single", "credit-no-double-use",
            credit=usd(most), share=_percent(self._figure("credit-share").interval()[0]),
            single=usd_exact(single), joint=usd_exact(joint),
        )  # fmt: skip

    def loan(self) -> Iterator[MoneyNote]:
        """Yield what is borrowed, what that adds, and what no federal loan covers."""
        loan = self.money.loan
        if loan is None:
            return
        if not self.money.own_usd.high:
            yield self.note("loan_not_needed")
            return
        if not takes_loans(self.path, self.knowledge) or not loan.federal_usd.high:
            yield self.note("loan_none", "private-loan-rate", wanted=usd(loan.wanted_usd))
            return
        rate, fee = self._figure("loan-rate").interval(), self._figure("loan-fee").interval()[0]
        yield self.note(
            "loan", "loan-rate", "loan-fee", "loan-grace-months", "loan-repayment-years",
            federal=_usd(loan.federal_usd), fee=f"{100 * fee:.1f}", rate_low=_percent(rate[0]),
            rate_high=_percent(rate[1]), cost=_usd(loan.cost_usd),
            repayment=_plain(loan.repayment_years), payment=_usd(loan.payment_usd_per_month),
            grace=f"{self._figure('loan-grace-months').interval()[0]:g}",
        )  # fmt: skip
        if not self.path.full_time:
            yield self.note("loan_half_time", "loan-part-time-share")
        if loan.beyond_usd.high >= 1:
            year, all_ = (self._figure(n).interval()[0] for n in ("loan-year", "loan-all"))
            yield self.note(
                "loan_beyond", "loan-year", "loan-all",
                beyond=_usd(loan.beyond_usd), year=usd_exact(year), all=usd_exact(all_),
            )  # fmt: skip

    def later(self) -> Iterator[MoneyNote]:
        """Yield what is paid after the span: study that goes on, or a loan."""
        later = self.money.later.paid_usd
        if rounded(later.high):
            yield self.note("later", years=self.money.span_years, later=_usd(later))

    def payback(self) -> Iterator[MoneyNote]:
        """Yield what rise in pay, kept for how long, pays it back; one line where it is little."""
        rows = self.money.paid_back_by
        if rows and rows[0].to_end_of_span and not round(100 * rows[0].share_of_pay.high):
            rows = rows[:1]
        if rows and not any(row.to_end_of_span for row in rows):
            yield self.note("payback_late", years=self.money.span_years)
        if rows and not any(rounded(row.usd_per_year.high) for row in rows):
            yield self.note("payback_nothing")
            return
        for row in rows:
            key = "payback_span" if row.to_end_of_span else "payback_longer"
            yield self.note(
                key, "extra-pay-tax", years=self.money.span_years, kept=f"{row.kept_years:g}",
                rise=_usd(row.usd_per_year), share=_share(row),
            )  # fmt: skip

    def gains(self) -> Iterator[MoneyNote]:
        """Yield the gains that were measured, and those that were not, with their group."""
        for row in self.money.measured if self.money.paid_back_by else ():
            sources = [row.source] if row.source is not None else []
            if row.low is None:
                text = self.texts["gain_unknown"].format(label=row.label, reason=row.unknown)
            else:
                text = self.texts["gain"].format(
                    label=row.label, gain=_percent(row.low), who=f"{row.who}, {row.as_of}"
                )
            yield MoneyNote(about="gain", text=text, sources=sources)

    def stopping(self) -> Iterator[MoneyNote]:
        """Yield what stopping early costs, and what is kept."""
        stopped = self.money.stopping
        if stopped.unknown is not None:
            yield self.note("stopping_not_known", reason=stopped.unknown)
        if stopped.spent_usd is None or stopped.of_courses is None:
            return
        foregone = stopped.foregone_pay_usd
        named = _short_names(self.knowledge)
        yield self.note(
            f"stopping_{stopped.kept if rounded(stopped.spent_usd.high) else 'free'}",
            courses=stopped.courses,
            of=f"{stopped.of_courses:g}",
            spent=_usd(stopped.spent_usd),
            foregone=self._part("stopping_foregone", "foregone", foregone) if foregone else "",
            toward=", ".join(named[name] for name in stopped.toward),
        )
        owed = stopped.owed_back_usd
        if owed is not None and owed.high and self.money.employer_pays_usd_per_year:
            low, high = self._figure("employer-payback-months").interval()
            yield self.note(
                "stopping_owed", "employer-payback-months",
                owed=usd(owed.high), low=f"{low:g}", high=f"{high:g}",
            )  # fmt: skip

    def _figure(self, name: str) -> MoneyFigure:
        return self.knowledge.money[name]


@lru_cache(maxsize=4)
def _short_names(knowledge: Knowledge) -> dict[str, str]:
    return {offer.id: offer.short_name for offer in knowledge.offers}


def usd_exact(amount: float) -> str:
    """Return an amount that law or a person states, to the dollar."""
    return f"{round(amount):,} USD"


def _usd(amount: Range | Amount) -> str:
    return usd_range(amount.low, amount.high)


def _percent(share: float) -> str:
    return f"{100 * share:g}"


def _plain(years: Range) -> str:
    return f"{years.low:g}" if years.low == years.high else f"{years.low:g} to {years.high:g}"


def _share(row: RiseNeeded) -> str:
    low, high = (round(100 * end) for end in (row.share_of_pay.low, row.share_of_pay.high))
    if not high:
        return "less than 1"
    return f"{high}" if low == high else f"{low} to {high}"
