"""Paths in the terminal report: the ranking, the reasons, what is ruled out, the course plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mladvisor.recommendation.document import (
    BridgeCourse,
    Contribution,
    Excluded,
    Plan,
    RankedPath,
    Reason,
)
from mladvisor.report import phrases
from mladvisor.report.phrases import signed
from mladvisor.report.style import View, points_style, wrapped

NARROW = 72
"""Below this width tables become lists."""

WIDE = 96
"""From this width on the ranking shows kind and chance as well."""

BAR = 8
"""Characters of the longest bar."""


def ranking(view: View) -> RenderableType:
    """Return the ranked paths: a table, or on narrow screens a list."""
    if view.width < NARROW:
        return Group(*(_ranked_lines(path, view) for path in view.document.ranking))
    wide, cautious = view.width >= WIDE, view.document.verdict.cautious is not None
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", width=1)
    table.add_column("path", ratio=1, overflow="fold")
    if wide and not cautious:
        table.add_column("kind")
    regret = ["regret"] if cautious else []
    for name in (
        *regret,
        "fit",
        "own cost, USD",
        "months",
        "hours",
        *(["to the end"] if wide else []),
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for path in view.document.ranking:
        table.add_row(
            view.signs.pick if path is view.winner else "",
            Text(path.title),
            *([path.kind] if wide and not cautious else []),
            *([f"{path.high_regret:.1f}"] if cautious else []),
            Text(signed(path.fit), style=points_style(path.fit)),
            phrases.cost(path).removesuffix(" USD"),
            str(path.months),
            f"{path.hours:,}",
            *([phrases.to_the_end(path)] if wide else []),
        )
    return table


def _ranked_lines(path: RankedPath, view: View) -> RenderableType:
    mark = view.signs.pick if path is view.winner else " "
    figures = (
        f"fit {signed(path.fit)}, {phrases.cost(path)}, {path.months} months, {path.hours:,} hours"
    )
    if view.document.verdict.cautious is not None:
        figures = f"regret {path.high_regret:.1f}, {figures}"
    return Group(wrapped(path.title, mark=mark, style="strong"), wrapped(figures, indent=3))


def path_reasons(path: RankedPath, view: View, *, full: bool) -> RenderableType:
    """Return the reasons for and against a path, in points, largest first.

    `full`: with the criteria that neither add nor take away. Rules that change weights are shown
    once, in `weights`: they are about the person, not the path.
    """
    parts = phrases.by_size(path)
    scale = max((abs(part.points) for part in parts), default=0) or 1
    lines: list[RenderableType] = []
    for part in parts:
        if full or round(part.points, 1):
            lines.extend(_contribution(part, view, scale))
    if path.hours:
        lines.append(wrapped(f"Chance to get in and to the end: {phrases.to_the_end(path)}."))
        lines.extend(_rule_line(row, view) for row in path.chance_reasons if phrases.tells(row))
    if limits := phrases.within_limits(path):
        lines.append(wrapped(limits))
    return Group(*lines)


def _contribution(part: Contribution, view: View, scale: float) -> Iterator[RenderableType]:
    base = part.reasons[0]
    style = points_style(part.points)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=5, justify="right")
    grid.add_column(width=10)
    if view.width >= NARROW:
        grid.add_column(width=BAR, no_wrap=True)
    grid.add_column(overflow="fold")
    bar = Text(view.signs.bar * round(BAR * abs(part.points) / scale), style=style)
    grid.add_row(
        Text(signed(part.points), style=style),
        Text(part.label, style="strong"),
        *([bar] if view.width >= NARROW else []),
        Text(base.text + view.cited(base.sources)),
    )
    yield grid
    for reason in phrases.moving(part):
        yield _rule_line(reason, view)


def weights(view: View) -> RenderableType:
    """Return how much each criterion counts for this person, and the rules that changed it."""
    lines: list[RenderableType] = []
    for part in sorted(view.winner.contributions, key=lambda part: -part.weight):
        percent = round(100 * part.weight)
        bar = view.signs.bar * round(percent / 3)
        lines.append(wrapped(f"{percent:>3} %  {part.label:<11}{bar}"))
        lines.extend(_rule_line(reason, view) for reason in phrases.weighing(part))
    return Group(*lines)


def _rule_line(reason: Reason, view: View) -> RenderableType:
    text = phrases.rule_text(reason, view.signs.times) + view.cited(reason.sources)
    return wrapped(text, mark=view.signs.point, indent=7, style="quiet")


def described(path: RankedPath) -> RenderableType:
    """Return what a path is like, and where the guide and better evidence differ on it."""
    return Group(
        Text(f"{path.title} ({path.kind})", style="strong"),
        wrapped(path.summary, indent=2),
        wrapped(f"A week: {path.typical_week}", indent=2),
        *(wrapped(line, mark="+", indent=2) for line in path.strengths),
        *(wrapped(line, mark="-", indent=2) for line in path.caveats),
        *(wrapped(line, mark="!", indent=2) for line in phrases.minded(path)),
    )


def ruled_out(rows: Sequence[Excluded]) -> RenderableType:
    """Return what limits ruled out: a few paths for each limit and kind, and how many more."""
    lines: list[RenderableType] = []
    for group in phrases.ruled_out(rows):
        texts = (f"{row.title}: {phrases.ruled_out_text(row)}" for row in group.named)
        lines.extend(wrapped(text, mark="-") for text in texts)
        if group.more:
            lines.append(wrapped(phrases.more_ruled_out(group), indent=3))
    return Group(*lines)


def plan_lines(plan: Plan) -> RenderableType:
    """Return the courses of a plan in order, and where it stops short of the role."""
    lines = [course_lines(plan.courses)]
    if plan.missing:
        short = ", ".join(plan.missing)
        lines.append(wrapped(f"It stops short of the depth the role asks in: {short}."))
    return Group(*lines)


def course_lines(courses: Sequence[BridgeCourse]) -> RenderableType:
    """Return courses in order, by stage, with hours and price."""
    lines: list[RenderableType] = []
    for stage, group in phrases.stages(courses):
        lines.append(Text(f"  {stage}", style="strong"))
        texts = (f"{course.title} ({phrases.course_facts(course)})" for course in group)
        lines.extend(wrapped(text, indent=5) for text in texts)
    return Group(*lines)
