"""The figures of all paths for a block of people, in every scenario: what rules and scores read.

All arrays have the axes of `mladvisor.axes`: paths, people, scenarios.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Reals, of_person, plus
from mladvisor.curriculum.plan import Plan
from mladvisor.paths.money import employer, foregone_pay_usd, net_cost_usd, when_due
from mladvisor.paths.path import Path
from mladvisor.paths.people import People, make_people
from mladvisor.paths.skills import SkillStates
from mladvisor.paths.study import study
from mladvisor.paths.table import PathTable
from mladvisor.scenarios import Draws


@dataclass(frozen=True, eq=False)
class Figures:
    """One person's figures: `values`: name → (scenarios, paths or 1), for the rule language.

    `bridges`: the courses before each path. The rest is read by the reasons alone.
    """

    paths: tuple[Path, ...]
    bridges: tuple[Plan, ...]
    values: Mapping[str, Any]
    foregone_usd: Reals
    get_in: Reals


@dataclass(frozen=True, eq=False)
class BlockFigures:
    """Figures of a block. `values`: name → array, for the rule language; scores read the rest.

    `skills_today`, `skills_gain`: shares of the role's skills, today and what each path adds.
    """

    table: PathTable
    people: People
    values: Mapping[str, Any]
    skills_today: Reals
    skills_gain: Reals
    foregone_usd: Reals
    get_in: Reals
    finish: Reals
    signal: Reals

    def of(self, person: int, size: int) -> Figures:
        """Return one person's part."""
        paths = self.people.paths[person]
        return Figures(
            paths,
            self.people.bridges_of(person, self.table),
            {
                name: of_person(values, person, size, len(paths))
                for name, values in self.values.items()
            },
            of_person(self.foregone_usd, person, size, len(paths)),
            of_person(self.get_in, person, size, len(paths)),
        )


def make_figures(
    draws: Draws, skills: SkillStates, table: PathTable, read: Container[str] | None = None
) -> BlockFigures:
    """Compute every figure of every path in every scenario of every person.

    `read`: the names that rules read, where what only a report shows can be left out.
    """
    size, settings = draws.size, table.settings
    people = make_people(skills, table)
    work = _Work(table, people, draws, skills)
    hours, bridge_hours = work.hours(), work.bridge_hours()
    months = work.months(hours)
    bridge_months = bridge_hours / work.hours_per_month
    in_state = table.words["path_us_state"] == draws.values["us_state"]
    planned, prepared = work.course_costs()
    cost = table.drawn("cost_usd", size)
    least, _ = table.ends("cost_usd")
    if in_state.any():
        cost = np.where(in_state, table.drawn("cost_in_state_usd", size), cost)
        least = np.where(in_state, table.ends("cost_in_state_usd")[0], least)
    cost, least = cost + planned, least + planned
    full_time = table.flags["full_time"]
    due, pays = when_due(months, bridge_months, full_time), employer(draws, table.knowledge)
    today, gain = work.skill_shares()
    values = {
        **table.words,
        **table.flags,
        **table.numbers,
        "path": people.ids,
        "free": people.free,
        "cost_usd": cost + prepared,
        "net_cost_usd": plus(net_cost_usd(cost, due, pays), prepared),
        "hours": hours,
        "bridge_hours": bridge_hours,
        "months": months + bridge_months,
        "bridge_months": bridge_months,
        "hours_per_week_needed": work.hours_per_week_needed(),
        "recognition": table.drawn("recognition", size),
    }
    if read is None or "least_cost_usd" in read:
        values["least_cost_usd"] = net_cost_usd(least, due, pays) + prepared
    if read is None or "skills_after" in read:
        values["skills_after"] = today + gain
    acceptance = table.drawn("acceptance", size)
    return BlockFigures(
        table=table,
        people=people,
        values=values,
        skills_today=today,
        skills_gain=gain,
        foregone_usd=foregone_pay_usd(
            months, full_time, table.drawn("pays_usd_per_year", size), draws, settings
        ),
        get_in=1 - (1 - acceptance) ** settings.numbers["applications"],
        finish=table.drawn("finish", size),
        signal=table.drawn("signal", size),
    )


