"""The work of each path for a block of people: hours, months, and what it brings of skills.

All arrays have the axes of `mladvisor.axes`: paths, people, scenarios.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Grouped, Reals, capped, distinct, floored, with_room
from mladvisor.paths.people import People
from mladvisor.paths.skills import SkillStates
from mladvisor.paths.study import study
from mladvisor.paths.table import PathTable
from mladvisor.scenarios import Draws


class Work:
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
        self._judged = study(table)
        self._role = self._judged.for_role(skills)
        self._pairs = _Pairs(skills, people)

    def hours(self) -> Reals:
        """Return the hours of each path, without its bridge."""
        fixed = self.table.drawn("hours", self.draws.size)
        left = self._role.left[self.skills.state]
        # The middle scenario's, the same way as `axes.middle` takes it.
        usual = np.sort(left, axis=1)[:, left.shape[1] // 2, None]
        scale = np.where(usual > 0, left / np.maximum(usual, REAL(1e-9)), REAL(1))
        plans = self.people.plan_hours(self.draws.size, self.table) * scale
        hours = np.empty((len(fixed), *plans.shape[1:]), REAL)
        hours[:] = fixed
        hours[self.table.plans] = plans
        return hours

    def bridge_hours(self) -> Grouped:
        """Return the hours of study before each path, by entry level.

        Those of the planned courses for the middle reading, more or less by the judged hours where
        the person knows less or more than that.
        """
        usual = self._judged.to_entry(self.skills.middle)[..., None]
        over = self._pairs.of_people(self.people.bridge_hours - usual)
        change = self._judged.to_entry(self.skills.known).take(self._pairs.state, axis=1) + over
        return Grouped(self._pairs.spread(floored(change)), self.table.level)

    def months(self, hours: Reals) -> Reals:
        """Return months of the path itself: hours at the person's pace, not below its minimum."""
        months: Reals = hours / self.hours_per_month
        np.clip(months, self.table.column("months_min"), np.inf, out=months)  # beats `maximum`
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

    def skill_shares(self) -> tuple[Reals, Reals]:
        """Return the share of the role's skills held today, and what each path adds to it.

        What is taught can't take more hours of study than the path has. A course plan is made
        anew once the role is known, so its share holds for whatever role is drawn.
        """
        role, state = self._role, self._pairs.state
        share = self._pairs.of_people(self.people.path_hours) / role.hours.take(state, axis=1)
        share = capped(share, 1)
        share *= role.gained.take(state, axis=1)
        gain = self._pairs.spread(share)
        today: Array = role.held[self.skills.state][None]
        plans = floored(self.people.plan_shares - today)
        gain = with_room(gain, plans.shape[1:])
        gain[self.table.plans] = plans
        return today, gain


class _Pairs:
    """The pairs of a person and a state of skills that come up, each in many scenarios.

    `state`: of each pair.
    """

    def __init__(self, skills: SkillStates, people: People) -> None:
        state = skills.state
        alike = people.path_hours.shape[1] == 1 and len(state) == 1
        count, states = 1 if alike else len(skills.middle), len(skills.known)
        pairs, self._place = distinct(state + states * np.arange(count)[:, None])
        self._person, self.state = np.divmod(pairs, states)

    def of_people(self, values: Array) -> Array:
        """Return by pair what is given by person, (…, people, 1)."""
        return values[:, self._person if values.shape[1] > 1 else [0], 0]

    def spread(self, values: Array) -> Reals:
        """Return by person and scenario what is given by pair, (…, pairs)."""
        found: Reals = values.take(self._place, axis=-1)
        return found
