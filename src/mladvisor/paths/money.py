"""What a path costs this person: after what the employer pays, and the pay given up for it.

A year is twelve months from today. Preparation comes first and is paid for by the person; then
the price of the path itself is spread evenly over its months. The same arithmetic gives the scored
figure for all paths at once and the account of one path year by year (`mladvisor.money`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mladvisor.axes import REAL, by_scenario, floored
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Settings
from mladvisor.rules.expression import code
from mladvisor.scenarios import Draws, Scenarios
from mladvisor.sequences import scattered

Readings = Draws | Scenarios
"""A block of people or one person; arrays broadcast alike."""

LEAST_MONTHS = REAL(1)
"""What takes no time is paid for at once, within its first month."""

MOST_MONTHS = REAL(1200)


@dataclass(frozen=True, eq=False)
class Employer:
    """What the employer gives in a year at most, how much of it is tax-free, and the tax above.

    Arrays without paths: what the employer gives is the same for all of them.
    """

    usd_per_year: Any
    tax_free_usd: Any
    tax_rate: Any

    def cut(self, part: Callable[[Any], Any]) -> Employer:
        """Return the same of a part of the arrays."""
        return Employer(part(self.usd_per_year), part(self.tax_free_usd), part(self.tax_rate))

    def gives(self, due_usd: Any) -> Any:
        """Return what the employer pays of a year's bill; what a year leaves over is lost."""
        return np.minimum(self.usd_per_year, due_usd)

    def tax_usd(self, given_usd: Any) -> Any:
        """Return the tax on what is given in a year above the tax-free limit: it counts as pay."""
        return self.tax_rate * np.maximum(given_usd - self.tax_free_usd, 0)

    @cached_property
    def most_usd(self) -> Any:
        """What is given in a year at most, less the tax on it."""
        return self.usd_per_year - self.tax_usd(self.usd_per_year)

    @cached_property
    def tax_saved_usd(self) -> Any:
        """Tax that would be due on the tax-free part; without end where nothing is taxed."""
        taxed = self.usd_per_year > self.tax_free_usd
        return np.where(taxed, self.tax_rate * self.tax_free_usd, REAL(np.inf))

    def help_into(self, due_usd: Any, spare: Any) -> None:
        """Turn a year's bill, in place, into what is given of it less the tax on that.

        Both together are the least of three lines: the bill, the bill less tax on all but the
        tax-free part of it, and the most that is given.
        """
        if np.isfinite(self.tax_saved_usd).any():
            np.multiply(due_usd, 1 - self.tax_rate, out=spare)
            spare += self.tax_saved_usd
            np.minimum(due_usd, spare, out=due_usd)
        np.minimum(due_usd, self.most_usd, out=due_usd)


@dataclass(frozen=True, eq=False)
class Due:
    """When a price falls due: its share in the first year, in each whole one, and in the last.

    The years between the first and the last are alike, so these stand for all; `whole`: how many.
    Full-time study leaves no job beside it, so of its price nothing falls due to an employer.
    """

    first: Any
    each: Any
    last: Any
    whole: Any


def employer(draws: Draws, knowledge: Knowledge) -> Employer:
    """Return the employer's money in every scenario.

    How other countries tax it is not known here: there the tax-free part is drawn between none
    and all of it.
    """
    low, high = knowledge.money["extra-pay-tax"].interval()
    limit = REAL(knowledge.money["employer-tax-free"].interval()[0])
    pays = draws.values["employer_pays_usd_per_year"]
    part, tax = (
        by_scenario(scattered(name, draws.size).astype(REAL))
        for name in ("tax-free-abroad", "extra-pay-tax")
    )
    tax_free = np.where(under_known_law(draws, knowledge), limit, part * pays)
    return Employer(pays, tax_free, REAL(low) + REAL(high - low) * tax)


def under_known_law(readings: Readings, knowledge: Knowledge) -> Any:
    """Return in which scenarios the tax and loan law of data/money.toml holds."""
    country = knowledge.money["law-country"].figure.value
    return readings.values["country"] == code(str(country))


def study_months(months: Any) -> Any:
    """Return over how many months a price is spread."""
    return months.clip(LEAST_MONTHS, MOST_MONTHS)


def when_due(months: Any, left_of_first_year: Any, full_time: Any) -> Due:
    """Return when a price falls due that is spread over so many months, from within a year.

    `left_of_first_year`: the months of it that are left after a preparation, see `left_of_year`.
    """
    months = study_months(months)
    first = np.minimum(left_of_first_year, months)
    last = months - first
    whole = last / 12
    np.floor(whole, out=whole)
    each = 12 * whole
    last -= each
    # From here on `months` holds the share of the price that falls due in a month.
    np.divide(1 - np.asarray(full_time, REAL), months, out=months)
    for part in (first, last):
        part *= months
    return Due(first, np.multiply(months, 12, out=each), last, whole)


def left_of_year(months: Any) -> Any:
    """Return how many months of the year are left that so many months have begun."""
    left = months / 12
    np.floor(left, out=left)
    left *= 12
    left += 12
    left -= months
    return left


def net_cost_usd(price_usd: Any, due: Due, pays: Employer) -> Any:
    """Return what the person pays of a whole price, in USD: the sum over all years.

    Shapes broadcast; the arrays are large, so they are worked on in place.
    """
    if not pays.usd_per_year.any():
        return price_usd + 0 * due.first
    net: Any = price_usd * due.each + 0 * pays.most_usd  # its axes: law differs by country
    part, spare = np.empty_like(net), np.empty_like(net)
    pays.help_into(net, spare)
    net *= due.whole
    for share in (due.first, due.last):
        np.multiply(price_usd, share, out=part)
        pays.help_into(part, spare)
        net += part
    return floored(np.subtract(price_usd, net, out=net))


def pay_usd_per_month(readings: Readings, settings: Settings) -> Any:
    """Return a stated average of monthly pay, raised a little with each year of experience.

    Nobody is asked what they earn.
    """
    numbers = settings.numbers
    monthly = np.where(
        readings.values["technical_job"],
        REAL(numbers["pay_technical_usd_per_month"]),
        REAL(numbers["pay_other_usd_per_month"]),
    )
    return monthly * (1 + numbers["pay_per_experience_year"] * readings.values["experience_years"])


def foregone_pay_usd(
    months: Any, pays_usd_per_year: Any, readings: Readings, settings: Settings
) -> Any:
    """Return pay given up in months of full-time study, less what the path itself pays."""
    monthly = pay_usd_per_month(readings, settings) - pays_usd_per_year / 12
    return months * np.maximum(monthly, 0)
