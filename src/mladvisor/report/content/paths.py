"""The paths in the shareable report: ranking, reasons, what each is like, what is ruled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mladvisor.recommendation.document import BridgeCourse, Contribution, RankedPath
from mladvisor.report import phrases
from mladvisor.report.content.blocks import (
    Bar,
    Bars,
    Block,
    Dot,
    Items,
    Line,
    Paragraph,
    Part,
    Scatter,
    Section,
    Span,
    Table,
    Timeline,
)
from mladvisor.report.content.told import Told

HEAD = ("No.", "Path", "Kind", "Fit", "Own cost, USD", "Months", "Hours", "To the end")
REGRET_HEAD = "Regret"


def ranking(told: Told) -> Section:
    """Return the ranked paths as a table, and cost against time as a picture."""
    document, texts = told.document, told.texts["report"]
    cautious = document.verdict.cautious is not None
    head = [*HEAD, *([REGRET_HEAD] if cautious else [])]
    legend = filter(None, (phrases.FIT, texts["to_the_end"], phrases.regret(document)))
    rows = [_row(at, path, told, cautious) for at, path in enumerate(document.ranking, start=1)]
    table = Table(
        caption=texts["ranking_caption"].format(count=document.paths_considered),
        head=head,
        rows=rows,
        numbers=frozenset({0, *range(3, len(head))}),
        names=1,
        picked=document.ranking.index(told.winner),
    )
    notes: list[Block] = [Paragraph(Line(f"{text}."), "quiet") for text in legend]
    return Section("ranking", "The ranking", [table, *notes, _scatter(told)])


def _row(at: int, path: RankedPath, told: Told, cautious: bool) -> list[str]:
    return [
        str(at),
        path.title,
        told.view.kind(path.kind),
        phrases.signed(path.fit),
        phrases.cost(path).removesuffix(" USD"),
        str(path.months),
        f"{path.hours:,}",
        phrases.to_the_end(path),
        *([f"{path.high_regret:.1f}"] if cautious else []),
    ]


def _scatter(told: Told) -> Scatter:
    texts = told.texts["report"]
    dots = [
        Dot(at, path.title, path.months, path.cost_usd.low, path.cost_usd.high, path is told.winner)
        for at, path in enumerate(told.document.ranking, start=1)
    ]
    return Scatter(texts["scatter_title"], texts["scatter_text"], dots)


def reasons(told: Told) -> Section:
    """Return why the recommended path, in points by criterion, largest first."""
    blocks = list(_reasons(told.winner, told, full=True))
    return Section("why", f"Why: {told.winner.title}", blocks)


def others(told: Told) -> Section | None:
    """Return the reasons for and against the best path of every other kind."""
    rest = [path for path in told.view.best_of_each_kind() if path is not told.winner]
    parts = [Part(_named(path, told), list(_reasons(path, told))) for path in rest if path.hours]
    return Section("others", "The best of every other kind", parts) if parts else None


def _named(path: RankedPath, told: Told) -> str:
    """Return kind and title, the kind left out where the title begins with it."""
    kind = told.view.kind(path.kind).capitalize()
    return path.title if path.title.startswith(kind) else f"{kind}: {path.title}"


def _reasons(path: RankedPath, told: Told, *, full: bool = False) -> Iterator[Block]:
    parts = [part for part in phrases.by_size(path) if full or round(part.points, 1)]
    texts = told.texts["report"]
    if parts:
        yield Bars(
            texts["bars_title"].format(title=path.title),
            texts["bars_text"],
            [Bar(part.label, round(part.points, 1)) for part in parts],
            _scale(told),
        )
    lines = [_criterion(part, told) for part in parts]
    if path.hours:
        chance = f"Chance to get in and to the end: {phrases.to_the_end(path)}."
        moved = tuple(told.rule(row) for row in path.chance_reasons if phrases.tells(row))
        lines.append(Line(chance, under=moved))
    yield Items(lines)
    if limits := phrases.within_limits(path):
        yield Paragraph(Line(limits))


def _criterion(part: Contribution, told: Told) -> Line:
    base = part.reasons[0]
    return Line(
        base.text,
        lead=f"{part.label} {phrases.signed(part.points)}.",
        cites=told.citations.of(base.sources),
        under=tuple(map(told.rule, phrases.moving(part))),
    )


def _scale(told: Told) -> float:
    """Return the largest points of all paths shown, so that their bars can be compared."""
    shown = told.view.best_of_each_kind()
    return max(abs(part.points) for path in shown for part in path.contributions) or 1.0


def weights(told: Told) -> Section:
    """Return how much each criterion counts for this person, and the rules that changed it."""
    parts = sorted(told.winner.contributions, key=lambda part: -part.weight)
    table = Table(
        caption=told.texts["report"]["weights_caption"],
        head=("Criterion", "Weight, %"),
        rows=[(part.label, str(round(100 * part.weight))) for part in parts],
        numbers=frozenset({1}),
    )
    lines = [
        Line(line.text, lead=f"{part.label}.", cites=line.cites)
        for part in parts
        for line in map(told.rule, phrases.weighing(part))
    ]
    return Section("weights", "What counts for you", [table, *([Items(lines)] if lines else [])])


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
    if document.plan.missing:
        short = ", ".join(document.plan.missing)
        blocks.append(Paragraph(Line(texts["plan_short"].format(skills=short))))
    more = texts["plan_more"].format(command=document.plan.command)
    blocks.append(Paragraph(Line(more), "quiet"))
    return Section("plan", title, blocks)


def _courses(title: str, courses: Sequence[BridgeCourse]) -> Table:
    rows = [
        (str(at), course.title, stage, *phrases.course_facts(course).split(", ", 1))
        for stage, group in phrases.stages(courses)
        for at, course in ((courses.index(each) + 1, each) for each in group)
    ]
    return Table(title, ("No.", "Course", "Stage", "Hours", "Price"), rows, frozenset({0}), 1)


def _timeline(told: Told) -> Timeline:
    """Return stages in months, at the pace at which the plan's months were reckoned."""
    texts, plan_ = told.texts["report"], told.document.plan
    shown = told.document.ranking
    path = next((row for row in shown if row.path == plan_.path), None)
    pace = path.hours / path.months if path is not None and path.months else None
    spans, at = [], 0.0
    for stage, group in phrases.stages(plan_.courses):
        hours = sum((course.hours.low + course.hours.high) / 2 for course in group)
        length = hours / pace if pace is not None else hours
        spans.append(Span(stage, at, at + length))
        at += length
    unit = "months" if pace is not None else "hours"
    return Timeline(texts["timeline_title"], texts[f"timeline_text_{unit}"], spans, unit)


