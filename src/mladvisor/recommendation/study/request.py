"""What a study plan is asked for: a goal, a start, and limits, read from the person's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mladvisor.axes import middle, of_path
from mladvisor.curriculum.catalog import BY_HOURS, Objective, catalog
from mladvisor.curriculum.depths import Skills
from mladvisor.curriculum.limits import Wish
from mladvisor.curriculum.plan import make_plan
from mladvisor.errors import InputError, Problem, did_you_mean, nearest
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer, Role
from mladvisor.knowledge.rows import CoursePlanKind
from mladvisor.paths.plans import role_target
from mladvisor.paths.skills import read_skills
from mladvisor.profile import Profile
from mladvisor.scenarios import Scenarios, draw_block

READ = ("role", "hours_per_week", "math", "programming", "ml", "production")
"""Answers a plan turns on; those left open are said to be assumed."""


LEAST_HOURS = 0.5
"""Hours a week with which a plan for somebody who has none is still laid out."""


@dataclass(frozen=True, eq=False)
class Request:
    """`wish`: what to reach from where; `degree`: the one it is to be like; limits or None.

    `yardstick`: what the coverage is measured against, and `yardstick_title` what says so.
    """

    profile: Profile
    wish: Wish
    objective: Objective
    role: Role
    degree: Offer | None
    yardstick: Skills
    yardstick_title: str
    yardstick_sources: tuple[str, ...]
    hours_per_week: float
    budget_usd: float | None
    deadline_months: float | None
    start: date
    assumed: tuple[str, ...]


def read_request(
    profile: Profile,
    knowledge: Knowledge,
    today: date,
    objective: Objective,
    *,
    like: str | None = None,
    without: Sequence[str] = (),
    kind: CoursePlanKind | None = None,
) -> Request:
    """Return what the plan is asked for; InputError names an unknown degree or skill.

    `kind`: of course plan for a role, the whole one by default; a degree's plan is always whole.
    Open answers are read as the middle of what is common, since a plan needs one start.
    """
    _check(knowledge, like, without)
    draws = draw_block([profile], knowledge)
    (skills,), scenarios = read_skills(draws, knowledge).people, draws.of(0)
    role = knowledge.roles[skills.role]
    answers: Any = profile.answers()
    degree = next((offer for offer in knowledge.offers if offer.id == like), None)
    yardstick, title, sources = _yardstick(knowledge, role, degree)
    kind = kind or knowledge.settings.course_plans[0]
    wanted = yardstick if degree is not None else role_target(role, kind)
    target = {name: depth for name, depth in wanted.items() if name not in without}
    projects = role.projects[: kind.projects]
    if degree is not None and "role" not in answers:
        projects = _nearest_projects(knowledge, target, skills.middle)
    projects = tuple(name for name in projects if name not in without)
    return Request(
        profile=profile,
        wish=Wish(target, skills.middle, projects, _counts(knowledge, role, target)),
        objective=objective,
        role=role,
        degree=degree,
        yardstick=yardstick,
        yardstick_title=title,
        yardstick_sources=sources,
        hours_per_week=_hours_per_week(profile, scenarios),
        budget_usd=answers.get("budget_usd"),
        deadline_months=answers.get("deadline_months"),
        start=answers.get("start") or today,
        assumed=tuple(field for field in READ if field in scenarios.unknown),
    )


def _hours_per_week(profile: Profile, scenarios: Scenarios) -> float:
    """Return the hours answered, or the middle of what is common in whole hours."""
    drawn = middle(of_path(scenarios.values["hours_per_week"], 0))
    known = "hours_per_week" in profile.answers()
    return max(drawn if known else round(drawn), LEAST_HOURS)


def _check(knowledge: Knowledge, like: str | None, without: Sequence[str]) -> None:
    degrees = [offer.id for offer in knowledge.offers if offer.grants == "master"]
    named = [like] if like is not None else []
    given = [("--like", named, degrees, "an id from `mladvisor list programs`")]
    parts = [*knowledge.competencies, *catalog(knowledge).projects]
    given += [("--without", list(without), parts, "a skill or project of the plan (--json)")]
    problems = [
        Problem(flag, _unknown(name, known, where))
        for flag, names, known, where in given
        for name in names
        if name not in known
    ]
    if problems:
        raise InputError(problems)


def _unknown(name: str, known: Sequence[str], where: str) -> str:
    near = nearest(name, known)
    return f'got "{name}"; {did_you_mean(name, known) or (near and f"{near}; ")}accepted: {where}'


def _yardstick(
    knowledge: Knowledge, role: Role, degree: Offer | None
) -> tuple[Skills, str, tuple[str, ...]]:
    """Return what is to be reached: what the degree requires, or else what the role uses."""
    if degree is None:
        return {need.competency: need.depth for need in role.competencies}, role.title, ()
    for curriculum in knowledge.curricula.values():
        if curriculum.program == degree.id and curriculum.required:
            return curriculum.required, curriculum.title, curriculum.sources
    return degree.covers, degree.short_name, ()


def _counts(knowledge: Knowledge, role: Role, target: Skills) -> dict[str, float]:
    """Return what may be left out of a plan, and how much it counts for the role.

    The early stages carry the rest; what a degree asks for and the role does not counts least.
    """
    stages = catalog(knowledge).stages
    can_go = {name for stage in stages if stage.can_be_left_out for name in stage.competency_stages}
    weights = {need.competency: need.weight for need in role.competencies}
    least = min(weights.values(), default=1.0)
    return {
        name: weights.get(name, least)
        for name in target
        if knowledge.competencies[name].stage in can_go
    }


def _nearest_projects(knowledge: Knowledge, target: Skills, have: Skills) -> tuple[str, ...]:
    """Return two projects whose requirements add least to what is learned anyway.

    For a degree's plan without a role: one that goes to the full depth, and one more.
    """
    templates = catalog(knowledge).projects.values()
    alone = make_plan(knowledge, target, have, (), BY_HOURS).hours

    def added(name: str) -> tuple[float, str]:
        return make_plan(knowledge, target, have, (name,), BY_HOURS).hours - alone, name

    def least(depth: int, taken: Iterable[str] = ()) -> str | None:
        names = [
            row.id
            for row in templates
            if max(row.teaches.get(skill, 0) for skill in _project_skills(knowledge)) == depth
            and row.id not in taken
        ]
        return min(names, key=added, default=None)

    return tuple(name for name in (least(2), least(3)) if name is not None)


def _project_skills(knowledge: Knowledge) -> list[str]:
    return [name for name, row in knowledge.competencies.items() if row.stage == "project"]
