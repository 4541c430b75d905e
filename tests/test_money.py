"""Money over a span of years: three accounts worked by hand, and what holds for everybody."""

from __future__ import annotations

import io
import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mladvisor.axes import of_path, quantile
from mladvisor.curriculum.plan import Holding, Plan
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.validate import validate
from mladvisor.money.account import account
from mladvisor.money.flows import Flow, Flows, flows
from mladvisor.money.loan import LoanTerms, take_loan
from mladvisor.money.years import spread
from mladvisor.paths.money import Employer, net_cost_usd, when_due
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.money import write_money
from mladvisor.recommendation.money_document import Money
from mladvisor.report.content.recommendation import recommendation_page
from mladvisor.report.terminal.page import print_page
from mladvisor.scoring.model import Scores, score
from tests.conftest import ROOT
from tests.people import profiles
from tests.test_advise import document

TODAY = date(2026, 11, 22)
KNOWLEDGE = Knowledge(compiled(ROOT / "data"))
AMERICAN = {"country": "US", "needs_us_visa": False, "hours_per_week": 15.0}

some = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def one(value: float) -> Any:
    """A single scenario."""
    return np.array([value], dtype=float)


def pays(usd_per_year: float, tax_free: float = 5250, rate: float = 0.3) -> Employer:
    return Employer(one(usd_per_year), one(tax_free), one(rate))


class Bill(NamedTuple):
    """A price, the months it is spread over, and the months of preparation before them."""

    price: float
    months: float
    before: float = 0
    full_time: bool = False

    def net(self, employer: Employer) -> float:
        due = when_due(one(self.months), one(self.before), self.full_time)
        return float(net_cost_usd(one(self.price), due, employer)[0])


@lru_cache(maxsize=16)
def scored(answers: str) -> Scores:
    return score(make_profile(KNOWLEDGE, json.loads(answers)), KNOWLEDGE, TODAY)


def scores_of(**answers: Any) -> Scores:
    return scored(json.dumps({**AMERICAN, **answers}))


def column(scores: Scores, path: str) -> int:
    return next(at for at, each in enumerate(scores.paths) if each.id == path)


def money_of(path: str, span_years: int | None = None, **answers: Any) -> Money:
    scores = scores_of(**answers)
    return write_money(scores, column(scores, path), KNOWLEDGE, span_years)


# ── Three accounts worked by hand ──────────────────────────────────────────────────────────────


def test_omscs_with_5250_a_year_from_the_employer_costs_nothing() -> None:
    """By hand: 9,113 to 9,473 USD; 2,060 to 2,831 hours at 15 a week (65.2 a month) take 31.6 to
    43.4 months. The dearest year is 9,473 × 12 / 31.6 = 3,597 USD, below 5,250, so the employer
    pays all of it, and below the tax-free limit, so there is no tax. Nothing of it counts toward
    the tax credit, for tax-free money paid.
    """
    money = money_of("gatech-omscs", employer_pays_usd_per_year=5250, knows=OMSCS_ENTRY)
    assert (money.own_usd.low, money.own_usd.high) == (0, 0)
    assert 9113 <= money.price_usd.low < money.price_usd.high <= 9473
    assert money.total.employer_usd.mean == pytest.approx(money.total.price_usd.mean)
    assert money.total.tax_usd.high == money.total.credit_usd.high == 0
    assert money.years[0].price_usd.low > 9113 * 12 / 43.5
    assert money.years[0].price_usd.high < 9473 * 12 / 31.5
    assert money.net_cost_usd.high == 0
    assert money.paid_back_by == []


OMSCS_ENTRY = {
    "data-structures-algorithms": 3,
    "python": 3,
    "software-engineering": 3,
    "linear-algebra": 3,
    "probability": 3,
}
"""All that OMSCS asks for at entry, so that no preparation stands before it."""


def test_80000_on_loans() -> None:
    """By hand: two full-time years of 40,000. A year gives at most 20,500; a fee of 1.057 % leaves
    20,283.32 of it, so 19,716.69 a year must come from elsewhere: 39,433.37 in all.

    Payments begin after 24 + 6 = 30 months. The first year's loan is out at month 6 on average and
    waits 24 months: 20,500 × (1 + 0.08 × 2) = 23,780. The second waits 12: 20,500 × 1.08 = 22,140.
    Owed: 45,920, which is repaid in 15 years. At 0.08 / 12 a month for 180 months the payment is
    0.00955652 of what is owed, the usual constant: 438.84 a month, 78,990 in all.
    Fee and interest: 78,990 − 2 × 20,283.32 = 38,424.
    """
    loan = take_loan(
        np.array([[40_000.0], [40_000.0]]), one(80_000), one(0), one(24), one(1.0), terms(0.08)
    )
    assert loan.received_usd[:, 0] == pytest.approx([20_283.32, 20_283.32], abs=0.01)
    assert loan.beyond_usd.sum() == pytest.approx(39_433.37, abs=0.01)
    assert loan.owed_usd[0] == pytest.approx(45_920)
    assert loan.repayment_months[0] == 180
    assert loan.payment_usd[0] == pytest.approx(45_920 * 0.00955652, abs=0.01)
    assert loan.cost_usd[0] == pytest.approx(38_424, abs=1)
    # Months 30 to 36, then 12 a year: the third year has half of the fourth.
    assert loan.repaid_usd[:5, 0] == pytest.approx(
        [0, 0, 6 * 438.84, 12 * 438.84, 12 * 438.84], abs=0.2
    )
    assert loan.repaid_usd.sum() == pytest.approx(180 * 438.84, abs=1)


