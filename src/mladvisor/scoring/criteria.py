"""One value function a criterion: what holds today and after each path.

Benefits and burdens run from 0 to 1 between end points that are fixed for the person, never by
what else is on the list. All arrays have the axes of `mladvisor.axes`; each raw figure feeds one
criterion only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Grouped, capped, floored, plus, with_room
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.figures import BlockFigures
from mladvisor.paths.path import Path
from mladvisor.rules.codes import by_word
from mladvisor.rules.expression import code
from mladvisor.scenarios import Draws


@dataclass(frozen=True, eq=False)
class Change:
    """A criterion's value today, the same for all paths, and what each path adds to it.

    `gain`: an array, or `Grouped` where it depends on a few columns of the paths alone.
    """

    today: Any
    gain: Any


def credential(figures: BlockFigures, draws: Draws, settings: Settings) -> Change:
    """Share of the target employers' screens that are passed.

    A bachelor's passes a soft filter less often at entry than later, a hard one hardly ever; a
    certificate closes a part of the gap. Screens: data/screens.toml, or the person's own answer.
    """
    passing = _Passing(draws, settings)
    first, group = figures.table.alike("grants", "recognition", "signal")
    grants = figures.values["grants"][first]
    master = grants == code("master")
    closes = np.where(master, figures.values["recognition"][first], figures.signal[first])
    under_hard = np.where(master, closes, closes * settings.numbers["hard_signal_share"])
    hard = draws.values["degree_filter"] == code("hard")
    gained = np.where(hard, under_hard, closes) * (passing.master - passing.held)
    for degree, passes in (("phd", REAL(1)), ("bachelor", passing.bachelor)):
        gained[(grants == code(degree))[:, 0, 0]] = passes - passing.held
    return Change(passing.held, Grouped(floored(gained), group))


class _Passing:
    """Share of screens passed with each degree, the same for all paths."""

    def __init__(self, draws: Draws, settings: Settings) -> None:
        numbers, values, screens = settings.numbers, draws.values, draws.screens
        hard = values["degree_filter"] == code("hard")
        soft = values["degree_filter"] == code("soft")
        levels = {"entry": numbers["soft_pass_entry"], "senior": numbers["soft_pass_senior"]}
        soft_pass = by_word(values["seniority"], levels, numbers["soft_pass_mid"])
        without_hard = REAL(numbers["hard_pass_without"])
        below_master = np.where(hard, without_hard, np.where(soft, soft_pass, REAL(1)))
        demand = screens["master"]
        wants_doctor = np.where(demand > 0, screens["phd"] / np.maximum(demand, REAL(1e-9)), 0)
        self.master = np.where(hard, 1 - wants_doctor, REAL(1))
        self.bachelor = below_master * numbers["quant_bachelor_pass"]
        experience = np.minimum(
            numbers["equivalent_experience_per_year"] * values["experience_years"],
            numbers["equivalent_experience_max"],
        )
        without = (1 - screens["bachelor"]) + screens["bachelor"] * experience
        soft_share = REAL(numbers["no_degree_soft_share"])
        without = without * np.where(hard, without_hard, np.where(soft, soft_share, REAL(1)))
        by_degree = {
            "none": without,
            "bachelor-nonquant": below_master * numbers["nonquant_bachelor_pass"],
            "bachelor-quant": self.bachelor,
            "bachelor-cs": below_master,
            "master-nonquant": below_master
            + (self.master - below_master) * numbers["nonquant_master_pass"],
            "master-quant": self.master,
            "phd": REAL(1),
        }
        self.held: Any = REAL(0)
        for name, passes in by_degree.items():
            self.held = np.where(values["education"] == code(name), passes, self.held)


def skills(figures: BlockFigures, _draws: Draws, _settings: Settings) -> Change:
    """Weighted share of the role's skills at the depth it needs."""
    return Change(figures.skills_today, figures.skills_gain)


def proof(figures: BlockFigures, draws: Draws, settings: Settings) -> Change:
    """What can be shown, times how much the role's hiring looks at it."""
    values, held = draws.values, settings.proof_held
    today = by_word(values["production"], held)
    at_work = np.where(values["ml_at_work"], REAL(held["ml-at-work"]), REAL(0))
    today = np.maximum(today, at_work)
    left = figures.table.grouped("proof", lambda path: path.proof)
    gain = draws.portfolio * np.maximum(left.values - today, 0)
    return Change(draws.portfolio * today, Grouped(gain, left.group))


def research(figures: BlockFigures, draws: Draws, settings: Settings) -> Change:
    """How far the door to research stands open: thesis, lab, doctorate, work already done."""
    numbers, values = settings.numbers, draws.values
    today = by_word(values["research_experience"], settings.research_held)
    doctor = values["education"] == code("phd")
    today = np.maximum(today, np.where(doctor, REAL(numbers["doctorate_research"]), REAL(0)))

    def opened(path: Path) -> float:
        if path.grants == "phd":
            return min(numbers["doctorate_research"], 1.0)
        lab, thesis = settings.lab_access[path.lab_access], numbers["thesis_research"]
        return min(lab + thesis * path.thesis, 1.0)

    door = figures.table.grouped("opened", opened)
    return Change(today, Grouped(np.maximum(door.values - today, 0), door.group))


def network(figures: BlockFigures, _draws: Draws, settings: Settings) -> Change:
    """Whom one meets, by form of teaching."""
    today = REAL(settings.network["none"])
    met = figures.table.grouped("met", lambda path: settings.network[path.network])
    return Change(today, Grouped(np.maximum(met.values - today, 0), met.group))


def cost(figures: BlockFigures, draws: Draws, settings: Settings) -> Change:
    """Net cost against the budget and against a fixed sum, and pay given up."""
    numbers = settings.numbers
    net = figures.values["net_cost_usd"]
    share = numbers["cost_budget_share"]
    burden = _share_of(net, np.maximum(draws.values["budget_usd"], 1.0), share)
    burden = plus(burden, _share_of(net, numbers["cost_scale_usd"], 1 - share))
    foregone = _share_of(
        figures.foregone_usd, numbers["foregone_scale_usd"], numbers["foregone_share"]
    )
    burden = with_room(burden, foregone.shape[1:])
    burden[figures.table.full_time] += foregone
    return Change(REAL(0), burden)


def time(figures: BlockFigures, draws: Draws, settings: Settings) -> Change:
    """Months to ready against the deadline, and hours against a fixed number."""
    numbers = settings.numbers
    share = numbers["months_share"]
    months = _share_of(figures.values["months"], draws.values["deadline_months"], share)
    hours = figures.values["hours"] + figures.values["bridge_hours"]
    hours = _share_of(hours, numbers["hours_scale"], 1 - share)
    return Change(REAL(0), plus(months, hours))


def _share_of(amount: Any, most: Any, weight: float) -> Any:
    """Return an amount as a share of the most that counts, weighed: min(amount / most, 1) × weight.

    The amounts are large arrays, so both factors are one.
    """
    part = np.asarray(amount * (REAL(weight) / most))
    return capped(part, REAL(weight))


VALUE_FUNCTIONS: dict[str, Callable[[BlockFigures, Draws, Settings], Change]] = {
    "credential": credential,
    "skills": skills,
    "proof": proof,
    "research": research,
    "network": network,
    "cost": cost,
    "time": time,
}
