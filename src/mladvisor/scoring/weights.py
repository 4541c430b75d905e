"""How much each criterion matters to each person, in every scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Reals, by_person, by_scenario, shared
from mladvisor.knowledge.rows import Criterion, Settings
from mladvisor.profile import Answer
from mladvisor.rules.codes import by_word
from mladvisor.rules.engine import Outcome
from mladvisor.scenarios import Draws
from mladvisor.sequences import scattered

Floats = npt.NDArray[np.float64]


def block_weights(
    criteria: Sequence[Criterion],
    draws: Draws,
    settings: Settings,
    outcomes: Sequence[Outcome],
) -> tuple[Reals, ...]:
    """Return for each criterion its weight, (1, people, scenarios); together they sum to 1.

    The goal's row, blended with the person's own ranking, then the `weigh` rules; at last spread
    around that, since nobody knows their weights exactly.
    """
    numbers = settings.numbers
    ranked, ranks = _ranked(criteria, draws.answers)
    weights: list[Any] = []
    for at, criterion in enumerate(criteria):
        weight: Any = by_word(draws.values["goal"], _shares(criterion, criteria))
        if ranked.any():
            blend = numbers["priority_blend"]
            weight = np.where(ranked, (1 - blend) * weight + blend * ranks[[at]], weight)
        for outcome in outcomes:
            factor = (outcome.rule.then.weigh or {}).get(criterion.id)
            if factor is not None:
                weight = weight * np.where(outcome.holds[:1], REAL(factor), REAL(1))
        weights.append(weight * _spread(criterion.id, draws.size, numbers["weight_spread"]))
    total = sum(weights[1:], start=weights[0])
    return tuple(weight / total for weight in weights)


def _shares(criterion: Criterion, criteria: Sequence[Criterion]) -> dict[str, float]:
    """Return a criterion's share of all weights, by goal."""
    return {
        goal: weight / sum(each.weights[goal] for each in criteria)
        for goal, weight in criterion.weights.items()
    }


def rank_order_centroid(count: int) -> Floats:
    """Return the weights of `count` ranked criteria, first to last (Edwards and Barron 1994).

    w_i = (1/n) Σ_{k=i..n} 1/k: the centre of all weights that agree with the ranking.
    """
    steps = 1 / np.arange(1, count + 1)
    centroid: Floats = np.cumsum(steps[::-1])[::-1] / count
    return centroid


def _ranked(
    criteria: Sequence[Criterion], answers: Sequence[Mapping[str, Answer]]
) -> tuple[npt.NDArray[np.bool_], Reals]:
    """Return who ranked criteria, (1, people, 1), and their weights, (criteria, people, 1)."""
    names = [criterion.id for criterion in criteria]
    given: list[Any] = [each.get("priorities", ()) for each in answers]
    order = [
        tuple(names.index(name) for name in dict.fromkeys(each) if name in names) for each in given
    ]
    weights = np.array([_by_rank(each, len(names)) for each in order], dtype=REAL)
    return by_person([bool(each) for each in order]), shared(weights.T[..., None])


@lru_cache(maxsize=1024)
def _by_rank(order: tuple[int, ...], count: int) -> Floats:
    """Return weights by a person's ranking; what they left out shares the last places."""
    centroid = rank_order_centroid(count)
    weights = np.full(count, centroid[len(order) :].mean() if len(order) < count else 0)
    weights[list(order)] = centroid[: len(order)]
    return weights


@lru_cache(maxsize=64)
def _spread(criterion: str, size: int, width: float) -> Reals:
    """Return factors around 1: logistic noise on the logarithm, `width` its standard deviation."""
    u = scattered(f"weight/{criterion}", size)
    logistic = np.log(u / (1 - u)) * (np.sqrt(3) / np.pi)
    factors: Floats = np.exp(width * np.clip(logistic, -3, 3))
    return by_scenario(factors.astype(REAL))