class _Work:
    """Hours and months of each path at a person's pace, and what they bring of the role's skills.

    A course plan is made for the middle reading and the likeliest role; in other scenarios its
    hours grow or shrink with the judged hours of study between what is known and needed.
    """

    def __init__(self, table: PathTable, people: People, draws: Draws, skills: SkillStates) -> None:
        self.table = table
        self.people = people
        self.draws = draws
        self.skills = skills
        self.numbers = table.settings.numbers
        self.full_time = table.flags["full_time"]
        self.hours_per_month: Any = draws.values["hours_per_week"] * self.numbers["weeks_per_month"]
        self._rows = study(table).for_role(skills)

    def hours(self) -> Reals:
        """Return the hours of each path, without its bridge."""
        fixed = self.table.drawn("hours", self.draws.size)
        left = self._rows[3]
        # The middle scenario's, the same way as `axes.middle` takes it.
        usual = np.sort(left, axis=1)[:, left.shape[1] // 2, None]
        scale = np.where(usual > 0, left / np.maximum(usual, REAL(1e-9)), REAL(1))
        plans = self.people.plan_hours(self.draws.size, self.table) * scale
        hours = np.empty((len(fixed), *plans.shape[1:]), REAL)
        hours[:] = fixed
        hours[self.table.plans] = plans
        return hours

    def bridge_hours(self) -> Reals:
        """Return the hours of study before each path: the planned courses' for the middle reading,

        more or less by the judged hours where the person knows less or more than that.
        """
        judged = study(self.table)
        change = judged.to_entry(self.skills.known, self.skills.state)
        people = np.arange(len(self.skills.middle))[:, None]
        usual = judged.to_entry(self.skills.middle, people)
        change = change + self.people.bridge_hours_over(usual)
        hours: Reals = np.maximum(change, 0, out=change)
        return hours

    def months(self, hours: Reals) -> Reals:
        """Return months of the path itself: hours at the person's pace, not below its minimum."""
        months: Reals = hours / self.hours_per_month
        np.maximum(self.table.column("months_min"), months, out=months)
        rows = self.full_time[:, 0, 0]
        months[rows] = self.table.column("months_typical")[rows]
        return months

    def hours_per_week_needed(self) -> Reals:
        """Return the least hours a week with which the path's own time limit can be met.

        A course plan has no limit, so its own hours, which differ by person, play no part.
        """
        limit = self.table.column("months_max") * self.numbers["weeks_per_month"]
        by_limit = self.table.drawn("hours", self.draws.size) / limit
        needed: Reals = np.where(
            self.full_time, REAL(self.numbers["full_time_hours_per_week"]), by_limit
        )
        return needed

    def course_costs(self) -> tuple[Reals, Reals]:
        """Return the price of a course plan's courses, and of a bridge's, at the person's pace."""
        prepared = self.people.course_costs_usd(self.hours_per_month, self.table)
        planned = np.zeros_like(prepared)
        if len(prepared) > 1:
            planned[self.table.plans] = prepared[self.table.plans]
            prepared[self.table.plans] = 0
        return planned, prepared

    def skill_shares(self) -> tuple[Reals, Reals]:
        """Return the share of the role's skills held today, and what each path adds to it.

        What is taught can't take more hours of study than the path has. A course plan is made
        anew once the role is known, so its share holds for whatever role is drawn.
        """
        held, gained, hours, _ = self._rows
        today: Array = held[None]
        gain: Reals = self.people.path_hours / hours
        np.minimum(gain, 1, out=gain)
        gain *= gained
        plans: Reals = np.maximum(self.people.plan_shares - today, 0)
        if plans.shape[1] > gain.shape[1]:
            gain = np.repeat(gain, plans.shape[1], axis=1)
        gain[self.table.plans] = plans
        return today, gain
