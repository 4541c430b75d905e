"""What is worth finding out: open answers and uncertain figures, from the draws already made.

The scenarios are grouped by what was drawn. Knowing the group would let the person pick what is
best in it: the gain over today's pick is the expected value of partial perfect information. The
best of several noisy means looks better than it is, so each half of the draws chooses and the other
half says what the choice is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import numpy as np

from mladvisor.axes import Reals, three_axes
from mladvisor.insight.groups import THIRDS, Floats, Groups, answer_groups, thirds
from mladvisor.insight.robustness import (
    CARRY_ON,
    Standing,
    mean_fit,
    pick_of,
    picks_of_fits,
    rarely_inside,
)
from mladvisor.insight.tries import changed
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import FindableFigure, Question, Settings
from mladvisor.paths.table import path_table
from mladvisor.profile import Answer, choices_of
from mladvisor.scenarios import profile_condition
from mladvisor.scoring.model import Block, Scores, score_whole

Choose = Callable[[Floats], Sequence[int]]
"""Says which column is picked in each group of scenarios: rows, as `Groups.members` has them."""


@dataclass(frozen=True, eq=False)
class Open:
    """Something unknown: how it bears on the kind of path, and what knowing it is worth.

    `shares`: what it may turn out to be → share of scenarios. `low`, `high`: how often the kind
    picked today comes first, for the answers that speak least and most for it. `find_flips`,
    `find_worth`: work out the rest, which is often not asked for.
    """

    field: str
    shares: Mapping[Answer, float]
    low: float
    high: float
    find_flips: Callable[[], Mapping[Answer, int]]
    find_worth: Callable[[], float]

    @cached_property
    def flips(self) -> Mapping[Answer, int]:
        """The answers for which another kind would be picked → column of the path picked then."""
        return self.find_flips()

    @cached_property
    def worth(self) -> float:
        """What knowing it is worth, in points of fit; 0 where no answer tips the kind."""
        return max(self.find_worth(), 0.0) if self.flips else 0.0

    @property
    def chance(self) -> float:
        """The chance that knowing it changes the kind of path."""
        return sum(self.shares[answer] for answer in self.flips)

    @property
    def telling(self) -> float:
        """By how much it moves the share of first places of the kind picked today."""
        return self.high - self.low


def open_questions(block: Block, knowledge: Knowledge) -> list[list[Question]]:
    """Return for each person the questions left open that apply to them, by field."""
    found: list[list[Question]] = [[] for _ in block.profiles]
    for field in sorted(frozenset[str]().union(*block.draws.unknown)):
        question = knowledge.questions[field]
        if question.asked:
            condition = profile_condition(knowledge, question.asked_when)
            applies = np.any(three_axes(condition(block.draws.values)), axis=(0, 2))
            here = np.broadcast_to(applies, len(found)).tolist()
            for person, unknown in enumerate(block.draws.unknown):
                if here[person] and field in unknown:
                    found[person].append(question)
    return found


def open_answers(
    questions: Sequence[Question], scores: Scores, ranks: Standing, knowledge: Knowledge
) -> list[Open]:
    """Return the open answers to `questions`, but places: no prior draws them in groups."""
    picker = _Picker(scores, ranks, knowledge.settings)
    values = scores.scenarios.values
    groups = [answer_groups(question, values[question.field], knowledge) for question in questions]
    return [picker.opened(each) for each in groups if each.answers]


def open_figures(scores: Scores, ranks: Standing, knowledge: Knowledge, today: date) -> list[Open]:
    """Return the uncertain figures that could change the kind of path.

    Looked for in the draws, among those that are a range for the pick or for what would take its
    place; then scored anew with the figure low, in the middle and high in its range.
    """
    picker = _Picker(scores, ranks, knowledge.settings)
    found = []
    for figure in knowledge.settings.figures:
        flips = picker.flips(thirds(figure.field, scores.scenarios.size))
        if flips and is_range(scores, figure.field, ranks.pick, *flips.values()):
            found.append(_settled(figure, scores, ranks, knowledge, today))
    return [one for one in found if one.flips and one.worth > 0]


def open_ranking(
    question: Question, scores: Scores, ranks: Standing, knowledge: Knowledge, today: date
) -> Open:
    """Return what it is worth to know what a person puts first, where that was left open.

    No prior stands in for a ranking: each choice counts as equally likely to come first. It is
    scored in the same scenarios as the answer it would be, and alone: what stands first weighs most
    by far.
    """
    words = list(choices_of(question, knowledge))
    tried = [changed(scores.profile, question.field, (word,)) for word in words]
    block = score_whole(tried, knowledge, today, scores.scenarios.size)
    kinds, share = scores.kinds, 1 / len(words)
    flips: dict[Answer, int] = {}
    worth, firsts = 0.0, []
    for person, word in enumerate(words):
        totals = block.totals_of(person)
        best, fit = pick_of(totals, knowledge.settings, ranks.rule), mean_fit(totals)
        worth += share * float(fit[best] - fit[ranks.pick])
        firsts.append(float((kinds[totals.argmax(axis=1)] == kinds[ranks.pick]).mean()))
        if kinds[best] != kinds[ranks.pick]:
            flips[word] = best
    shares: dict[Answer, float] = dict.fromkeys(words, share)
    return Open(question.field, shares, min(firsts), max(firsts), lambda: flips, lambda: worth)


def is_range(scores: Scores, field: str, *columns: int) -> bool:
    """Say whether a figure is uncertain for any of some paths."""
    ranges = (getattr(scores.paths[column], field) for column in columns)
    return any(low != high for low, high in ranges)


def _settled(
    figure: FindableFigure, scores: Scores, ranks: Standing, knowledge: Knowledge, today: date
) -> Open:
    """Score with a figure at the middle of each third of its range, in all scenarios alike."""
    flips: dict[Answer, int] = {}
    worth, share = 0.0, 1 / len(THIRDS)
    for at, third in enumerate(THIRDS):
        known = dict.fromkeys((figure.field, *figure.with_it), (at + 0.5) * share)
        table = path_table(knowledge, today).settled(known)
        totals = score_whole([scores.profile], knowledge, today, table=table).totals_of(0)
        best, fit = pick_of(totals, knowledge.settings, ranks.rule), mean_fit(totals)
        worth += share * float(fit[best] - fit[ranks.pick])
        if scores.paths[best].kind != scores.paths[ranks.pick].kind:
            flips[third] = best
    shares: dict[Answer, float] = dict.fromkeys(THIRDS, share)
    return Open(figure.field, shares, 0.0, 1.0, lambda: flips, lambda: worth)


class _Picker:
    """Picks a person's path for groups of scenarios, as if it were known which group it is."""

    def __init__(self, scores: Scores, ranks: Standing, settings: Settings) -> None:
        self._paths = scores.paths
        self._ranks = ranks
        self._settings = settings
        self._kind = scores.paths[ranks.pick].kind
        self._leads = (scores.kinds == self._kind)[ranks.first].astype(np.float64)
        # What no scenario allows is never picked; carrying on always may be, and stays the first.
        allowed = scores.ever_open.copy()
        allowed[CARRY_ON] = True
        self._columns: list[int] = np.flatnonzero(allowed).tolist()

    def opened(self, groups: Groups) -> Open:
        """Return what is open while it is not known which of some groups it is."""
        large = groups.large
        firsts: list[float] = ((large.members @ self._leads) / large.counts).tolist()
        firsts = firsts or [float(self._leads.mean())]
        return Open(
            groups.field,
            groups.shares,
            min(firsts),
            max(firsts),
            partial(self.flips, groups),
            partial(self.worth, groups),
        )

    def flips(self, groups: Groups) -> dict[Answer, int]:
        """Return the answers for which another kind is picked → column of the path picked."""
        picks = zip(groups.large.answers, self.picks(groups.large.members), strict=True)
        return {answer: at for answer, at in picks if self._paths[at].kind != self._kind}

    def worth(self, groups: Groups) -> float:
        """Return what knowing the group is worth, in points of fit."""
        return worth_of_knowing(self._ranks.totals, groups, self._ranks.pick, self.picks)

    def picks(self, members: Floats) -> list[int]:
        """Return the column picked in each group of scenarios."""
        totals, rule = self._ranks.totals, self._ranks.rule
        if rule != "mean":
            return [pick_of(totals[group > 0], self._settings, rule) for group in members]
        counts = members.sum(axis=1, keepdims=True)
        out = rarely_inside(members @ self._inside, counts, self._settings)
        picks = picks_of_fits((members @ self._fits) / counts, out, self._settings)
        return [self._columns[at] for at in picks]

    @cached_property
    def _fits(self) -> Floats:
        """The fits of what may be picked, (scenarios, columns), to be summed by products."""
        fits: Floats = self._ranks.totals[:, self._columns].astype(np.float64)
        return fits

    @cached_property
    def _inside(self) -> Floats:
        """1 where a limit does not rule the path out, else 0: it has 0 points there."""
        inside: Floats = (self._fits != 0).astype(np.float64)
        return inside


def worth_of_knowing(totals: Reals, groups: Groups, pick: int, choose: Choose) -> float:
    """Return the expected value of partial perfect information, in the unit of `totals`.

    Σ_g p_g (U(best in g) - U(pick)): the best of a group is chosen on every other one of its
    scenarios and valued on the rest, then the other way round. Never below 0.
    """
    halves = groups.large.halves
    gain = 0.0
    for place, best in enumerate(choose(groups.large.half_members())):
        valuing = halves[place ^ 1]
        gain += float((totals[valuing, best] - totals[valuing, pick]).sum())
    return max(gain / len(totals), 0.0)
