"""What a plan must cover, as sets of units: the courses on offer, what is wanted, what is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Units = int
"""A set of units (competency at a depth) as a bit mask: unions and differences cost nothing."""


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
    """What to cover: `wanted` from `held`, with the courses on offer.

    `worth`: judged hours of study of each unit, by bit; it only guides the greedy steps.
    """

    wanted: Units
    held: Units
    offers: tuple[Offer, ...]
    worth: Sequence[float]


def union(masks: Iterable[Units]) -> Units:
    """Return the units in any of the masks."""
    all_units = 0
    for mask in masks:
        all_units |= mask
    return all_units


def single(units: Units) -> Iterator[Units]:
    """Yield each unit of the set as a set of its own, lowest bit first."""
    while units:
        rest = units & (units - 1)
        yield units ^ rest
        units = rest


def grounded(offers: Sequence[Offer], held: Units) -> tuple[Units, Sequence[Offer]]:
    """Return what is reached by the offers that can be taken one after another, and the others."""
    waiting = offers
    while True:
        late = []
        for offer in waiting:
            if offer.requires & ~held:
                late.append(offer)
            else:
                held |= offer.teaches
        if len(late) == len(waiting):
            return held, late
        waiting = late
