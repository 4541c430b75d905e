"""Find the least effort that covers what is wanted: which courses, not yet in which order.

It is set cover with prerequisites: the units to cover are pairs of a competency and a depth, a
course covers some and needs others first, from itself or from courses of no later stage. Solved by
a greedy start and local search: leave a course out and repair, force one in and drop what it made
superfluous, until neither helps. `benchmarks/planner.py` holds it against the exact optimum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from mladvisor.curriculum.task import Offer, Task, Units, grounded, union

Rows = frozenset[int]
"""Courses by their row in the catalog."""


def cover(task: Task, most_repairs: int) -> tuple[Rows, Units]:
    """Return the courses that cover what can be covered with least effort, and what can't be.

    `most_repairs` bounds the search by steps, not by time, so that the result is always the same.
    """
    reachable = _reachable(task)
    search = _Search(Task(task.wanted & reachable, task.held, _useful(task, reachable), task.worth))
    return search.run(most_repairs), task.wanted & ~reachable


def _reachable(task: Task) -> Units:
    """Return all units that the courses on offer lead to, in the order of stages."""
    reached, _ = grounded(task.offers, task.held)
    return reached


def _useful(task: Task, reachable: Units) -> tuple[Offer, ...]:
    """Return the offers that a best cover may need: useful to it, and not worse than another."""
    needed = task.wanted & reachable & ~task.held
    while True:  # what a useful course requires is needed too
        useful = [
            offer
            for offer in task.offers
            if offer.teaches & needed and not offer.requires & ~reachable
        ]
        wider = needed | union(offer.requires for offer in useful) & ~task.held
        if wider == needed:
            break
        needed = wider
    kept = [
        Offer(
            offer.row, offer.rank, offer.teaches & needed, offer.requires & ~task.held,
            offer.effort_hours, offer.clashes,
        )
        for offer in useful
    ]  # fmt: skip
    easiest_first = sorted(kept, key=lambda offer: (offer.effort_hours, offer.row))
    beaten = {
        offer.row
        for at, offer in enumerate(easiest_first)
        if any(_beats(other, offer) for other in easiest_first[:at])
    }
    return tuple(offer for offer in kept if offer.row not in beaten)


def _beats(one: Offer, other: Offer) -> bool:
    """Say whether `one`, of no more effort, can stand in for `other` in every plan."""
    return (
        not other.teaches & ~one.teaches
        and not one.requires & ~other.requires
        and one.rank <= other.rank
        and one.clashes - {other.row} <= other.clashes
    )


class _Search:
    """Greedy cover and local search over one task."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.ranks = 1 + max((offer.rank for offer in task.offers), default=0)
        self._repairs = 0
        self._seen: dict[tuple[Rows, Rows], Rows | None] = {}

    def run(self, most_repairs: int) -> Rows:
        """Return the best cover found within so many repairs."""
        best = self._repaired(frozenset(), frozenset())
        if best is None:
            return frozenset()
        moves: tuple[Callable[[Rows], Iterable[tuple[Rows, Rows]]], ...] = (
            self._leave_one_out, self._force_one_in, self._leave_two_out,
        )  # fmt: skip
        while (better := self._improved(best, moves, most_repairs)) is not None:
            best = better
        return best

    def _improved(
        self,
        best: Rows,
        moves: Sequence[Callable[[Rows], Iterable[tuple[Rows, Rows]]]],
        most_repairs: int,
    ) -> Rows | None:
        """Return the first cover with less effort that a move leads to."""
        effort = self._effort(best)
        for move in moves:
            for start, banned in move(best):
                if self._repairs >= most_repairs:
                    return None
                found = self._repaired(start, banned)
                if found is not None and self._effort(found) < effort - 1e-9:
                    return found
        return None

    def _leave_one_out(self, rows: Rows) -> Iterable[tuple[Rows, Rows]]:
        for row in self._longest_first(rows):
            yield rows - {row}, frozenset({row})

    def _force_one_in(self, rows: Rows) -> Iterable[tuple[Rows, Rows]]:
        for offer in self.task.offers:
            if offer.row not in rows:
                yield (rows - offer.clashes) | {offer.row}, frozenset()

    def _leave_two_out(self, rows: Rows) -> Iterable[tuple[Rows, Rows]]:
        order = self._longest_first(rows)
        for at, one in enumerate(order):
            for other in order[at + 1 :]:
                pair = frozenset({one, other})
                yield rows - pair, pair

    def _longest_first(self, rows: Iterable[int]) -> list[int]:
        by_row = self.task.by_row
        return sorted(rows, key=lambda row: (-by_row[row].effort_hours, row))

    def _effort(self, rows: Rows) -> float:
        return sum(self.task.by_row[row].effort_hours for row in sorted(rows))

    def _repaired(self, start: Rows, banned: Rows) -> Rows | None:
        """Return `start` completed to a cover without `banned`, and pruned; None if none is found.

        Kept for later: different moves lead to the same question.
        """
        key = (start, banned)
        if key not in self._seen:
            self._repairs += 1
            complete = self._completed(start, banned)
            self._seen[key] = None if complete is None else self._pruned(complete)
        return self._seen[key]

    def _completed(self, start: Rows, banned: Rows) -> Rows | None:
        """Add, again and again, the course that brings most of what is lacking per hour."""
        task, chosen = self.task, set(start)
        barred = set(banned) | chosen
        for row in chosen:
            barred |= task.by_row[row].clashes
        while True:
            lacking, coming = self._lacking(chosen)
            if not any(lacking):
                return frozenset(chosen)
            best = self._best(lacking, coming, barred)
            if best is None:
                return None
            chosen.add(best.row)
            barred |= {best.row} | best.clashes

    def _lacking(self, chosen: Iterable[int]) -> tuple[list[Units], Units]:
        """Return the units still lacking by the stage that first needs them, and all to come."""
        task = self.task
        offers = [task.by_row[row] for row in sorted(chosen)]
        met, blocked = grounded(offers, task.held)
        lacking = [0] * self.ranks
        for offer, missing in blocked:
            lacking[offer.rank] |= missing
        potential = met | union(offer.teaches for offer, _ in blocked)
        lacking[-1] |= task.wanted & ~potential
        return lacking, potential | union(lacking)

    def _best(self, lacking: Sequence[Units], coming: Units, barred: set[int]) -> Offer | None:
        task = self.task
        gains = task.gains(lacking)
        open_ = [at for at in np.flatnonzero(gains) if task.offers[at].row not in barred]
        if not open_:
            return None
        hours = task.efforts[open_] + task.missing_hours(coming)[open_]
        return task.offers[open_[int(np.argmax(gains[open_] / hours))]]

    def _pruned(self, rows: Rows) -> Rows:
        """Drop, longest first, each course without which all is still covered."""
        kept, only_here = rows, self._taught_once(rows)
        for row in self._longest_first(rows):
            if self.task.by_row[row].teaches & only_here:
                continue
            rest = kept - {row}
            if not any(self._lacking(rest)[0]):
                kept, only_here = rest, self._taught_once(rest)
        return kept

    def _taught_once(self, rows: Rows) -> Units:
        """Return the needed units that just one of the courses teaches: it can't be dropped."""
        once = twice = 0
        needed = self.task.wanted
        for row in rows:
            offer = self.task.by_row[row]
            twice |= once & offer.teaches
            once |= offer.teaches
            needed |= offer.requires
        return once & ~twice & needed & ~self.task.held