def terms(rate: float, share: float = 1.0) -> LoanTerms:
    steps = ((0, 10), (25_000, 15), (50_000, 20), (100_000, 25))
    return LoanTerms(20_500, 100_000, one(share), one(rate), 0.01057, 6, steps)


def test_a_plan_on_a_subscription_of_nine_months() -> None:
    """By hand: 390 hours at 10 a week are 390 / 43.45 = 8.98 months, so nine are paid: 9 × 49 = 441
    USD, all in the first year. At 5 hours a week they are 17.95, so 18 × 49 = 882: twelve months
    of them in the first year, 588, and six in the second, 294.
    """
    held = Holding("a provider", courses=3, hours=390, usd_per_month=49, usd_per_year=12 * 49)
    plan = Plan((), 390, 390, 390, 0, (held,), {}, ())
    at_ten, at_five = (float(plan.cost_usd(hours * 4.345)) for hours in (10, 5))
    assert (at_ten, at_five) == (441, 882)
    assert spread(one(at_ten), one(0), one(9), 1).tolist() == [[441]]
    assert spread(one(at_five), one(0), one(18), 2).tolist() == [[588], [294]]
    assert Bill(at_five, 18).net(pays(0)) == 882
    assert Bill(at_five, 18).net(pays(300)) == 882 - 300 - 294


# ── The formula ────────────────────────────────────────────────────────────────────────────────

BILLS = [
    # 36 months, 3,100 a year: 2,000 of each from the employer
    (Bill(9300, 36), pays(2000), 3300),
    # 15,000 a year, 8,000 given, 2,750 of that above the limit and taxed at 30 %: 7,825 a year
    (Bill(30_000, 24), pays(8000), 2 * 7825),
    # 12,000 in the first year, 1,000 in the second: what the first leaves over is lost
    (Bill(13_000, 13), pays(11_000, tax_free=99_999), 1000),
    # after nine months of preparation the first year holds three months:
    # 1,500, 6,000 and 4,500 USD, of which 1,500, 5,000 and 4,500 are given
    (Bill(12_000, 24, before=9), pays(5000), 1000),
    # paid at once, at the end of nothing
    (Bill(150, 0), pays(100), 50),
    (Bill(0, 30), pays(5250), 0),
]


@pytest.mark.parametrize(("a_bill", "employer", "own"), BILLS)
def test_what_a_person_pays(a_bill: Bill, employer: Employer, own: float) -> None:
    assert a_bill.net(employer) == pytest.approx(own)


def test_full_time_study_has_no_employer() -> None:
    assert Bill(20_000, 12, full_time=True).net(pays(5250)) == 20_000


amounts = st.floats(0, 120_000)
times = st.floats(0, 150)


@given(amounts, times, times, st.floats(0, 40_000), st.floats(0, 40_000), st.floats(0, 20_000),
       st.floats(0, 0.6))  # fmt: skip
def test_more_employer_money_never_raises_the_cost(
    price: float, months: float, before: float, gives: float, more: float,
    tax_free: float, rate: float,
) -> None:  # fmt: skip
    a_bill = Bill(price, months, before)
    less, much = (a_bill.net(pays(usd, tax_free, rate)) for usd in (gives, gives + more))
    assert -1e-6 <= much <= less + 1e-6 <= price + 2e-6


@given(st.floats(0, 100_000), st.floats(0, 100_000), st.floats(1, 80), st.floats(0, 1),
       st.floats(0.01, 0.15))  # fmt: skip
def test_borrowing_more_never_lowers_what_is_paid_in_all(
    wanted: float, more: float, months: float, share: float, rate: float
) -> None:
    need = spread(one(90_000), one(0), one(months), int(np.ceil(months / 12)))

    def paid(usd: float) -> float:
        loan = take_loan(need, one(usd), one(0), one(months), one(share), terms(rate))
        assert (loan.received_usd + loan.beyond_usd).sum() == pytest.approx(min(usd, 90_000))
        assert loan.repaid_usd.sum() == pytest.approx(
            loan.received_usd.sum() + loan.cost_usd.sum(), abs=1e-3
        )
        return float(90_000 + loan.cost_usd[0])

    assert paid(wanted) <= paid(wanted + more) + 1e-6


