"""The fit of each path in every scenario: all criteria weighed and summed.

What only groups of paths differ in is summed for the groups, and the chance is multiplied with
once, not with each criterion: the points of single criteria are worked out where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Array, Grouped, Places, Reals, chosen, whole
from mladvisor.knowledge.rows import Criterion
from mladvisor.scoring.effects import Added
from mladvisor.scoring.points import KEPT_WHEN_STOPPING, signed


@dataclass(frozen=True, eq=False)
class Moved:
    """The whole change of a criterion's value: by the figures (`gain`), and what rules add."""

    gain: Any
    added: Added

    def whole(self, across: tuple[int, int]) -> Reals:
        """Return it for all paths, so many people and scenarios."""
        return self.added.onto(whole(self.gain), across)

    def of(self, paths: Places, people: Places) -> Any:
        """Return it for a path of each person, (…, people, scenarios)."""
        return chosen(self.gain, paths, people) + self.added.of(paths, people)


def totals(
    criteria: Sequence[Criterion],
    weights: Sequence[Reals],
    moved: Mapping[str, Moved],
    chances: tuple[Reals, Reals],
    allowed: Array,
) -> Reals:
    """Return fits, (paths, people, scenarios).

    `chances`: of the end, and of the part done. `allowed`: where no limit rules a path out.
    """
    rows = [
        (criterion.id in KEPT_WHEN_STOPPING, signed(criterion, weight), moved[criterion.id])
        for criterion, weight in zip(criteria, weights, strict=True)
    ]
    room = np.empty(allowed.shape, REAL)
    at_end, kept = (
        _weighed_sum([row[1:] for row in rows if row[0] is with_part], room)
        for with_part in (False, True)
    )
    at_end *= chances[0]
    kept *= chances[1]
    at_end += kept
    at_end *= allowed.astype(REAL)  # a flag takes twice as long to multiply with as a number
    return at_end


def _weighed_sum(rows: Sequence[tuple[Reals, Moved]], room: Reals) -> Reals:
    """Return Σ weight × moved. `room`: as large as the result, to work in.

    In an order that depends on the criteria alone, so that it rounds the same for a person alone
    and among others; what does not hold for somebody adds exactly 0.
    """
    total = np.empty_like(room)
    grouped = [
        Grouped(weight * each.values, each.group)
        for weight, moved in rows
        for each in (moved.gain, moved.added.grouped)
        if isinstance(each, Grouped)
    ]
    if grouped:
        total = reduce(_plus, sorted(grouped, key=lambda each: len(each.values))).into(total)
    else:
        total[:] = 0
    for weight, moved in rows:
        if not isinstance(moved.gain, Grouped):
            np.multiply(weight, moved.gain, out=room)
            total += room
        for paths, amount in moved.added.others:
            total[paths] += weight * amount
    return total


def _plus(one: Grouped, other: Grouped) -> Grouped:
    """Return the sum, by the groups that both divide the paths into."""
    of_one, of_other, group = _both(one.group.tobytes(), other.group.tobytes())
    return Grouped(one.values.take(of_one, axis=0) + other.values.take(of_other, axis=0), group)


@lru_cache(maxsize=256)
def _both(one: bytes, other: bytes) -> tuple[Places, Places, Places]:
    """Return for each pair of groups that a path is in its group in either; the pair by path."""
    first, second = np.frombuffer(one, np.intp), np.frombuffer(other, np.intp)
    pairs, group = np.unique(first * (second.max() + 1) + second, return_inverse=True)
    of_one, of_other = np.divmod(pairs, second.max() + 1)
    return of_one, of_other, group
