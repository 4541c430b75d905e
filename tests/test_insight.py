"""How firm, why this rather than that, what would change it, what first: all of it checked."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mladvisor.insight.find_out import is_range, open_figures, open_ranking, worth_of_knowing
from mladvisor.insight.flips import Flip
from mladvisor.insight.groups import THIRDS, Groups, thirds
from mladvisor.insight.likelihood import likeliest_first, way_left
from mladvisor.insight.robustness import (
    high_regret,
    pick_of,
    ranked,
    regret,
    standing,
    standings,
)
from mladvisor.insight.verdicts import Pick, picked
from mladvisor.interview.agenda import by_worth
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.rows import Question
from mladvisor.paths.path import Path
from mladvisor.paths.table import path_table
from mladvisor.profile import choices_of, make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.document import Recommendation
from mladvisor.scoring.model import Scores, score, score_whole
from mladvisor.sequences import scattered
from tests.commands import run
from tests.conftest import ROOT
from tests.people import profiles
from tests.test_advise import document
from tests.test_people import FOUR, case

TODAY = date(2026, 11, 22)
KNOWLEDGE = Knowledge(compiled(ROOT / "data"))
NUMBERS = KNOWLEDGE.settings.numbers
HALF_EMPTY = {"goal": "ml-job", "budget_usd": 3000}

sixty = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def scored(answers: dict[str, Any], knowledge: Knowledge = KNOWLEDGE) -> Scores:
    return score(make_profile(knowledge, answers), knowledge, TODAY)


def pick_for(answers: dict[str, Any], rule: Any = "mean", knowledge: Knowledge = KNOWLEDGE) -> Pick:
    scores = scored(answers, knowledge)
    return picked(scores.paths, scores.totals, knowledge.settings, rule)


def advised(answers: dict[str, Any], **options: Any) -> Recommendation:
    return recommend(scored(answers), KNOWLEDGE, today=TODAY, **options)


@sixty
@given(profiles(KNOWLEDGE), st.sampled_from(["mean", "mean", "mean", "cautious"]))
def test_what_is_said_to_change_the_advice_does_and_what_is_not_does_not(
    answers: dict[str, Any], rule: Any
) -> None:
    advice = advised(answers, rule=rule)
    kind = advice.verdict.kind
    for change in advice.what_would_change:
        assert change.from_ == advice.profile.get(change.field)
        pick = pick_for({**answers, change.field: change.to}, rule)
        assert (pick.kind, pick.path) == (change.kind, change.path)
        assert pick.kind != kind
    dice = random.Random(7)
    for same in advice.would_not_change:
        for value in dice.sample(same.tried, min(3, len(same.tried))):
            assert pick_for({**answers, same.field: value}, rule).kind == kind, same.field
    changing = {change.field for change in advice.what_would_change}
    assert not changing & {same.field for same in advice.would_not_change}
    for row in advice.find_out_first:
        assert (row.chance_to_change > 0) == (row.settles is None)
        if row.settles is None and not row.field.startswith("figure:"):
            assert row.field in changing & set(advice.unknown)


@pytest.mark.parametrize("name", FOUR)
def test_a_number_tips_at_the_step_that_is_said_and_not_one_before(name: str) -> None:
    answers = case(name)["profile"]
    advice = advised(answers)
    for change in advice.what_would_change:
        if change.direction is not None:
            step = KNOWLEDGE.questions[change.field].step or 0
            toward = step if change.to < answers[change.field] else -step
            nearer = {**answers, change.field: change.to + toward}
            assert pick_for(nearer).kind == advice.verdict.kind


@pytest.mark.parametrize(
    ("field", "likelier", "less"),
    [
        ("deadline_months", (24, 30), (24, 108)),
        ("deadline_months", (24, 11), (24, 108)),
        ("budget_usd", (3000, 9500), (3000, 47_000)),
        ("budget_usd", (30_000, 36_500), (3000, 9500)),
        ("hours_per_week", (10, 8), (10, 4)),
    ],
)
def test_a_number_near_in_proportion_is_likelier(
    field: str, likelier: tuple[float, float], less: tuple[float, float]
) -> None:
    question = KNOWLEDGE.questions[field]
    assert 1 > way_left(*likelier, question) > way_left(*less, question) > 0
    low, high = question.plausible or (0, 0)
    assert way_left(likelier[0], high, question) == way_left(likelier[0], low, question) == 0


def test_an_implausible_change_does_not_lead() -> None:
    given = {"deadline_months": 24, "degree_filter": "hard", "hours_per_week": 10}
    pick = pick_for(given)
    flips = [
        Flip("deadline_months", 24, 108, "from", pick),
        Flip("math", None, "strong", None, pick),
        Flip("degree_filter", "hard", "none", None, pick),
        Flip("hours_per_week", 10, 12, "from", pick),
    ]
    profile = make_profile(KNOWLEDGE, given)
    told = likeliest_first(flips, {("math", "strong"): 0.2}, profile, KNOWLEDGE)
    assert [flip.field for flip in told][2:] == ["math", "deadline_months"]
    assert [flip.likelihood for flip in told] == sorted((f.likelihood for f in told), reverse=True)
    assert told[2].likelihood == 0.2


@pytest.mark.parametrize("name", [*FOUR, "half-empty"])
def test_a_criterion_counted_as_said_changes_the_kind_when_a_rule_counts_it_so(name: str) -> None:
    answers = HALF_EMPTY if name == "half-empty" else case(name)["profile"]
    advice = advised(answers, explore=False)
    for change in advice.weights_that_would_change:
        rule = {
            "id": "counts-more-or-less",
            "file": "rules/test.toml",
            "then": {"weigh": {change.criterion: change.factor}},
            "because": "Tried.",
            "sources": ["judgement"],
        }
        changed = Knowledge({**KNOWLEDGE.document, "rules": [*KNOWLEDGE.document["rules"], rule]})
        scores = scored(answers, changed)
        pick = pick_for(answers, knowledge=changed)
        assert (pick.kind, pick.path) == (change.kind, change.path)
        assert pick.kind != advice.verdict.kind
        column = [criterion.id for criterion in scores.criteria].index(change.criterion)
        assert scores.weights[:, column].mean() == pytest.approx(change.to, abs=1e-3)


@sixty
@given(profiles(KNOWLEDGE))
def test_differences_are_those_of_the_points(answers: dict[str, Any]) -> None:
    scores = scored(answers)
    advice = recommend(scores, KNOWLEDGE, today=TODAY, explore=False)
    columns = {path.id: at for at, path in enumerate(scores.paths)}
    means = scores.points.mean(axis=0)
    totals = scores.points.sum(axis=2)
    pick = columns[advice.verdict.path]
    for row in advice.versus:
        lead = means[pick] - means[columns[row.path]]
        named = {each.criterion: each.points for each in row.differences}
        expected = {c.id: round(float(p), 1) for c, p in zip(scores.criteria, lead, strict=True)}
        assert named == expected
        ahead = totals[:, pick] - totals[:, columns[row.path]]
        share = ((ahead > 0).mean() + (ahead >= 0).mean()) / 2
        assert row.winning_share == pytest.approx(share, abs=0.006)
        assert row.tie == (NUMBERS["tie_low"] <= share <= NUMBERS["tie_high"])
        for each in row.differences:
            assert all(answers[field] is not None for field in each.answers)


def test_reasons_said_are_the_largest_differences_and_the_best_one_against() -> None:
    row = next(row for row in advised(case(FOUR[1])["profile"]).versus if row.kind == "courses")
    texts = KNOWLEDGE.texts["versus"]
    ahead = [each.criterion for each in row.differences if each.points > 0]
    behind = [each.criterion for each in row.differences if each.points < 0]
    before, after = row.text.split(" Against it: ")
    assert texts["more"][ahead[0]] in before
    assert texts["less"][behind[0]] in after
    assert before.index(texts["more"][ahead[0]]) < before.index(texts["more"][ahead[1]])
    assert "kind of employer: big tech" in before


def test_knowing_is_worth_what_the_better_choice_gains_by_hand() -> None:
    """Two paths, a fact that is so in half of the cases: 3 or 0 against 1 whatever it is."""
    holds = np.repeat([True, False], 40)
    totals = np.column_stack([np.ones(80), np.where(holds, 3.0, 0.0)]).astype(np.float32)

    def best(members: Any) -> Any:
        return (members @ totals).argmax(axis=1).tolist()

    nothing = Groups.of("", {True: np.ones(80, dtype=bool)})
    (pick,) = best(nothing.members)
    assert pick == 1
    # Told no, one takes the first path: 1 rather than 0, half of the time.
    told = Groups.of("", {True: holds, False: ~holds})
    assert worth_of_knowing(totals, told, pick, best) == pytest.approx(0.5)
    assert worth_of_knowing(totals, nothing, pick, best) == 0


def test_knowing_noise_is_worth_nothing() -> None:
    """The largest of noisy means is above the mean; the other half of the draws shows it."""
    dice = np.random.default_rng(7)
    totals = dice.normal(size=(800, 30)).astype(np.float32)
    totals[:, 0] += 0.2
    groups: dict[Any, Any] = {at: np.arange(800) % 40 == at for at in range(40)}

    def best(members: Any) -> Any:
        return (members @ totals).argmax(axis=1).tolist()

    means = [totals[group].mean(axis=0).max() for group in groups.values()]
    biased = sum(means) / 40 - totals[:, 0].mean()
    assert biased > 0.1
    assert worth_of_knowing(totals, Groups.of("", groups), 0, best) < biased / 4


def test_the_share_in_which_a_rule_holds_is_counted_path_by_path() -> None:
    """Where a rule looks at some paths only it holds on no other, whoever it is asked for."""
    people = [make_profile(KNOWLEDGE, {"goal": "ml-job", "budget_usd": usd}) for usd in (0, 9000)]
    block = score_whole(people, KNOWLEDGE, TODAY, 64, explain=True)
    paths = np.arange(len(block.figures.table.paths))
    for outcome in block.outcomes:
        on = np.zeros((len(paths), 2, 64), dtype=bool)
        on[outcome.rows] = outcome.where
        expected = (on & outcome.when).mean(axis=2)
        for person in range(2):
            assert np.array_equal(outcome.shares_of(paths, person), expected[:, person])
        chosen = np.array([[3, 0], [40, len(paths) - 1]])
        shares = outcome.shares_of(chosen, np.arange(2))
        assert np.array_equal(shares, expected[chosen, np.arange(2)]), outcome.rule.id


RANKINGS = [row for row in KNOWLEDGE.questions.values() if row.type == "choices"]


@settings(sixty, max_examples=30)
@given(profiles(KNOWLEDGE), st.sampled_from(RANKINGS))
def test_what_is_put_first_changes_the_kind_where_it_is_said_to_and_nowhere_else(
    answers: dict[str, Any], question: Question
) -> None:
    left_open = {field: answer for field, answer in answers.items() if field != question.field}
    scores = scored(left_open)
    ranks = standing(scores, KNOWLEDGE.settings)
    found = open_ranking(question, scores, ranks, KNOWLEDGE, TODAY)
    for word in choices_of(question, KNOWLEDGE):
        pick = pick_for({**left_open, question.field: [word]})
        flips = pick.kind != scores.paths[ranks.pick].kind
        assert (word in found.flips) == flips, word
        if flips:
            assert scores.paths[found.flips[word]].id == pick.path
    if found.flips and found.worth > NUMBERS["settled_worth"]:
        assert not by_worth(KNOWLEDGE, TODAY)(left_open).settled, "nobody is told to stop"
    assert found.worth >= 0


def test_a_kind_stands_with_the_first_of_its_paths_that_is_open_there() -> None:
    """Columns: carrying on, two degrees, a course plan; the order is that of the mean fits."""
    totals = np.array(
        [
            [0, 5, 9, 6],  # the second degree would be best, but the first one is open
            [0, 0, 7, 6],  # the first degree is ruled out: the second stands in
            [0, 8, 2, 6],
            [0, 0, 0, 0],  # all are ruled out: carrying on
            [0, 5, 0, -1],
        ],
        dtype=np.float32,
    )
    kinds = ("work", "degree", "degree", "courses")
    paths = [replace(scored({}).paths[0], kind=kind) for kind in kinds]
    shares = ranked(totals, paths, KNOWLEDGE.settings).kind_share
    assert shares == pytest.approx({"work": 0.2, "degree": 0.6, "courses": 0.2})


def test_regret_by_hand_and_the_cautious_pick() -> None:
    """Path 1 is best on average; path 2 never costs much. Carrying on, path 0, gains nothing."""
    totals = np.array([[0.0, 30.0, 20.0]] * 8 + [[0.0, -10.0, 4.0]] * 2)
    assert regret(totals)[0].tolist() == [30, 0, 10]
    assert regret(totals)[-1].tolist() == [4, 14, 0]
    assert high_regret(totals, 0.9).tolist() == [30, 14, 10]
    paths: list[Path] = list(scored({}).paths[:3])
    assert ranked(totals, paths, KNOWLEDGE.settings).pick == 1
    assert ranked(totals, paths, KNOWLEDGE.settings, "cautious").pick == 2
    both = ranked(totals, paths, KNOWLEDGE.settings)
    assert both.first_share.tolist() == [0, 0.8, 0.2]
    assert both.top_share(1)[2] == pytest.approx(0.2)
    assert both.ahead_share(1, 2) == pytest.approx(0.8)


def test_what_limits_mostly_rule_out_is_not_picked_however_well_it_would_fit() -> None:
    """Path 1 is out of reach in six readings of ten, with 0 points there; path 2 never is."""
    totals = np.array([[0.0, 50.0, 5.0]] * 4 + [[0.0, 0.0, 5.0]] * 6)
    paths: list[Path] = list(scored({}).paths[:3])
    found = ranked(totals, paths, KNOWLEDGE.settings)
    assert found.order == (2, 0, 1)
    assert found.pick == pick_of(totals, KNOWLEDGE.settings) == 2
    half = np.concatenate([totals, totals[:2]])
    assert ranked(half, paths, KNOWLEDGE.settings).pick == 1, "half of the readings are enough"


def test_who_is_among_the_best_is_the_same_in_a_block_where_others_have_more_paths() -> None:
    dice = np.random.default_rng(5)
    totals = dice.integers(-3, 4, size=(6, 2, 50)).astype(np.float32)
    paths = list(scored({}).paths[:6])
    for one, own in zip(
        standings(totals, [paths, paths[:4]], KNOWLEDGE.settings), (6, 4), strict=True
    ):
        ahead = (one.totals[:, None, :] > one.totals[:, :, None]).sum(axis=2)
        assert one.top_share(3).tolist() == (ahead < 3).mean(axis=0).tolist()
        assert len(one.top_share(3)) == own


def test_an_uncertain_figure_is_grouped_as_it_was_drawn() -> None:
    scores = scored({"goal": "ml-job", "country": "US", "us_state": "WA"})
    at = [path.id for path in scores.paths].index("gatech-omscs")
    drawn = thirds("cost_usd", scores.scenarios.size)
    low, middle, high = (members > 0 for members in drawn.members)
    cost = scores.figures.values["cost_usd"][:, at]
    assert drawn.answers == THIRDS
    assert cost[low].mean() < cost[middle].mean() < cost[high].mean()


def test_a_settled_figure_lies_where_it_is_said_and_all_others_are_drawn_as_before() -> None:
    profile = make_profile(KNOWLEDGE, {"employer_pays_usd_per_year": 0.0, "us_state": "WA"})
    table = path_table(KNOWLEDGE, TODAY)
    at = [path.id for path in table.paths].index("gatech-omscs")
    low, high = table.paths[at].cost_usd
    drawn = score_whole([profile], KNOWLEDGE, TODAY, 64, explain=True)
    settled = score_whole(
        [profile], KNOWLEDGE, TODAY, 64, explain=True, table=table.settled({"cost_usd": 0.25})
    )
    costs = settled.figures.values["cost_usd"][at] - drawn.figures.values["cost_usd"][at]
    assert np.ptp(drawn.figures.values["cost_usd"][at]) > 0
    assert np.ptp(costs + scattered("cost_usd", 64) * (high - low)) < 0.01
    assert np.array_equal(settled.figures.finish, drawn.figures.finish)
    assert table.settled({}) is not table
    assert np.array_equal(table.settled({}).drawn("hours", 64), table.drawn("hours", 64))


UNSETTLED: list[dict[str, Any]] = [
    {"goal": "ml-job", "education": "none", "programming": "none", "technical_job": False},
    {"goal": "data-job", "role": "data-scientist", "degree_filter": "soft"},
    {"goal": "research-job", "education": "master-quant", "programming": "working"},
    {"goal": "data-job", "employer_pays_usd_per_year": 5250.0, "ml_at_work": True},
]


def test_a_figure_to_find_out_changes_the_kind_where_it_is_said_to_and_nowhere_else() -> None:
    found = 0
    for answers in UNSETTLED:
        scores = scored(answers)
        ranks = standing(scores, KNOWLEDGE.settings)
        kind = scores.paths[ranks.pick].kind
        for one in open_figures(scores, ranks, KNOWLEDGE, TODAY):
            found += 1
            assert is_range(scores, one.field, ranks.pick, *one.flips.values())
            for at, third in enumerate(THIRDS):
                names = (
                    ("cost_usd", "cost_in_state_usd") if one.field == "cost_usd" else (one.field,)
                )
                known = dict.fromkeys(names, (2 * at + 1) / 6)
                table = path_table(KNOWLEDGE, TODAY).settled(known)
                block = score_whole([scores.profile], KNOWLEDGE, TODAY, table=table)
                pick = picked(scores.paths, block.totals_of(0), KNOWLEDGE.settings, "mean")
                assert (pick.kind != kind) == (third in one.flips)
    assert found, "people for whom a figure decides"


def test_goal_and_budget_alone_get_a_humble_answer_and_two_things_to_find_out() -> None:
    advice = advised(HALF_EMPTY)
    assert advice.verdict.firmness.label != "firm"
    first, second = advice.find_out_first[:2]
    assert first.chance_to_change > 0
    assert first.field != second.field
    assert all(row.how.endswith(".") and row.minutes > 0 for row in (first, second))


def test_reasons_on_open_answers_are_conditions() -> None:
    advice = advised(HALF_EMPTY, explore=False)
    reasons = [
        reason
        for path in advice.ranking
        for part in path.contributions
        for reason in (*part.reasons, *path.chance_reasons)
        if reason.share < 1 and None in reason.read.values()
    ]
    assert reasons
    assert all(reason.condition.startswith("If ") for reason in reasons)
    high = next(reason for reason in reasons if reason.rule == "structure-carries")
    assert high.condition == "If your need for deadlines and people is high"
    told = advised({**HALF_EMPTY, "structure": "high"}, explore=False)
    plan = next(path for path in told.ranking if path.kind == "courses")
    again = next(r for r in plan.chance_reasons if r.rule == "structure-carries")
    assert (again.condition, again.share) == ("", 1)


HALF_FLAGS = ["--goal", "ml-job", "--budget", "30000"]


def test_versus_sets_the_pick_against_a_path_of_ones_own() -> None:
    advice = document(*HALF_FLAGS, "--versus", "cuboulder-mscs")
    first = advice["versus"][0]
    assert (first["path"], first["named"]) == ("cuboulder-mscs", True)
    assert [row["named"] for row in advice["versus"][1:]] == [False] * (len(advice["versus"]) - 1)
    own = advice["verdict"]["path"]
    against_itself = document(*HALF_FLAGS, "--versus", own)["versus"][0]
    assert all(each["points"] == 0 for each in against_itself["differences"])
    out = document(
        "--goal", "ml-job", "--budget", "100", "--employer-pays", "0", "--versus", "gatech-omscs"
    )
    assert "ruled out" in out["versus"][0]["text"]


def test_versus_an_unknown_path_names_the_nearest() -> None:
    result = run("advise", *HALF_FLAGS, "--versus", "omscs")
    assert (result.returncode, result.stdout) == (2, "")
    assert '--versus: there is no path "omscs"; nearest: gatech-omscs' in result.stderr


def test_the_cautious_pick_says_what_it_saves_and_costs() -> None:
    usual, careful = document(*HALF_FLAGS), document(*HALF_FLAGS, "--cautious")
    assert (usual["verdict"]["rule"], careful["verdict"]["rule"]) == ("mean", "cautious")
    assert (usual["verdict"]["cautious"], usual["verdict"]["rule_text"]) == (None, "")
    cost = careful["verdict"]["cautious"]
    assert cost["instead_of"] == usual["verdict"]["path"] != careful["verdict"]["path"]
    assert cost["fit_given_up"] >= 0
    assert cost["high_regret"] <= cost["instead_of_high_regret"]
    by_path = {path["path"]: path for path in careful["ranking"]}
    order = [(path["open_share"] < 0.5, path["high_regret"]) for path in careful["ranking"]]
    assert order == sorted(order), "what limits mostly rule out comes last"
    given_up = by_path[cost["instead_of"]]["fit"] - by_path[careful["verdict"]["path"]]["fit"]
    assert cost["fit_given_up"] == pytest.approx(given_up, abs=0.06)
    screen = run("advise", *HALF_FLAGS, "--cautious").stdout
    assert f"at most {cost['high_regret']:g} points" in " ".join(screen.split())


def test_a_saved_cautious_document_is_one_json_document() -> None:
    result = run("advise", *HALF_FLAGS, "--cautious", "--json")
    assert Recommendation.model_validate_json(result.stdout).verdict.rule == "cautious"
    assert json.loads(result.stdout)["schema_version"] == "1.3"
