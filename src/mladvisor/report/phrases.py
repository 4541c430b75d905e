"""What every format of the report says in the same words; layout and color are the formats' own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from mladvisor.knowledge.models import OfferFigure
from mladvisor.recommendation.document import (
    BridgeCourse,
    Contribution,
    Disagreement,
    Excluded,
    RankedPath,
    Reason,
    Recommendation,
)
from mladvisor.recommendation.study.document import PlannedCourse
from mladvisor.recommendation.words import usd_range

LEAST_SHARE = 0.1
"""Rules that hold in a smaller share of readings are left out of the text."""

RULED_OUT_SHOWN = 2
"""Paths named for each limit and kind; the rest are counted."""

FIT = "fit = points gained against carrying on as now, which is 0"


def how_sure(document: Recommendation) -> str:
    """Return how firm the advice is, and how much of it rests on open answers."""
    verdict, open_ = document.verdict, len(document.unknown)
    share = round(100 * verdict.firmness.share)
    sure = f"How sure: {verdict.firmness.label}. This kind of path comes first in {share} of 100"
    sure += " readings of your answers"
    return sure + (f", {open_} of which you left open." if open_ else ".")


def facts_line(document: Recommendation) -> str:
    """Return of which version and day the facts are."""
    return facts(document.data_version, document.about.checked_on, document.today)


def facts(data_version: str, checked_on: str, today: str) -> str:
    """Return the version of facts, the day they were looked at, and the day of the report."""
    return f"Facts: version {data_version}, checked {checked_on}. Today: {today}."


def local_data(document: Recommendation) -> str:
    """Return which folders of the user's own data took part; empty if none did."""
    folders = document.about.local_data
    return f"Your own data took part: {', '.join(folders)}." if folders else ""


def regret(document: Recommendation) -> str:
    """Return what regret means where the pick was made with care; else empty."""
    cautious = document.verdict.cautious
    if cautious is None:
        return ""
    share = f"in {round(100 * cautious.share)} of 100 readings"
    return f"regret = points lost at most, {share}, against the best choice in hindsight"


def web_page(url: str | None) -> str | None:
    """Return an address that may be linked: of a web page, and of nothing that runs."""
    return url if url is not None and url.startswith(("https://", "http://")) else None


def signed(points: float) -> str:
    """Return points with their sign, one decimal: "+4.8", "-1.3", "0"."""
    shown = round(points, 1)
    return f"{shown:+.1f}" if shown else "0"


def cost(path: RankedPath) -> str:
    """Return the own cost of a path."""
    return usd_range(path.cost_usd.low, path.cost_usd.high)


def to_the_end(path: RankedPath) -> str:
    """Return the chance to get in and to the end; empty where there is nothing to do."""
    return f"{of_100(path)} of 100" if path.hours else ""


def of_100(path: RankedPath) -> str:
    """Return how many of 100 get in and to the end; empty where there is nothing to do."""
    return str(round(100 * path.chance)) if path.hours else ""


def by_size(path: RankedPath) -> list[Contribution]:
    """Return what the criteria add or take away, the largest first."""
    return sorted(path.contributions, key=lambda part: -abs(part.points))


def within_limits(path: RankedPath) -> str:
    """Return in how many readings no limit rules the path out; empty if in all."""
    if path.open_share >= 1:
        return ""
    return f"Within your limits in {round(100 * path.open_share)} of 100 readings."


def tells(reason: Reason) -> bool:
    """Say whether a rule holds often enough to be worth a line; the document has them all."""
    return reason.share >= LEAST_SHARE


def moving(part: Contribution) -> list[Reason]:
    """Return the rules that moved a criterion's points enough to be worth a line."""
    return [row for row in part.reasons[1:] if round(row.points or 0, 1) and tells(row)]


def weighing(part: Contribution) -> list[Reason]:
    """Return the rules that changed how much a criterion counts."""
    return [row for row in part.reasons if "weigh" in row.effect and tells(row)]


