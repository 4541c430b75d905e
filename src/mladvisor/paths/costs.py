"""What each path costs each person of a block, in every scenario; see `mladvisor.paths.money`.

All arrays have the axes of `mladvisor.axes`: paths, people, scenarios.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from mladvisor.axes import REAL, Array, Grouped, Places, Reals
from mladvisor.paths.money import Due, Employer, left_of_year, net_cost_usd, when_due
from mladvisor.paths.people import People, course_costs_usd
from mladvisor.paths.table import PathTable
from mladvisor.scenarios import Draws


class Costs:
    """Prices, and what is left of them after the employer's money.

    Args:
        months: of each path itself.
        bridge_months: before each path.
        pays: what the employer gives.
    """

    def __init__(
        self,
        table: PathTable,
        people: People,
        draws: Draws,
        months: Reals,
        bridge_months: Grouped,
        pays: Employer,
    ) -> None:
        self.table = table
        self.draws = draws
        self.months = months
        self.bridge_months = bridge_months
        pace = draws.values["hours_per_week"] * table.settings.numbers["weeks_per_month"]
        courses = course_costs_usd(people.prices, pace, table)
        self._prepared, self._planned = np.split(courses, [len(table.levels)])
        self._in_state = table.words["path_us_state"] == draws.values["us_state"]
        self._pays = pays
        varying = (
            months, bridge_months.values, self._prepared, self._planned, self._in_state,
            self._pays.usd_per_year,
        )  # fmt: skip
        self._across = np.broadcast_shapes(*(each.shape[1:] for each in varying))

    def whole_usd(self) -> Reals:
        """Return prices, those of the courses before a path included."""
        return self._with_courses(self._price(at_least=False))

    def net_usd(self, *, at_least: bool = False) -> Reals:
        """Return what the person pays, `at_least`: where all uncertain prices turn out lowest.

        Worked out only where the employer gives something.
        """
        price = self._price(at_least)
        net = self._with_courses(price)
        part = self._helped
        if len(part.at):
            billed = part.of(price)
            billed[self.table.plans] += part.of(self._planned)
            own = net_cost_usd(billed, self._due, self._pays.cut(part.of))
            own += part.of(self._prepared)[self.table.level]
            net.reshape(len(net), -1)[:, part.at] = own
        return net

    @cached_property
    def _helped(self) -> _Part:
        """The scenarios in which the employer gives something."""
        given = np.broadcast_to(self._pays.usd_per_year > 0, (1, *self._across))
        return _Part(np.flatnonzero(given), self._across)

    @cached_property
    def _due(self) -> Due:
        """When prices fall due there, the same for all prices."""
        left = self._helped.of(left_of_year(self.bridge_months.values))
        full_time = self.table.flags["full_time"][:, 0]
        return when_due(self._helped.of(self.months), left[self.table.level], full_time)

    def _price(self, at_least: bool) -> Reals:
        """Return the prices of all paths but course plans, which have none of their own."""
        size = self.draws.size

        def of(field: str) -> Reals:
            return self.table.ends(field)[0] if at_least else self.table.drawn(field, size)

        if not self._in_state.any():
            return of("cost_usd")
        prices: Reals = np.where(self._in_state, of("cost_in_state_usd"), of("cost_usd"))
        return prices

    def _with_courses(self, price: Reals) -> Reals:
        """Return prices with those of the courses in a plan, or before a path."""
        whole = np.empty((len(self.months), *self._across), REAL)
        whole = Grouped(self._prepared, self.table.level).into(whole)
        whole += price
        whole[self.table.plans] += self._planned
        return whole


class _Part:
    """Some scenarios of some people, those `at`: arrays (paths, scenarios of all of them)."""

    def __init__(self, at: Places, across: tuple[int, ...]) -> None:
        self.at = at
        self._person, self._scenario = np.divmod(at, across[1])

    def of(self, values: Array) -> Array:
        """Return what an array has there."""
        rows, people, scenarios = values.shape
        at = self._person * scenarios if people > 1 else np.zeros_like(self._person)
        if scenarios > 1:
            at = at + self._scenario
        return values.reshape(rows, -1).take(at, axis=1)
