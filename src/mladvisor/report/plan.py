"""The study plan for people at a terminal: the sum first, then stage by stage, then the gaps."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mladvisor.recommendation.document import SourceRow
from mladvisor.recommendation.study.document import (
    PlannedCourse,
    PlannedStage,
    StudyPlan,
    Subscription,
)
from mladvisor.recommendation.words import counted, hours_range, measured, usd_range
from mladvisor.report import phrases
from mladvisor.report.style import THEME, Signs, heading, signs_for, source_text, wrapped
from mladvisor.report.terminal import MOST_COLUMNS, written

NARROW = 72
"""Below this width tables become lists."""


DEPTHS = "depth 1: follow with help, 2: work alone, 3: graduate depth"


class _Page:
    """One plan as it is shown: with which signs, how wide."""

    def __init__(self, plan: StudyPlan, signs: Signs, width: int) -> None:
        self.plan = plan
        self.signs = signs
        self.width = width
        self.titles = {course.id: course.title for stage in plan.stages for course in stage.courses}


def print_plan(plan: StudyPlan, stream: TextIO, *, width: int | None = None) -> None:
    """Print the whole plan to `stream`, as wide as its terminal but at most 100 columns."""
    console = Console(file=stream, theme=THEME, highlight=False, width=width)
    console.width = min(console.width, MOST_COLUMNS)
    page = _Page(plan, signs_for(stream), console.width)
    shown = [part for section in SECTIONS if (part := section(page)) is not None]
    written(console, stream, [line for part in shown for line in (part, Text())])


def plan_text(plan: StudyPlan) -> str:
    """Return the plan as plain text for a file."""
    stream = io.StringIO()
    print_plan(plan, stream, width=MOST_COLUMNS)
    return stream.getvalue()


def sums(plan: StudyPlan) -> str:
    """Return the plan's sum in a sentence: courses, hours, months, dates, money."""
    courses = sum(len(stage.courses) for stage in plan.stages)
    if not courses:
        return "You know all that it asks for: nothing to plan."
    return (
        f"{courses} courses and projects, about {round(plan.hours_middle):,} hours "
        f"({hours_range(plan.hours)}): {plan.months:.0f} months at {plan.hours_per_week:g} hours "
        f"a week, {day_range(plan.begins, plan.ends)}. Cost: {measured(plan.cost_usd, 'USD')}."
    )


def subscription(held: Subscription) -> str:
    """Return a subscription in words: for how long, for what price."""
    return (
        f"{held.provider} for {counted(held.months, 'month')}: {measured(held.cost_usd, 'USD')} "
        f"({counted(held.courses, 'course')}), then cancel."
    )


def pages(sources: Iterable[SourceRow]) -> list[SourceRow]:
    """Return the sources, each page once."""
    return list({(row.title, row.url): row for row in sources}.values())


def day_range(begins: str, ends: str) -> str:
    """Return two days as "4 Jan 2027 to 2 Mar 2028"."""
    return f"{_day(begins)} to {_day(ends)}"


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _sum(page: _Page) -> RenderableType:
    plan = page.plan
    lines: list[RenderableType] = [Text(plan.title, style="headline"), Text(sums(plan))]
    lines += [wrapped(subscription(held), mark="-") for held in plan.subscriptions]
    lines += [wrapped(limit.text, mark="!" if not limit.fits else "-") for limit in plan.limits]
    lines += [wrapped(plan.assumptions, mark="!")] if plan.assumptions else []
    return Group(*lines)


def _calendar(page: _Page) -> RenderableType | None:
    """Draw a progress line for each stage."""
    stages = page.plan.stages
    if not stages:
        return None
    weeks = max(stage.last_week for stage in stages)
    length = max(10, min(48, page.width - 34)) if page.width >= NARROW else page.width - 4
    lines: list[RenderableType] = [heading("The calendar")]
    for at, stage in enumerate(stages, start=1):
        before = round(length * stage.first_week / weeks)
        bar = max(1, round(length * stage.last_week / weeks) - before)
        line = " " * before + page.signs.bar * bar
        dates = f"weeks {_week(stage.first_week) + 1}-{_week(stage.last_week, up=True)}"
        lines.append(wrapped(f"{stage.title}: {dates}, {stage.hours:,.0f} hours", mark=f"{at}"))
        lines.append(Text(f"  {line}", style="for"))
    return Group(*lines)