def rule_text(reason: Reason, times: str = "×") -> str:
    """Return a rule's effect and reason; what rests on an open answer is said as a condition."""
    held = f"{round(100 * reason.share)} of 100 readings"
    before = _effect(reason, times)
    if reason.condition:
        before = f"{reason.condition} ({held}), {before}"
    elif reason.share < 1:
        before = f"{before} (in {held})"
    return f"{before}: {reason.text}"


def _effect(reason: Reason, times: str) -> str:
    if reason.points is not None:
        return signed(reason.points)
    if "weigh" in reason.effect:
        return f"{times}{reason.effect['weigh']:g}"
    return f"{100 * reason.effect['chance']:+.0f} in 100"


def minded(path: RankedPath, labels: Mapping[str, str]) -> list[str]:
    """Return what to mind of a path's figures: sources disagree, old pages, or none.

    `labels`: what a figure is called in a sentence.
    """
    return [_disagreement(each, labels) for each in path.disagreements] + weak(path, labels)


def weak(path: RankedPath, labels: Mapping[str, str]) -> list[str]:
    """Return which of a path's figures are old, and which rest on memory alone."""
    old = (("Known from long ago", path.stale), ("From memory, no page found", path.recalled))
    return [f"{why}: {_figures(names, labels)}." for why, names in old if names]


def _figures(names: Sequence[str], labels: Mapping[str, str]) -> str:
    """Return figures in words, prices first, each with the time it is of where that is known."""
    order = get_args(OfferFigure)
    parts = sorted((name.partition(" ") for name in names), key=lambda part: order.index(part[0]))
    return ", ".join(dict.fromkeys(f"{labels[field]}{gap}{dated}" for field, gap, dated in parts))


def _disagreement(row: Disagreement, labels: Mapping[str, str]) -> str:
    return (
        f"Sources disagree on the {labels[row.field]}. Decides: {row.decides}. "
        f"The guide: {'; '.join(row.others)}."
    )


@dataclass(frozen=True)
class RuledOut:
    """The paths of one kind that one limit rules out: some named, the rest counted."""

    kind: str
    named: Sequence[Excluded]
    more: int


def ruled_out(rows: Sequence[Excluded]) -> list[RuledOut]:
    """Group what limits rule out by limit and kind, the nearest to the limit first."""
    groups: dict[tuple[str, str], list[Excluded]] = {}
    for row in rows:
        groups.setdefault((row.rule, row.kind), []).append(row)
    found = []
    for (_, kind), group in groups.items():
        nearest = sorted(group, key=lambda row: (row.needs or 0.0, row.title))
        more = max(0, len(group) - RULED_OUT_SHOWN)
        found.append(RuledOut(kind, nearest[:RULED_OUT_SHOWN], more))
    return found


def ruled_out_text(row: Excluded) -> str:
    """Return why a path is out, by how much, and the way out."""
    way_out = f" Way out: {row.way_out}" if row.way_out else ""
    return f"{row.text}{way_out}"


def more_ruled_out(group: RuledOut) -> str:
    """Return how many more the same limit rules out."""
    return f"and {group.more} more ({group.kind}) by the same limit"


def stages(courses: Sequence[BridgeCourse]) -> list[tuple[str, list[BridgeCourse]]]:
    """Return courses by stage of the curriculum, in order."""
    grouped = groupby(courses, key=lambda course: course.curriculum_stage)
    return [(stage, list(group)) for stage, group in grouped]


def course_facts(course: BridgeCourse) -> str:
    """Return a course's hours and price."""
    low, high = course.hours.low, course.hours.high
    hours = f"{low:g} h" if low == high else f"{low:g} to {high:g} h"
    return f"{hours}, {price(course)}"


def price(course: BridgeCourse | PlannedCourse) -> str:
    """Return the price of a course."""
    if course.price == "subscription" and course.usd_per_month:
        return f"{course.usd_per_month:g} USD a month"
    if course.price == "one-off" and course.cost_usd:
        return f"{course.cost_usd:g} USD"
    return "free to audit" if course.price == "free-audit" else "free"
