"""The study plan as a page: its sum, its stages on a time line, every course, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mladvisor.recommendation.study.document import (
    BesideDegree,
    PlannedCourse,
    PlannedStage,
    StudyPlan,
    Subscription,
)
from mladvisor.recommendation.words import counted, hours_range, measured, usd_range
from mladvisor.report import phrases
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

Texts = Mapping[str, Any]
"""The table `study` of texts.toml."""


def study_page(plan: StudyPlan, texts: Texts) -> Page:
    """Return the plan as a report of its own."""
    return Page(
        title=plan.title,
        question=_question(plan, texts),
        answer=[*map(Line, _said(plan, texts))],
        sections=[*_sections(plan, texts)],
        sources=Citations(plan.sources).listed(),
        statements=plan.statements,
        facts=texts["facts"].format(data_version=plan.data_version, today=plan.today),
    )


def _question(plan: StudyPlan, texts: Texts) -> str:
    if plan.degree is not None:
        return str(texts["question_like"]).format(degree=plan.degree.title)
    return str(texts["question"]).format(role=plan.role_title)


def _said(plan: StudyPlan, texts: Texts) -> Iterator[str]:
    yield _sums(plan, texts)
    yield from (_subscription(held, texts) for held in plan.subscriptions)
    yield from (limit.text for limit in plan.limits)
    if plan.assumptions:
        yield plan.assumptions


def _sums(plan: StudyPlan, texts: Texts) -> str:
    """Return the plan's sum in a sentence: courses, hours, months, dates, money."""
    courses = sum(len(stage.courses) for stage in plan.stages)
    if not courses:
        return str(texts["nothing"])
    text: str = texts["sums"].format(
        courses=courses,
        hours=f"{round(plan.hours_middle):,}",
        hours_range=hours_range(plan.hours),
        months=f"{plan.months:.0f}",
        hours_per_week=f"{plan.hours_per_week:g}",
        days=_days(plan.begins, plan.ends, texts),
        cost=measured(plan.cost_usd, "USD"),
    )
    return text


def _subscription(held: Subscription, texts: Texts) -> str:
    """Return a subscription in words: for how long, for what price."""
    text: str = texts["subscription"].format(
        provider=held.provider,
        months=counted(held.months, "month"),
        cost=measured(held.cost_usd, "USD"),
        courses=counted(held.courses, "course"),
    )
    return text


def _days(begins: str, ends: str, texts: Texts) -> str:
    """Return two days as "4 Jan 2027 to 2 Mar 2028"."""
    return str(texts["days"].format(begins=_day(begins), ends=_day(ends)))


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _sections(plan: StudyPlan, texts: Texts) -> Iterator[Section]:
    titles = texts["titles"]
    if plan.stages:
        yield Section("calendar", titles["calendar"], [_stages(plan, texts), _chart(plan, texts)])
        parts = [_stage(at, stage, plan, texts) for at, stage in enumerate(plan.stages, start=1)]
        yield Section("courses", titles["courses"], parts)
    if plan.degree is not None:
        head, *rows = _beside_degree(plan, plan.degree, texts["degree"])
        table = Table(texts["degree"]["caption"], head, rows, frozenset({1, 2}))
        blocks: list[Block] = [table, Paragraph(Line(plan.degree.note), "quiet")]
        yield Section("degree", titles["degree"], blocks)
    if plan.coverage:
        yield _coverage(plan, texts)
    gaps = [Line(line) for line in plan.not_given]
    if plan.missing:
        gaps.insert(0, Line(texts["missing"].format(skills=", ".join(plan.missing)), mark="mind"))
    yield Section("gaps", titles["gaps"], [Items(gaps)])


def _chart(plan: StudyPlan, texts: Texts) -> Timeline:
    spans = [Span(row.title, row.first_week, row.last_week, row.hours) for row in plan.stages]
    return Timeline(texts["chart"]["title"], texts["chart"]["text"], spans, "weeks")


def _stages(plan: StudyPlan, texts: Texts) -> Table:
    rows = [
        (f"{at}. {stage.title}", _days(stage.begins, stage.ends, texts), f"{stage.hours:,.0f}")
        for at, stage in enumerate(plan.stages, start=1)
    ]
    return Table(texts["stages"]["caption"], texts["stages"]["head"], rows, frozenset({1, 2}))


def _stage(at: int, stage: PlannedStage, plan: StudyPlan, texts: Texts) -> Part:
    titles = {course.id: course.title for row in plan.stages for course in row.courses}
    courses = [_course(course, titles, texts) for course in stage.courses]
    title = f"{at}. {stage.title} ({_days(stage.begins, stage.ends, texts)})"
    return Part(title, [Paragraph(Line(stage.why), "quiet"), Items(courses, boxes=True)])


def _course(course: PlannedCourse, titles: Mapping[str, str], texts: Texts) -> Line:
    days = _days(course.begins, course.ends, texts)
    under = [Line(f"{days}; {hours_range(course.hours)}; {price(course)}"), Line(course.why)]
    if beside := [titles[name] for name in course.alongside]:
        under.append(Line(texts["alongside"].format(courses="; ".join(beside))))
    if course.caveat:
        under.append(Line(course.caveat, mark="mind"))
    return Line(course.title, href=phrases.web_page(course.url), under=tuple(under))


def price(course: PlannedCourse) -> str:
    """Return the price of a course beside others that are paid by the month."""
    once = course.price == "one-off" and course.cost_usd
    return f"{phrases.price(course)} once" if once else phrases.price(course)


def _beside_degree(
    plan: StudyPlan, degree: BesideDegree, texts: Texts
) -> Iterator[tuple[str, str, str]]:
    """Yield hours, money and months beside those of the degree, the head first."""
    unknown = texts["unknown"]
    yield texts["figure"], texts["plan"], degree.title
    yield (
        texts["hours"],
        hours_range(plan.hours),
        hours_range(degree.hours) if degree.hours else unknown,
    )
    cost = usd_range(degree.cost_usd.low, degree.cost_usd.high) if degree.cost_usd else unknown
    yield texts["cost"], measured(plan.cost_usd, "USD"), cost
    if degree.cost_in_state_usd is not None:
        in_state = degree.cost_in_state_usd
        yield texts["in_state"], "", usd_range(in_state.low, in_state.high)
    months = f"{degree.months:g}" if degree.months else unknown
    yield texts["months"], f"{plan.months:.0f}", texts["as_usual"].format(months=months)


def _coverage(plan: StudyPlan, texts: Texts) -> Section:
    yardstick = plan.degree.yardstick if plan.degree else plan.role_title
    titles = {course.id: course.title for stage in plan.stages for course in stage.courses}
    short, known = texts["coverage"]["short"], texts["coverage"]["known"]
    rows = [
        (
            row.label,
            str(row.asked),
            str(row.known),
            f"{row.reached}{short if row.reached < row.asked else ''}",
            "; ".join(titles[name] for name in row.by) or known,
        )
        for row in plan.coverage
    ]
    head = texts["coverage"]["head"]
    caption = texts["coverage"]["caption"]
    table = Table(caption, head, rows, frozenset({1, 2, 3}), extra=(4,))
    return Section("coverage", texts["titles"]["coverage"].format(of=yardstick), [table])