def _week(weeks: float, *, up: bool = False) -> int:
    return -int(-weeks // 1) if up else int(weeks + 1e-6)


def _stages(page: _Page) -> RenderableType:
    parts: list[RenderableType] = []
    for at, stage in enumerate(page.plan.stages, start=1):
        parts += [Text()] if parts else []
        parts.append(heading(f"{at}. {stage.title} ({day_range(stage.begins, stage.ends)})"))
        parts.append(wrapped(stage.why, style="quiet"))
        parts += [_course(course, page) for course in stage.courses]
    return Group(*parts)


def _course(course: PlannedCourse, page: _Page) -> RenderableType:
    weeks = f"weeks {_week(course.first_week) + 1}-{_week(course.last_week, up=True)}"
    facts = f"{weeks}; {hours_range(course.hours)}; {price(course)}"
    lines = [
        wrapped(course.title, mark="-", style="strong"),
        wrapped(facts, indent=2),
        wrapped(course.why, indent=2),
    ]
    beside = [page.titles[name] for name in course.alongside]
    if beside:
        lines.append(wrapped(f"Alongside: {'; '.join(beside)}.", indent=2, style="quiet"))
    if course.caveat:
        lines.append(wrapped(f"Mind: {course.caveat}", indent=2, style="quiet"))
    return Group(*lines)


def price(course: PlannedCourse) -> str:
    """Return the price of a course beside others that are paid by the month."""
    once = course.price == "one-off" and course.cost_usd
    return f"{phrases.price(course)} once" if once else phrases.price(course)


def beside_degree(plan: StudyPlan) -> list[tuple[str, str, str]]:
    """Return hours, money and months beside those of the degree, the head first."""
    degree = plan.degree
    assert degree is not None
    rows = [("", "this plan", degree.title)]
    theirs = hours_range(degree.hours) if degree.hours else "not known"
    rows.append(("hours", hours_range(plan.hours), theirs))
    cost = usd_range(degree.cost_usd.low, degree.cost_usd.high) if degree.cost_usd else "not known"
    rows.append(("cost", measured(plan.cost_usd, "USD"), cost))
    if degree.cost_in_state_usd is not None:
        in_state = degree.cost_in_state_usd
        rows.append(("cost in its state", "", usd_range(in_state.low, in_state.high)))
    months = f"{degree.months:g}" if degree.months else "not known"
    rows.append(("months", f"{plan.months:.0f}", f"{months} as usual"))
    return rows


def _degree(page: _Page) -> RenderableType | None:
    """Put hours and dollars beside those of the degree."""
    plan, degree = page.plan, page.plan.degree
    if degree is None:
        return None
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    head, *rows = beside_degree(plan)
    for name in head:
        table.add_column(name, overflow="fold", justify="left" if not name else "right")
    for row in rows:
        table.add_row(*row)
    return Group(heading("Beside the degree"), table, wrapped(degree.note, style="quiet"))


def _coverage(page: _Page) -> RenderableType | None:
    """Show each competency that is asked for: depth asked, known, reached, and by what."""
    plan = page.plan
    if not plan.coverage:
        return None
    title = f"What it covers of: {plan.degree.yardstick if plan.degree else plan.role_title}"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("competency", overflow="fold")
    for name in ("asked", "known", "then"):
        table.add_column(name, justify="right", no_wrap=True)
    wide = page.width >= NARROW
    if wide:
        table.add_column("by", ratio=1, overflow="fold")
    for row in plan.coverage:
        short = " !" if row.reached < row.asked else ""
        by = "; ".join(page.titles[name] for name in row.by) or "what you know"
        cells = [row.label, str(row.asked), str(row.known), f"{row.reached}{short}"]
        table.add_row(*cells, *([Text(by, style="quiet")] if wide else []))
    return Group(heading(title), Text(DEPTHS, style="quiet"), table)


def _gaps(page: _Page) -> RenderableType:
    lines: list[RenderableType] = [heading("What no course gives")]
    if page.plan.missing:
        missing = ", ".join(page.plan.missing)
        lines.append(wrapped(f"No course on offer goes deep enough in: {missing}.", mark="!"))
    lines += [wrapped(line, mark="-") for line in page.plan.not_given]
    return Group(*lines)


def _sources(page: _Page) -> RenderableType:
    lines = [wrapped(source_text(row), mark="-") for row in pages(page.plan.sources)]
    return Group(heading("Sources of hours and prices"), *lines)


def _statements(page: _Page) -> RenderableType:
    facts = f"Facts: version {page.plan.data_version}. Today: {page.plan.today}."
    return Group(*(Text(line, style="quiet") for line in (*page.plan.statements, facts)))


SECTIONS: tuple[Callable[[_Page], RenderableType | None], ...] = (
    _sum, _calendar, _stages, _degree, _coverage, _gaps, _sources, _statements,
)  # fmt: skip


def courses_of(plan: StudyPlan) -> Iterator[tuple[PlannedStage, PlannedCourse]]:
    """Yield each course with its stage, in order."""
    for stage in plan.stages:
        for course in stage.courses:
            yield stage, course
