"""Paths in the terminal report: the ranking, the reasons, what is ruled out, the course plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    Recommendation,
)
from mladvisor.recommendation.words import usd_range
from mladvisor.report.style import Signs, points_style, signed, wrapped

NARROW = 72
"""Below this width tables become lists."""

WIDE = 96
"""From this width on the ranking shows kind and chance as well."""

RULED_OUT_SHOWN = 2
"""Paths shown for each limit and kind; the rest are counted."""


def ranking(document: Recommendation, signs: Signs, width: int) -> RenderableType:
    """Return the ranked paths: a table, or on narrow screens a list."""
    if width < NARROW:
        return Group(*(_ranked_lines(path, document, signs) for path in document.ranking))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", width=1)
    table.add_column("path", ratio=1, overflow="fold")
    wide = width >= WIDE
    if wide:
        table.add_column("kind")
    for name in ("fit", "own cost", "months", "hours", *(["to the end"] if wide else [])):
        table.add_column(name, justify="right", no_wrap=True)
    for path in document.ranking:
        table.add_row(
            signs.pick if path.path == document.verdict.path else "",
            Text(path.title),
            *([path.kind] if wide else []),
            Text(signed(path.fit), style=points_style(path.fit)),
            _cost(path),
            str(path.months),
            f"{path.hours:,}",
            *([f"{round(100 * path.chance)} %"] if wide else []),
        )
    return table


def _ranked_lines(path: RankedPath, document: Recommendation, signs: Signs) -> RenderableType:
    mark = signs.pick if path.path == document.verdict.path else " "
    return Group(
        wrapped(f"{path.title}", mark=mark, style="strong"),
        wrapped(
            f"fit {signed(path.fit)}, {_cost(path)}, {path.months} months, {path.hours:,} hours",
            indent=3,
        ),
    )


def _cost(path: RankedPath) -> str:
    if path.cost_usd.high == 0:
        return "0"
    return usd_range(path.cost_usd.low, path.cost_usd.high)


def path_reasons(
    path: RankedPath, numbers: Mapping[str, int], signs: Signs, *, full: bool
) -> RenderableType:
    """Return the reasons for and against a path, in points, largest first.

    `full`: with the criteria that neither add nor take away. Rules that change weights are shown
    once, in `weights`: they are about the person, not the path.
    """
    parts = sorted(path.contributions, key=lambda part: -abs(part.points))
    lines: list[RenderableType] = []
    scale = max((abs(part.points) for part in parts), default=0) or 1
    for part in parts:
        if round(part.points, 1) or full:
            lines.extend(_contribution(part, numbers, signs, scale))
    if path.hours:
        lines.append(
            wrapped(f"Chance to get in and to the end: {round(100 * path.chance)} of 100.")
        )
        for reason in path.chance_reasons:
            lines.append(_rule_line(reason, numbers))
    if path.open_share < 1:
        lines.append(
            wrapped(
                f"No limit stands against it in {round(100 * path.open_share)} of 100 readings."
            )
        )
    return Group(*lines)


def _contribution(
    part: Contribution, numbers: Mapping[str, int], signs: Signs, scale: float
) -> Iterator[RenderableType]:
    base, *rules = part.reasons
    bar = signs.bar * round(8 * abs(part.points) / scale)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=5, justify="right")
    grid.add_column(width=10)
    grid.add_column(width=8, no_wrap=True)
    grid.add_column(overflow="fold")
    style = points_style(part.points)
    grid.add_row(
        Text(signed(part.points), style=style),
        Text(part.label, style="strong"),
        Text(bar, style=style),
        Text(base.text + _cited(base.sources, numbers)),
    )
    yield grid
    for reason in rules:
        if reason.points:
            yield _rule_line(reason, numbers)


def weights(path: RankedPath, numbers: Mapping[str, int], signs: Signs) -> RenderableType:
    """Return how much each criterion counts for this person, and the rules that changed it."""
    lines: list[RenderableType] = []
    parts = sorted(path.contributions, key=lambda part: -part.weight)
    for part in parts:
        percent = round(100 * part.weight)
        lines.append(wrapped(f"{percent:>3} %  {part.label:<11}{signs.bar * round(percent / 3)}"))
        for reason in part.reasons:
            if "weigh" in reason.effect:
                lines.append(_rule_line(reason, numbers))
    return Group(*lines)


def _rule_line(reason: Reason, numbers: Mapping[str, int]) -> RenderableType:
    held = "" if reason.share >= 1 else f" (holds in {round(100 * reason.share)} of 100 readings)"
    return wrapped(
        f"{_effect(reason)} {reason.text}{held}{_cited(reason.sources, numbers)}",
        mark="·" if reason.rule else "",
        indent=7,
        style="quiet",
    )


def _effect(reason: Reason) -> str:
    if reason.points is not None:
        return f"{signed(reason.points)}:"
    if "weigh" in reason.effect:
        return f"counts ×{reason.effect['weigh']:g}:"
    return f"chance {100 * reason.effect['chance']:+.0f} %:"


def _cited(sources: Iterable[str], numbers: Mapping[str, int]) -> str:
    cited = ", ".join(str(numbers[name]) for name in sources)
    return f" [{cited}]" if cited else ""


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
            lines.append(wrapped(f"and {more} more of kind {kind} by the same limit", indent=3))
    return Group(*lines)


def plan_lines(plan: Plan, width: int) -> RenderableType:
    """Return the courses of a plan in order, by stage, with hours and price."""
    lines: list[RenderableType] = []
    stage = ""
    for course in plan.courses:
        if course.stage != stage:
            stage = course.stage
            lines.append(Text(f"  {stage}", style="strong"))
        lines.append(wrapped(f"{course.title} ({_hours(course)}, {_price(course)})", indent=5))
    if plan.missing:
        lines.append(wrapped("No open course brings: " + ", ".join(plan.missing) + "."))
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
