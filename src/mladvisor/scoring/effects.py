"""What rules add to a figure, summed over all rules that hold.

Most rules look at fixed columns of the paths only, and few combinations of these differ: their sum
is made once for each combination and then spread over the paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Reals, by_path
from mladvisor.paths.path import FIXED
from mladvisor.paths.table import PathTable
from mladvisor.rules.engine import CheckedRule, Outcome

CHANCE, LIMITS = "chance", "limits"
"""The effects on the chance, and of limits that rule a path out; others are their criterion's."""


@dataclass(frozen=True, eq=False)
class Effect:
    """Rules that add to one figure, as they are summed.

    `fixed`: rule → what it adds to each combination of fixed columns, (combinations, 1, 1);
    `back`: the combination of each path. `others`: rule → amount. Both in the order of the rules.
    """

    fixed: Mapping[str, Reals]
    back: npt.NDArray[np.intp]
    others: Mapping[str, float]

    def added(self, found: Mapping[str, Outcome]) -> Any:
        """Return the sum of what those add that hold, the same for a person alone or among many."""
        total: Any = REAL(0)
        for rule, row in self.fixed.items():
            if rule in found:
                total = total + found[rule].when * row
        if np.ndim(total):
            total = total.take(self.back, axis=0)
        for rule, amount in self.others.items():
            if rule in found:
                total = _plus(total, found[rule].where * (found[rule].when * REAL(amount)))
        return total

    def any(self, found: Mapping[str, Outcome]) -> Any:
        """Return where one of them holds at all."""
        holds: Any = np.zeros((1, 1, 1), dtype=bool)
        for rule, row in self.fixed.items():
            if rule in found:
                holds = holds | (found[rule].when & (row != 0))
        if holds.shape[0] > 1:
            holds = holds.take(self.back, axis=0)
        for rule in self.others:
            if rule in found:
                holds = holds | found[rule].holds
        return holds


def _plus(total: Any, more: Any) -> Any:
    """Return the sum, written into one of them where that has room for it."""
    shape = np.broadcast_shapes(np.shape(total), more.shape)
    return np.add(total, more, out=more if more.shape == shape else None)


@lru_cache(maxsize=4)
def effects(rules: Sequence[CheckedRule], table: PathTable) -> dict[str, Effect]:
    """Return the effect on the chance and on each criterion's value that rules add to."""
    amounts: dict[str, dict[CheckedRule, float]] = {LIMITS: {}}
    for checked in rules:
        then = checked.rule.then
        for name, amount in (then.value or {}).items():
            amounts.setdefault(name, {})[checked] = amount
        if then.chance is not None:
            amounts.setdefault(CHANCE, {})[checked] = then.chance
        if then.exclude:
            amounts.setdefault(LIMITS, {})[checked] = 1.0
    return {name: _effect(each, table) for name, each in amounts.items()}


def _effect(amounts: Mapping[CheckedRule, float], table: PathTable) -> Effect:
    columns = {**table.words, **table.flags, **table.numbers}
    every = np.ones(len(table.paths), dtype=bool)
    masks = {
        checked: every & np.asarray(checked.paths(columns)).reshape(-1)
        for checked in amounts
        if set(checked.paths.names) <= FIXED
    }
    combinations = np.array([every, *masks.values()]).T
    places: dict[bytes, int] = {}
    back = [places.setdefault(each.tobytes(), len(places)) for each in combinations]
    first = [back.index(place) for place in range(len(places))]
    return Effect(
        {
            checked.rule.id: by_path(mask[first] * REAL(amounts[checked]))
            for checked, mask in masks.items()
        },
        np.array(back, dtype=np.intp),
        {c.rule.id: amount for c, amount in amounts.items() if c not in masks},
    )