def described(told: Told) -> Section:
    """Return what living with each is like: good and bad in the same fields, ranking aside."""
    paths = sorted(told.view.best_of_each_kind(), key=lambda path: path.title)
    parts = [Part(_named(path, told), _described(path)) for path in paths]
    return Section("like", "What they are like", parts)


def _described(path: RankedPath) -> list[Block]:
    lines = [Line(text, mark="for") for text in path.strengths]
    lines += [Line(text, mark="against") for text in path.caveats]
    lines += [Line(text, mark="mind") for text in phrases.minded(path)]
    url = phrases.web_page(path.url)
    page = [Paragraph(Line(f"The page of {path.title}", href=url))] if url else []
    return [
        Paragraph(Line(path.summary)),
        Paragraph(Line(path.typical_week, lead="A week:")),
        Items(lines),
        *page,
    ]


def ruled_out(told: Told) -> Section | None:
    """Return what limits rule out: a few paths for each limit and kind, and how many more."""
    rows = told.document.excluded
    if not rows:
        return None
    lines: list[Line] = []
    for group in phrases.ruled_out(rows):
        for row in group.named:
            cites = told.citations.of(row.sources)
            lines.append(Line(phrases.ruled_out_text(row), lead=f"{row.title}:", cites=cites))
        if group.more:
            kind = told.view.kind(group.kind)
            lines.append(Line(f"And {group.more} more ({kind}) by the same limit."))
    return Section("out", f"Ruled out ({len(rows)})", [Items(lines)])
