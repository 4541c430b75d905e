"""`mladvisor plan`: what is printed adds up, in every format and at every width."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from mladvisor.curriculum.catalog import BY_HOURS, Objective
from mladvisor.errors import InputError
from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.recommendation.study.assemble import study_plan
from mladvisor.recommendation.study.document import StudyPlan
from mladvisor.recommendation.study.request import read_request
from mladvisor.report.calendar import as_calendar, courses_of
from mladvisor.report.content.study import study_page
from mladvisor.report.markdown import as_markdown
from mladvisor.report.terminal.page import print_page
from tests import commands

TODAY = date(2026, 11, 24)
BEGINNER = {
    "role": "ml-engineer",
    "math": "none",
    "programming": "none",
    "ml": "none",
    "production": "none",
    "hours_per_week": 10,
}


def planned(
    knowledge: Knowledge,
    answers: dict[str, Any],
    objective: Objective = BY_HOURS,
    **asked: Any,
) -> StudyPlan:
    request = read_request(make_profile(knowledge, answers), knowledge, TODAY, objective, **asked)
    return study_plan(request, knowledge, TODAY)


def run(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mladvisor", "plan", "--today", "2026-11-24", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


def test_sums_add_up_and_stages_follow_one_another(knowledge: Knowledge) -> None:
    plan = planned(knowledge, BEGINNER)
    courses = [course for _, course in courses_of(plan)]
    assert sum(stage.hours for stage in plan.stages) == pytest.approx(plan.hours_middle)
    assert sum(course.hours.low for course in courses) == plan.hours.low
    assert plan.weeks == pytest.approx(plan.hours_middle / 10, abs=0.1)
    assert plan.cost_usd == sum(held.cost_usd for held in plan.subscriptions) + sum(
        course.cost_usd or 0 for course in courses
    )
    assert plan.begins == TODAY.isoformat()
    for before, after in zip(plan.stages, plan.stages[1:], strict=False):
        assert before.ends < after.begins
    days = (date.fromisoformat(plan.ends) - TODAY).days + 1
    assert days / 7 == pytest.approx(plan.weeks, abs=0.3)


def test_a_beginner_gets_all_five_stages(knowledge: Knowledge) -> None:
    plan = planned(knowledge, BEGINNER)
    guide = next(row for row in knowledge.curricula.values() if row.stages)
    assert [stage.id for stage in plan.stages] == [stage.id for stage in guide.stages]
    assert plan.missing == []
    assert plan.known == {}
    assert all(row.reached >= row.asked for row in plan.coverage)


def test_open_answers_are_said_to_be_assumed(knowledge: Knowledge) -> None:
    assert planned(knowledge, BEGINNER).assumptions == ""
    plan = planned(knowledge, {"role": "ml-engineer"})
    assert {"hours_per_week", "math", "programming"} <= set(plan.assumed)
    assert "free for study" in plan.assumptions


def test_a_named_degree_is_covered_and_stands_beside(knowledge: Knowledge) -> None:
    plan = planned(knowledge, {**BEGINNER, "math": "working"}, like="gatech-omscs")
    required = knowledge.curricula["gatech-omscs-ml"].required
    assert {row.competency: row.asked for row in plan.coverage} == dict(required)
    assert plan.degree is not None
    assert plan.degree.program == "gatech-omscs"
    assert plan.degree.hours is not None
    assert plan.degree.cost_usd is not None
    assert plan.cost_usd < plan.degree.cost_usd.low
    assert any("credential" in line.lower() for line in plan.not_given)


def test_a_degree_without_a_curriculum_on_file_is_taken_by_what_it_covers(
    knowledge: Knowledge,
) -> None:
    on_file = {row.program for row in knowledge.curricula.values()}
    degree = next(
        offer
        for offer in knowledge.offers
        if offer.grants == "master" and offer.covers and offer.id not in on_file
    )
    plan = planned(knowledge, BEGINNER, like=degree.id)
    assert {row.competency: row.asked for row in plan.coverage} == dict(degree.covers)


def test_two_or_three_projects_of_full_scope_end_it(knowledge: Knowledge) -> None:
    for answers, like in ((BEGINNER, None), ({"math": "working"}, "gatech-omscs")):
        last = planned(knowledge, answers, like=like).stages[-1]
        assert last.id == "projects"
        assert 2 <= len(last.courses) <= 3


def test_a_short_deadline_names_what_to_leave_out_and_that_fits(knowledge: Knowledge) -> None:
    whole = planned(knowledge, {**BEGINNER, "deadline_months": 23})
    limit = next(limit for limit in whole.limits if limit.kind == "deadline")
    assert not limit.fits
    assert limit.leave_out
    assert limit.then_needs is not None
    assert limit.then_needs <= 23 < limit.needs
    early = {row.id for row in knowledge.competencies.values() if row.stage == "foundations"}
    assert not early & set(limit.leave_out), "mathematics has no short cut"
    smaller = planned(
        knowledge, {**BEGINNER, "deadline_months": 23}, without=tuple(limit.leave_out)
    )
    assert smaller.months == limit.then_needs
    assert smaller.limits[0].fits


def test_the_core_of_a_role_takes_half_the_hours_for_most_of_what_counts(
    knowledge: Knowledge,
) -> None:
    core = next(kind for kind in knowledge.settings.course_plans if kind.id == "core")
    whole, shorter = planned(knowledge, BEGINNER), planned(knowledge, BEGINNER, kind=core)
    assert shorter.hours_middle < 0.7 * whole.hours_middle
    weights = {n.competency: n.weight for n in knowledge.roles["ml-engineer"].competencies}
    reached = sum(
        weights[row.competency] * min(row.reached / row.asked, 1) for row in shorter.coverage
    )
    assert reached / sum(weights.values()) > 0.8
    assert len(shorter.stages[-1].courses) == 1
    assert any(row.reached < row.asked for row in shorter.coverage), "what it leaves out is shown"


def test_a_small_budget_makes_it_cheaper_and_nothing_makes_it_free(knowledge: Knowledge) -> None:
    dear = planned(knowledge, BEGINNER)
    cheaper = planned(knowledge, {**BEGINNER, "budget_usd": dear.cost_usd - 1})
    free = planned(knowledge, {**BEGINNER, "budget_usd": 0})
    assert dear.cost_usd > cheaper.cost_usd > free.cost_usd == 0
    assert (dear.saves, cheaper.saves) == ("hours", "cost")
    assert free.saves in {"cost", "free"}, "courses that are free to audit cost nothing either"
    assert all(plan.limits[0].fits for plan in (cheaper, free))


def test_a_skill_already_there_is_not_planned(knowledge: Knowledge) -> None:
    before = planned(knowledge, BEGINNER)
    after = planned(knowledge, {**BEGINNER, "knows": {"linear-algebra": 2, "calculus": 2}})
    assert after.hours_middle < before.hours_middle
    rows = {row.competency: row for row in after.coverage}
    assert rows["linear-algebra"].known == 2


@pytest.mark.parametrize("width", [100, 72, 60, 40])
@pytest.mark.parametrize("like", [None, "gatech-omscs"])
def test_it_fits_the_screen(width: int, like: str | None, knowledge: Knowledge) -> None:
    plan = planned(knowledge, {**BEGINNER, "deadline_months": 24, "budget_usd": 100}, like=like)
    stream = io.StringIO()
    print_page(study_page(plan, knowledge.texts["study"]), stream, width=width)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    shown = " ".join(stream.getvalue().split())
    for stage in plan.stages:
        assert stage.title in shown


def test_markdown_has_a_box_for_each_course(knowledge: Knowledge) -> None:
    plan = planned(knowledge, BEGINNER)
    text = as_markdown(study_page(plan, knowledge.texts["study"]))
    assert len(re.findall(r"^- \[ \] ", text, flags=re.MULTILINE)) == len(list(courses_of(plan)))
    assert len(re.findall(r"^### \d\\\. ", text, flags=re.MULTILINE)) == len(plan.stages)


def test_the_calendar_has_an_event_for_each_course(knowledge: Knowledge) -> None:
    plan = planned(knowledge, {**BEGINNER, "start": "2027-01-04"})
    events = Calendar.from_ical(as_calendar(plan)).walk("VEVENT")
    courses = [course for _, course in courses_of(plan)]
    assert [str(event["summary"]) for event in events] == [course.title for course in courses]
    for event, course in zip(events, courses, strict=True):
        assert event.decoded("dtstart") == date.fromisoformat(course.begins)
        last = date.fromisoformat(course.ends)
        assert event.decoded("dtend") == last + timedelta(days=1), "the end of an event is open"
    assert courses[0].begins == "2027-01-04"


def test_who_knows_it_all_is_told_so(knowledge: Knowledge) -> None:
    everything = dict.fromkeys(knowledge.competencies, 3)
    plan = planned(knowledge, {**BEGINNER, "knows": everything})
    assert [stage.id for stage in plan.stages] == ["projects"], "something to show is still made"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"like": "gatech-omsc"}, 'did you mean "gatech-omscs"?'),
        ({"without": ("linear-algebar",)}, 'did you mean "linear-algebra"?'),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest(
    asked: dict[str, Any], says: str, knowledge: Knowledge
) -> None:
    with pytest.raises(InputError, match=re.escape(says)):
        planned(knowledge, BEGINNER, **asked)


class TestCommand:
    def test_json_follows_the_schema_published(self) -> None:
        plan = json.loads(run("--role", "nlp-engineer", "--json").stdout)
        assert StudyPlan.model_validate(plan).role == "nlp-engineer"
        schema = [sys.executable, "-m", "mladvisor", "schema", "plan"]
        published = subprocess.run(schema, capture_output=True, text=True, check=True).stdout
        assert set(json.loads(published)["properties"]) == set(plan)

    def test_the_calendar_file_is_written_and_said(self, tmp_path: Path) -> None:
        target = tmp_path / "plan.ics"
        done = run("--role", "data-scientist", "--ics", str(target), "--format", "markdown")
        assert target.read_text().startswith("BEGIN:VCALENDAR")
        assert str(target) in done.stderr
        assert done.stdout.startswith("# Course plan: Data Scientist")

    def test_free_and_by_cost_are_flags(self) -> None:
        free = json.loads(run("--role", "data-scientist", "--free", "--json").stdout)
        cheap = json.loads(run("--role", "data-scientist", "--by", "cost", "--json").stdout)
        assert free["cost_usd"] == 0
        assert {course["price"] for s in free["stages"] for course in s["courses"]} == {"free"}
        assert cheap["saves"] == "cost"

    def test_all_problems_are_said_at_once(self) -> None:
        done = run("--role", "nonsense", "--budget", "much", code=2)
        assert "--role" in done.stderr
        assert "--budget" in done.stderr
        assert "--like" in run("--like", "nowhere", code=2).stderr


HOSTILE = (
    "A <script>x</script> | *b* [l](javascript:alert(1)) [red]r[/red] \\u001b[2J\\n# not a title"
)


def test_a_local_title_can_not_break_a_plan(tmp_path: Path) -> None:
    course = json.loads(run("--role", "ml-engineer", "--json").stdout)["stages"][0]["courses"][0]
    (tmp_path / "courses").mkdir()
    row = f'id = "{course["id"]}"\ntitle = "{HOSTILE}"\nurl = "javascript:alert(1)"\n'
    (tmp_path / "courses" / f"{course['id']}.toml").write_text(row)
    command = ("--role", "ml-engineer", "--data", str(tmp_path))
    markdown = run(*command, "--format", "markdown").stdout
    assert "javascript:alert" in markdown, "the title is there, as text"
    assert not re.search(r"(?<!\\)<", markdown)
    assert not re.search(r"(?<!\\)\]\((?!https?://)", markdown)
    assert "\n# no title" not in markdown
    text = run(*command).stdout
    assert "\x1b" not in text
    assert "[red]r[/red]" in " ".join(text.split())


@pytest.mark.parametrize(
    "flags",
    [
        ["--role", "ml-engineer"],
        ["--goal", "phd", "--math", "strong"],
        ["--goal", "ml-job", "--budget", "2500.5", "--no-technical-job", "--country", "Nigeria",
         "--knows", "python=2", "--knows", "sql=1", "--priorities", "cost,time",
         "--start", "2027-01-04", "--degree-filter", "none", "--deadline-months", "4"],
    ],
)  # fmt: skip
def test_the_command_a_report_prints_runs_as_printed_and_plans_for_the_same_person(
    flags: list[str], tmp_path: Path
) -> None:
    today = ["--today", "2026-11-22"]
    report = commands.run(
        "advise", *flags, *today, "--full", "--save", "me.json", cwd=tmp_path
    ).stdout
    printed = [line for line in report.splitlines() if line.startswith("mladvisor plan ")]
    made = json.loads(commands.run("advise", *flags, *today, "--json").stdout)["plan"]
    assert printed[0] in (made["command"], made["saved_command"])
    plans = {
        commands.run(*shlex.split(line)[1:], *today, "--json", cwd=tmp_path).stdout
        for line in (*printed, made["command"], made["saved_command"])
    }
    assert len(plans) == 1
    assert json.loads(plans.pop())["stages"]
