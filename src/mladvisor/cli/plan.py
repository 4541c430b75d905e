"""`mladvisor plan`: the courses to a role, or to what a degree teaches, on a calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.flags import ProfileOption, with_answers
from mladvisor.cli.options import (
    Format,
    FormatOption,
    JsonOption,
    OutOption,
    TodayOption,
)

if TYPE_CHECKING:
    from mladvisor.knowledge.load import Knowledge
    from mladvisor.knowledge.rows import CoursePlanKind

HELP = """Plan the courses to a role, or to what a named degree teaches, on a calendar.

Examples:

  mladvisor plan --role ml-engineer --math rusty --hours-per-week 8

  mladvisor plan --like gatech-omscs --free

  mladvisor plan --role nlp-engineer --deadline-months 12 --ics plan.ics

  mladvisor plan --role data-scientist --knows sql=2 --format markdown -o plan.md
"""


class Saves(StrEnum):
    """What the plan saves first."""

    hours = "hours"
    cost = "cost"


def _kind(name: str, knowledge: Knowledge) -> CoursePlanKind | None:
    """Return the kind of course plan that a flag of that name asks for."""
    return next((kind for kind in knowledge.settings.course_plans if kind.id == name), None)


def plan_command() -> Callable[..., None]:
    """Return the command function, with one flag for each question of the knowledge base."""
    return with_answers(_plan, HELP)


def _plan(
    knowledge: Knowledge,
    given: Mapping[str, Any],
    *,
    like: Annotated[
        str | None,
        typer.Option(
            "--like",
            metavar="PROGRAM",
            help="Cover what this degree requires",
            autocompletion=ids_of("programs"),
        ),
    ] = None,
    by: Annotated[Saves, typer.Option("--by", help="What to save first")] = Saves.hours,
    core: Annotated[
        bool, typer.Option("--core", help="Only what counts most for the role, and one project")
    ] = False,
    free: Annotated[bool, typer.Option("--free", help="Free courses only")] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="SKILL",
            help="Leave a skill or project out",
            autocompletion=ids_of("competencies"),
        ),
    ] = None,
    ics: Annotated[
        str | None, typer.Option("--ics", metavar="FILE", help="Write the calendar, for an app")
    ] = None,
    format_: FormatOption = Format.text,
    json_: JsonOption = False,
    out: OutOption = None,
    profile: ProfileOption = None,
    today: TodayOption = None,
) -> None:
    """Plan the courses."""
    from mladvisor.cli.answers import profile_from
    from mladvisor.cli.output import Result, day, finish
    from mladvisor.curriculum.catalog import BY_COST, BY_HOURS, FREE_ONLY
    from mladvisor.recommendation.study.assemble import study_plan
    from mladvisor.recommendation.study.request import read_request
    from mladvisor.report.content.study import study_page

    date = day(today)
    objective = FREE_ONLY if free else BY_COST if by is Saves.cost else BY_HOURS
    request = read_request(
        profile_from(knowledge, profile, given, date),
        knowledge,
        date,
        objective,
        like=like,
        without=without or (),
        kind=_kind("core", knowledge) if core else None,
    )
    plan = study_plan(request, knowledge, date)
    if ics is not None:
        from mladvisor.cli.files import write_whole
        from mladvisor.report.calendar import as_calendar

        write_whole(Path(ics), as_calendar(plan))
        typer.echo(f"Calendar written to {ics}", err=True)
    result = Result(plan, lambda _: study_page(plan, knowledge.texts["study"]))
    finish(result, Format.json if json_ else format_, out)
