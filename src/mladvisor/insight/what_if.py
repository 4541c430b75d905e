"""What would change the pick, and what would not: found by scoring the person anew.

Every answer that can change or could be wrong is tried with other values. Only another *kind* of
path counts as a change. A rough look at few scenarios, without planning courses anew, says what is
worth a closer one; whatever is reported was scored whole, in the scenarios of the advice itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from mladvisor.insight.flips import Change, Direction, Flip
from mladvisor.insight.likelihood import likeliest_first
from mladvisor.insight.robustness import Standing
from mladvisor.insight.tries import (
    Side,
    Tries,
    changeable,
    changed,
    other_words,
    sides_of,
)
from mladvisor.insight.verdicts import Look, Pick, verdicts
from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.table import path_table
from mladvisor.profile import Answer, Profile
from mladvisor.scoring.model import Scores

ROUGH = 64
"""Scenarios of a rough look."""

WORDS_TOLD = 3
"""Other choices told for one field."""

CHANGES_TOLD = 10
PLANNED_TOLD = 3
"""Other choices told in all; and of those for which courses must be planned anew, which is slow."""

SAME_TRIED = 8
"""Answers scored to say that they change nothing, in all."""


@dataclass(frozen=True)
class Unmoved:
    """An answer of which no other value gives another kind: `tried` were scored."""

    field: str
    tried: tuple[Answer, ...]


@dataclass(frozen=True)
class WhatIf:
    """What would change the kind of path recommended: open answers, numbers, choices; what not."""

    flips: tuple[Flip, ...] = ()
    unmoved: tuple[Unmoved, ...] = ()


def what_if(
    scores: Scores,
    ranks: Standing,
    opens: Mapping[Change, float],
    knowledge: Knowledge,
    today: date,
) -> WhatIf:
    """Try other answers of a person; `opens`: open ones that may change the kind.

    The likeliest flips come first; an open answer is as likely as its share of the readings.
    """
    profile, kind = scores.profile, scores.paths[ranks.pick].kind

    def judge(profiles: Sequence[Profile], look: Look) -> list[Pick]:
        return verdicts(profiles, knowledge, today, ranks.rule, look)

    asked = changeable(profile, knowledge)
    sides, words = sides_of(profile, asked), other_words(profile, asked, knowledge)
    rough = Trial(profile, kind, judge, Look(ROUGH, planned_as=scores.skills))
    rough.ask((*_numbers(sides), *_pairs(words)))
    close = Trial(
        profile, kind, judge, Look(table=path_table(knowledge, today).only(rough.leaders))
    )
    whole = Trial(profile, kind, judge, Look())
    shaping = {"role", *knowledge.settings.levels}
    numbers = _tipping(sides, rough, close, whole)
    told = list(_told(words, rough, shaping))
    tried = _quiet([row.field for row in asked if row.field not in shaping], sides, words, rough)
    whole.ask((*opens, *told, *_pairs(tried)))
    flips = (*whole.flips(opens), *numbers, *whole.flips((*told, *_pairs(tried))))
    moved = {flip.field for flip in flips}
    same = (Unmoved(field, tuple(values)) for field, values in tried.items() if field not in moved)
    return WhatIf(likeliest_first(flips, opens, profile, knowledge), tuple(same))


class Trial:
    """Judges changed profiles at one look, each once, many at a time."""

    def __init__(
        self,
        profile: Profile,
        kind: str,
        judge: Callable[[Sequence[Profile], Look], list[Pick]],
        look: Look,
    ) -> None:
        self.profile = profile
        self.kind = kind
        self._judge = judge
        self._look = look
        self._picks: dict[Change, Pick] = {}

    def ask(self, changes: Iterable[Change]) -> None:
        """Have changes judged that were not yet."""
        new = [change for change in dict.fromkeys(changes) if change not in self._picks]
        profiles = [changed(self.profile, field, answer) for field, answer in new]
        self._picks.update(zip(new, self._judge(profiles, self._look), strict=True))

    def changes_kind(self, field: str, answer: Answer) -> bool:
        """Say whether another kind is picked for a change; the answer given is none."""
        given: bool = answer == getattr(self.profile, field)
        return not given and self._picks[field, answer].kind != self.kind

    def flips(self, changes: Iterable[Change]) -> Iterator[Flip]:
        """Yield the changes that give another kind."""
        for field, answer in changes:
            if self.changes_kind(field, answer):
                yield self.flip(field, answer)

    def flip(self, field: str, answer: Answer, direction: Direction | None = None) -> Flip:
        """Return a change as a flip."""
        before = getattr(self.profile, field)
        return Flip(field, before, answer, direction, self._picks[field, answer])

    @property
    def leaders(self) -> frozenset[str]:
        """The paths that lead in any of the changes judged."""
        return frozenset(path for pick in self._picks.values() for path in pick.leaders)

    def halved(self, brackets: dict[Side, tuple[float, float]]) -> dict[Side, float]:
        """Return where each number tips, to its step: all brackets are halved, round by round."""
        while True:
            halves = {
                side: half
                for side, ends in brackets.items()
                if (half := side.between(*ends)) is not None
            }
            if not halves:
                return {side: far for side, (_, far) in brackets.items()}
            self.ask((side.field, half) for side, half in halves.items())
            for side, half in halves.items():
                near, far = brackets[side]
                tips = self.changes_kind(side.field, half)
                brackets[side] = (near, half) if tips else (half, far)


def _tipping(sides: Sequence[Side], rough: Trial, close: Trial, whole: Trial) -> list[Flip]:
    """Return the nearest number on each side that gives another kind.

    Looked for among the leading paths; where the whole look disagrees, it does the search itself.
    """
    brackets = {side: found for side in sides if (found := _bracket(side, rough)) is not None}
    points = close.halved(dict(brackets))
    ends = [(side.field, side.values[-1]) for side in points]
    nearer = [(side.field, side.nearer(point)) for side, point in points.items()]
    whole.ask((*((side.field, point) for side, point in points.items()), *ends, *nearer))
    again = {
        side: brackets[side] for side, point in points.items() if not _tips(side, point, whole)
    }
    whole.ask((side.field, end) for side, found in again.items() for end in found)
    again = {side: found for side, found in again.items() if _tips(side, found[1], whole, found[0])}
    points = {side: point for side, point in points.items() if _tips(side, point, whole)}
    points |= whole.halved(again)
    return [
        whole.flip(side.field, points[side], _direction(side, rough, whole))
        for side in sides
        if side in points
    ]


def _bracket(side: Side, trial: Trial) -> tuple[float, float] | None:
    """Return the last number tried that keeps the kind and the first that does not."""
    near = side.answer
    for value in side.values:
        if trial.changes_kind(side.field, value):
            return near, value
        near = value
    return None


def _tips(side: Side, point: float, trial: Trial, near: float | None = None) -> bool:
    """Say whether the kind changes at a number and not yet at the one nearer to the answer."""
    nearer = side.nearer(point) if near is None else near
    return trial.changes_kind(side.field, point) and not trial.changes_kind(side.field, nearer)


def _direction(side: Side, rough: Trial, whole: Trial) -> Direction:
    """Say whether the kind stays changed from the tipping point to the end of what is plausible."""
    tips = [rough.changes_kind(side.field, value) for value in side.values]
    if not all(tips[tips.index(True) :]) or not whole.changes_kind(side.field, side.values[-1]):
        return "at"
    return "from" if side.is_above else "up to"


def _told(words: Tries, rough: Trial, shaping: set[str]) -> Iterator[Change]:
    """Yield the choices that seem to change the kind and are scored whole, a few of each field."""
    planned = left = 0
    for field, answers in words.items():
        seem = (answer for answer in answers if rough.changes_kind(field, answer))
        for answer in islice(seem, WORDS_TOLD):
            planned += field in shaping
            if left < CHANGES_TOLD and not (field in shaping and planned > PLANNED_TOLD):
                left += 1
                yield field, answer


def _quiet(
    fields: Sequence[str], sides: Sequence[Side], words: Tries, rough: Trial
) -> dict[str, list[Answer]]:
    """Return answers that seem to change nothing, to be scored whole, by field."""
    numbers: dict[str, list[Answer]] = {}
    for side in sides:
        numbers.setdefault(side.field, []).extend(side.values)
    found: dict[str, list[Answer]] = {}
    left = SAME_TRIED
    for field in fields:
        values = numbers.get(field) or list(words.get(field, ()))
        if not values or any(rough.changes_kind(field, value) for value in values):
            continue
        if field in numbers:
            values = [value for side in sides if side.field == field for value in side.values[1::2]]
        if len(values) <= left:
            found[field] = values
            left -= len(values)
    return found


def _numbers(sides: Sequence[Side]) -> list[Change]:
    return [(side.field, value) for side in sides for value in side.values]


def _pairs(values: Tries) -> list[Change]:
    return [(field, answer) for field, answers in values.items() for answer in answers]
