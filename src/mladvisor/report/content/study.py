"""The study plan as a page: its sum, its stages on a time line, every course, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mladvisor.recommendation.study.document import PlannedCourse, PlannedStage, StudyPlan
from mladvisor.recommendation.words import hours_range
from mladvisor.report.content.blocks import (
    Block,
    Items,
    Line,
    Page,
    Paragraph,
    Part,
    Section,
    Span,
    Table,
    Timeline,
)
from mladvisor.report.content.citations import Citations
from mladvisor.report.phrases import web_page
from mladvisor.report.plan import DEPTHS, beside_degree, day_range, price, subscription, sums

Texts = Mapping[str, str]
"""The table `report` of texts.toml."""


def study_page(plan: StudyPlan, texts: Texts) -> Page:
    """Return the plan as a report of its own."""
    return Page(
        title=plan.title,
        question=texts["plan_question"].format(role=plan.role_title),
        answer=[Line(sums(plan)), *map(Line, _said(plan))],
        sections=[*_sections(plan, texts)],
        sources=Citations(plan.sources).listed(),
        statements=plan.statements,
        facts=f"Facts: version {plan.data_version}. Today: {plan.today}.",
    )


def _said(plan: StudyPlan) -> Iterator[str]:
    yield from map(subscription, plan.subscriptions)
    yield from (limit.text for limit in plan.limits)
    if plan.assumptions:
        yield plan.assumptions


def _sections(plan: StudyPlan, texts: Texts) -> Iterator[Section]:
    if plan.stages:
        spans = [Span(row.title, row.first_week, row.last_week) for row in plan.stages]
        chart = Timeline(texts["timeline_title"], texts["timeline_text_weeks"], spans, "weeks")
        yield Section("calendar", "The calendar", [_stages(plan), chart])
        yield Section("courses", "The courses", [_stage(stage) for stage in plan.stages])
    if plan.degree is not None:
        head, *rows = beside_degree(plan)
        table = Table("Hours, price and time", ("Figure", *head[1:]), rows)
        blocks: list[Block] = [table, Paragraph(Line(plan.degree.note), "quiet")]
        yield Section("degree", "Beside the degree", blocks)
    if plan.coverage:
        yield _coverage(plan)
    gaps = [Line(line) for line in plan.not_given]
    if plan.missing:
        missing = ", ".join(plan.missing)
        gaps.insert(0, Line(f"No course on offer goes deep enough in: {missing}."))
    yield Section("gaps", "What no course gives", [Items(gaps)])


def _stages(plan: StudyPlan) -> Table:
    rows = [
        (f"{at}. {stage.title}", day_range(stage.begins, stage.ends), f"{stage.hours:,.0f}")
        for at, stage in enumerate(plan.stages, start=1)
    ]
    return Table(
        "Stages with their dates and hours", ("Stage", "Dates", "Hours"), rows, frozenset({2})
    )


def _stage(stage: PlannedStage) -> Part:
    courses = [_course(course) for course in stage.courses]
    return Part(stage.title, [Paragraph(Line(stage.why), "quiet"), Items(courses)])


def _course(course: PlannedCourse) -> Line:
    facts = f"{day_range(course.begins, course.ends)}; {hours_range(course.hours)}; {price(course)}"
    caveat = [Line(course.caveat, mark="mind")] if course.caveat else []
    return Line(
        course.title, href=web_page(course.url), under=(Line(facts), Line(course.why), *caveat)
    )


def _coverage(plan: StudyPlan) -> Section:
    yardstick = plan.degree.yardstick if plan.degree else plan.role_title
    rows = [
        (
            row.label,
            str(row.asked),
            str(row.known),
            f"{row.reached}{_short(row.reached, row.asked)}",
        )
        for row in plan.coverage
    ]
    table = Table(f"{DEPTHS}.", ("Competency", "Asked", "Known", "Then"), rows, frozenset({1, 2}))
    return Section("coverage", f"What it covers of: {yardstick}", [table])


def _short(reached: int, asked: int) -> str:
    return " (short)" if reached < asked else ""
