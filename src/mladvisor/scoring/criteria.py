"""One value function a criterion: what holds today and after each path.

Benefits and burdens run from 0 to 1 between end points that are fixed for the person, never by
what else is on the list. All arrays are (scenarios, paths) or broadcast to it; each raw figure
feeds one criterion only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.rows import Settings
from mladvisor.paths.figures import Figures
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Change:
    """A criterion's value today (scenarios, 1) and after each path (scenarios, paths)."""

    today: Any
    after: Any


def credential(figures: Figures, scenarios: Scenarios, settings: Settings) -> Change:
    """Share of the target employers' screens that are passed.

    A bachelor's passes a soft filter less often at entry than later, a hard one hardly ever; a
    certificate closes a part of the gap. Screens: data/screens.toml, or the person's own answer.
    """
    passing = _Passing(scenarios, settings)
    held, master = passing.held, passing.master
    hard = scenarios.values["degree_filter"] == code("hard")
    signal = figures.signal * np.where(hard, settings.numbers["hard_signal_share"], 1.0)
    grants = figures.values["grants"]
    gained = np.select(
        [grants == code("master"), grants == code("phd"), grants == code("bachelor")],
        [figures.values["recognition"] * (master - held), 1 - held, passing.bachelor - held],
        signal * (master - held),
    )
    return Change(held, held + np.maximum(gained, 0))


class _Passing:
    """Share of screens passed with each degree, shape (scenarios, 1)."""

    def __init__(self, scenarios: Scenarios, settings: Settings) -> None:
        numbers, values, screens = settings.numbers, scenarios.values, scenarios.screens
        hard = values["degree_filter"] == code("hard")
        soft = values["degree_filter"] == code("soft")
        seniority = values["seniority"]
        soft_pass = np.select(
            [seniority == code("entry"), seniority == code("senior")],
            [numbers["soft_pass_entry"], numbers["soft_pass_senior"]],
            numbers["soft_pass_mid"],
        )
        below_master = np.where(hard, numbers["hard_pass_without"], np.where(soft, soft_pass, 1.0))
        wants_doctor = np.divide(
            screens["phd"], np.maximum(screens["master"], 1e-9), where=screens["master"] > 0,
            out=np.zeros_like(screens["phd"]),
        )  # fmt: skip
        self.master = np.where(hard, 1 - wants_doctor, 1.0)
        self.bachelor = below_master * numbers["quant_bachelor_pass"]
        experience = np.minimum(
            numbers["equivalent_experience_per_year"] * values["experience_years"],
            numbers["equivalent_experience_max"],
        )
        without = (1 - screens["bachelor"]) + screens["bachelor"] * experience
        without = without * np.where(
            hard, numbers["hard_pass_without"],
            np.where(soft, numbers["no_degree_soft_share"], 1.0),
        )  # fmt: skip
        by_degree = {
            "none": without,
            "bachelor-nonquant": below_master * numbers["nonquant_bachelor_pass"],
            "bachelor-quant": self.bachelor,
            "bachelor-cs": below_master,
            "master-nonquant": below_master
            + (self.master - below_master) * numbers["nonquant_master_pass"],
            "master-quant": self.master,
            "phd": np.ones_like(self.master),
        }
        education = values["education"]
        self.held = np.select(
            [education == code(name) for name in by_degree], list(by_degree.values())
        )


def skills(figures: Figures, _scenarios: Scenarios, _settings: Settings) -> Change:
    """Weighted share of the role's skills at the depth it needs."""
    return Change(figures.skills_today, figures.skills_after)


def proof(figures: Figures, scenarios: Scenarios, settings: Settings) -> Change:
    """What can be shown, times how much the role's hiring looks at it."""
    values, held = scenarios.values, settings.proof_held
    today = np.select(
        [values["production"] == code(level) for level in held],
        [np.full((scenarios.size, 1), share) for share in held.values()],
    )
    today = np.maximum(today, np.where(values["ml_at_work"], held["ml-at-work"], 0.0))
    left = np.array([[path.proof for path in figures.paths]])
    counts = scenarios.portfolio
    return Change(counts * today, counts * np.maximum(today, left))


def research(figures: Figures, scenarios: Scenarios, settings: Settings) -> Change:
    """How far the door to research stands open: thesis, lab, doctorate, work already done."""
    numbers, values = settings.numbers, scenarios.values
    today = np.select(
        [values["research_experience"] == code(level) for level in settings.research_held],
        [np.full((scenarios.size, 1), share) for share in settings.research_held.values()],
    )
    today = np.maximum(
        today, np.where(values["education"] == code("phd"), numbers["doctorate_research"], 0.0)
    )
    opened = np.array(
        [
            [
                numbers["doctorate_research"]
                if path.grants == "phd"
                else settings.lab_access[path.lab_access] + numbers["thesis_research"] * path.thesis
                for path in figures.paths
            ]
        ]
    )
    return Change(today, np.maximum(today, np.minimum(opened, 1.0)))


def network(figures: Figures, _scenarios: Scenarios, settings: Settings) -> Change:
    """Whom one meets, by form of teaching."""
    today = settings.network["none"]
    met = np.array([[settings.network[path.network] for path in figures.paths]])
    return Change(today, np.maximum(met, today))


def cost(figures: Figures, scenarios: Scenarios, settings: Settings) -> Change:
    """Net cost against the budget and against a fixed sum, and pay given up."""
    numbers = settings.numbers
    net = figures.values["net_cost_usd"]
    of_budget = np.minimum(net / np.maximum(scenarios.values["budget_usd"], 1.0), 1.0)
    of_scale = np.minimum(net / numbers["cost_scale_usd"], 1.0)
    share = numbers["cost_budget_share"]
    foregone = np.minimum(figures.foregone_usd / numbers["foregone_scale_usd"], 1.0)
    return Change(
        0.0, share * of_budget + (1 - share) * of_scale + numbers["foregone_share"] * foregone
    )


def time(figures: Figures, scenarios: Scenarios, settings: Settings) -> Change:
    """Months to ready against the deadline, and hours against a fixed number."""
    numbers = settings.numbers
    months = np.minimum(figures.values["months"] / scenarios.values["deadline_months"], 1.0)
    hours = (figures.values["hours"] + figures.values["bridge_hours"]) / numbers["hours_scale"]
    share = numbers["months_share"]
    return Change(0.0, share * months + (1 - share) * np.minimum(hours, 1.0))


VALUE_FUNCTIONS: dict[str, Callable[[Figures, Scenarios, Settings], Change]] = {
    "credential": credential,
    "skills": skills,
    "proof": proof,
    "research": research,
    "network": network,
    "cost": cost,
    "time": time,
}