def test_later_years_are_folded_into_one() -> None:
    by_year = np.array([[1.0], [2.0], [3.0], [4.0]])
    assert flows({"due_usd": by_year}, 2).usd[0, :, 0].tolist() == [1, 2, 7, 10]
    assert flows({"due_usd": by_year}, 6).usd[0, :, 0].tolist() == [1, 2, 3, 4, 0, 0, 0, 10]


# ── For everybody ──────────────────────────────────────────────────────────────────────────────


@some
@given(profiles(KNOWLEDGE), st.integers(1, 12))
def test_the_account_is_the_scored_figure_year_by_year(
    answers: dict[str, Any], span_years: int
) -> None:
    scores = score(make_profile(KNOWLEDGE, answers), KNOWLEDGE, TODAY)
    net_cost = scores.figures.values["net_cost_usd"]
    for at in range(0, len(scores.paths), 7):
        made = account(scores, at, KNOWLEDGE, span_years)
        own, given, due, paid, foregone = (by_year(made.flows, flow) for flow in CHECKED)
        assert own.sum(axis=0) == pytest.approx(of_path(net_cost, at), rel=1e-4, abs=0.1)
        assert (own >= -1e-9).all()
        assert (given <= due + 1e-9).all()
        interest = 0.0 if made.loan is None else made.loan.cost_usd
        assert paid.sum(axis=0) == pytest.approx(own.sum(axis=0) + interest, abs=1e-3)
        assert made.cost_usd == pytest.approx(paid.sum(axis=0), abs=1e-3)
        assert made.flows.whole("own_usd") == pytest.approx(own.sum(axis=0), abs=1e-3)
        assert foregone.sum(axis=0) == pytest.approx(scores.figures.foregone_usd(at), rel=1e-4)


def by_year(flows: Flows, flow: Flow) -> Any:
    """Return a flow's years, what comes later the last; zeros where it is nothing."""
    return flows.usd[flows.row[flow], :-1] if flow in flows.row else 0 * flows.usd[0, :-1]


CHECKED: tuple[Flow, ...] = ("own_usd", "given_usd", "due_usd", "paid_usd", "foregone_usd")


@some
@given(profiles(KNOWLEDGE))
def test_the_years_of_the_document_add_up_and_its_ranges_hold_the_scored_cost(
    answers: dict[str, Any],
) -> None:
    scores = score(make_profile(KNOWLEDGE, answers), KNOWLEDGE, TODAY)
    for at in range(0, len(scores.paths), 23):
        money = write_money(scores, at, KNOWLEDGE)
        rows = [*money.years, money.later]
        for name in (field.name for field in fields(money.total)):
            if name not in ("year", "credit_usd"):
                parts = sum(getattr(row, name).mean for row in rows)
                assert getattr(money.total, name).mean == pytest.approx(parts, abs=0.2), name
        net_cost = of_path(scores.figures.values["net_cost_usd"], at)
        assert money.own_usd.low == pytest.approx(quantile(net_cost, 0.05), abs=1)
        assert money.own_usd.high == pytest.approx(quantile(net_cost, 0.95), abs=1)
        assert money.net_cost_usd.high >= money.own_usd.high
        if not answers.get("to_borrow_usd"):
            assert money.net_cost_usd.low <= money.own_usd.low


# ── Law ────────────────────────────────────────────────────────────────────────────────────────


def test_the_tax_credit_takes_a_fifth_of_what_no_tax_free_money_paid() -> None:
    """Paid alone: a fifth of the price, 1,823 to 1,895. With 1,000 a year given, a fifth of the
    rest. A plan of courses has none, nor has anybody under another country's law.
    """
    alone = money_of("gatech-omscs", employer_pays_usd_per_year=0)
    assert 9113 / 5 <= alone.total.credit_usd.high <= 9473 / 5
    assert alone.net_cost_usd.low < alone.own_usd.low
    helped = money_of("gatech-omscs", employer_pays_usd_per_year=1000)
    assert helped.total.credit_usd.high < alone.total.credit_usd.high - 200
    plan = money_of("courses:ml-engineer", role="ml-engineer", goal="ml-job")
    abroad = money_of("gatech-omscs", country="IN", needs_us_visa=True)
    assert plan.total.credit_usd.high == abroad.total.credit_usd.high == 0


def test_the_credit_stops_at_2000_a_year() -> None:
    dear = money_of("cmu-mcds", employer_pays_usd_per_year=0)
    assert all(year.credit_usd.high <= 2000 for year in dear.years)
    assert dear.years[0].credit_usd.high == 2000


