"""The interview: only questions that apply, each answer checked, nothing lost, any way back."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mladvisor.interview.agenda import Agenda, Answers, Order, by_worth, in_order, that_apply
from mladvisor.interview.ask import EARLIEST_RESULT, ONWARD, RESULT, REVIEW, Interrupted
from mladvisor.interview.replies import KEEP, OTHERS
from mladvisor.interview.screens import DONE, NOT_SURE
from mladvisor.knowledge.load import Knowledge
from mladvisor.rules.expression import parse
from mladvisor.scenarios import profile_vocabulary
from tests.people import answers_to
from tests.scripted import BACK, FINISH, HELD, STOP, Run

TODAY = date(2026, 11, 22)
FIRST_SEVEN = ["goal", "role", "seniority", "employer", "degree_filter", "education", "gpa"]


def test_not_sure_to_everything_is_a_profile(knowledge: Knowledge) -> None:
    run = Run(knowledge, {})
    assert set(run.go().values()) == {None}
    assert run.profile == {}
    assert len(run.port.asked) == len(set(run.port.asked)) > 20


def test_each_question_says_why_it_is_asked_and_who_uses_the_answer(knowledge: Knowledge) -> None:
    run = Run(knowledge, {})
    run.go()
    for name, screen in zip(run.port.shown, run.port.screens, strict=True):
        if name in knowledge.questions:
            question = knowledge.questions[name]
            reading = [
                rule.id
                for rule in knowledge.rules
                if re.search(rf"\b{name}\b", re.sub("'.*?'", "", f"{rule.when} {rule.paths}"))
            ]
            assert screen.why.startswith(question.why)
            rules = "1 rule" if len(reading) == 1 else f"{len(reading)} rules"
            counted = f"Used in {rules}: mladvisor show {name}"
            assert (counted in screen.why) == bool(reading)


@pytest.mark.parametrize(
    ("answers", "skipped"),
    [
        ({"technical_job": "no", "seniority": "entry"}, {"experience_years", "ml_at_work"}),
        ({"country": "US"}, {"needs_us_visa"}),
        ({"country": "DE"}, {"us_state"}),
        ({"education": "none"}, {"gpa"}),
        ({"goal": "ml-job"}, {"research_experience"}),
    ],
)
def test_only_questions_that_apply_are_asked(
    knowledge: Knowledge, answers: dict[str, str], skipped: set[str]
) -> None:
    run = Run(knowledge, answers)
    run.go()
    assert not skipped & set(run.port.asked)


def test_every_answer_is_checked_against_its_own_question(knowledge: Knowledge) -> None:
    replies = {
        "hours_per_week": ["many", "300", "7,5", "$10"],
        "country": ["XX", "Germany"],
        "budget_usd": ["-3", "3k", "3.000", "3,000"],
    }
    run = Run(knowledge, replies)
    answers = run.go()
    assert (answers["hours_per_week"], answers["country"]) == (10, "DE")
    assert answers["budget_usd"] == 3000
    assert len(run.port.refused) == 7
    assert all("accepted:" in message for message in run.port.refused)


BACK_AND_CHANGE = [
    # replies; the questions in the order they are shown; what the profile holds then
    pytest.param(
        {"role": ["ml-engineer", HELD], "seniority": [BACK, "mid"], "employer": STOP},
        ["goal", "role", "seniority", "role", "seniority", "employer"],
        {"goal": "ml-job", "role": "ml-engineer", "seniority": "mid"},
        id="back once: the answer stands there and Enter keeps it",
    ),
    pytest.param(
        {"goal": ["ml-job", "phd"], "role": ["ml-engineer", BACK], "seniority": [BACK, STOP]},
        ["goal", "role", "seniority", "role", "goal", "seniority"],
        {"goal": "phd", "role": "ml-engineer"},
        id="back twice and change: the later answer is kept and not asked again",
    ),
    pytest.param(
        {"goal": [BACK, "phd"], "role": STOP},
        ["goal", "goal", "role"],
        {"goal": "phd"},
        id="there is nothing before the first question",
    ),
    pytest.param(
        {"gpa": ["3.4", "3.1"], "technical_job": [BACK, STOP]},
        [*FIRST_SEVEN, "technical_job", "gpa", "technical_job"],
        {"goal": "ml-job", "gpa": 3.1},
        id="typed answers can be changed as well",
    ),
]


@pytest.mark.parametrize(("replies", "shown", "profile"), BACK_AND_CHANGE)
def test_back_at_every_prompt(
    knowledge: Knowledge, replies: dict[str, Any], shown: list[str], profile: dict[str, Any]
) -> None:
    run = Run(knowledge, {"goal": "ml-job", **replies})
    with pytest.raises(Interrupted):
        run.go()
    assert run.port.shown == shown
    assert run.profile == profile
    assert [screen.back for screen in run.port.screens] == [name != "goal" for name in shown]


def test_an_answer_that_no_longer_applies_is_dropped_and_comes_back(knowledge: Knowledge) -> None:
    run = Run(knowledge, {"country": "US", "us_state": "WA"})
    for country, profile in [
        ("US", {"country": "US", "us_state": "WA"}),
        ("DE", {"country": "DE"}),
        ("US", {"country": "US", "us_state": "WA"}),
    ]:
        run.port.replies |= {"country": [country] * 2, "check": ["country", RESULT]}
        run.go()
        assert run.profile == profile
    assert run.port.asked.count("us_state") == 1, "remembered, not asked again"
    assert run.kept[-1]["us_state"] == "WA", "and kept"


def test_the_review_shows_all_answers_and_any_can_be_changed(knowledge: Knowledge) -> None:
    replies = {
        "goal": ["ml-job", "phd"],
        "budget_usd": ["2500", BACK],
        "check": ["goal", "budget_usd", BACK, RESULT],
        "priorities": ["skills", DONE, KEEP],
    }
    run = Run(knowledge, replies)
    run.go()
    last = run.port.shown.index("check")
    assert run.port.shown[last:] == [
        *("check", "goal", "check"),
        *("budget_usd", "check"),  # left as it was
        "priorities",  # back from the review goes to the last question
        *("research_experience", "check"),  # which the changed goal has opened
    ]
    lines = run.port.options["check"]
    assert lines["goal"].endswith(": A PhD")
    assert lines["budget_usd"].endswith(": 2,500 USD")
    assert lines["role"] == "Role: Not sure", "by its name, not by the help of its flag"
    assert set(run.port.asked) <= lines.keys()
    assert run.profile == {"goal": "phd", "budget_usd": 2500, "priorities": ["skills"]}


def test_the_count_of_questions_never_rises(knowledge: Knowledge) -> None:
    replies = {
        "country": ["DE", "US"],
        "technical_job": ["no", "yes"],
        "check": ["country", "technical_job", ONWARD, RESULT],
    }
    for order in (in_order(knowledge), by_worth(knowledge, TODAY)):
        run = Run(knowledge, replies, order)
        run.go()
        assert "us_state" in run.port.asked[20:], "a changed answer opened another question"
        places = [screen.place for screen in run.port.screens if " of about " in screen.place]
        totals = [int(place.rsplit(" ", 1)[1]) for place in places]
        numbers = [int(place.split(" ")[1]) for place in places]
        assert all(later <= sooner for sooner, later in pairwise(totals))
        assert all(number <= total for number, total in zip(numbers, totals, strict=True))


def test_answers_are_kept_after_each_of_them_and_stopping_loses_none(knowledge: Knowledge) -> None:
    run = Run(knowledge, {"goal": "phd", "education": STOP})
    with pytest.raises(Interrupted):
        run.go()
    assert [len(kept) for kept in run.kept] == list(range(1, len(run.kept) + 1))
    assert run.kept[-1] == run.interview.answers
    assert run.kept[-1]["goal"] == "phd"
    assert run.kept[-1]["role"] is None, "not sure was an answer"

    later = Run(knowledge, {"role": "ml-engineer", "education": [BACK]}, given=run.kept[-1])
    later.go()
    assert later.port.asked[0] == "education"
    asked_again = set(run.kept[-1]) & set(later.port.asked)
    assert len(asked_again) == 1, "only the one gone back to"


def test_a_ranking_can_be_taken_back_and_kept(knowledge: Knowledge) -> None:
    run = Run(knowledge, {"priorities": ["skills", "cost", BACK, "proof", "skills", DONE]})
    assert run.go()["priorities"] == ["proof"]
    again = Run(knowledge, {"check": ["priorities", RESULT]}, given=run.interview.answers)
    assert again.go()["priorities"] is None
    assert again.port.options["priorities"][KEEP] == "Keep: work to show"


def test_a_long_list_shows_what_the_goal_makes_likely_then_the_rest(knowledge: Knowledge) -> None:
    def offered(goal: str | None, *replies: Any) -> tuple[list[str], list[str]]:
        run = Run(knowledge, {"goal": goal or NOT_SURE, "role": [*replies], "education": STOP})
        with pytest.raises(Interrupted):
            run.go()
        return list(run.port.options["role"]), run.port.asked

    prior = next(row for row in knowledge.questions["role"].prior if "'data-job'" in row.when)
    assert prior.weights is not None
    likeliest = sorted(prior.weights, key=lambda word: -(prior.weights or {})[word])
    short, asked = offered("data-job", likeliest[0])
    assert short == [*likeliest, OTHERS, NOT_SURE]
    assert asked.count("role") == 1
    whole, asked = offered("data-job", OTHERS, BACK, OTHERS, "quant-researcher")
    assert set(whole) == {*knowledge.roles, NOT_SURE}
    assert asked.count("role") == 4
    assert offered(None, "quant-researcher")[0] == whole, "an open goal makes nothing likely"


def test_several_at_once_are_the_whole_ranking(knowledge: Knowledge) -> None:
    run = Run(knowledge, {"priorities": "proof,skills"})
    assert run.go()["priorities"] == ["proof", "skills"]
    assert run.port.asked.count("priorities") == 1


# What is asked next


def settled_from(count: int, knowledge: Knowledge) -> Order:
    """Return the fixed order, settled from some count of answers on."""
    fixed = in_order(knowledge)

    def order(answers: Answers) -> Agenda:
        return Agenda(
            fixed(answers).open, len(answers) >= count, share=0.9, likely=1, kind="courses"
        )

    return order


@pytest.mark.parametrize(("settled", "offered"), [(0, EARLIEST_RESULT), (8, 8), (99, None)])
def test_the_offer_to_stop(knowledge: Knowledge, settled: int, offered: int | None) -> None:
    run = Run(knowledge, {}, settled_from(settled, knowledge))
    run.go()
    offers = [at for at, name in enumerate(run.port.shown) if name == "settled"]
    assert offers == ([] if offered is None else [offered]), "made once; going on is respected"
    if offered is not None:
        note = run.port.screens[offered].note
        assert f"({offered} more: not sure)" in note, "not sure gives nothing to go by"
        assert "90 of 100" in note


def test_the_offer_to_stop_names_the_kind_and_what_is_open(knowledge: Knowledge) -> None:
    assumed = knowledge.texts["interview"]["assumed"]
    ((group, said),) = assumed.items()
    asked = [each for each in knowledge.questions.values() if each.asked]
    assert group in {each.group for each in asked}

    def note(answers: dict[str, Any]) -> str:
        run = Run(knowledge, {}, settled_from(0, knowledge), given=answers)
        texts = run.interview._settled()
        return str(knowledge.texts["interview"]["settled_note"]).format(share=90, **texts)

    given = {"goal": "ml-job", "seniority": None, "employer": None, "country": "US"}
    assert note(given).startswith("By 2 answers (2 more: not sure): a course plan comes first")
    assert said in note(given)
    known = {each.field: each.choices[-1].value for each in asked if each.group == group}
    assert "not sure" not in note({"goal": "ml-job", **known})
    assert said not in note({"goal": "ml-job", **known})


@pytest.mark.parametrize(
    ("choice", "following"),
    [(RESULT, []), (REVIEW, ["check"]), (BACK, ["degree_filter", "settled"])],
)
def test_what_the_offer_leads_to(knowledge: Knowledge, choice: Any, following: list[str]) -> None:
    run = Run(knowledge, {"settled": [choice, RESULT]}, settled_from(0, knowledge))
    run.go()
    assert run.port.shown[run.port.shown.index("settled") + 1 :] == following


def test_the_result_can_be_had_after_five_answers(knowledge: Knowledge) -> None:
    run = Run(knowledge, {"gpa": FINISH})
    run.go()
    assert [screen.finish for screen in run.port.screens[:7]] == [False] * 5 + [True] * 2
    assert len(run.interview.answers) == run.port.asked.index("gpa")


def test_the_fixed_start_comes_first_then_what_is_worth_most(knowledge: Knowledge) -> None:
    order = by_worth(knowledge, TODAY)
    first = [field for field, question in knowledge.questions.items() if question.first]
    assert [question.field for question in order({}).open[: len(first)]] == first
    answers = {"goal": "ml-job", "role": "ml-engineer", "education": "bachelor-cs"}
    agenda = order(answers)
    assert agenda.open[0].field == "degree_filter", "nothing moves the advice more"
    assert not agenda.settled
    assert 0 < agenda.share <= 1


def test_nobody_is_asked_what_another_open_answer_may_rule_out(knowledge: Knowledge) -> None:
    vocabulary = profile_vocabulary(knowledge)
    order = by_worth(knowledge, TODAY)
    for answers in ({}, {"goal": "ml-job", "education": "bachelor-nonquant"}):
        fields = [question.field for question in order(answers).open]
        for at, field in enumerate(fields):
            names = parse(knowledge.questions[field].asked_when, vocabulary).names
            assert not set(names) & set(fields[at + 1 :]), field


def test_a_case_is_settled_when_its_kind_of_path_is_far_ahead(knowledge: Knowledge) -> None:
    answers = {**CLEAR, "priorities": ["skills", "proof"]}
    order = by_worth(knowledge, TODAY)
    assert order(answers).settled
    assert not order({**answers, "degree_filter": None, "structure": "high"}).settled


@pytest.mark.parametrize(
    ("numbers", "settled"),
    [
        ({"settled_share": 0, "settled_answers": 99}, False),  # open answers may change the kind
        ({"settled_answers": 0, "settled_worth": 0}, False),
        ({"settled_answers": 0, "settled_worth": 100}, True),  # late: they gain too little
        ({"settled_answers": 99, "settled_worth": 100}, False),  # not yet: they still count
    ],
)
def test_what_may_change_the_kind_holds_the_offer_back_until_late(
    knowledge: Knowledge, numbers: dict[str, float], settled: bool
) -> None:
    document = copy.deepcopy(knowledge.document)
    document["criteria_settings"]["numbers"] |= numbers
    answers = {"goal": "ml-job", "role": "ml-engineer", "education": "bachelor-cs"}
    assert by_worth(Knowledge(document), TODAY)(answers).settled == settled
    assert not by_worth(Knowledge(document), TODAY)({}).settled, "the fixed start is asked"


CLEAR = {
    "goal": "ml-job",
    "role": "ml-engineer",
    "education": "bachelor-cs",
    "degree_filter": "none",
    "structure": "low",
    "self_study": "finishes",
    "ml": "rusty",
    "offer": "none",
}
"""A person whose answers leave little open."""


def test_a_clear_case_needs_few_questions(knowledge: Knowledge) -> None:
    run = Run(
        knowledge,
        {
            **CLEAR,
            "priorities": ["skills", "proof", DONE],
            "settled": RESULT,
        },
        by_worth(knowledge, TODAY),
    )
    run.go()
    assert "settled" in run.port.shown
    assert len(run.port.asked) < 15


def test_going_on_from_answers_that_are_enough_begins_with_the_review(
    knowledge: Knowledge,
) -> None:
    run = Run(knowledge, {"check": RESULT}, settled_from(5, knowledge), given=CLEAR)
    run.go()
    assert run.port.shown == ["check"]
    assert "(not answered)" in run.port.options["check"]["gpa"]
    assert ONWARD in run.port.options["check"], "and the other questions are still open"


# The order of answers


def person(knowledge: Knowledge) -> st.SearchStrategy[dict[str, Any]]:
    """Return people who answer every question, some with "not sure"."""
    return st.fixed_dictionaries(
        {
            field: st.one_of(st.none(), answers_to(question, knowledge))
            for field, question in knowledge.questions.items()
            if question.asked
        }
    )


@pytest.fixture(scope="module")
def shuffled(knowledge: Knowledge) -> Callable[[random.Random], Order]:
    def make(chance: random.Random) -> Order:
        fixed = in_order(knowledge)

        def order(answers: Answers) -> Agenda:
            open_ = list(fixed(answers).open)
            chance.shuffle(open_)
            return Agenda(tuple(open_), settled=False, share=0.0, likely=len(open_))

        return order

    return make


def reply_of(field: str, value: Any, knowledge: Knowledge) -> Any:
    """Return what a person types or picks to give an answer."""
    question = knowledge.questions[field]
    if question.type == "choices":
        return [*(value or [NOT_SURE]), *([DONE] if 0 < len(value or []) < 4 else [])]
    if question.type == "flag":
        return {True: "yes", False: "no", None: NOT_SURE}[value]
    if question.type == "choice":
        return value or NOT_SURE
    return "" if value is None else str(value)


@settings(max_examples=15, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_the_profile_does_not_depend_on_the_order_of_answers(
    knowledge: Knowledge,
    shuffled: Callable[[random.Random], Order],
    data: st.DataObject,
    seed: int,
) -> None:
    """Whatever order questions come in, the same person ends with the same profile."""
    answers = data.draw(person(knowledge))
    replies = {field: reply_of(field, value, knowledge) for field, value in answers.items()}
    straight = Run(knowledge, replies)
    straight.go()
    mixed = Run(knowledge, replies, shuffled(random.Random(seed)))
    mixed.go()
    assert mixed.profile == straight.profile


@settings(max_examples=25, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_what_applies_depends_on_the_answers_alone(
    knowledge: Knowledge, data: st.DataObject, seed: int
) -> None:
    """Answers left over from before, in any order, are dropped the same way."""
    answers = data.draw(person(knowledge))
    fields = list(answers)
    random.Random(seed).shuffle(fields)
    mixed = {field: answers[field] for field in fields}
    assert that_apply(knowledge, mixed) == that_apply(knowledge, answers)
