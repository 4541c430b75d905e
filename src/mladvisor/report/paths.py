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
from mladvisor.recommendation.words import usd_range
from mladvisor.report.style import View, points_style, signed, wrapped

NARROW = 72
"""Below this width tables become lists."""

WIDE = 96
"""From this width on the ranking shows kind and chance as well."""

RULED_OUT_SHOWN = 2
"""Paths shown for each limit and kind; the rest are counted."""

LEAST_SHARE = 0.1
"""Rules that hold in a smaller share of readings are left out of the text."""

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
            _cost(path).removesuffix(" USD"),
            str(path.months),
            f"{path.hours:,}",
            *([f"{round(100 * path.chance)} of 100"] if wide and path.hours else []),
        )
    return table


def _ranked_lines(path: RankedPath, view: View) -> RenderableType:
    mark = view.signs.pick if path is view.winner else " "
    figures = f"fit {signed(path.fit)}, {_cost(path)}, {path.months} months, {path.hours:,} hours"
    if view.document.verdict.cautious is not None:
        figures = f"regret {path.high_regret:.1f}, {figures}"
    return Group(wrapped(path.title, mark=mark, style="strong"), wrapped(figures, indent=3))


def _cost(path: RankedPath) -> str:
    return usd_range(path.cost_usd.low, path.cost_usd.high)


def path_reasons(path: RankedPath, view: View, *, full: bool) -> RenderableType:
    """Return the reasons for and against a path, in points, largest first.

    `full`: with the criteria that neither add nor take away. Rules that change weights are shown
    once, in `weights`: they are about the person, not the path.
    """
    parts = sorted(path.contributions, key=lambda part: -abs(part.points))
    scale = max((abs(part.points) for part in parts), default=0) or 1
    lines: list[RenderableType] = []
    for part in parts:
        if full or round(part.points, 1):
            lines.extend(_contribution(part, view, scale))
    if path.hours:
        chance = round(100 * path.chance)
        lines.append(wrapped(f"Chance to get in and to the end: {chance} of 100."))
        lines.extend(_rule_line(reason, view) for reason in path.chance_reasons if _tells(reason))
    if path.open_share < 1:
        open_ = round(100 * path.open_share)
        lines.append(wrapped(f"Within your limits in {open_} of 100 readings."))
    return Group(*lines)


def _contribution(part: Contribution, view: View, scale: float) -> Iterator[RenderableType]:
    base, *rules = part.reasons
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
    for reason in rules:
        if round(reason.points or 0, 1) and _tells(reason):
            yield _rule_line(reason, view)


def weights(view: View) -> RenderableType:
    """Return how much each criterion counts for this person, and the rules that changed it."""
    lines: list[RenderableType] = []
    for part in sorted(view.winner.contributions, key=lambda part: -part.weight):
        percent = round(100 * part.weight)
        bar = view.signs.bar * round(percent / 3)
        lines.append(wrapped(f"{percent:>3} %  {part.label:<11}{bar}"))
        lines.extend(
            _rule_line(reason, view)
            for reason in part.reasons
            if "weigh" in reason.effect and _tells(reason)
        )
    return Group(*lines)


def _rule_line(reason: Reason, view: View) -> RenderableType:
    """Return a rule's effect and reason; what rests on an open answer is said as a condition."""
    held = f"{round(100 * reason.share)} of 100 readings"
    before = _effect(reason, view)
    if reason.condition:
        before = f"{reason.condition} ({held}), {before}"
    elif reason.share < 1:
        before = f"{before} (in {held})"
    return wrapped(
        f"{before}: {reason.text}{view.cited(reason.sources)}",
        mark=view.signs.point,
        indent=7,
        style="quiet",
    )


def _tells(reason: Reason) -> bool:
    """Say whether a rule holds often enough to be worth a line; the document has them all."""
    return reason.share >= LEAST_SHARE


def _effect(reason: Reason, view: View) -> str:
    if reason.points is not None:
        return signed(reason.points)
    if "weigh" in reason.effect:
        return f"{view.signs.times}{reason.effect['weigh']:g}"
    return f"{100 * reason.effect['chance']:+.0f} in 100"


def described(path: RankedPath) -> RenderableType:
    """Return what a path is like, and where the guide and better evidence differ on it."""
    return Group(
        Text(f"{path.title} ({path.kind})", style="strong"),
        wrapped(path.summary, indent=2),
        wrapped(f"A week: {path.typical_week}", indent=2),
        *(wrapped(line, mark="+", indent=2) for line in path.strengths),
        *(wrapped(line, mark="-", indent=2) for line in path.caveats),
        *(
            wrapped(
                f"Sources disagree on {_plain(each.field)}. Decides: {each.decides}. "
                f"The guide: {'; '.join(each.others)}.",
                mark="!",
                indent=2,
            )
            for each in path.disagreements
        ),
        *_age(path),
    )


def _plain(field: str) -> str:
    return field.replace("_", " ").replace("usd", "USD")


def _age(path: RankedPath) -> list[RenderableType]:
    """Say which figures stand on old pages or on none."""
    reasons = (("Known from long ago", path.stale), ("From memory, no page found", path.recalled))
    return [
        wrapped(f"{why}: {', '.join(map(_plain, names))}.", mark="!", indent=2)
        for why, names in reasons
        if names
    ]


def ruled_out(rows: Sequence[Excluded]) -> RenderableType:
    """Return what limits ruled out: a few paths for each limit and kind, and how many more."""
    groups: dict[tuple[str, str], list[Excluded]] = {}
    for row in rows:
        groups.setdefault((row.rule, row.kind), []).append(row)
    lines: list[RenderableType] = []
    for (_, kind), group in groups.items():
        nearest = sorted(group, key=lambda row: (row.needs or 0.0, row.title))
        for row in nearest[:RULED_OUT_SHOWN]:
            way_out = f" Way out: {row.way_out}" if row.way_out else ""
            lines.append(wrapped(f"{row.title}: {row.text}{way_out}", mark="-"))
        more = len(group) - RULED_OUT_SHOWN
        if more > 0:
            lines.append(wrapped(f"and {more} more ({kind}) by the same limit", indent=3))
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
    stage = ""
    for course in courses:
        if course.curriculum_stage != stage:
            stage = course.curriculum_stage
            lines.append(Text(f"  {stage}", style="strong"))
        lines.append(wrapped(f"{course.title} ({_hours(course)}, {_price(course)})", indent=5))
    return Group(*lines)


def _hours(course: BridgeCourse) -> str:
    low, high = course.hours.low, course.hours.high
    return f"{low:g} h" if low == high else f"{low:g} to {high:g} h"


def _price(course: BridgeCourse) -> str:
    if course.price == "subscription" and course.usd_per_month:
        return f"{course.usd_per_month:g} USD a month"
    if course.price == "one-off" and course.cost_usd:
        return f"{course.cost_usd:g} USD"
    return "free to audit" if course.price == "free-audit" else "free"