def test_what_goes_beyond_federal_loans_is_said() -> None:
    money = money_of("gatech-omscs", employer_pays_usd_per_year=0, to_borrow_usd=9000)
    assert money.loan is not None
    assert money.loan.federal_usd.high <= 9000
    assert money.net_cost_usd.high > money.own_usd.high, "interest is part of the cost"
    courses = money_of("dlai-ml-specialization", to_borrow_usd=9000, employer_pays_usd_per_year=0)
    assert courses.loan is not None
    assert courses.loan.federal_usd.high == 0
    assert any("private loan" in note.text for note in courses.notes)


def test_a_longer_span_moves_money_from_later_into_it() -> None:
    short, long = (
        money_of("gatech-omscs", span_years=years, employer_pays_usd_per_year=0, hours_per_week=8)
        for years in (2, 9)
    )
    assert (short.span_years, long.span_years) == (2, 9)
    assert short.later.own_usd.mean > long.later.own_usd.mean
    assert short.own_usd == long.own_usd
    assert not any(row.to_end_of_span for row in short.paid_back_by)
    assert any(row.to_end_of_span for row in long.paid_back_by)


# ── What is said ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["gatech-omscs", "courses:ml-engineer", "dlai-ml-specialization"])
def test_no_gain_is_promised_and_measured_ones_name_group_and_date(path: str) -> None:
    money = money_of(path, role="ml-engineer", goal="ml-job", employer_pays_usd_per_year=0)
    assert money.measured
    for gain in money.measured:
        assert gain.who
        assert (gain.low is None) == (gain.unknown is not None)
        assert gain.low is None or (gain.as_of and gain.source and gain.kind)


def test_no_raw_gap_in_pay_stands_among_the_gains() -> None:
    gaps = ("nace", "urban", "oxford", "scorecard", "premium")
    for row in KNOWLEDGE.money.values():
        if row.about == "gain" and row.figure.source is not None:
            assert not any(word in row.figure.source for word in gaps), row.id


def test_stopping_early_says_what_is_spent_and_what_is_kept() -> None:
    degree = money_of("gatech-omscs", employer_pays_usd_per_year=0, knows=OMSCS_ENTRY).stopping
    # Two courses of ten are a fifth of 9,113 to 9,473 USD.
    assert degree.spent_usd is not None
    assert 9113 / 5 - 1 <= degree.spent_usd.low <= degree.spent_usd.high <= 9473 / 5 + 1
    assert (degree.kept, degree.toward) == ("credit", [])
    hybrid = money_of("gt-micromasters-analytics+gatech-omsa").stopping
    assert (hybrid.kept, hybrid.toward) == ("stacks", ["gatech-omsa"])
    plan = money_of("courses:ml-engineer", role="ml-engineer", goal="ml-job").stopping
    assert plan.kept == "learning"
    assert plan.lost_usd == plan.spent_usd
    doctorate = money_of("phd-direct").stopping
    assert doctorate.spent_usd is None
    assert doctorate.unknown


def test_the_flag_and_the_span_reach_the_document() -> None:
    made = document("--goal", "promotion", "--borrow", "5000", "--years", "7", "--country", "US")
    money = made["money"]
    assert money["span_years"] == 7
    assert money["loan"]["wanted_usd"] == 5000
    assert made["schema_version"].startswith("1.")
    cited = {name for note in money["notes"] for name in note["sources"]}
    assert cited == set(money["sources"]) <= {row["id"] for row in made["sources"]}
    assert document("--goal", "promotion")["money"]["loan"] is None


def test_law_that_is_reckoned_with_comes_due_and_may_not_be_unknown() -> None:
    law = {name for row in KNOWLEDGE.staleness if row.id == "law" for name in row.sources}
    for row in KNOWLEDGE.money.values():
        source = row.figure.source
        if row.about in ("credit", "loan") and source not in (None, "judgement"):
            assert source in law, row.id
    rows = [dict(row) for row in KNOWLEDGE.document["money"]]
    limit = next(row for row in rows if row["id"] == "loan-year")
    limit["figure"] = {"unknown": "not found"}
    said = [str(problem) for problem in validate({**KNOWLEDGE.document, "money": rows})]
    assert said == ["data/money.toml: loan-year: expected a value or a range"]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_narrow_screen_gets_the_years_as_a_list(width: int) -> None:
    stream = io.StringIO()
    scores = scores_of(
        goal="promotion", degree_filter="hard", to_borrow_usd=9000, budget_usd=90_000
    )
    document = recommend(scores, KNOWLEDGE, today=TODAY)
    print_page(recommendation_page(document, KNOWLEDGE.texts), stream, width=width)
    section = stream.getvalue().split("Money over 5 years: ")[1].split("\n\n")[0]
    assert max(map(len, section.splitlines())) <= width
    assert ("\n- year 1\n" in section) == (width < 72)
    assert "…" not in section
