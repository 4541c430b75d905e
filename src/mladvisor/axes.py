"""The axes of a block: paths, people, scenarios; one code path for one person and for thousands.

An array has all three axes, in this order, and an axis along which nothing varies has length 1:
numpy broadcasts it, so that nothing is computed twice that is the same for all. What only some
paths have is then a few rows, and what people answered runs along them without a step.
One person's arrays are (scenarios, paths).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

REAL = np.float32
"""The type of figures: seven digits are more than any of them has, and half as much to move."""

Reals = npt.NDArray[np.float32]
Array = npt.NDArray[Any]
Places = npt.NDArray[np.intp]


def narrow(values: Any) -> Array:
    """Return an array of reals, codes of words, or flags, in half the width numpy gives it."""
    array = np.asarray(values)
    return array.astype({"f": REAL, "i": np.int32}.get(array.dtype.kind, array.dtype))


def by_path(values: Any) -> Array:
    """Return one value a path with all three axes."""
    return narrow(values)[:, None, None]


def by_person(values: Any) -> Array:
    """Return one value a person with all three axes, or the one that all of them share."""
    return shared(narrow(values)[None, :, None])


def by_scenario(values: Array) -> Array:
    """Return one value a scenario with all three axes."""
    return values[None, None, :]


def shared(values: Array) -> Array:
    """Return only the first person's part where it is the same for all of them."""
    first = values[:, :1]
    same: bool = values.shape[1] > 1 and bool((values == first).all())
    return first if same else values


def three_axes(values: Any) -> Array:
    """Return a number, or an array, with all three axes."""
    array = np.asarray(values)
    return array.reshape((1,) * (3 - array.ndim) + array.shape)


@dataclass(frozen=True, eq=False)
class Grouped:
    """Values that paths of a group share: `values`, (groups, people, scenarios); `group` by path.

    Much is decided by a few columns of the paths, and is worked out once for a group.
    """

    values: Array
    group: Places

    def whole(self) -> Array:
        """Return the values of all paths."""
        return self.values.take(self.group, axis=0)

    def into(self, room: Array) -> Array:
        """Return the same written into an array of all paths, as far as its other axes allow."""
        if room.shape[1:] == self.values.shape[1:]:
            # "clip" writes straight into it; no group is out of range.
            return self.values.take(self.group, axis=0, out=room, mode="clip")
        room[:] = self.whole()
        return room


def whole(values: Any) -> Any:
    """Return the values of all paths, grouped or not."""
    return values.whole() if isinstance(values, Grouped) else values


def chosen(values: Any, paths: Places | int, people: Places | int) -> Array:
    """Return the values of one path of each person, (people, scenarios), or of a single one."""
    if isinstance(values, Grouped):
        return chosen(values.values, values.group[paths], people)
    array = three_axes(values)
    found: Array = array[paths if len(array) > 1 else 0, people if array.shape[1] > 1 else 0]
    return found


def plus(one: Any, other: Any) -> Any:
    """Return the sum, written into the first where that has room for it: it must be nobody else's.

    Blocks are large, and a new array takes longer than the sum in it.
    """
    shape = np.broadcast_shapes(np.shape(one), np.shape(other))
    return np.add(one, other, out=one if np.shape(one) == shape and shape else None)


def both(one: Any, other: Any) -> Any:
    """Return where both flags hold."""
    return _joined(one, other, decisive=False)


def either(one: Any, other: Any) -> Any:
    """Return where one flag or the other holds."""
    return _joined(one, other, decisive=True)


def _joined(one: Any, other: Any, *, decisive: bool) -> Any:
    """Return flags joined so that the `decisive` value wins: perhaps one of them, not a copy.

    What varies by path alone only picks whole paths: numpy takes ten times as long to spread it.
    """
    few, many = np.asarray(one), np.asarray(other)
    if few.size > many.size:
        few, many = many, few
    if few.size == 1:
        return np.full_like(many, decisive) if bool(few) is decisive else many
    if few.ndim == many.ndim == 3 and few.shape == (len(many), 1, 1) != many.shape:
        found = many.copy()
        found[few[:, 0, 0] == decisive] = decisive
        return found
    return np.logical_or(few, many) if decisive else np.logical_and(few, many)


def alike(rows: Iterable[Hashable]) -> tuple[Places, Places]:
    """Group equal rows: the place of the first of each group, and the group of each row."""
    groups: dict[Hashable, int] = {}
    first: list[int] = []
    group = []
    for place, row in enumerate(rows):
        if row not in groups:
            groups[row] = len(first)
            first.append(place)
        group.append(groups[row])
    return np.array(first, dtype=np.intp), np.array(group, dtype=np.intp)


def distinct(numbers: Places) -> tuple[Places, Places]:
    """Return distinct whole numbers from 0 up, in order, and the place among them of each.

    For numbers that are not far apart: numpy's `unique` sorts, which takes several times as long.
    """
    there = np.zeros(int(numbers.max()) + 1, dtype=bool)
    there[numbers] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[numbers]


def capped(values: Any, most: Any) -> Array:
    """Turn values from 0 up, in place, into at most so much: twice as fast as numpy's `minimum`."""
    found: Array = np.clip(values, 0, most, out=values)
    return found


def floored(values: Any) -> Array:
    """Turn values, in place, into at least 0: twice as fast as numpy's `maximum`."""
    found: Array = np.clip(values, 0, np.inf, out=values)
    return found


def with_room(values: Array, across: tuple[int, ...]) -> Array:
    """Return values with room for so many people and scenarios, where they lack it a copy."""
    shape = (len(values), *np.broadcast_shapes(values.shape[1:], across))
    return values if values.shape == shape else np.array(np.broadcast_to(values, shape), order="C")


def of_person(values: Array, person: int, size: int, paths: int | None = None) -> Array:
    """Return one person's part, (size, 1) or (size, paths).

    A view, but for a single number: numpy repeats that faster, and works with it faster later on.
    """
    part = values[:, person if values.shape[1] > 1 else 0].T
    if part.shape[1] > 1:
        part = part[:, :paths]
    if len(part) == size:
        return part
    if part.shape[1] == 1:
        return part.repeat(size, axis=0)
    return np.broadcast_to(part, (size, part.shape[1]))


class Cut(Mapping[str, Any]):
    """A part of named arrays, cut when it is first read: most of it never is.

    Arrays named within a name are cut the same way.
    """

    def __init__(self, values: Mapping[str, Any], cut: Callable[[Any], Any]) -> None:
        self._values = values
        self._cut = cut
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            value, cut = self._values[name], self._cut
            self._made[name] = Cut(value, cut) if isinstance(value, Mapping) else cut(value)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def of_path(values: Array, path: int) -> Array:
    """Return one path's column of (scenarios, paths); a single column is the same for all paths."""
    return values[:, path if values.shape[1] > 1 else 0]


def quantile(values: Array, share: float) -> float:
    """Return the value that `share` of the scenarios reach at most (nearest rank).

    numpy's own `quantile` and `median` load masked arrays, which costs a tenth of the start-up.
    """
    return float(np.sort(values)[quantile_rank(len(values), share)])


def quantile_rank(count: int, share: float) -> int:
    """Return the place, among so many sorted values, of the one that `share` of them reach."""
    return min(count - 1, int(share * count))


def middle(values: Array) -> float:
    """Return the median over the scenarios."""
    return quantile(values, 0.5)
