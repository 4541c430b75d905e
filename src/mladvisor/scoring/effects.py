"""What rules add to a figure, summed over all rules that hold.

Most rules look at columns of the paths that are the same for everybody, and few combinations of
these differ: their sum is made once for each group of paths and then spread over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import REAL, Array, Grouped, Places, Reals, alike, both, chosen
from mladvisor.paths.path import DRAWN, FIXED, path_vocabulary
from mladvisor.paths.table import PathTable
from mladvisor.rules.engine import CheckedRule, Outcome, Rows
from mladvisor.rules.expression import Expression, parse, weakened

WORTH_TAKING = 0.7
"""Share of paths between the first and the last from which all of them are taken."""

CHANCE, LIMITS = "chance", "limits"
"""The effects on the chance, and of limits that rule a path out; others are their criterion's."""


@dataclass(frozen=True, eq=False)
class Added:
    """What rules add to one figure of so many paths: `grouped` by settled columns, then `others`.

    `others`: some paths, and what is added there; in the order of the rules.
    """

    paths: int
    grouped: Grouped | None = None
    others: tuple[tuple[Rows, Reals], ...] = ()

    def onto(self, base: Any, across: tuple[int, int]) -> Reals:
        """Return a figure with what is added to it, for so many people and scenarios."""
        total = np.empty((self.paths, *across), REAL)
        if self.grouped is not None:
            total = self.grouped.into(total)
            total += base
        else:
            total[:] = base
        for rows, amount in self.others:
            total[rows] += amount
        return total

    def of(self, paths: Places, people: Places) -> Any:
        """Return what is added to a path of each person, (…, people, scenarios)."""
        total: Any = REAL(0)
        if self.grouped is not None:
            total = chosen(self.grouped, paths, people)
        for rows, amount in self.others:
            own = np.arange(self.paths)[rows]
            at = np.searchsorted(own, paths)
            there = own.take(at, mode="clip") == paths
            found = chosen(amount, np.where(there, at, 0), people)
            total = total + np.where(there[..., None], found, REAL(0))
        return total


@dataclass(frozen=True, eq=False)
class Effect:
    """Rules that add to one figure, as they are summed.

    `settled`: rule → group → what it adds there, (1, 1) or (1, scenarios); groups to which it adds
    nothing are left out. `back`: the group of each path. `others`: rule → amount. Both in the order
    of the rules.
    """

    settled: Mapping[str, Mapping[int, Reals]]
    back: npt.NDArray[np.intp]
    others: Mapping[str, float]

    def added(self, found: Mapping[str, Outcome]) -> Added:
        """Return what those add that hold, the same for a person alone or among many."""
        settled = [rule for rule in self.settled if rule in found]
        others = [(found[rule], amount) for rule, amount in self.others.items() if rule in found]
        return Added(
            len(self.back),
            self._settled_sum(settled, found) if settled else None,
            tuple((one.rows, one.holds.astype(REAL) * REAL(amount)) for one, amount in others),
        )

    def _settled_sum(self, rules: Sequence[str], found: Mapping[str, Outcome]) -> Grouped:
        """Return the sum of what rules add by group; each to its groups alone."""
        whens = [found[rule].when[0].astype(REAL) for rule in rules]
        amounts = [self.settled[rule] for rule in rules]
        across = np.broadcast_shapes(
            *(when.shape for when in whens),
            *(amount.shape for by_group in amounts for amount in by_group.values()),
        )
        total = np.zeros((self.back.max() + 1, *across), REAL)
        for by_group, when in zip(amounts, whens, strict=True):
            for group, amount in by_group.items():
                total[group] += when * amount
        return Grouped(total, self.back)

    def any(self, found: Mapping[str, Outcome], across: tuple[int, int]) -> Array:
        """Return where one of them holds at all, for so many people and scenarios."""
        by_group = np.zeros((self.back.max() + 1, *across), dtype=bool)
        for rule, groups in self.settled.items():
            if rule in found:
                for group, amount in groups.items():
                    by_group[group] |= both(found[rule].when[0], amount != 0)
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
    columns = {**table.words, **table.flags, **table.numbers}
    found: dict[CheckedRule, Rows] = {}
    for checked in rules:
        may = _by_fixed_columns(checked.paths.text)(columns)
        rows = np.flatnonzero(np.broadcast_to(may, (len(table.paths), 1, 1)))
        if checked.rule.then.weigh is None and len(rows) < len(table.paths):
            found[checked] = _around(rows)
    return found


@lru_cache(maxsize=512)
def _by_fixed_columns(text: str) -> Expression:
    """Return a condition on fixed columns alone that holds wherever `text` may hold."""
    return parse(weakened(text, FIXED), path_vocabulary({}))


def _around(rows: Places) -> Rows:
    if not len(rows):
        return rows
    around = slice(int(rows[0]), int(rows[-1]) + 1)
    return around if len(rows) >= WORTH_TAKING * (around.stop - around.start) else rows


@lru_cache(maxsize=8)
def effects(rules: Sequence[CheckedRule], table: PathTable, size: int) -> dict[str, Effect]:
    """Return the effect on the chance and on each criterion's value that rules add to.

    `size`: scenarios of a person.
    """
    amounts: dict[str, dict[CheckedRule, float]] = {LIMITS: {}}
    for checked in rules:
        then = checked.rule.then
        for name, amount in (then.value or {}).items():
            amounts.setdefault(name, {})[checked] = amount
        if then.chance is not None:
            amounts.setdefault(CHANCE, {})[checked] = then.chance
        if then.exclude:
            amounts.setdefault(LIMITS, {})[checked] = 1.0
    return {name: _effect(each, table, size) for name, each in amounts.items()}


def _effect(amounts: Mapping[CheckedRule, float], table: PathTable, size: int) -> Effect:
    drawn = {name: table.drawn(name, size) for name in DRAWN}
    columns = {**table.words, **table.flags, **table.numbers, **drawn}
    masks = {
        checked: np.broadcast_to(checked.paths(columns), (len(table.paths), 1, size))[:, 0]
        for checked in amounts
        if set(checked.paths.names) <= FIXED | DRAWN
    }
    first, back = alike(
        b"".join(mask[at].tobytes() for mask in masks.values()) for at in range(len(table.paths))
    )
    return Effect(
        {
            checked.rule.id: {
                group: _narrowed(mask[at]) * REAL(amounts[checked])
                for group, at in enumerate(first.tolist())
                if mask[at].any()
            }
            for checked, mask in masks.items()
        },
        back,
        {c.rule.id: amount for c, amount in amounts.items() if c not in masks},
    )


def _narrowed(flags: Array) -> Array:
    """Return flags by scenario, (1, scenarios), or the one that stands for all of them."""
    return flags[None, :1] if flags.all() else flags[None]
