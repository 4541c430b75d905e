"""The report at a terminal, short and whole: what holds for any person, window and encoding."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mladvisor.knowledge.load import Knowledge, load
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.document import Recommendation
from mladvisor.recommendation.findings import Change
from mladvisor.recommendation.words import of_100, rounded
from mladvisor.report.content.blocks import Extent, Page, Span, Table, Timeline, words
from mladvisor.report.content.depth import BRIEF
from mladvisor.report.content.findings import change_texts
from mladvisor.report.content.recommendation import brief_page, recommendation_page
from mladvisor.report.content.schedule import whole_hours
from mladvisor.report.content.told import Told
from mladvisor.report.style import ASCII_SIGNS, FINE_SIGNS
from mladvisor.report.terminal import bars
from mladvisor.report.terminal.page import print_page
from mladvisor.report.terminal.paper import Paper
from mladvisor.scoring.model import score
from tests.commands import run
from tests.conftest import leaves
from tests.people import profiles
from tests.test_people import FOUR, TODAY
from tests.test_people import advise as advised
from tests.test_trust import SAYS

WIDTHS = (40, 60, 80, 120)
MOST_LINES = {80: 125, 120: 125}
"""One to two screens, also for people about whom there is much to say."""

KNOWLEDGE = load()
FORMS: dict[str, Callable[..., Page]] = {"short": brief_page, "full": recommendation_page}


def recommended(answers: dict[str, Any], *, cautious: bool = False) -> Recommendation:
    scores = score(make_profile(KNOWLEDGE, answers), KNOWLEDGE, TODAY)
    rule: Literal["mean", "cautious"] = "cautious" if cautious else "mean"
    return recommend(scores, KNOWLEDGE, today=TODAY, rule=rule)


def printed(page: Page, width: int, *, plain: bool = False, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    print_page(page, stream, width=width, plain=plain)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.fixture(scope="module")
def documents(knowledge: Knowledge) -> dict[str, Recommendation]:
    return {
        **{name: advised(name, knowledge) for name in FOUR},
        "nothing known": recommended({}),
        "cautious": recommended({"goal": "ml-job", "role": "ml-engineer"}, cautious=True),
        "nothing to gain": recommended({"goal": "exploring", "budget_usd": 0, "hours_per_week": 1}),
    }


def checked(document: Recommendation) -> None:
    """Hold what must hold for anybody."""
    short, full = (form(document, KNOWLEDGE.texts) for form in FORMS.values())
    for width in WIDTHS:
        for page in (short, full):
            shown = printed(page, width).splitlines()
            assert max(map(len, shown)) <= width
            assert not any(line.endswith(" ") for line in shown)
        lines = [len(printed(page, width).splitlines()) for page in (short, full)]
        assert lines[0] <= lines[1]
        assert lines[0] <= MOST_LINES.get(width, lines[0])
    text = " ".join(printed(short, 80).split())
    assert {why: says for why, says in SAYS.items() if says not in text} == {}
    assert document.data_version in text
    assert document.verdict.headline in text
    assert f"How sure: {document.verdict.firmness.label}" in text
    assert strange_numbers(text, document) == set()
    told = [change for change in document.what_would_change if not names_kind(change)]
    kinds = KNOWLEDGE.texts["report"]["a_kind"]
    said = [
        re.search(
            f"{re.escape(change.text)}(?: \\(you left it open\\))?: {kinds[change.kind]}", text
        )
        for change in told
    ]
    assert any(said) or not told, "what would change it says to what"


def names_kind(change: Change) -> bool:
    """Say whether an answer is the kind of path itself, as a PhD for a goal."""
    kind = KNOWLEDGE.texts["report"]["kinds"][change.kind]
    return kind.lower() in change.answer.lower() or change.to == change.kind


def test_it_is_right_for(documents: dict[str, Recommendation]) -> None:
    for document in documents.values():
        checked(document)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a person is found in seconds, shrunk in minutes
)
@given(answers=profiles(KNOWLEDGE), cautious=st.booleans())
def test_it_is_right_for_anybody(answers: dict[str, Any], cautious: bool) -> None:
    checked(recommended(answers, cautious=cautious))


# ── every number comes from the document ───────────────────────────────────────────────────────

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def strange_numbers(text: str, document: Recommendation) -> set[str]:
    """Return the numbers of a short form that the document does not hold, in any rounding."""
    known = set(of_document(document))
    found = {number.rstrip(",").replace(",", "") for number in NUMBER.findall(text)}
    return {number for number in found if number.rstrip(".") not in known}


def of_document(document: Recommendation) -> Iterator[str]:
    whole = document.model_dump(mode="json", by_alias=True)
    for value in leaves(whole):
        if isinstance(value, str):
            yield from (number.replace(",", "") for number in NUMBER.findall(value))
        elif isinstance(value, (int, float)):
            yield from roundings(value)
    for count in counts(document):
        yield str(count)
    for path in document.ranking:
        points = [round(part.points, 1) for part in path.contributions]
        yield f"{sum(p for p in points if p > 0):.1f}"
        yield f"{-sum(p for p in points if p < 0):.1f}"
    chart = timeline_of(document)
    for span in chart.spans if chart is not None else ():
        yield from (f"{span.begins:.0f}", f"{span.ends:.0f}", f"{span.hours:.0f}")


def roundings(value: float) -> Iterator[str]:
    size = abs(value)
    yield from (f"{size:g}", f"{size:.1f}", f"{size:.0f}", f"{100 * size:.0f}", f"{size / 60:g}")
    yield str(rounded(size))


def counts(document: Recommendation) -> Iterator[int]:
    pages = {(row.title, row.url) for row in document.sources}
    yield from range(len(pages) + 1)  # the numbers of sources, and of a list's lines
    yield from (len(document.unknown), len(document.excluded), len(document.ranking))


def timeline_of(document: Recommendation) -> Timeline | None:
    blocks = [
        block
        for section in brief_page(document, KNOWLEDGE.texts).sections
        for block in section.blocks
    ]
    return next((block for block in blocks if isinstance(block, Timeline)), None)


def test_a_number_from_nowhere_is_found_out(documents: dict[str, Recommendation]) -> None:
    document = documents["career-changer"]
    assert strange_numbers("It takes 123,457 hours and 17.3 points.", document) == {
        "123457",
        "17.3",
    }


@pytest.mark.parametrize("name", FOUR)
def test_stages_lie_end_to_end_within_the_months(
    name: str, documents: dict[str, Recommendation]
) -> None:
    document = documents[name]
    chart = timeline_of(document)
    assert chart is not None
    assert chart.spans[0].begins == 0
    for before, after in zip(chart.spans, chart.spans[1:], strict=False):
        assert before.ends == pytest.approx(after.begins)
    path = next(row for row in document.ranking if row.path == document.verdict.path)
    if document.plan.path != path.path:
        assert chart.spans[-1].ends == path.months
        assert sum(span.hours for span in chart.spans) == path.hours


# ── what is left out is named, and a form of one report is the same report ─────────────────────


@pytest.mark.parametrize("name", FOUR)
def test_the_short_form_says_less_and_nothing_else(
    name: str, documents: dict[str, Recommendation]
) -> None:
    document = documents[name]
    short, full = (form(document, KNOWLEDGE.texts) for form in FORMS.values())
    assert {row.title for row in short.sources} <= {row.title for row in full.sources}
    numbers = {row.title: row.number for row in full.sources}
    assert all(numbers[row.title] == row.number for row in short.sources), "one number, one page"
    text = " ".join(printed(short, 100).split())
    cited = {int(at) for group in re.findall(r"\[([\d, ]+)\]", text) for at in group.split(", ")}
    assert cited == {row.number for row in short.sources}, "all that is cited is listed"
    (table,) = [block for block in short.sections[0].blocks if isinstance(block, Table)]
    kinds = {row.kind for row in document.ranking}
    assert len(table.rows) >= len(kinds), "every kind is compared"
    assert "Carry on as now" in text
    assert f"{len(document.excluded)} ruled out, {len(full.sources)} sources" in text
    counts = re.findall(r"(\d+) more paths?\b", text)
    more = len(document.ranking) - len(table.rows)
    assert counts == ([str(more)] * 2 if more else []), "title and last line say the same"
    assert full.title.count(":") <= 1


def test_full_is_a_flag_and_a_file_follows_it() -> None:
    command = ("advise", "--goal", "ml-job", "--budget", "3000", "--today", "2026-11-22")
    short, full = run(*command, COLUMNS="80").stdout, run(*command, "--full", COLUMNS="80").stdout
    assert "--full adds every rule" in short
    assert "--full" not in full
    assert "What counts for you" in full
    assert len(short.splitlines()) < len(full.splitlines()) / 3
    for format_ in ("markdown", "html", "json"):
        brief = run(*command, "--format", format_).stdout
        assert brief == run(*command, "--format", format_, "--full").stdout, "whole either way"


def test_every_path_tells_its_chance_and_whether_limits_seldom_allow_it() -> None:
    answers = {"goal": "ml-job", "budget_usd": 500, "education": "bachelor-quant"}
    document = recommended(answers)
    seldom = {row.title for row in document.ranking if row.open_share < 0.5}
    assert seldom, "a person some of whose paths are above the budget"
    for form in FORMS.values():
        page = form(document, KNOWLEDGE.texts)
        (table,) = [block for block in page.sections[0].blocks if isinstance(block, Table)]
        chances = {words(row[table.names]): words(row[-1]) for row in table.rows}
        names = {row[table.names] for row in table.told if row[table.names].endswith(" *")}
        for row in document.ranking:
            if row.title in chances:
                chance = str(round(100 * row.chance)) if row.hours else ""
                assert chances[row.title].removesuffix(" of 100") == chance
                assert (f"{row.title} *" in names) == (row.title in seldom)
        for width in (40, 80, 100):
            text = " ".join(printed(page, width).split())
            assert text.count(" * ") == 1 + len(names), "one sign for each, and what it means"
        plain = " ".join(printed(page, 80, plain=True).split())
        assert " * " not in plain
        assert plain.count(table.mark_text) == len(names)


def test_a_column_that_is_not_shown_is_not_explained(
    documents: dict[str, Recommendation],
) -> None:
    page = recommendation_page(documents["career-changer"], KNOWLEDGE.texts)
    for width in (40, 60, 80, 100):
        text = printed(page, width)
        assert ("to the end = " in text) == ("hours  to the end" in text)


def test_the_likeliest_changes_come_first(documents: dict[str, Recommendation]) -> None:
    """Answers to one question that give the same kind count together."""
    change = documents["nothing known"].what_would_change[0].model_copy(update={"direction": None})
    rows = [
        change.model_copy(update={"field": field, "text": text, "likelihood": share})
        for field, text, share in (
            ("one", "If seldom", 0.2), ("many", "If often", 0.15), ("many", "As well", 0.14)
        )
    ]  # fmt: skip
    kind = change.model_copy(update={"answer": "a PhD", "kind": "phd", "likelihood": 0.9})
    update = {"what_would_change": [kind, *rows], "weights_that_would_change": []}
    told = Told(documents["nothing known"].model_copy(update=update), KNOWLEDGE.texts, depth=BRIEF)
    assert [line.split(" (")[0].split(":")[0] for line in change_texts(told)] == [
        "If often",
        "If seldom",
    ]


@pytest.mark.parametrize(
    ("exact", "whole"),
    [
        ([1.5, 1.5], [2, 1]),
        ([319.7, 83.5, 76.0, 165.0, 212.0], [320, 83, 76, 165, 212]),
        ([0.4, 0.4, 0.4], [1, 0, 0]),
        ([], []),
    ],
)
def test_hours_of_stages_add_up(exact: list[float], whole: list[int]) -> None:
    assert whole_hours(exact) == whole
    assert sum(whole) == round(sum(exact))


@pytest.mark.parametrize(
    ("begins", "ends", "words_"),
    [(0, 0.3, "under a month"), (0, 3.2, "months 0 to 3"), (6.6, 7.4, "month 7")],
)
def test_a_stage_shorter_than_a_month_is_said_in_words(
    begins: float, ends: float, words_: str
) -> None:
    span = Span("", begins, ends, 1)
    assert Timeline("", "", [span], "months").when(span) == words_


@pytest.mark.parametrize(
    ("share", "shown"), [(0.105, 11), (0.015, 2), (0.285, 29), (0.104, 10), (0.0, 0), (1.0, 100)]
)
def test_halves_are_rounded_up(share: float, shown: int) -> None:
    assert of_100(share) == shown


# ── letters and bars ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_an_ascii_terminal_gets_ascii(form: str, documents: dict[str, Recommendation]) -> None:
    for document in documents.values():
        page = FORMS[form](document, KNOWLEDGE.texts)
        fine, plain = printed(page, 80), printed(page, 80, encoding="ascii")
        assert plain.isascii()
        assert plain.count("?") == fine.count("?"), "no letter became a question mark"
        assert plain.count("#") > 10
        assert max(map(len, plain.splitlines())) <= 80


def test_plain_says_in_words_what_bars_draw(documents: dict[str, Recommendation]) -> None:
    document = documents["engineer-no-filter"]
    text = printed(brief_page(document, KNOWLEDGE.texts), 80, plain=True)
    assert not set(text) & {FINE_SIGNS.bar, FINE_SIGNS.against, FINE_SIGNS.axis}
    assert max(map(len, text.splitlines())) < 72
    flat = " ".join(text.split())
    for path in document.ranking[:1]:
        points = [round(part.points, 1) for part in path.contributions]
        gains, losses = (sum(p for p in points if s * p > 0) for s in (1, -1))
        assert f"points: {gains:+.1f} {losses:+.1f}" in flat


@pytest.mark.parametrize(
    ("low", "high", "scale", "bar"),
    [
        (0, 8, (0, 8), "########"),
        (4, 8, (0, 8), "    ####"),
        (8, 8, (0, 8), "       #"),
        (0, 0.01, (0, 8), "#"),
        (0, 0, (0, 8), "|"),
        (0, 0, (0, 0), "|"),
        (0, 5, (-2, 5), "  |#####"),
        (-2, 0, (-2, 5), "==|"),
        (-1, 2.5, (-2, 5), " =|##"),
        (-0.01, 0.01, (-2, 5), " =|#"),
        (0, 0, (-2, 5), "  |"),
        (-5, 0, (-5, 0), "=======|"),
        (-0.01, 100, (-0.01, 100), "=|######"),
    ],
)
def test_a_bar_is_as_long_as_its_value(
    low: float, high: float, scale: bars.Scale, bar: str
) -> None:
    assert bars.drawn(Extent("", low, high), scale, 8, ASCII_SIGNS).plain.rstrip() == bar


@given(
    values=st.lists(st.tuples(st.floats(-50, 0), st.floats(0, 50)), min_size=1, max_size=6),
    width=st.integers(8, 40),
)
def test_bars_keep_to_their_room_and_order(values: list[tuple[float, float]], width: int) -> None:
    extents = [Extent("", round(low, 1), round(high, 1)) for low, high in values]
    scale = bars.scale_of(extents)
    drawn = [bars.drawn(each, scale, width, ASCII_SIGNS).plain for each in extents]
    assert all(len(bar) <= width for bar in drawn)
    if scale[0] < 0:
        assert len({bar.index("|") for bar in drawn}) == 1, "one zero for all"
    gains = [(each.high, bar.count("#")) for each, bar in zip(extents, drawn, strict=True)]
    losses = [(-each.low, bar.count("=")) for each, bar in zip(extents, drawn, strict=True)]
    for side in (gains, losses):
        lengths = [length for _, length in sorted(side)]
        assert lengths == sorted(lengths), "more is never drawn shorter"
        assert all(length > 0 for value, length in side if value), "what counts is seen"


@pytest.mark.parametrize(
    ("text", "lines", "shown"),
    [
        ("One. Two.", 1, "One. Two. [1]"),
        ("A first sentence. A second one.", 1, "A first sentence. [1]"),
        ("Do this: for that long reason.", 1, "Do this. [1]"),
        ("A sentence that needs two lines", 1, "A sentence that needs two lines [1]"),
        (
            "Words that go on and on for more than two lines",
            2,
            "Words that go on and on for more than… [1]",
        ),
        ("Words that go on and on", None, "Words that go on and on [1]"),
    ],
)
def test_a_text_ends_at_a_sentence_where_it_can(text: str, lines: int | None, shown: str) -> None:
    paper = Paper(80, FINE_SIGNS)
    assert paper.shortened(text, " [1]", 22, lines) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Leeds MSc Data Science (Statistics)", "Leeds MSc Data…"),
        ("Leeds MSc Data Scien", "Leeds MSc Data Scien"),
        ("University-of-somewhere MSc", "University-of-somew…"),
        ("A Datenwissenschaftsstudium", "A Datenwissenschaft…"),
    ],
)
def test_a_name_is_cut_after_a_word_where_enough_is_left(title: str, shown: str) -> None:
    assert Paper(80, FINE_SIGNS).cut(title, 20) == shown


def test_letters_a_stream_can_not_carry_become_the_nearest() -> None:
    paper = Paper(80, ASCII_SIGNS, "ascii")
    assert paper.letters("×1.3 “José” – 5 µs") == 'x1.3 "Jose" - 5 us'.replace("us", "?s")
