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

from mladvisor.axes import REAL, Array, Reals, by_path, plus, three_axes
from mladvisor.paths.path import FIXED, path_vocabulary
from mladvisor.paths.table import PathTable
from mladvisor.rules.engine import CheckedRule, Outcome, Rows
from mladvisor.rules.expression import parse, weakened

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
        total = self._fixed_sum([rule for rule in self.fixed if rule in found], found)
        for rule, amount in self.others.items():
            if rule in found:
                total = self._plus(total, found[rule], amount)
        return total

    def _plus(self, total: Any, one: Outcome, amount: float) -> Any:
        added = one.where * (one.when * REAL(amount))
        if one.rows is None:
            return plus(added, total)
        total = _with_room(total, len(self.back), added)
        total[one.rows] += added
        return total

    def _fixed_sum(self, rules: Sequence[str], found: Mapping[str, Outcome]) -> Any:
        """Return the sum of what rules add by fixed columns; each to its combinations alone."""
        if not rules:
            return REAL(0)
        whens = [found[rule].when for rule in rules]
        across = np.broadcast_shapes(*(when.shape for when in whens))[1:]
        total = np.zeros((len(next(iter(self.fixed.values()))), *across), REAL)
        for rule, when in zip(rules, whens, strict=True):
            row = self.fixed[rule]
            amount = when[0] * row.ravel()[np.abs(row).argmax()]
            for place in np.flatnonzero(row).tolist():
                total[place] += amount
        return total.take(self.back, axis=0)

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
                one = found[rule]
                if one.rows is None:
                    holds = holds | one.holds
                else:
                    holds = _with_room(holds, len(self.back), one.holds)
                    holds[one.rows] |= one.holds
        return holds


def _with_room(total: Any, paths: int, more: Array) -> Array:
    """Return the total with all paths and every axis of what some of its rows get."""
    shape = (paths, *np.broadcast_shapes(three_axes(total).shape, (1, *more.shape[1:]))[1:])
    return total if np.shape(total) == shape else np.array(np.broadcast_to(total, shape), order="C")


@lru_cache(maxsize=4)
def rows_of(rules: Sequence[CheckedRule], table: PathTable) -> dict[CheckedRule, Rows]:
    """Return the only paths on which a rule can hold, where its fixed columns rule out others.

    Weights are the same for all paths, so rules that weigh are left whole.
    """
    columns, vocabulary = {**table.words, **table.flags, **table.numbers}, path_vocabulary({})
    found: dict[CheckedRule, Rows] = {}
    for checked in rules:
        may = parse(weakened(checked.paths.text, FIXED), vocabulary)(columns)
        rows = np.flatnonzero(np.broadcast_to(may, (len(table.paths), 1, 1)))
        if checked.rule.then.weigh is None and len(rows) < len(table.paths):
            found[checked] = slice(rows[0], rows[0] + 1) if len(rows) == 1 else rows
    return found


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
