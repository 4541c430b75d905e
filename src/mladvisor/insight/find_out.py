"""What is worth finding out: open answers and uncertain figures, from the draws already made.

The scenarios are grouped by what was drawn. Knowing the group would let the person pick what is
best in it: the gain over today's pick is the expected value of partial perfect information. The
best of several noisy means looks better than it is, so each half of the draws chooses and the other
half says what the choice is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Reals, middle, quantile
from mladvisor.insight.robustness import Standing, mean_fit, pick_of, picks_of_fits, rarely_inside
from mladvisor.insight.tries import changed
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import FindableFigure, Question, Settings
from mladvisor.paths.table import path_table
from mladvisor.profile import Answer, choices_of
from mladvisor.rules.expression import code
from mladvisor.scenarios import profile_condition
from mladvisor.scoring.model import Scores, score_whole
from mladvisor.sequences import scattered

Groups = Mapping[Answer, npt.NDArray[np.bool_]]
"""What was drawn → the scenarios in which it was."""

Floats = npt.NDArray[np.float64]

Choose = Callable[[Reals], int]
"""Says which column is picked from fits, (scenarios, paths)."""

LEAST_SCENARIOS = 20
"""Groups with fewer draws say too little: today's pick stands there."""

THIRDS = ("low", "middle", "high")
"""What a figure may turn out to be, within the range it is drawn from."""


@dataclass(frozen=True, eq=False)
class Open:
    """Something unknown: what knowing it is worth, and when the kind would change.

    `value` works out the `worth`; `shares`: what it may turn out to be → share of scenarios;
    `flips`: those for which another kind would be picked → column of the path picked then. `low`,
    `high`: how often the kind picked today comes first, for the answers that speak least and most
    for it.
    """

    field: str
    value: Callable[[], float]
    shares: Mapping[Answer, float]
    flips: Mapping[Answer, int]
    low: float
    high: float

    @cached_property
    def worth(self) -> float:
        """What knowing it is worth, in points of fit: worked out when first asked for."""
        return max(self.value(), 0.0)

    @property
    def chance(self) -> float:
        """The chance that knowing it changes the kind of path."""
        return sum(self.shares[answer] for answer in self.flips)

    @property
    def telling(self) -> float:
        """By how much it moves the share of first places of the kind picked today."""
        return self.high - self.low


@dataclass(frozen=True, eq=False)
class _Groups:
    """What was drawn → the scenarios in which it was, as rows of `members`: 1 there, else 0."""

    field: str
    answers: tuple[Answer, ...]
    members: Floats

    @classmethod
    def of(cls, field: str, groups: Groups) -> _Groups:
        """Return groups of scenarios as rows."""
        return cls(field, tuple(groups), np.array(list(groups.values()), dtype=np.float64))


def open_answers(scores: Scores, ranks: Standing, knowledge: Knowledge) -> list[Open]:
    """Return the open answers, but those that are places: no prior draws them in groups."""
    groups = []
    for question in open_questions(scores, knowledge):
        drawn = np.ascontiguousarray(scores.scenarios.values[question.field])
        groups.append(_groups(question.field, drawn.tobytes(), drawn.dtype.str, knowledge))
    grouped = [each for each in groups if each.answers]
    return _opens(grouped, scores, ranks, knowledge.settings)


def open_figures(scores: Scores, ranks: Standing, knowledge: Knowledge, today: date) -> list[Open]:
    """Return the uncertain figures that could change the kind of path.

    Looked for in the draws, among those that are a range for the pick or for what would take its
    place; then scored anew with the figure low, in the middle and high in its range.
    """
    found = []
    size, fields = scores.scenarios.size, [row.field for row in knowledge.settings.figures]
    groups = [_Groups.of(field, _thirds(field, size)) for field in fields]
    seem = _opens(groups, scores, ranks, knowledge.settings)
    for figure, seems in zip(knowledge.settings.figures, seem, strict=True):
        if seems.flips and is_range(scores, figure.field, ranks.pick, *seems.flips.values()):
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
    return Open(question.field, lambda: worth, shares, flips, min(firsts), max(firsts))


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
    return Open(figure.field, lambda: worth, dict.fromkeys(THIRDS, share), flips, 0.0, 1.0)


def open_questions(scores: Scores, knowledge: Knowledge) -> list[Question]:
    """Return the questions left open that apply to this person, by field."""
    questions = [knowledge.questions[field] for field in sorted(scores.scenarios.unknown)]
    return [
        question
        for question in questions
        if question.asked
        and np.any(profile_condition(knowledge, question.asked_when)(scores.scenarios.values))
    ]


