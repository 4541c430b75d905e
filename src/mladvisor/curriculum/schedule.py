"""The calendar of a plan: what runs when, what beside what, and what must wait.

Hours of study decide the length: courses take turns, or share the week two at a time where there
are hours enough. A subscription runs alone, since each week beside another course would be paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mladvisor.curriculum.catalog import PROJECT_STAGE, middle_hours
from mladvisor.curriculum.plan import Plan, Step


@dataclass(frozen=True)
class Slot:
    """When one course of a plan runs: weeks from the start, and days; `ends` is its last day.

    `alongside`: courses that share some of its weeks.
    """

    course: str
    first_week: float
    last_week: float
    begins: date
    ends: date
    alongside: tuple[str, ...]


@dataclass
class _Running:
    step: Step
    left: float
    since: float


def schedule(
    plan: Plan, start: date, hours_per_week: float, hours_for_two: float
) -> tuple[Slot, ...]:
    """Return the slot of each course, in the order of the plan.

    `hours_for_two`: hours a week from which two courses share it.
    """
    most = 2 if hours_per_week >= hours_for_two else 1
    spans = _spans(plan.steps, hours_per_week, most)
    return tuple(
        Slot(
            step.course.id,
            first,
            last,
            begins := start + timedelta(days=_whole_days(7 * first)),
            max(begins, start + timedelta(days=_whole_days(7 * last) - 1)),
            tuple(
                other.course.id
                for other, (start_, end) in zip(plan.steps, spans, strict=True)
                if other is not step and start_ < last - 1e-9 and end > first + 1e-9
            ),
        )
        for step, (first, last) in zip(plan.steps, spans, strict=True)
    )


def _whole_days(days: float) -> int:
    return int(-(-(days - 1e-6) // 1))


def _spans(steps: Sequence[Step], hours_per_week: float, most: int) -> list[tuple[float, float]]:
    """Return first and last week of each step: all hours of the week go to what runs."""
    spans: dict[str, tuple[float, float]] = {}
    running: list[_Running] = []
    waiting, now = list(steps), 0.0
    while waiting or running:
        while waiting and len(running) < most and _may_start(waiting[0], running):
            step = waiting.pop(0)
            running.append(_Running(step, middle_hours(step.course), now))
        pace = hours_per_week / len(running)
        weeks = min(each.left for each in running) / pace
        now += weeks
        for each in running:
            each.left -= weeks * pace
        for each in [each for each in running if each.left <= 1e-9]:
            spans[each.step.course.id] = (each.since, now)
            running.remove(each)
    return [spans[step.course.id] for step in steps]


def _may_start(step: Step, running: Sequence[_Running]) -> bool:
    """Say whether a step can begin beside what runs; alone it always can."""
    return all(
        not _alone(step)
        and not _alone(each.step)
        and each.step.rank == step.rank
        and each.step.course.id not in step.after
        for each in running
    )


def _alone(step: Step) -> bool:
    """Say whether a step takes the whole week: what is paid by the month, and projects."""
    return step.course.price == "subscription" or step.course.stage == PROJECT_STAGE
