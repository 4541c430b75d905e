"""What each path costs each person of a block, in every scenario; see `mladvisor.paths.money`.

All arrays have the axes of `mladvisor.axes`: paths, people, scenarios.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Places, Reals
from mladvisor.paths.money import Employer, employer, net_cost_usd, when_due
from mladvisor.paths.people import People, course_costs_usd
from mladvisor.paths.table import PathTable
from mladvisor.scenarios import Draws


class Costs:
    """Prices, and what is left of them after the employer's money.

    Args:
        months: of each path itself.
        bridge_months: before each path.
    """

    def __init__(
        self, table: PathTable, people: People, draws: Draws, months: Reals, bridge_months: Reals
    ) -> None:
        self.table = table
        self.draws = draws
        self.months = months
        self.bridge_months = bridge_months
        pace = draws.values["hours_per_week"] * table.settings.numbers["weeks_per_month"]
        courses = course_costs_usd(people.prices, pace, table)
        self._prepared, self._planned = np.split(courses, [len(table.levels)])
        self._in_state = table.words["path_us_state"] == draws.values["us_state"]
        self._pays = employer(draws, table.knowledge)
        varying = (
            months, bridge_months, self._prepared, self._planned, self._in_state,
            self._pays.usd_per_year,
        )  # fmt: skip
        self._across = np.broadcast_shapes(*(each.shape[1:] for each in varying))

    def whole_usd(self) -> Reals:
        """Return prices, those of the courses before a path included."""
        return self._with_courses(self._price(at_least=False))

    def net_usd(self, *, at_least: bool = False) -> Reals:
        """Return what the person pays, `at_least`: where all uncertain prices turn out lowest.

        Worked out only where there is a price to pay and the employer gives something: nothing
        falls due to an employer from full-time study.
        """
        price = self._price(at_least)
        net = self._with_courses(price)
        given = np.broadcast_to(self._pays.usd_per_year > 0, (1, *self._across))
        at = np.flatnonzero(given)
        if len(at):
            rows = np.flatnonzero(~self.table.flags["full_time"][:, 0, 0])
            part = _Part(rows, at, self._across)
            due = when_due(part.of(self.months), part.of(self.bridge_months), np.False_)
            billed = part.of(price)
            billed[np.searchsorted(rows, self._plan_rows)] += part.people(self._planned)
            own = net_cost_usd(billed, due, part.employer(self._pays))
            own += part.people(self._prepared)[self.table.level[rows]]
            net.reshape(len(net), -1)[np.ix_(rows, at)] = own
        return net

    @property
    def _plan_rows(self) -> Places:
        return np.arange(self.table.plans.start, self.table.plans.stop)

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
        np.add(self._prepared.take(self.table.level, axis=0), price, out=whole)
        whole[self.table.plans] += self._planned
        return whole


class _Part:
    """Some paths in some scenarios of some people: arrays (paths, scenarios of all of them)."""

    def __init__(self, rows: Places, at: Places, across: tuple[int, ...]) -> None:
        self._rows = rows
        self._person, self._scenario = np.divmod(at, across[1])

    def of(self, values: Array) -> Array:
        """Return what is given by path."""
        return self.people(values[self._rows]) if len(values) > 1 else self.people(values)

    def people(self, values: Array) -> Array:
        """Return the same of all rows."""
        rows, people, scenarios = values.shape
        at = self._person * scenarios if people > 1 else np.zeros_like(self._person)
        if scenarios > 1:
            at = at + self._scenario
        return values.reshape(rows, -1).take(at, axis=1)

    def employer(self, pays: Employer) -> Employer:
        """Return the employer's money there."""

        def part(values: Any) -> Any:
            return self.people(values) if np.ndim(values) else values

        return Employer(part(pays.usd_per_year), part(pays.tax_free_usd), part(pays.tax_rate))