def _opens(
    groups: Sequence[_Groups], scores: Scores, ranks: Standing, settings: Settings
) -> list[Open]:
    """Return what is to be said of each, all groups looked at together."""
    if not groups:
        return []
    kind = scores.paths[ranks.pick].kind
    leads = scores.kinds[ranks.first] == kind
    members = np.concatenate([each.members for each in groups])
    rows = zip(
        members.sum(axis=1).tolist(),
        (members @ leads).tolist(),
        _picks(members, ranks, settings),
        strict=True,
    )
    found = []
    for each in groups:
        shares: dict[Answer, float] = {}
        flips: dict[Answer, int] = {}
        firsts = []
        own = islice(rows, len(each.answers))
        for answer, (count, leading, pick) in zip(each.answers, own, strict=True):
            shares[answer] = count / len(leads)
            if count >= LEAST_SCENARIOS:
                firsts.append(leading / count)
                if scores.paths[pick].kind != kind:
                    flips[answer] = pick
        firsts = firsts or [np.count_nonzero(leads) / len(leads)]
        value = partial(_worth, each, ranks, settings) if flips else lambda: 0.0
        found.append(Open(each.field, value, shares, flips, min(firsts), max(firsts)))
    return found


def _worth(groups: _Groups, ranks: Standing, settings: Settings) -> float:
    choose = partial(pick_of, settings=settings, rule=ranks.rule)
    return worth_of_knowing(ranks.totals, list(groups.members > 0), ranks.pick, choose)


def _picks(members: Floats, ranks: Standing, settings: Settings) -> list[int]:
    """Return the column picked in each group of scenarios that is not too small for that."""
    counts = members.sum(axis=1)
    large = np.flatnonzero(counts >= LEAST_SCENARIOS)
    picks = np.full(len(members), ranks.pick)
    if ranks.rule != "mean":
        for at in large.tolist():
            picks[at] = pick_of(ranks.totals[members[at] > 0], settings, ranks.rule)
        return picks.tolist()
    members, counts = members[large], counts[large, None]
    fits = (members @ ranks.by_path.T) / counts
    open_ = ranks.by_path != 0
    often = open_.mean(axis=1)
    inside = often * counts
    at_times = np.flatnonzero((often > 0) & (often < 1))
    inside[:, at_times] = members @ open_[at_times].T
    picks[large] = picks_of_fits(fits, rarely_inside(inside, counts, settings), settings)
    return picks.tolist()


def worth_of_knowing(
    totals: Reals, groups: list[npt.NDArray[np.bool_]], pick: int, choose: Choose
) -> float:
    """Return the expected value of partial perfect information, in the unit of `totals`.

    Σ_g p_g (U(best in g) - U(pick)): the best of a group is chosen on every other one of its
    scenarios and valued on the rest, then the other way round. Never below 0.
    """
    gain = 0.0
    for group in groups:
        rows = np.flatnonzero(group)
        if len(rows) < LEAST_SCENARIOS:
            continue
        for choosing, valuing in ((rows[::2], rows[1::2]), (rows[1::2], rows[::2])):
            best = choose(totals[choosing])
            gain += float((totals[valuing, best] - totals[valuing, pick]).sum())
    return max(gain / len(totals), 0.0)


@lru_cache(maxsize=512)
def _groups(field: str, drawn: bytes, type_: str, knowledge: Knowledge) -> _Groups:
    """Return the groups of what was drawn, by its bytes: many people have the same draws."""
    question = knowledge.questions[field]
    return _Groups.of(field, dict(_answers(question, np.frombuffer(drawn, type_), knowledge)))


def _answers(
    question: Question, drawn: npt.NDArray[Any], knowledge: Knowledge
) -> Iterator[tuple[Answer, npt.NDArray[np.bool_]]]:
    """Yield (answer, scenarios in which it was drawn); numbers fall into quarters."""
    if question.type == "flag":
        yield True, drawn
        yield False, ~drawn
    elif question.type == "choice":
        for word in choices_of(question, knowledge):
            group = drawn == code(word)
            if group.any():
                yield word, group
    elif question.type in ("number", "integer"):
        yield from _quarters(question, drawn)


def _quarters(
    question: Question, drawn: npt.NDArray[Any]
) -> Iterator[tuple[Answer, npt.NDArray[np.bool_]]]:
    """Yield (the middle of a quarter, to the question's step; its scenarios)."""
    edges = sorted({quantile(drawn, share) for share in (0.25, 0.5, 0.75)})
    quarter = np.searchsorted(edges, drawn)
    step = question.step or 0.1
    for at in sorted(set(quarter.tolist())):
        group = quarter == at
        value = round(round(middle(drawn[group]) / step) * step, 1)
        yield int(value) if question.type == "integer" else value, group


def _thirds(field: str, size: int) -> Groups:
    """Return the scenarios in which a figure was drawn low, in the middle, or high."""
    third = np.minimum((scattered(field, size) * len(THIRDS)).astype(int), len(THIRDS) - 1)
    return {name: third == at for at, name in enumerate(THIRDS)}
