"""The study plan as Markdown, with boxes to check."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.recommendation.study.document import PlannedCourse, StudyPlan
from mladvisor.recommendation.words import hours_range
from mladvisor.report.plan import day_range, pages, price, subscription, sums
from mladvisor.report.style import source_text


def as_markdown(plan: StudyPlan) -> str:
    """Return the plan: a heading a stage, a box a course, a table of what is covered."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: StudyPlan) -> Iterator[str]:
    yield from (f"# {plan.title}", "", sums(plan), "")
    yield from (f"- {subscription(held)}" for held in plan.subscriptions)
    yield from (f"- {limit.text}" for limit in plan.limits)
    yield from [f"- {plan.assumptions}"] if plan.assumptions else []
    for at, stage in enumerate(plan.stages, start=1):
        yield from ("", f"## {at}. {stage.title} ({day_range(stage.begins, stage.ends)})", "")
        yield from (stage.why, "")
        for course in stage.courses:
            yield from _course(course)
    yield from _coverage(plan)
    yield from ("", "## What no course gives", "")
    if plan.missing:
        yield f"- No course on offer goes deep enough in: {', '.join(plan.missing)}."
    yield from (f"- {line}" for line in plan.not_given)
    yield from ("", "## Sources", "")
    yield from (f"- {source_text(row)}" for row in pages(plan.sources))
    yield from ("", *plan.statements, "", f"Facts: version {plan.data_version}. {plan.today}.")


def _course(course: PlannedCourse) -> Iterator[str]:
    title = f"[{course.title}]({course.url})" if course.url else course.title
    facts = f"{day_range(course.begins, course.ends)}; {hours_range(course.hours)}; {price(course)}"
    yield f"- [ ] {title} ({facts})"
    yield f"      {course.why}"


def _coverage(plan: StudyPlan) -> Iterator[str]:
    if not plan.coverage:
        return
    yardstick = plan.degree.yardstick if plan.degree else plan.role_title
    yield from ("", f"## What it covers of: {yardstick}", "")
    yield from ("| competency | asked | known | then |", "| --- | --- | --- | --- |")
    for row in plan.coverage:
        yield f"| {row.label} | {row.asked} | {row.known} | {row.reached} |"
