"""How much each criterion matters to this person, in every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.rules.engine import Outcome
from mladvisor.rules.expression import code
from mladvisor.scenarios import Scenarios, scattered

Floats = npt.NDArray[np.float64]


def person_weights(
    criteria: Sequence[Criterion],
    scenarios: Scenarios,
    settings: Settings,
    outcomes: Sequence[Outcome],
) -> Floats:
    """Return weights that sum to 1, shape (scenarios, criteria).

    The goal's row, blended with the person's own ranking, then the `weigh` rules; at last spread
    around that, since nobody knows their weights exactly.
    """
    goal = scenarios.values["goal"][:, 0]
    weights = np.zeros((scenarios.size, len(criteria)))
    for name in criteria[0].weights:
        weights[goal == code(name)] = [criterion.weights[name] for criterion in criteria]
    weights /= weights.sum(axis=1, keepdims=True)
    ranked = _ranked(criteria, scenarios.answers.get("priorities", ()))
    if ranked is not None:
        blend = settings.numbers["priority_blend"]
        weights = (1 - blend) * weights + blend * ranked
    for outcome in outcomes:
        for at, criterion in enumerate(criteria):
            factor = (outcome.rule.then.weigh or {}).get(criterion.id, 1.0)
            weights[:, at] *= np.where(outcome.holds[:, 0], factor, 1.0)
    weights *= _spread(criteria, scenarios.size, settings.numbers["weight_spread"])
    normalized: Floats = weights / weights.sum(axis=1, keepdims=True)
    return normalized


def rank_order_centroid(count: int) -> Floats:
    """Return the weights of `count` ranked criteria, first to last (Edwards and Barron 1994).

    w_i = (1/n) Σ_{k=i..n} 1/k: the centre of all weights that agree with the ranking.
    """
    steps = 1 / np.arange(1, count + 1)
    centroid: Floats = np.cumsum(steps[::-1])[::-1] / count
    return centroid


def _ranked(criteria: Sequence[Criterion], priorities: Any) -> Floats | None:
    """Return weights by the person's ranking; what they left out shares the last places."""
    names = [criterion.id for criterion in criteria]
    order = [names.index(name) for name in dict.fromkeys(priorities) if name in names]
    if not order:
        return None
    centroid = rank_order_centroid(len(names))
    weights = np.full(len(names), centroid[len(order) :].mean() if len(order) < len(names) else 0)
    weights[order] = centroid[: len(order)]
    return weights


def _spread(criteria: Sequence[Criterion], size: int, width: float) -> Floats:
    """Return factors around 1: logistic noise on the logarithm, `width` its standard deviation."""
    u = scattered([f"weight/{criterion.id}" for criterion in criteria], size)
    logistic = np.log(u / (1 - u)) * (np.sqrt(3) / np.pi)
    factors: Floats = np.exp(width * np.clip(logistic, -3, 3))
    return factors
