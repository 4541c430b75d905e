"""Sentences that are put together from figures and answers: that each says what is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import pytest

from mladvisor.interview.replies import in_words
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import OfferFigure
from mladvisor.knowledge.place_lists import PlaceList, plain
from mladvisor.recommendation.answers import said
from mladvisor.recommendation.contrasts import figure_of, side_words
from mladvisor.recommendation.document import Recommendation
from mladvisor.recommendation.findings import Unchanged, WeightChange
from mladvisor.recommendation.words import counted, measured
from mladvisor.report.content.blocks import Page, Scatter
from mladvisor.report.content.depth import BRIEF
from mladvisor.report.content.findings import change_texts, unchanged_texts
from mladvisor.report.content.recommendation import brief_page, recommendation_page
from mladvisor.report.content.told import Told
from mladvisor.report.html.charts import drawn
from mladvisor.report.phrases import cost
from tests.commands import run
from tests.test_people import advise
from tests.test_short_form import printed


@pytest.fixture(scope="module")
def engineer(knowledge: Knowledge) -> Recommendation:
    return advise("engineer-no-filter", knowledge)


def changed(document: Recommendation, path: str, **fields: Any) -> Recommendation:
    """Return the document with other fields of one path of the ranking."""
    ranking = [replace(row, **fields) if row.path == path else row for row in document.ranking]
    return document.model_copy(update={"ranking": ranking})


def on_screen(page: Page) -> str:
    return " ".join(printed(page, 80).split())


def test_the_picks_own_caveats_and_weak_figures_reach_the_short_form(
    engineer: Recommendation, knowledge: Knowledge
) -> None:
    document = changed(
        engineer,
        engineer.verdict.path,
        caveats=["The first caveat.", "The second caveat.", "The third caveat."],
        recalled=["hours"],
        stale=["months_min (2020)", "cost_usd (2021)"],
    )
    shown = on_screen(brief_page(document, knowledge.texts))
    assert "The first caveat. ! The second caveat." in shown
    assert "The third caveat." not in shown
    labels = knowledge.texts["figures"]
    assert f"{labels['cost_usd']} (2021), {labels['months_min']} (2020)" in shown, "prices first"
    assert f"no page found: {labels['hours']}." in shown


def test_every_figure_has_a_name_in_words(knowledge: Knowledge) -> None:
    assert set(knowledge.texts["figures"]) == set(get_args(OfferFigure))


def test_where_the_pick_is_carrying_on_the_best_of_its_kind_is_compared(
    engineer: Recommendation, knowledge: Knowledge
) -> None:
    carry_on = next(row for row in engineer.ranking if not row.hours)
    own_kind = [row for row in engineer.ranking if row.kind == carry_on.kind and row.hours]
    verdict = engineer.verdict.model_copy(update={"path": carry_on.path, "kind": carry_on.kind})
    told = Told(engineer.model_copy(update={"verdict": verdict}), knowledge.texts, depth=BRIEF)
    assert own_kind[0] in told.compared
    assert own_kind[0].title in on_screen(brief_page(told.document, knowledge.texts))


@pytest.mark.parametrize("count", [1, 2])
def test_what_does_not_change_it_is_one_thing_or_several(
    count: int, engineer: Recommendation, knowledge: Knowledge
) -> None:
    rows = [Unchanged(field=f"f{at}", name=f"thing {at}", tried=[], text="") for at in range(count)]
    document = engineer.model_copy(update={"would_not_change": rows})
    (line,) = unchanged_texts(Told(document, knowledge.texts, depth=BRIEF))
    assert ("one of these" in line) == (count > 1)
    assert line.endswith(": " + ", ".join(row.name for row in rows) + ".")


def test_a_weight_that_reads_as_now_is_said_in_words(
    engineer: Recommendation, knowledge: Knowledge
) -> None:
    said_as = {}
    for to in (0.2143, 0.2057, 0.3):
        row = WeightChange.model_validate(
            {
                "criterion": "c", "label": "Thing", "from": 0.21, "to": to, "factor": 1.0,
                "kind": "work", "path": "p", "title": "P", "text": "As it is",
            }
        )  # fmt: skip
        document = engineer.model_copy(
            update={"weights_that_would_change": [row], "what_would_change": []}
        )
        (said_as[to],) = change_texts(Told(document, knowledge.texts, depth=BRIEF))
    assert "a little more than now (21 % of all)" in said_as[0.2143]
    assert "a little less than now (21 % of all)" in said_as[0.2057]
    assert said_as[0.3].startswith("As it is:")


@pytest.mark.parametrize("name", ["phd-hopeful", "career-changer"])
def test_no_path_is_said_to_take_less_where_its_figure_is_larger(
    name: str, knowledge: Knowledge
) -> None:
    document, texts = advise(name, knowledge), knowledge.texts["versus"]
    ranking = {row.path: row for row in document.ranking}
    pick, turned = ranking[document.verdict.path], 0
    for row in document.versus:
        for each in row.differences:
            own, other = (
                figure_of(ranking[at], each.criterion, texts) for at in (pick.path, row.path)
            )
            words = side_words(each.criterion, each.points, own, other, texts)
            if own is None or other is None or each.points * (own - other) <= 0:
                continue
            turned += 1
            plain_words = texts["more" if each.points > 0 else "less"][each.criterion]
            assert words != plain_words
            assert f"{plain_words} ({each.points:+.1f}" not in row.text
    assert turned, "nothing to hold: take another person"


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (1, "months", "1 month"),
        (403.4, "months", "403 months"),
        (0.4, "months", "0.4 months"),
        (1, "hours a week", "1 hour a week"),
        (2.5, "hours a week", "2.5 hours a week"),
        (3000, "USD", "3,000 USD"),
    ],
)
def test_a_limit_is_said_with_its_unit(amount: float, unit: str, shown: str) -> None:
    assert measured(amount, unit) == shown


# ── places ─────────────────────────────────────────────────────────────────────────────────────


def test_a_name_stands_for_one_place_or_is_said_to_be_ambiguous(knowledge: Knowledge) -> None:
    for places in knowledge.places.values():
        names: dict[str, str] = {}
        for code, known in places.names.items():
            for name in (code, *known):
                assert names.setdefault(plain(name), code) == code, name
        assert set(places.article) <= set(places.names)
        for name, codes in places.ambiguous.items():
            assert plain(name) not in names
            assert set(codes) <= set(places.names)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Deutschland", "DE"), ("burma", "MM"), ("the UK", "GB"), ("Holland", "NL"), ("Czechia", "CZ"),
     ("Ivory Coast", "CI"), ("South Korea", "KR"), ("DR Congo", "CD"), ("Korea", None),
     ("Congo", None)],
)  # fmt: skip
def test_a_country_is_taken_by_the_names_people_type(
    name: str, code: str | None, knowledge: Knowledge
) -> None:
    assert countries(knowledge).code(name) == code


def test_an_ambiguous_name_is_refused_with_all_it_can_mean(knowledge: Knowledge) -> None:
    message = countries(knowledge).accepted("Korea")
    assert "South Korea (KR)" in message
    assert "North Korea (KP)" in message


def test_a_name_that_is_like_another_by_chance_is_no_hint(knowledge: Knowledge) -> None:
    assert "did you mean" not in countries(knowledge).accepted("Frankreich")
    assert 'did you mean "Germany"' in countries(knowledge).accepted("Germny")


def countries(knowledge: Knowledge) -> PlaceList:
    return knowledge.places["countries"]


def test_a_place_is_named_and_not_coded_in_a_sentence(knowledge: Knowledge) -> None:
    places = {
        question.places: said(question, code, knowledge)
        for question, code in (
            (question, {"countries": "US", "us-states": "WA"}[question.places])
            for question in knowledge.questions.values()
            if question.places is not None
        )
    }
    assert places["countries"].endswith("the United States")
    assert places["us-states"].endswith("Washington")


def test_a_picture_says_the_figures_as_the_table_does(
    knowledge: Knowledge,
) -> None:
    document = advise("graduate-big-tech", knowledge)
    page = recommendation_page(document, knowledge.texts)
    blocks = [block for section in page.sections for block in section.blocks]
    (scatter,) = [block for block in blocks if isinstance(block, Scatter)]
    picture = drawn(scatter, "name")
    assert any(row.cost_usd.high > 1000 for row in document.ranking), "a figure that is rounded"
    for row in document.ranking:
        assert f"{counted(row.months, 'month')}, {cost(row)}" in picture
    assert "0 to 0 USD" not in picture


def test_an_answer_in_the_review_reads_as_one_would_say_it(knowledge: Knowledge) -> None:
    shown = {
        in_words(question, 1.0, knowledge)
        for question in knowledge.questions.values()
        if question.type == "number" and question.unit.startswith(("month", "hour"))
    }
    assert shown == {"1 month", "1 hour a week"}
    (country,) = [row for row in knowledge.questions.values() if row.places == "countries"]
    assert in_words(country, "DE", knowledge) == "Germany"


# ── plans ──────────────────────────────────────────────────────────────────────────────────────


def plan(*flags: str) -> str:
    return " ".join(run("plan", *flags, "--today", "2026-11-22", COLUMNS="100").stdout.split())


def test_a_plan_like_a_degree_asks_after_the_degree() -> None:
    shown = plan("--like", "gatech-omscs", "--deadline-months", "1", "--budget", "0")
    question, _, rest = shown.partition("?")
    assert "Georgia Tech OMSCS" in question
    assert "and you have 1 month." in rest
    assert "budget of 0 USD: it costs 0 USD" not in rest


def test_what_to_leave_out_is_a_list_that_can_be_read() -> None:
    shown = plan("--role", "ml-engineer", "--deadline-months", "3", "--hours-per-week", "12")
    sentence = shown.partition("Even without ")[2].partition(" More hours")[0]
    assert sentence.count('"') <= 8
    assert sentence.endswith("months.")


def test_nothing_spent_is_nothing_to_earn_back(knowledge: Knowledge) -> None:
    document = advise("graduate-big-tech", knowledge)
    texts: Mapping[str, str] = knowledge.texts["money"]
    assert not any("by 0 USD" in note.text for note in document.money.notes)
    shown = run(
        "advise", "--goal", "ml-job", "--budget", "0", "--hours-per-week", "20", "--full"
    ).stdout
    joined = " ".join(shown.split())
    assert "must rise by 0 USD" not in joined
    assert texts["payback_nothing"] in joined or texts["nothing"] in joined
