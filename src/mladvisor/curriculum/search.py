"""Find the least effort that covers what is wanted: which courses, not yet in which order.

It is set cover with prerequisites: the units to cover are pairs of a competency and a depth, a
course covers some and needs others first, from courses of no later stage. Solved by a greedy start
and local search: leave a course out and repair, force one in for those it makes superfluous, leave
two out, until nothing helps. `benchmarks/planner.py` holds it against the exact optimum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from mladvisor.curriculum.table import OfferTable, Places, Task, ascending
from mladvisor.curriculum.task import Units, single, union

Rows = tuple[int, ...]
"""Courses by their row in the catalog, in that order."""

Cover = list[int]
"""Courses taken, by place, the longest first."""


def cover(task: Task, most_repairs: int) -> tuple[Rows, Units]:
    """Return the courses that cover what can be covered with least effort, and what can't be.

    `most_repairs` bounds the search by steps, not by time, so that the result is always the same.
    """
    table = task.offers
    held = table.at_each_stage(task.held)
    reached, late = table.grounded(table.by_stage, held)
    wanted = table.at_the_end(task.wanted & ~task.held) & reached
    able = table.every & ~union(1 << place for place in late)
    useful, required = _useful(table, wanted, held, able)
    rows = _least(table, wanted, wanted | required & ~held, held & required, useful, most_repairs)
    return rows, task.wanted & ~table.in_the_end(reached)


def _useful(table: OfferTable, wanted: Units, held: Units, able: Places) -> tuple[Places, Units]:
    """Return the courses that a best cover may need, and all that they require."""
    useful, required, new = 0, 0, wanted
    while new:  # what a useful course requires is needed too
        teachers = union(table.teachers[unit] for unit in single(new)) & able & ~useful
        useful |= teachers
        before = required
        required |= union(table.requires[place] for place in ascending(teachers))
        new = required & ~(before | held | wanted)
    return useful, required


@lru_cache(maxsize=8192)
def _least(
    table: OfferTable, wanted: Units, needed: Units, held: Units, useful: Places, most_repairs: int
) -> Rows:
    """Return the cover of least effort found: the same for all who lack the same of what counts."""
    taken = _Search(table, wanted, needed, held, useful).run(most_repairs)
    return tuple(sorted([table.rows[place] for place in taken]))


class _Search:
    """Greedy cover and local search over the courses that none beats."""

    def __init__(
        self, table: OfferTable, wanted: Units, needed: Units, held: Units, useful: Places
    ) -> None:
        self._table = table
        self._wanted = wanted
        self._held = held
        self._offers: Places = 0
        for place in ascending(useful):
            rivals = table.rivals(place, table.teaches[place] & needed) & self._offers
            if not (rivals and self._beaten(place, rivals)):
                self._offers |= 1 << place
        self._repairs = 0

    def _beaten(self, place: int, rivals: Places) -> bool:
        """Say whether a shorter course that teaches as much requires no more either."""
        requires = self._table.requires[place] | self._held
        return any(not self._table.requires[rival] & ~requires for rival in ascending(rivals))

    def run(self, most_repairs: int) -> Cover:
        """Return the best cover found within so many repairs."""
        better = self._repaired([], 0)
        best: Cover = []
        while better is not None:
            best = better
            better = self._improved(best, most_repairs)
        return best

    def _improved(self, best: Cover, most_repairs: int) -> Cover | None:
        """Return the first cover with less effort that a move leads to."""
        effort = self._effort(best)
        for start, banned in self._moves(best):
            if self._repairs >= most_repairs:
                return None
            found = self._repaired(start, banned)
            if found is not None and self._effort(found) < effort - 1e-9:
                return found
        return None

    def _moves(self, taken: Cover) -> Iterator[tuple[Cover, Places]]:
        """Yield where to look next: the courses to start from, and those to do without."""
        others = self._offers & ~union(1 << one for one in taken)
        fixed, some, all_ = self._stand_ins(taken, others)
        for one in taken:
            if not fixed[one]:
                yield [each for each in taken if each != one], 1 << one
        yield from self._with_one_more(taken, all_)
        yield from self._without_two(taken, fixed, some)

    def _stand_ins(
        self, taken: Cover, others: Places
    ) -> tuple[dict[int, Units], dict[int, Places], dict[int, Places]]:
        """Return for each course the needed units that it alone can teach, and its stand-ins.

        These are the others that teach some, and all, of what none but it brings to the plan. One
        that clashes with it has to take its place altogether.
        """
        table, only_here = self._table, self._taught_once(taken)
        fixed, some = dict.fromkeys(taken, 0), dict.fromkeys(taken, 0)
        all_ = dict.fromkeys(taken, others)
        for one in taken:
            for unit in single(table.teaches[one] & only_here):
                teachers = table.teachers[unit] & others
                some[one] |= teachers
                all_[one] &= teachers
                if not teachers:
                    fixed[one] |= unit
            all_[one] |= others & ~table.beside[one]
        return fixed, some, all_

    def _with_one_more(
        self, taken: Cover, superfluous: Mapping[int, Places]
    ) -> Iterator[tuple[Cover, Places]]:
        """Yield where one more course makes longer ones superfluous."""
        effort = self._effort(taken)
        for other in reversed(ascending(union(superfluous.values()))):
            kept = [one for one in taken if not superfluous[one] >> other & 1]
            if effort - self._effort(kept) > self._table.efforts[other]:
                yield [*kept, other], 0

    def _without_two(
        self, taken: Cover, fixed: Mapping[int, Units], stand_ins: Mapping[int, Places]
    ) -> Iterator[tuple[Cover, Places]]:
        """Yield where leaving out two may help though leaving out one after the other does not.

        One needs the other, or a course that is not in the plan would take over some of each.
        """
        teaches = self._table.teaches
        requires = {one: self._table.requires[one] & ~self._held for one in taken}
        for one, other in combinations(taken, 2):
            if fixed[one] & ~requires[other] or fixed[other] & ~requires[one]:
                continue
            if (
                stand_ins[one] & stand_ins[other]
                or requires[one] & teaches[other]
                or requires[other] & teaches[one]
            ):
                yield [each for each in taken if each not in (one, other)], 1 << one | 1 << other

    def _repaired(self, start: Cover, banned: Places) -> Cover | None:
        """Return `start` completed to a cover without `banned` and pruned, or None."""
        self._repairs += 1
        complete = self._completed(start, banned)
        return None if complete is None else self._pruned(*complete)

    def _completed(self, start: Cover, banned: Places) -> tuple[Cover, Units] | None:
        """Add, again and again, the course that brings most of what is lacking per hour.

        Return the cover, and the needed units that just one of its courses teaches.
        """
        table = self._table
        teaches, requires, beside = table.teaches, table.requires, table.beside
        chosen: Cover = []
        free, taught, twice, needed = self._offers & ~banned, self._held, self._held, self._wanted
        more: Iterable[int] = start
        while True:
            for place in more:
                chosen.append(place)
                free &= beside[place]
                twice |= taught & teaches[place]
                taught |= teaches[place]
                needed |= requires[place]
            lacking = needed & ~taught
            if more is start and not table.can_teach(free, lacking):
                return None  # nor can any course that is added: it bars others, and needs more
            lacking = lacking or self._circular(chosen)
            if not lacking:
                return sorted(chosen, reverse=True), needed & taught & ~twice
            best = self._best(lacking, taught | needed, free)
            if best is None:
                return None
            more = (best,)

    def _best(self, lacking: Units, coming: Units, free: Places) -> int | None:
        """Return the course that brings most judged hours of what is lacking per hour it takes.

        What it requires beyond what is coming is counted among its hours.
        """
        table = self._table
        best, most = None, 0.0
        efforts, requires = table.efforts, table.requires
        for place, gain in zip(*table.ranked(lacking), strict=True):
            # What is missing only lowers the rate: those that follow need not be asked for it.
            if gain <= most * efforts[place]:
                break
            if free >> place & 1:
                beyond = requires[place] & ~coming
                missing = table.worth(beyond) if beyond else 0.0
                rate = gain / (efforts[place] + missing)
                if rate > most:
                    best, most = place, rate
        return best

    def _pruned(self, complete: Cover, only_here: Units) -> Cover:
        """Drop, longest first, each course without which all is still covered."""
        kept = complete
        for place in complete:
            if not self._table.teaches[place] & only_here:
                rest = [other for other in kept if other != place]
                if not self._circular(rest):
                    kept, only_here = rest, self._taught_once(rest)
        return kept

    def _taught_once(self, taken: Cover) -> Units:
        """Return the needed units that just one of the courses teaches: it can't be dropped."""
        teaches, requires = self._table.teaches, self._table.requires
        once, twice, needed = 0, self._held, self._wanted
        for place in taken:
            twice |= once & teaches[place]
            once |= teaches[place]
            needed |= requires[place]
        return once & ~twice & needed

    def _circular(self, taken: Cover) -> Units:
        """Return what courses that wait for each other require: none of them can be the first."""
        table = self._table
        if len(table.tangled.intersection(taken)) < 2:
            return 0
        met, waiting = table.grounded(taken, self._held)
        return union(table.requires[place] for place in waiting) & ~met

    def _effort(self, taken: Cover) -> float:
        return sum([self._table.efforts[place] for place in taken])
