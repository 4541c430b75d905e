"""Why the pick rather than another path, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from mladvisor.insight.contrast import Contrast, Contrasts, Separation
from mladvisor.insight.robustness import CARRY_ON
from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.offers import course_plan_kind
from mladvisor.paths.path import Path
from mladvisor.recommendation.answers import answer_words
from mladvisor.recommendation.document import Excluded, Range, RankedPath
from mladvisor.recommendation.findings import Difference, Versus
from mladvisor.recommendation.ranges import decimal
from mladvisor.recommendation.shown import Shown

REASONS = 3
"""Reasons said for a path; more are not kept in mind."""

ANSWERS = 1
"""Answers said with a reason; the document names all."""

LEAST_POINTS = 0.05
"""Smaller differences are shown as 0 and say nothing."""


def path_name(path: Path, knowledge: Knowledge) -> str:
    """Return what a path is called inside a sentence."""
    if path.offer is not None:
        return path.title
    names = knowledge.texts["names"]
    if path.plan is None:
        return str(names["carry_on"])
    kinds = knowledge.settings.course_plans
    return str(names[course_plan_kind(path.id) or kinds[0].id])


def figure_of(path: RankedPath | None, criterion: str, texts: Mapping[str, Any]) -> float | None:
    """Return the figure of a path that stands beside a criterion, None where none does."""
    names = texts["figures"].get(criterion)
    if path is None or names is None:
        return None
    return sum(map(_amount, (getattr(path, name) for name in names)))


def _amount(figure: float | Range) -> float:
    return (figure.low + figure.high) / 2 if isinstance(figure, Range) else figure


def side_words(
    criterion: str,
    points: float,
    own: float | None,
    other: float | None,
    texts: Mapping[str, Any],
) -> str:
    """Return what speaks for the pick, or against it, by one criterion.

    `own`, `other`: the figure that stands beside it, of the pick and of the other path. Points
    count by the chance of having to bear it, so that a longer path may have more of them: then it
    is not said to be the shorter one.
    """
    which = "more" if points > 0 else "less"
    if own is not None and other is not None and points * (own - other) > 0:
        which = f"{which}_by_chance"
    words: str = texts[which][criterion]
    return words


class Contraster:
    """Sets the pick of one person's scores against other paths."""

    def __init__(
        self,
        shown: Shown,
        knowledge: Knowledge,
        excluded: Iterable[Excluded],
    ) -> None:
        self.shown = shown
        self.scores = scores = shown.scores
        self.ranks = ranks = shown.ranks
        self.contrasts = Contrasts(
            scores, ranks, shown.set_against, shown.points, shown.held, knowledge.settings
        )
        self.knowledge = knowledge
        self.excluded = {row.path: row.text for row in excluded}
        self.texts = knowledge.texts["versus"]
        self._given = scores.scenarios.answers
        self._answers: dict[str, str] = {}

    @cached_property
    def _plain(self) -> dict[str, Any]:
        """The answers as they stand in the document."""
        return self.scores.profile.model_dump(mode="json")

    def all(self) -> Iterator[Versus]:
        """Yield the pick against the path that was asked about, then the best of each kind."""
        named = self.shown.named
        if named is not None:
            yield self.versus(named, named=True)
        kind = self.scores.paths[self.ranks.pick].kind
        for other, at in self.ranks.best_of_kind.items():
            if other != kind and at != named and self.scores.ever_open[at]:
                yield self.versus(at, named=False)

    def versus(self, other: int, *, named: bool) -> Versus:
        """Return the pick against one path."""
        found = self.contrasts.against(other)
        path = self.scores.paths[other]
        return Versus(
            path=path.id,
            kind=path.kind,
            title=path.title,
            named=named,
            text=self._text(found, path),
            differences=[self._difference(each) for each in found.separations],
            winning_share=round(found.winning_share, 2),
            tie=found.tie,
        )

    def _difference(self, each: Separation) -> Difference:
        return Difference(
            criterion=each.criterion.id,
            label=each.criterion.label,
            points=decimal(each.points, 1),
            answers={field: self._plain[field] for field in each.fields},
            rules=each.rules,
        )

    def _text(self, found: Contrast, path: Path) -> str:
        pick = path_name(self.scores.paths[self.ranks.pick], self.knowledge)
        names = {"pick": pick, "foil": path_name(path, self.knowledge)}
        if found.other == self.ranks.pick:
            text = str(self.texts["the_pick"].format(**names))
        elif path.id in self.excluded:
            text = str(self.texts["ruled_out"].format(because=self.excluded[path.id], **names))
        else:
            said: set[str] = set()
            text = " ".join((self._for(found, names, said), self._against(found, said)))
        return text[:1].upper() + text[1:]

    def _for(self, found: Contrast, names: dict[str, str], said: set[str]) -> str:
        least = self.knowledge.settings.numbers["reason_share"]
        most = max(each.points for each in found.separations)
        ahead = [
            each for each in found.separations if each.points >= max(LEAST_POINTS, least * most)
        ][:REASONS]
        *others, last = ["", *(self._reason(each, found.other, said) for each in ahead)]
        reasons = self.texts["and"].join((", ".join(others[1:]), last) if others[1:] else (last,))
        name = "because"
        if not ahead:
            name = "only_against"
        elif round(found.gap, 1) == 0:
            name = "even"
        elif found.gap < 0:
            name = "too_little" if self.ranks.pick == CARRY_ON else "careful"
        elif found.tie:
            name = "tie"
        gap = f"{abs(found.gap):.1f}"
        text: str = self.texts[name].format(reasons=reasons, gap=gap, **names)
        return text

    def _against(self, found: Contrast, said: set[str]) -> str:
        behind = [each for each in found.separations if each.points <= -LEAST_POINTS]
        if not behind:
            return str(self.texts["nothing_against"])
        text: str = self.texts["against"].format(reason=self._reason(behind[0], found.other, said))
        return text

    def _reason(self, each: Separation, other: int, said: set[str]) -> str:
        """Return a criterion's part in words, with an answer behind it that was not yet `said`.

        Only what the criterion itself looks at: what a rule read besides can sound off the point.
        """
        own = [field for field in each.fields if field in each.criterion.reads]
        fields = [field for field in own if field not in said][:ANSWERS]
        said.update(fields)
        answers = "".join([f"; {self._answer(field)}" for field in fields])
        text: str = self.texts["reason"].format(
            what=self._words(each, other),
            points=f"{each.points:+.1f}",
            answers=answers,
        )
        return text

    def _words(self, each: Separation, other: int) -> str:
        name = each.criterion.id
        own, foil = self._figure(self.ranks.pick, name), self._figure(other, name)
        return side_words(name, each.points, own, foil, self.texts)

    def _figure(self, at: int, criterion: str) -> float | None:
        """Return what `figure_of` returns for a path's row of the ranking, be it there or not."""
        names = self.texts["figures"].get(criterion)
        return None if names is None else sum([self._shown(name, at) for name in names])

    def _shown(self, name: str, at: int) -> float:
        """Return a figure of a path as its row of the ranking has it."""
        place, shown = self.shown.set_against.index(at), self.shown
        if name == "hours":
            return round(shown.middle("hours", place) + shown.middle("bridge_hours", place))
        if name == "cost_usd":
            return _amount(shown.range("net_cost_usd", place))
        return round(shown.mean("foregone_usd", place))

    def _answer(self, field: str) -> str:
        """Return what was answered, as a clause; it is said of several paths."""
        if field not in self._answers:
            question = self.knowledge.questions[field]
            words = answer_words(question, self._given[field], self.knowledge)
            self._answers[field] = self.texts["answer"].format(name=question.name, answer=words)
        return self._answers[field]
