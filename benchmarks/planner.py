"""How near course plans come to the exact optimum, and what one plan costs.

    pip install highspy && python benchmarks/planner.py [--people 300]

Random people: a role, what they know by coarse levels, single skills on top. The exact optimum is
an integer program solved by HiGHS: a course is taken or not, every wanted skill is taught to its
depth by one that is, and what a course requires is known or taught by one of an earlier stage, or
earlier in the same one. Excess = effort of our plan over that of the optimum, once in the effort
the planner saves and once in plain hours. Times are ratios to parsing the knowledge base's JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
import timeit
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import highspy

from mladvisor.curriculum.catalog import BY_HOURS, Catalog, catalog, middle_hours
from mladvisor.curriculum.depths import deepest
from mladvisor.curriculum.plan import make_plan, wanted_of_courses
from mladvisor.curriculum.search import cover
from mladvisor.curriculum.table import OfferTable, Task
from mladvisor.curriculum.task import Offer, Units
from mladvisor.knowledge.load import Knowledge, load

MOST_MEAN, MOST_WORST = 0.02, 0.10
"""The bounds that are held: mean and worst excess."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    knowledge = load()
    dice = random.Random(options.seed)
    tasks = [random_task(knowledge, dice) for _ in range(options.people)]
    held = True
    for name, effort in EFFORTS.items():
        held &= report(name, [excess(knowledge, task, effort) for task in tasks])
    report_time(knowledge, dice)
    return 0 if held else 1


def random_task(knowledge: Knowledge, dice: random.Random) -> tuple[Units, Units]:
    """Return what a random person wants from courses, and what they know."""
    book, levels = catalog(knowledge), knowledge.settings.levels
    known = deepest(*(dice.choice(list(levels[field].values())) for field in sorted(levels)))
    for skill in dice.sample(list(book.column), 3):
        known[skill] = dice.randint(0, 3)
    role = dice.choice(list(knowledge.roles.values()))
    target = {need.competency: need.depth for need in role.competencies}
    return wanted_of_courses(book, target, role.projects), book.units(known)


Effort = Callable[[Catalog, Offer], float]

EFFORTS: dict[str, Effort] = {
    "effort": lambda _book, offer: offer.effort_hours,
    "plain hours": lambda book, offer: middle_hours(book.courses[offer.row]),
}


def excess(knowledge: Knowledge, task: tuple[Units, Units], effort: Effort) -> float:
    """Return by how much our plan's effort is above the exact optimum's, as a share."""
    book = catalog(knowledge)
    wanted, held = task
    offers = tuple(
        replace(offer, effort_hours=effort(book, offer)) for offer in book.offers(BY_HOURS)
    )
    repairs = int(knowledge.settings.numbers["plan_repairs"])
    rows, missing = cover(Task(wanted, held, OfferTable(offers, book.worth)), repairs)
    ours = sum(offer.effort_hours for offer in offers if offer.row in rows)
    best = optimum(wanted & ~missing, held, offers)
    return ours / best - 1 if best else 0.0


def optimum(wanted: Units, held: Units, offers: tuple[Offer, ...]) -> float:
    """Return the least effort of any set of courses that covers `wanted` from `held`, in order."""
    program = Program(offers)
    for bit in bits_of(wanted & ~held):
        program.need(program.teachers(bit))
    for offer in offers:
        for bit in bits_of(offer.requires & ~held):
            program.need_before(offer, bit)
        for other in sorted(offer.clashes):
            program.not_both(offer.row, other)
    return program.solve()


def bits_of(units: Units) -> list[int]:
    """Return the bits that are set, lowest first."""
    return [bit for bit in range(units.bit_length()) if units >> bit & 1]


class Program:
    """An integer program over courses: taken or not, and in which place of their stage."""

    MOST = 40

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        self.offers = offers
        self.model: Any = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("mip_rel_gap", 1e-6)
        self.taken = {offer.row: self.model.addBinary(obj=offer.effort_hours) for offer in offers}
        self.place = {offer.row: self.model.addVariable(0, self.MOST) for offer in offers}

    def teachers(self, bit: int) -> list[Offer]:
        return [offer for offer in self.offers if offer.teaches >> bit & 1]

    def need(self, teachers: Iterable[Offer]) -> None:
        self.model.addConstr(sum(self.taken[offer.row] for offer in teachers) >= 1)

    def need_before(self, offer: Offer, bit: int) -> None:
        """Whoever takes `offer` takes a course that teaches the unit before it."""
        teachers = [other for other in self.teachers(bit) if other.row != offer.row]
        before = [self.taken[other.row] for other in teachers if other.rank < offer.rank]
        for other in teachers:
            if other.rank == offer.rank:
                serves = self.model.addBinary()
                self.model.addConstr(serves <= self.taken[other.row])
                late = (self.MOST + 1) * (1 - serves)
                self.model.addConstr(self.place[offer.row] >= self.place[other.row] + 1 - late)
                before.append(serves)
        if before:
            self.model.addConstr(sum(before) >= self.taken[offer.row])
        else:
            self.model.addConstr(self.taken[offer.row] <= 0)

    def not_both(self, row: int, other: int) -> None:
        if other in self.taken:
            self.model.addConstr(self.taken[row] + self.taken[other] <= 1)

    def solve(self) -> float:
        self.model.solve()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"no optimum: {self.model.getModelStatus()}")
        return float(self.model.getInfo().objective_function_value)


def report(name: str, shares: list[float]) -> bool:
    mean, worst = statistics.mean(shares), max(shares)
    below = min(shares)
    print(
        f"{name:12} people {len(shares)}   mean excess {mean:.2%}   worst {worst:.2%}   "
        f"exact for {sum(share < 1e-6 for share in shares)}"
    )
    if below < -1e-6:
        raise RuntimeError(f"a plan below the optimum ({below:.2%}): the program is wrong")
    return mean <= MOST_MEAN and worst <= MOST_WORST


def report_time(knowledge: Knowledge, dice: random.Random) -> None:
    """Print what one new plan costs, beside parsing the whole knowledge base."""
    clock = time.process_time  # others may use the machine too
    text = json.dumps(knowledge.document)
    parsing = min(timeit.repeat(lambda: json.loads(text), timer=clock, number=1, repeat=5))
    gc.freeze()  # else one plan pays for a search for garbage among all that is loaded
    seconds = []
    book, roles = catalog(knowledge), list(knowledge.roles.values())
    for _ in range(100):
        role = dice.choice(roles)
        known = {skill: dice.randint(0, 2) for skill in dice.sample(list(book.column), 8)}
        target = {need.competency: need.depth for need in role.competencies}
        start = clock()
        make_plan(knowledge, target, known, role.projects)
        seconds.append(clock() - start)
    middle, longest = statistics.median(seconds), max(seconds)
    print(
        f"one plan: median {1000 * middle:.1f} ms ({middle / parsing:.2f} x parsing the knowledge "
        f"base), longest {1000 * longest:.1f} ms ({longest / parsing:.2f} x)"
    )


if __name__ == "__main__":
    sys.exit(main())
