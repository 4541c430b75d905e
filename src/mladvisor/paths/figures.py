"""The figures of all paths for a block of people, in every scenario: what rules and scores read.

All arrays have the axes of `mladvisor.axes`: paths, people, scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Cut, Grouped, Reals, chosen, of_person, plus
from mladvisor.curriculum.plan import Plan
from mladvisor.paths.costs import Costs
from mladvisor.paths.money import Employer, employer, foregone_pay_usd
from mladvisor.paths.path import Path
from mladvisor.paths.people import People, make_people
from mladvisor.paths.skills import SkillStates
from mladvisor.paths.table import PathTable
from mladvisor.paths.work import Work
from mladvisor.scenarios import Draws

SCORED = frozenset({"bridge_hours", "months", "net_cost_usd"})
"""Figures that scores read, whatever rules do."""


@dataclass(frozen=True, eq=False)
class Figures:
    """One person's figures: `values`: name → (scenarios, paths or 1), for the rule language.

    `bridges`: the courses before each path.
    """

    paths: tuple[Path, ...]
    bridges: tuple[Plan, ...]
    values: Mapping[str, Any]
    block: BlockFigures
    person: int

    def get_in(self, path: int) -> Reals:
        """Return the chance of getting in, (scenarios,)."""
        return chosen(self.block.get_in, path, self.person)

    def foregone_usd(self, path: int) -> Reals:
        """Return the pay given up for a path, (scenarios,)."""
        return chosen(self.block.foregone_by_path, path, self.person)

    def employer(self) -> Employer:
        """Return the employer's money, (scenarios or 1,)."""
        return self.block.employer.cut(lambda values: chosen(values, 0, self.person))


@dataclass(frozen=True, eq=False)
class BlockFigures:
    """Figures of a block. `values`: name → array, for the rule language; scores read the rest.

    `skills_today`, `skills_gain`: shares of the role's skills, today and what each path adds.
    `foregone_usd`: of the paths of full-time study alone, in their order.
    """

    table: PathTable
    people: People
    values: Mapping[str, Any]
    skills_today: Reals
    skills_gain: Reals
    foregone_usd: Reals
    employer: Employer
    get_in: Reals
    finish: Reals
    signal: Reals

    def of(self, person: int, size: int) -> Figures:
        """Return one person's part."""
        paths = self.people.paths[person]
        return Figures(
            paths,
            self.people.bridges_of(person, self.table),
            Cut(self.values, lambda values: of_person(values, person, size, len(paths))),
            self,
            person,
        )

    @cached_property
    def foregone_by_path(self) -> Grouped:
        """The pay given up for each path: those of full-time study have their own, others none."""
        nothing = np.zeros((1, *self.foregone_usd.shape[1:]), REAL)
        group = np.zeros(len(self.table.paths), np.intp)
        group[self.table.full_time] = np.arange(1, len(self.foregone_usd) + 1)
        return Grouped(np.concatenate([nothing, self.foregone_usd]), group)


def make_figures(
    draws: Draws, skills: SkillStates, table: PathTable, read: Container[str] | None = None
) -> BlockFigures:
    """Compute every figure of every path in every scenario of every person.

    `read`: the names that rules read, where what only a report shows can be left out.
    """
    size, settings, full_time = draws.size, table.settings, table.full_time
    people = make_people(skills, table)
    work = Work(table, people, draws, skills)
    hours = work.hours()
    months = work.months(hours)
    today, gain = work.skill_shares()
    values = _by_themselves(work, hours)
    employed = employer(draws, table.knowledge)
    makers: dict[str, Callable[[], Any]] = {
        **_with_preparation(work, months, draws, employed),
        "skills_after": lambda: today + gain,
    }
    for name, make in makers.items():
        if read is None or name in read or name in SCORED:
            values[name] = make()
    pays = table.drawn("pays_usd_per_year", size)[full_time]
    acceptance = table.drawn("acceptance", size)
    return BlockFigures(
        table=table,
        people=people,
        values=values,
        skills_today=today,
        skills_gain=gain,
        foregone_usd=foregone_pay_usd(months[full_time], pays, draws, settings),
        employer=employed,
        get_in=1 - (1 - acceptance) ** settings.numbers["applications"],
        finish=table.drawn("finish", size),
        signal=table.drawn("signal", size),
    )


def _by_themselves(work: Work, hours: Reals) -> dict[str, Any]:
    """Return what paths are by themselves: the columns of the table, and those of course plans."""
    table, people = work.table, work.people
    return {
        **table.words,
        **table.flags,
        **table.numbers,
        "path": people.ids,
        "free": people.free,
        "hours": hours,
        "hours_per_week_needed": work.hours_per_week_needed(),
        "recognition": table.drawn("recognition", work.draws.size),
    }


def _with_preparation(
    work: Work, months: Any, draws: Draws, pays: Employer
) -> dict[str, Callable[[], Any]]:
    """Return how figures are made that the courses before a path play a part in."""
    bridge_hours = work.bridge_hours()
    bridge_months = Grouped(bridge_hours.values / work.hours_per_month, work.table.level)
    costs = Costs(work.table, work.people, draws, months, bridge_months, pays)
    return {
        "bridge_hours": bridge_hours.whole,
        "bridge_months": bridge_months.whole,
        "months": lambda: plus(bridge_months.whole(), months),
        "cost_usd": costs.whole_usd,
        "least_cost_usd": lambda: costs.net_usd(at_least=True),
        "net_cost_usd": costs.net_usd,
    }
