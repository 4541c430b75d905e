"""Time in the report: the courses before the pick, the course plan, and how the pick lies in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from mladvisor.recommendation.document import BridgeCourse
from mladvisor.report import phrases
from mladvisor.report.content.blocks import (
    Block,
    Line,
    Paragraph,
    Section,
    Span,
    Table,
    Timeline,
)
from mladvisor.report.content.told import Told

SHORT = 60
"""Letters of a command line that fits every terminal; a longer one is said with answers saved."""


def preparation(told: Told) -> Section | None:
    """Return the courses before the recommended path, where there are any."""
    bridge = told.winner.bridge
    if told.winner.kind == "courses" or not bridge.courses:
        return None
    title = f"Preparation first: about {bridge.hours} hours, {bridge.months:g} months"
    return Section(
        "preparation",
        title,
        [_courses(told.texts["report"]["preparation_caption"], bridge.courses)],
    )


def plan(told: Told) -> Section:
    """Return the course plan by stage, as a time line and a table."""
    document, texts = told.document, told.texts["report"]
    recommended = document.verdict.kind == "courses"
    title = "The courses, in order" if recommended else "The course plan, for comparison"
    blocks: list[Block] = []
    if document.plan.courses:
        blocks = [_timeline(told), _courses(texts["plan_caption"], document.plan.courses)]
    return Section("plan", title, [*blocks, *_plan_notes(told)])


def _plan_notes(told: Told) -> Iterator[Block]:
    plan = told.document.plan
    if plan.missing:
        yield Paragraph(Line(told.text("plan_short", skills=", ".join(plan.missing))))
    yield from _command("plan_more", told)


def calendar(told: Told) -> Section | None:
    """Return how the recommended path lies in time: the stages of a plan, or before and then."""
    path, plan_ = told.winner, told.document.plan
    if not path.hours:
        return None
    title = told.text("calendar", months=path.months, hours=f"{path.hours:,}")
    if plan_.path == path.path and plan_.courses:
        chart = _timeline(told)
        months = round(chart.spans[-1].ends)
        differs = (plan_.hours, months) != (path.hours, path.months)
        title = told.text(
            "calendar_plan" if differs else "calendar",
            months=months,
            hours=f"{plan_.hours:,}",
            middle_months=path.months,
            middle_hours=f"{path.hours:,}",
        )
        return Section("calendar", title, [chart, *_plan_notes(told)])
    return Section("calendar", title, [_before_and_then(told), *_command("calendar_more", told)])


def _command(text: str, told: Told) -> Iterator[Block]:
    """Yield what a command line is for, and the line by itself, to be copied."""
    plan = told.document.plan
    short = len(plan.command) <= SHORT
    saved = "" if short else told.text("answers_saved_here" if told.can_save else "answers_saved")
    yield Paragraph(Line(told.text(text, saved=saved)), "quiet")
    yield Paragraph(Line(plan.command if short else plan.saved_command), "quiet")


def _before_and_then(told: Told) -> Timeline:
    """Return preparation, where there is any, and the path itself."""
    path, texts = told.winner, told.texts["report"]
    before = min(path.bridge.months, path.months)
    spans = [Span(path.title, before, path.months, max(path.hours - path.bridge.hours, 0))]
    if path.bridge.hours:
        spans.insert(0, Span(texts["preparation"], 0, before, path.bridge.hours))
    return Timeline(texts["timeline_title"], texts["timeline_text_months"], spans, "months")


def whole_hours(exact: Sequence[float]) -> list[int]:
    """Return hours rounded so that they add up to the rounded sum: the largest remainders go up."""
    whole = [math.floor(hours) for hours in exact]
    up = round(sum(exact)) - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
    return [hours + (at in by_remainder[:up]) for at, hours in enumerate(whole)]


def _courses(title: str, courses: Sequence[BridgeCourse]) -> Table:
    rows = [
        (str(at), course.title, stage, *phrases.course_facts(course).split(", ", 1))
        for stage, group in phrases.stages(courses)
        for at, course in ((courses.index(each) + 1, each) for each in group)
    ]
    head = ("No.", "Course", "Stage", "Hours", "Price")
    return Table(title, head, rows, frozenset({0}), 1, extra=(0, 2))


def _timeline(told: Told) -> Timeline:
    """Return stages in months, at the pace at which the plan's months were reckoned."""
    texts, plan_ = told.texts["report"], told.document.plan
    shown = told.document.ranking
    path = next((row for row in shown if row.path == plan_.path), None)
    pace = path.hours / path.months if path is not None and path.months else None
    stages = phrases.stages(plan_.courses)
    exact = [
        sum((course.hours.low + course.hours.high) / 2 for course in group) for _, group in stages
    ]
    spans, at = [], 0.0
    for (stage, _), hours, whole in zip(stages, exact, whole_hours(exact), strict=True):
        length = hours / pace if pace is not None else hours
        spans.append(Span(stage, at, at + length, whole))
        at += length
    unit = "months" if pace is not None else "hours"
    return Timeline(texts["timeline_title"], texts[f"timeline_text_{unit}"], spans, unit)
