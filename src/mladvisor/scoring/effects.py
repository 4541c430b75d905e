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

from mladvisor.axes import REAL, Array, Grouped, Places, Reals, by_path, chosen
from mladvisor.paths.path import FIXED, path_vocabulary
from mladvisor.paths.table import PathTable
from mladvisor.rules.engine import CheckedRule, Outcome, Rows
from mladvisor.rules.expression import parse, weakened

WORTH_TAKING = 0.7
"""Share of paths between the first and the last from which all of them are taken."""

CHANCE, LIMITS = "chance", "limits"
"""The effects on the chance, and of limits that rule a path out; others are their criterion's."""


@dataclass(frozen=True, eq=False)
class Added:
    """What rules add to one figure of so many paths: `grouped` by fixed columns, then the `others`.

    `others`: some paths, and what is added there; in the order of the rules.
    """

    paths: int
    grouped: Grouped | None = None
    others: tuple[tuple[Rows, Reals], ...] = ()

    def onto(self, base: Any, across: tuple[int, int]) -> Reals:
        """Return a figure with what is added to it, for so many people and scenarios."""
        total = np.empty((self.paths, *across), REAL)
        if self.grouped is not None:
            np.add(self.grouped.whole(), base, out=total)
        else:
            total[:] = base
        for rows, amount in self.others:
            total[rows] += amount
        return total

    def of(self, paths: Places, people: Places) -> Any:
        """Return what is added to one path of each person, (people, scenarios)."""
        total: Any = REAL(0)
        if self.grouped is not None:
            total = chosen(self.grouped, paths, people)
        for rows, amount in self.others:
            own = np.arange(self.paths)[rows]
            at = np.searchsorted(own, paths)
            there = own.take(at, mode="clip") == paths
            found = chosen(amount, np.where(there, at, 0), people)
            total = total + np.where(there[:, None], found, REAL(0))
        return total


@dataclass(frozen=True, eq=False)
class Effect:
    """Rules that add to one figure, as they are summed.

    `fixed`: rule → what it adds to each combination of fixed columns, (combinations, 1, 1);
    `back`: the combination of each path. `others`: rule → amount. Both in the order of the rules.
    """

    fixed: Mapping[str, Reals]
    back: npt.NDArray[np.intp]
    others: Mapping[str, float]

    def added(self, found: Mapping[str, Outcome]) -> Added:
        """Return what those add that hold, the same for a person alone or among many."""
        fixed = [rule for rule in self.fixed if rule in found]
        others = [(found[rule], amount) for rule, amount in self.others.items() if rule in found]
        return Added(
            len(self.back),
            self._fixed_sum(fixed, found) if fixed else None,
            tuple((one.rows, one.where * (one.when * REAL(amount))) for one, amount in others),
        )

    def _fixed_sum(self, rules: Sequence[str], found: Mapping[str, Outcome]) -> Grouped:
        """Return the sum of what rules add by fixed columns; each to its combinations alone."""
        whens = [found[rule].when for rule in rules]
        across = np.broadcast_shapes(*(when.shape for when in whens))[1:]
        total = np.zeros((len(next(iter(self.fixed.values()))), *across), REAL)
        for rule, when in zip(rules, whens, strict=True):
            row = self.fixed[rule]
            amount = when[0] * row.ravel()[np.abs(row).argmax()]
            for place in np.flatnonzero(row).tolist():
                total[place] += amount
        return Grouped(total, self.back)

    def any(self, found: Mapping[str, Outcome], across: tuple[int, int]) -> Array:
        """Return where one of them holds at all, for so many people and scenarios."""
        by_group = np.zeros((self.back.max() + 1, *across), dtype=bool)
        for rule, row in self.fixed.items():
            if rule in found:
                for place in np.flatnonzero(row).tolist():
                    by_group[place] |= found[rule].when[0]
        holds = by_group.take(self.back, axis=0)
        for rule in self.others:
            if rule in found:
                holds[found[rule].rows] |= found[rule].holds
        return holds


@lru_cache(maxsize=4)
def rows_of(rules: Sequence[CheckedRule], table: PathTable) -> dict[CheckedRule, Rows]:
    """Return the only paths on which a rule can hold, where its fixed columns rule out others.

    Paths in between are taken along where they are few, so that nothing has to be put together.
    Weights are the same for all paths, so rules that weigh are left whole.
    """
    columns, vocabulary = {**table.words, **table.flags, **table.numbers}, path_vocabulary({})
    found: dict[CheckedRule, Rows] = {}
    for checked in rules:
        may = parse(weakened(checked.paths.text, FIXED), vocabulary)(columns)
        rows = np.flatnonzero(np.broadcast_to(may, (len(table.paths), 1, 1)))
        if checked.rule.then.weigh is None and len(rows) < len(table.paths):
            found[checked] = _around(rows)
    return found


def _around(rows: Places) -> Rows:
    if not len(rows):
        return rows
    around = slice(int(rows[0]), int(rows[-1]) + 1)
    return around if len(rows) >= WORTH_TAKING * (around.stop - around.start) else rows


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
