"""Courses on offer in columns, and what holds of them whatever is wanted: made once for all plans.

Stages are folded into the units. Each unit has a copy for each stage, "known by the end of it": a
course teaches the copies from its own stage on and requires that of its own, and what is wanted is
wanted by the last. What is lacking is then a plain difference of sets.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mladvisor.curriculum.task import Offer, Units, single, union

Places = int
"""A set of courses as a bit mask of their places: the one of most effort has the highest bit."""

MOST_KEPT = 8192
"""So many answers of a kind are kept: the same few units are lacking again and again."""

Ranking = tuple[Sequence[int], Sequence[float]]
"""Courses by place, and the judged hours that each brings of what is lacking."""


class OfferTable:
    """Courses by place, the shortest (of least effort) first.

    `by_stage`: all places, early stages first. `beside`: the courses that may still be taken beside
    each: not itself, none of the same material. `teachers`: unit → who teaches it. `tangled`: those
    that may come to wait for each other; no two others ever do.
    """

    def __init__(self, offers: Iterable[Offer], worth: Sequence[float]) -> None:
        ordered = sorted(offers, key=lambda offer: (offer.effort_hours, offer.row))
        self._size = len(worth)
        self._last = max((offer.rank for offer in ordered), default=0)
        self._worth = worth
        self.every: Places = (1 << len(ordered)) - 1
        self.rows = [offer.row for offer in ordered]
        self.efforts = [offer.effort_hours for offer in ordered]
        self.teaches = [
            (offer.teaches & ~offer.requires) * self._copies(offer.rank) for offer in ordered
        ]
        self.requires = [offer.requires << self._size * offer.rank for offer in ordered]
        self.clashes = [offer.clashes for offer in ordered]
        self.by_stage = sorted(range(len(ordered)), key=lambda place: ordered[place].rank)
        self.beside = list(_beside(ordered))
        self.teachers = self._teachers()
        self._efforts = np.array(self.efforts)
        self._hours_taught = self._judged_hours()
        self.tangled = self._tangled()
        self.worth = lru_cache(maxsize=MOST_KEPT)(self._worth_of)
        self.rivals = lru_cache(maxsize=MOST_KEPT)(self._find_rivals)
        self.ranked = lru_cache(maxsize=MOST_KEPT)(self._rank)

    def at_each_stage(self, units: Units) -> Units:
        """Return the copies of units that are there from the beginning."""
        return units * self._copies(0)

    def at_the_end(self, units: Units) -> Units:
        """Return the copies of units that say they are known in the end."""
        return units << self._size * self._last

    def in_the_end(self, copies: Units) -> Units:
        """Return the units whose copies say they are known in the end."""
        return copies >> self._size * self._last

    def _copies(self, first: int) -> int:
        """Return the factor that copies a set of units to each stage from the first on."""
        return sum(1 << self._size * rank for rank in range(first, self._last + 1))

    def _teachers(self) -> dict[Units, Places]:
        """Return the courses that teach each unit."""
        teachers: dict[Units, Places] = defaultdict(int)
        for place, teaches in enumerate(self.teaches):
            for unit in single(teaches):
                teachers[unit] |= 1 << place
        return teachers

    def _judged_hours(self) -> npt.NDArray[np.float64]:
        """Return the judged hours of each unit, by bit, that each course brings."""
        hours = np.zeros((self._size * (self._last + 1), len(self.rows)))
        for unit, places in self.teachers.items():
            hours[unit.bit_length() - 1, ascending(places)] = self._worth_of(unit)
        return hours

    def _tangled(self) -> frozenset[int]:
        """Return the courses on a circle, each building on another of them."""
        below = [
            union(self.teachers.get(unit, 0) for unit in single(requires))
            for requires in self.requires
        ]
        for middle in range(len(below)):  # Warshall: also by way of other courses
            through = below[middle]
            below = [each | through if each >> middle & 1 else each for each in below]
        return frozenset(place for place, each in enumerate(below) if each >> place & 1)

    def grounded(self, places: Sequence[int], held: Units) -> tuple[Units, Sequence[int]]:
        """Return what is reached by courses that can be taken one after another, and the others."""
        teaches, requires = self.teaches, self.requires
        waiting = places
        while True:
            late = []
            for place in waiting:
                if requires[place] & ~held:
                    late.append(place)
                else:
                    held |= teaches[place]
            if len(late) == len(waiting):
                return held, late
            waiting = late

    def _worth_of(self, units: Units) -> float:
        """Return the judged hours of study of units."""
        return sum(self._worth[(unit.bit_length() - 1) % self._size] for unit in single(units))

    def can_teach(self, places: Places, units: Units) -> bool:
        """Say whether each of the units is taught by one of the courses."""
        for unit in single(units):  # noqa: SIM110 - asked at each repair, `all` is half as fast
            if not self.teachers[unit] & places:
                return False
        return True

    def _find_rivals(self, place: int, units: Units) -> Places:
        """Return the shorter courses that teach these units and bar no more than this one does."""
        rivals = (1 << place) - 1
        for unit in single(units):
            rivals &= self.teachers[unit]
        own = self.clashes[place] | {self.rows[place]}
        return union(1 << one for one in ascending(rivals) if self.clashes[one] <= own)

    def _rank(self, lacking: Units) -> Ranking:
        """Return who teaches some of what is lacking, those first who bring most per hour.

        Most sets that come up are small; numpy pays for the large ones.
        """
        gains = self._hours_taught[[unit.bit_length() - 1 for unit in single(lacking)]].sum(axis=0)
        teachers = gains.nonzero()[0]
        best_first = teachers[(-gains[teachers] / self._efforts[teachers]).argsort(kind="stable")]
        return array("H", best_first.tolist()), array("d", gains[best_first].tobytes())


@dataclass(frozen=True, eq=False)
class Task:
    """What to cover: `wanted` from `held`, with the courses on offer."""

    wanted: Units
    held: Units
    offers: OfferTable


def ascending(places: Places) -> list[int]:
    """Return the places of a set, the shortest course first."""
    return [bit.bit_length() - 1 for bit in single(places)]


def _beside(offers: Sequence[Offer]) -> Iterable[Places]:
    """Yield for each course the others that may be taken beside it."""
    place = {offer.row: at for at, offer in enumerate(offers)}
    every = (1 << len(offers)) - 1
    for at, offer in enumerate(offers):
        others = {place[row] for row in offer.clashes if row in place}
        yield every & ~sum(1 << other for other in {at, *others})
