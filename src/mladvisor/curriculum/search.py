"""Find the least effort that covers what is wanted: which courses, not yet in which order.

It is set cover with prerequisites: the units to cover are pairs of a competency and a depth, a
course covers some and needs others first, from courses of no later stage. Solved by a greedy start
and local search: leave a course out and repair, force one in for those it makes superfluous, leave
two out, until nothing helps. `benchmarks/planner.py` holds it against the exact optimum.

Stages are folded into the units. Each unit has a copy for each stage, "known by the end of it": a
course teaches the copies from its own stage on and requires that of its own, and what is wanted is
wanted by the last. What is lacking is then a plain difference of sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from mladvisor.curriculum.task import Offer, Task, Units, grounded, single, union

Rows = frozenset[int]
"""Courses by their row in the catalog."""

Cover = list[Offer]
"""Courses taken, the longest first."""


def cover(task: Task, most_repairs: int) -> tuple[Rows, Units]:
    """Return the courses that cover what can be covered with least effort, and what can't be.

    `most_repairs` bounds the search by steps, not by time, so that the result is always the same.
    """
    size = len(task.worth)
    last = max((offer.rank for offer in task.offers), default=0)
    offers = _timed(task.offers, size, last)
    held = task.held * _copies(size, 0, last)
    reached, _ = grounded(offers, held)
    wanted = (task.wanted & ~task.held) << size * last & reached
    search = _Search(wanted, _useful(offers, wanted, held, reached), task.worth)
    return search.run(most_repairs), task.wanted & ~(reached >> size * last)


@lru_cache(maxsize=64)
def _timed(offers: tuple[Offer, ...], size: int, last: int) -> tuple[Offer, ...]:
    """Return the offers with what they teach and require as copies of the units by stage."""
    return tuple(
        replace(
            offer,
            teaches=(offer.teaches & ~offer.requires) * _copies(size, offer.rank, last),
            requires=offer.requires << size * offer.rank,
        )
        for offer in offers
    )


def _copies(size: int, first: int, last: int) -> int:
    """Return the factor that copies a set of `size` units to each stage from first to last."""
    return sum(1 << size * rank for rank in range(first, last + 1))


def _useful(offers: Iterable[Offer], wanted: Units, held: Units, reached: Units) -> list[Offer]:
    """Return the offers that a best cover may need, reduced to what counts, in their order."""
    able = [offer for offer in offers if not offer.requires & ~reached]
    needed = wanted
    while True:  # what a useful course requires is needed too
        useful = [offer for offer in able if offer.teaches & needed]
        wider = needed | union(offer.requires for offer in useful) & ~held
        if wider == needed:
            break
        needed = wider
    return [
        Offer(
            offer.row, offer.rank, offer.teaches & needed, offer.requires & ~held,
            offer.effort_hours, offer.clashes,
        )
        for offer in useful
    ]  # fmt: skip


def _beats(one: Offer, other: Offer) -> bool:
    """Say whether `one`, of no more effort, can stand in for `other` in every plan."""
    return (
        not other.teaches & ~one.teaches
        and not one.requires & ~other.requires
        and one.clashes - {other.row} <= other.clashes
    )


class _Search:
    """Greedy cover and local search over the offers that none beats, longest first."""

    def __init__(self, wanted: Units, offers: Iterable[Offer], worth: Sequence[float]) -> None:
        self._wanted = wanted
        self._offers: list[Offer] = []
        self._teachers: dict[Units, list[Offer]] = defaultdict(list)
        for offer in sorted(offers, key=lambda offer: (offer.effort_hours, offer.row)):
            any_unit = 1 << offer.teaches.bit_length() - 1  # who beats it teaches this one too
            if not any(_beats(other, offer) for other in self._teachers[any_unit]):
                self._offers.insert(0, offer)
                for unit in single(offer.teaches):
                    self._teachers[unit].append(offer)
        self._place = {offer: place for place, offer in enumerate(self._offers)}
        self._worth = {unit: worth[(unit.bit_length() - 1) % len(worth)] for unit in self._teachers}
        self._gained: dict[Units, list[tuple[Offer, float]]] = {}
        self._repairs = 0

    def run(self, most_repairs: int) -> Rows:
        """Return the best cover found within so many repairs."""
        better = self._repaired([], frozenset())
        best: Cover = []
        while better is not None:
            best = better
            better = self._improved(best, most_repairs)
        return frozenset(offer.row for offer in best)

    def _improved(self, best: Cover, most_repairs: int) -> Cover | None:
        """Return the first cover with less effort that a move leads to."""
        effort = _effort(best)
        for start, banned in self._moves(best):
            if self._repairs >= most_repairs:
                return None
            found = self._repaired(start, banned)
            if found is not None and _effort(found) < effort - 1e-9:
                return found
        return None

    def _moves(self, taken: Cover) -> Iterator[tuple[Cover, Rows]]:
        """Yield where to look next: the courses to start from, and those to do without."""
        only_here = self._taught_once(taken)
        for one in taken:
            yield [each for each in taken if each is not one], frozenset({one.row})
        rows = {offer.row for offer in taken}
        others = [offer for offer in self._offers if offer.row not in rows]
        for other in others:  # one more, for those it makes superfluous
            kept = [
                one
                for one in taken
                if one.teaches & only_here & ~other.teaches and one.row not in other.clashes
            ]
            if _effort(taken) - _effort(kept) > other.effort_hours:
                yield [*kept, other], frozenset()
        instead = [other.teaches & only_here for other in others if other.teaches & only_here]
        stand_ins = {
            one: {at for at, units in enumerate(instead) if units & one.teaches} for one in taken
        }
        # Leaving out both may help where leaving out one after the other does not: where one needs
        # the other, or a course that is not in the plan would take over some of each.
        for one, other in combinations(taken, 2):
            if (
                one.requires & other.teaches
                or other.requires & one.teaches
                or not stand_ins[one].isdisjoint(stand_ins[other])
            ):
                banned = frozenset({one.row, other.row})
                yield [each for each in taken if each.row not in banned], banned

    def _repaired(self, start: Cover, banned: Rows) -> Cover | None:
        """Return `start` completed to a cover without `banned` and pruned, or None."""
        self._repairs += 1
        complete = self._completed(start, banned)
        return None if complete is None else self._pruned(complete)

    def _completed(self, start: Cover, banned: Rows) -> Cover | None:
        """Add, again and again, the course that brings most of what is lacking per hour."""
        chosen = list(start)
        barred = set(banned)
        taught, needed = 0, self._wanted
        for offer in chosen:
            barred.add(offer.row)
            barred |= offer.clashes
            taught |= offer.teaches
            needed |= offer.requires
        while lacking := needed & ~taught or _circular(chosen):
            best = self._best(lacking, taught | needed, barred)
            if best is None:
                return None
            chosen.append(best)
            barred.add(best.row)
            barred |= best.clashes
            taught |= best.teaches
            needed |= best.requires
        return sorted(chosen, key=self._place.__getitem__)

    def _best(self, lacking: Units, coming: Units, barred: set[int]) -> Offer | None:
        """Return the course that brings most judged hours of what is lacking per hour it takes.

        What it requires beyond what is coming is counted among its hours.
        """
        best, most = None, 0.0
        for offer, gain in self._gains(lacking):
            # What is missing only lowers the rate: most need not be asked for it.
            if gain > most * offer.effort_hours and offer.row not in barred:
                missing = 0.0
                if beyond := offer.requires & ~coming:
                    missing = sum(self._worth[unit] for unit in single(beyond))
                rate = gain / (offer.effort_hours + missing)
                if rate > most:
                    best, most = offer, rate
        return best

    def _gains(self, lacking: Units) -> list[tuple[Offer, float]]:
        """Return the courses that teach some of what is lacking, with the judged hours of that."""
        if lacking not in self._gained:
            gains: dict[Offer, float] = {}
            for unit in single(lacking):
                worth = self._worth[unit]
                for offer in self._teachers[unit]:
                    gains[offer] = gains.get(offer, 0.0) + worth
            self._gained[lacking] = list(gains.items())
        return self._gained[lacking]

    def _pruned(self, complete: Cover) -> Cover:
        """Drop, longest first, each course without which all is still covered."""
        kept = complete
        only_here = self._taught_once(kept)
        for offer in complete:
            if not offer.teaches & only_here:
                rest = [other for other in kept if other is not offer]
                if not _circular(rest):
                    kept, only_here = rest, self._taught_once(rest)
        return kept

    def _taught_once(self, taken: Iterable[Offer]) -> Units:
        """Return the needed units that just one of the courses teaches: it can't be dropped."""
        once = twice = 0
        needed = self._wanted
        for offer in taken:
            twice |= once & offer.teaches
            once |= offer.teaches
            needed |= offer.requires
        return once & ~twice & needed


def _circular(offers: list[Offer]) -> Units:
    """Return what courses that wait for each other require: none of them can be the first."""
    met, waiting = grounded(offers, 0)
    return union(offer.requires for offer in waiting) & ~met


def _effort(offers: Iterable[Offer]) -> float:
    return sum(offer.effort_hours for offer in offers)
