"""What a plan must cover, as sets of units: the courses on offer, what is wanted, what is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

Units = int
"""A set of units (competency at a depth) as a bit mask: unions and differences cost nothing."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Offer:
    """One course as the search sees it; `row` is its place in the catalog.

    `rank` is the place of its stage among the stages; `clashes` the rows with the same material.
    """

    row: int
    rank: int
    teaches: Units
    requires: Units
    effort_hours: float
    clashes: frozenset[int]


@dataclass(frozen=True, eq=False)
class Task:
    """What to cover: `wanted` from `held`, with the courses on offer, by stage, then by row.

    `worth`: judged hours of study of each unit, by bit; it only guides the greedy steps.
    """

    wanted: Units
    held: Units
    offers: tuple[Offer, ...]
    worth: Floats

    @cached_property
    def by_row(self) -> dict[int, Offer]:
        """The offers by their row in the catalog."""
        return {offer.row: offer for offer in self.offers}

    @cached_property
    def _taught(self) -> Floats:
        """The worth of each unit (column) that an offer (row) teaches."""
        return np.array([self._flags(offer.teaches) * self.worth for offer in self.offers])

    @cached_property
    def _required(self) -> Floats:
        """The worth of each unit (column) that an offer (row) requires."""
        return np.array([self._flags(offer.requires) * self.worth for offer in self.offers])

    @cached_property
    def efforts(self) -> Floats:
        """Effort hours by offer."""
        return np.array([offer.effort_hours for offer in self.offers])

    @cached_property
    def _first_of_rank(self) -> list[int]:
        """Where the offers of each stage begin, and at the end their number."""
        ranks = [offer.rank for offer in self.offers]
        return [int(np.searchsorted(ranks, rank)) for rank in range(max(ranks, default=0) + 2)]

    def gains(self, lacking: Sequence[Units]) -> Floats:
        """Return the judged hours that each offer would bring of what is lacking by stage.

        `lacking[rank]`: units first needed in that stage; a course of it or an earlier one helps.
        """
        gains = np.zeros(len(self.offers))
        wanted = 0
        for rank in range(len(lacking) - 1, -1, -1):
            wanted |= lacking[rank]
            first, last = self._first_of_rank[rank : rank + 2]
            if wanted and last > first:
                gains[first:last] = self._taught[first:last] @ self._flags(wanted)
        return gains

    def missing_hours(self, coming: Units) -> Floats:
        """Return the judged hours of each offer's own requirements beyond what is coming."""
        missing: Floats = self._required @ (1 - self._flags(coming))
        return missing

    def _flags(self, units: Units) -> Floats:
        """Return 1.0 for each unit of the set, 0.0 for each other, by bit."""
        return _flags(units, len(self.worth))


@lru_cache(maxsize=4096)
def _flags(units: Units, size: int) -> Floats:
    octets = np.frombuffer(units.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    flags: Floats = np.unpackbits(octets, count=size, bitorder="little").astype(np.float64)
    return flags


def union(masks: Iterable[Units]) -> Units:
    """Return the units in any of the masks."""
    all_units = 0
    for mask in masks:
        all_units |= mask
    return all_units


def grounded(offers: Sequence[Offer], held: Units) -> tuple[Units, list[tuple[Offer, Units]]]:
    """Return what is reached by the offers that can be taken, and each other with what it lacks.

    Stages are taken in order; within one stage any order will do.
    """
    blocked: list[tuple[Offer, Units]] = []
    for rank in sorted({offer.rank for offer in offers}):
        waiting = [offer for offer in offers if offer.rank == rank]
        while True:
            late = []
            for offer in waiting:
                if offer.requires & ~held:
                    late.append(offer)
                else:
                    held |= offer.teaches
            if not late or len(late) == len(waiting):
                break
            waiting = late
        blocked += [(offer, offer.requires & ~held) for offer in late]
    return held, blocked
