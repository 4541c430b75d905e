"""Courses on offer and sets of units, as the planner reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
