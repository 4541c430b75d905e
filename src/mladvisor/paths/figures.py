"""The figures of all paths for one person, in every scenario: what rules and scores read.

All arrays are (scenarios, paths) or broadcast to it. A range is drawn between its ends, with one
draw for all paths: in a scenario where prices turn out high they do so everywhere, and a kind of
path does not look better merely because there are many of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.curriculum.depths import depth_row
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.money import foregone_pay_usd, net_cost_usd
from mladvisor.paths.path import FLAG_COLUMNS, NUMBER_COLUMNS, WORD_COLUMNS, Path
from mladvisor.paths.skills import Skills
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios, middle, scattered

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Figures:
    """`values`: name → array, for the rule language; the rest is read by the scores alone."""

    paths: tuple[Path, ...]
    values: Mapping[str, Any]
    skills_today: Floats
    skills_after: Floats
    foregone_usd: Floats
    get_in: Floats
    finish: Floats
    signal: Floats


def make_figures(
    paths: Sequence[Path], scenarios: Scenarios, skills: Skills, knowledge: Knowledge
) -> Figures:
    """Compute every figure of every path in every scenario."""
    settings = knowledge.settings

    def between(field: str) -> Floats:
        low, high = np.array([getattr(path, field) for path in paths]).T
        drawn: Floats = low + scattered([field], scenarios.size) * (high - low)
        return drawn

    def column(field: str) -> npt.NDArray[Any]:
        return np.array([getattr(path, field) for path in paths])[None, :]

    words = {
        name: np.array([code(getattr(path, field)) for path in paths])[None, :]
        for name, field in WORD_COLUMNS.items()
    }
    flags = {name: column(field) for name, field in FLAG_COLUMNS.items()}
    flags["grants_degree"] = np.array([[path.grants in ("master", "phd") for path in paths]])
    numbers = {name: column(field) for name, field in NUMBER_COLUMNS.items()}
    work = _Work(paths, scenarios, skills, settings)
    hours = work.hours(between("hours"))
    bridge_hours = work.bridge_hours()
    months = work.months(hours)
    bridge_months = bridge_hours / work.hours_per_month
    in_state = words["path_us_state"] == scenarios.values["us_state"]
    cost = np.where(in_state, between("cost_in_state_usd"), between("cost_usd"))
    least = np.where(in_state, column("cost_in_state_usd")[:, :, 0], column("cost_usd")[:, :, 0])
    courses = work.course_costs()
    cost, least = cost + courses, least + courses
    full_time = flags["full_time"]
    net = net_cost_usd(cost, months, full_time, scenarios)
    today, after = _skill_shares(paths, skills)
    values = {
        **words,
        **flags,
        **numbers,
        "cost_usd": cost,
        "least_cost_usd": net_cost_usd(least, months, full_time, scenarios),
        "net_cost_usd": net,
        "hours": hours,
        "bridge_hours": bridge_hours,
        "months": months + bridge_months,
        "bridge_months": bridge_months,
        "hours_per_week_needed": work.hours_per_week_needed(hours),
        "recognition": between("recognition"),
        "skills_after": after,
    }
    return Figures(
        paths=tuple(paths),
        values=values,
        skills_today=today,
        skills_after=after,
        foregone_usd=foregone_pay_usd(
            months, full_time, between("pays_usd_per_year"), scenarios, settings
        ),
        get_in=1 - (1 - between("acceptance")) ** settings.numbers["applications"],
        finish=between("finish"),
        signal=between("signal"),
    )


class _Work:
    """Hours and months of each path at this person's pace."""

    def __init__(
        self, paths: Sequence[Path], scenarios: Scenarios, skills: Skills, settings: Settings
    ) -> None:
        self.paths = paths
        self.size = scenarios.size
        self.skills = skills
        self.numbers = settings.numbers
        self.full_time = np.array([[path.full_time for path in paths]])
        self.hours_per_month = scenarios.values["hours_per_week"] * self.numbers["weeks_per_month"]

    def hours(self, drawn: Floats) -> Floats:
        """Return the hours of each path, without its bridge.

        A course plan is made for the middle reading and the likeliest role; in other scenarios its
        hours grow or shrink with the judged hours of study between what is known and needed.
        """
        plans = [at for at, path in enumerate(self.paths) if path.plan is not None]
        if plans:
            roles_need = self.skills.hours_to(self.skills.needed)
            usual = middle(roles_need)
            scale = roles_need / usual if usual else np.ones(self.size)
            drawn[:, plans] *= scale[:, None]
        return drawn

    def bridge_hours(self) -> Floats:
        """Return the hours of study before each path: the planned courses' for the middle reading,

        more or less by the judged hours where the person knows less or more than that.
        """
        hours = np.zeros((self.size, len(self.paths)))
        cache: dict[tuple[tuple[str, int], ...], Floats] = {}
        for at, path in enumerate(self.paths):
            if not path.requires:
                continue
            key = tuple(sorted(path.requires.items()))
            if key not in cache:
                target = depth_row(path.requires, self.skills.column)
                change = self.skills.hours_to(target) - self.skills.middle_hours_to(target)
                cache[key] = np.maximum(path.bridge.hours + change, 0)
            hours[:, at] = cache[key]
        return hours

    def months(self, hours: Floats) -> Floats:
        """Return months of the path itself: hours at the person's pace, not below its minimum."""
        shortest = np.array([[path.months_min for path in self.paths]])
        typical = np.array([[path.months_typical for path in self.paths]])
        at_pace = np.maximum(shortest, hours / self.hours_per_month)
        return np.where(self.full_time, typical, at_pace)

    def hours_per_week_needed(self, hours: Floats) -> Floats:
        """Return the least hours a week with which the path's own time limit can be met."""
        limit = np.array([[path.months_max for path in self.paths]])
        by_limit = hours / (limit * self.numbers["weeks_per_month"])
        return np.where(self.full_time, self.numbers["full_time_hours_per_week"], by_limit)

    def course_costs(self) -> Floats:
        """Return the price of the courses in a plan or a bridge at the person's pace."""
        costs = np.zeros((self.size, len(self.paths)))
        for at, path in enumerate(self.paths):
            for plan in (path.plan, path.bridge):
                if plan is not None and plan.courses:
                    costs[:, [at]] += plan.cost_usd(self.hours_per_month)
        return costs


def _skill_shares(paths: Sequence[Path], skills: Skills) -> tuple[Floats, Floats]:
    """Return the weighted share of the role's skills held today (size, 1) and after each path.

    A skill counts up to the depth the role needs.
    """
    columns = np.flatnonzero(skills.weight.any(axis=0))
    known, needed = skills.known[:, columns], skills.needed[:, columns]
    weight = skills.weight[:, columns]
    brought = np.array(
        [
            np.maximum(
                depth_row(path.covers, skills.column),
                depth_row(path.requires, skills.column),
            )[columns]
            for path in paths
        ]
    )
    share = weight / np.maximum(needed, 1)
    today = (np.minimum(known, needed) * share).sum(axis=1, keepdims=True)
    after = np.empty((len(known), len(paths)))
    hours = np.array([sum(path.hours) / 2 + path.bridge.hours for path in paths])
    to_depth = skills.study_hours[columns]
    places = np.arange(len(columns))
    worth = to_depth[places, brought]
    for row in range(len(known)):
        deeper = np.minimum(np.maximum(known[row], brought), needed[row])
        # What is taught can't take more hours of study than the path has.
        has, wants = to_depth[places, known[row]], to_depth[places, needed[row]]
        study = np.minimum(np.maximum(worth, has), wants).sum(axis=1) - np.minimum(has, wants).sum()
        taught = np.minimum(1.0, hours / np.maximum(study, 1e-9))
        # Summed row by row: a matrix product rounds differently with the number of paths.
        after[row] = today[row] + taught * ((deeper * share[row]).sum(axis=1) - today[row])
    for at, path in enumerate(paths):
        if path.plan is not None:
            after[:, [at]] = np.maximum(today, _plan_share(path, skills))
    return today[skills.state], after[skills.state]


def _plan_share(path: Path, skills: Skills) -> float:
    """Return the share of the role's skills a course plan reaches.

    A plan is made anew once the role is known, so the share holds for whatever role is drawn.
    """
    reached = np.minimum(depth_row(path.covers, skills.column), skills.role_needed)
    return float((skills.role_weight * reached / np.maximum(skills.role_needed, 1)).sum())
