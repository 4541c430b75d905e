"""What would change the advice, what would not, and what to find out first, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mladvisor.insight.find_out import Open, is_range, open_answers, open_figures
from mladvisor.insight.flips import Flip
from mladvisor.insight.robustness import Standing
from mladvisor.insight.tipping_weights import WeightFlip, tipping_weights
from mladvisor.insight.what_if import Unmoved, WhatIf, what_if
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer
from mladvisor.recommendation.answers import answer_words, said
from mladvisor.recommendation.findings import Change, FindOut, Unchanged, WeightChange
from mladvisor.recommendation.part import Range
from mladvisor.scoring.model import Scores

FIGURE = "figure:"
"""Marks an uncertain figure among the fields to find out."""

ANSWERS = 3
"""Answers named in one clause."""

FIND_OUT_LEAST = 2
"""So many things to find out are named while the advice is not firm, if anything settles it."""


def explored(
    scores: Scores,
    ranks: Standing,
    questions: Sequence[Question],
    knowledge: Knowledge,
    today: date | None,
) -> dict[str, Any]:
    """Return the document's what-ifs; `questions`: those left open.

    No day leaves out what would change the advice.
    """
    words = WhatIfs(scores, ranks, knowledge)
    # Where that is left out, open answers only say what settles how sure the advice is.
    asked = today is not None or not words.firm
    opens = open_answers(questions, scores, ranks, knowledge) if asked else []
    found, figures, weights = WhatIf(), list[Open](), list[WeightFlip]()
    if today is not None:
        most = int(knowledge.settings.numbers["open_answers_tried"])
        telling = [one for one in opens if one.flips]
        tried = sorted(telling, key=lambda one: (-one.worth, one.field))[:most]
        changes = {(one.field, answer): one.shares[answer] for one in tried for answer in one.flips}
        found = what_if(scores, ranks, changes, knowledge, today)
        figures = open_figures(scores, ranks, knowledge, today)
        weights = tipping_weights(scores, ranks, knowledge.settings)
    return {
        "what_would_change": words.changes(found),
        "would_not_change": words.unchanged(found),
        "weights_that_would_change": words.weights(weights),
        "find_out_first": words.find_out(opens, figures, found),
    }


class WhatIfs:
    """Words for the what-ifs of one person."""

    def __init__(self, scores: Scores, ranks: Standing, knowledge: Knowledge) -> None:
        self.scores = scores
        self.ranks = ranks
        self.knowledge = knowledge
        self.texts: Mapping[str, Any] = knowledge.texts

    @property
    def firm(self) -> bool:
        """Whether the kind that is recommended comes first nearly always."""
        share = self.ranks.kind_share[self.scores.paths[self.ranks.pick].kind]
        return share >= self.knowledge.settings.numbers["firm_share"]

    def changes(self, found: WhatIf) -> list[Change]:
        """Return the answers that would change the kind of path."""
        return [self._change(flip) for flip in found.flips]

    def unchanged(self, found: WhatIf) -> list[Unchanged]:
        """Return the answers of which nothing else would."""
        return [self._unchanged(one) for one in found.unmoved]

    def weights(self, found: Sequence[WeightFlip]) -> list[WeightChange]:
        """Return how much criteria would have to count."""
        return [self._weight(flip) for flip in found]

    def find_out(
        self, opens: Sequence[Open], figures: Sequence[Open], found: WhatIf
    ) -> list[FindOut]:
        """Return what to find out, by what knowing it is worth for a minute of effort.

        Of an open answer only those count as changes that a score of the profile confirmed.
        """
        confirmed: dict[str, list[Answer]] = {}
        for flip in found.flips:
            confirmed.setdefault(flip.field, []).append(flip.after)
        rows = []
        for one in opens:
            if after := confirmed.get(one.field):
                answers = [answer for answer in one.flips if answer in after]
                rows += [self._question(one, answers)] if answers else []
        rows += [self._figure(one) for one in figures]
        rows.sort(key=lambda row: (-row.worth / row.minutes, row.minutes, row.field))
        return rows if self.firm else [*rows, *self._settling(opens, rows)]

    def _settling(self, opens: Sequence[Open], rows: Sequence[FindOut]) -> list[FindOut]:
        """Return what changes not the pick but how sure it is, to fill up a short list."""
        named = {row.field for row in rows}
        least = self.knowledge.settings.numbers["settling_share"]
        telling = [one for one in opens if one.field not in named and one.telling >= least]
        telling.sort(key=lambda one: (-one.telling, one.field))
        return [self._question(one, ()) for one in telling[: max(FIND_OUT_LEAST - len(rows), 0)]]

    def _change(self, flip: Flip) -> Change:
        question = self.knowledge.questions[flip.field]
        answer = self._answer(question, flip)
        return Change.model_validate(
            {
                "field": flip.field,
                "from": flip.before,
                "to": flip.after,
                "direction": flip.direction,
                "changeable": question.changeable if flip.before is not None else None,
                "likelihood": round(flip.likelihood, 3),
                "kind": flip.pick.kind,
                "path": flip.pick.path,
                "title": flip.pick.title,
                "answer": answer,
                "text": self._condition(question, flip.after, answer),
            }
        )

    def _answer(self, question: Question, flip: Flip) -> str:
        words = answer_words(question, flip.after, self.knowledge)
        templates = {"from": "or_more", "up to": "or_less"}
        template = templates.get(flip.direction or "")
        return words if template is None else self.texts["answers"][template].format(answer=words)

    def _condition(self, question: Question, answer: Answer, words: str) -> str:
        clause = said(question, answer, self.knowledge, words)
        text: str = self.texts["answers"]["condition"].format(clause=clause)
        return text

    def _unchanged(self, one: Unmoved) -> Unchanged:
        question = self.knowledge.questions[one.field]
        text = question.name
        if question.plausible is not None:
            low, high = (answer_words(question, end, self.knowledge) for end in question.plausible)
            ends = self.texts["answers"]["both_ends"].format(
                low=low.removesuffix(question.unit).strip(), high=high
            )
            text = f"{text} ({ends})"
        return Unchanged(field=one.field, name=question.name, tried=list(one.tried), text=text)

    def _weight(self, flip: WeightFlip) -> WeightChange:
        path = self.scores.paths[flip.pick]
        text = self.texts["weights"]["more" if flip.tips_at > flip.now else "less"]
        percents = {"to": round(100 * flip.tips_at), "now": round(100 * flip.now)}
        clause = text.format(label=flip.criterion.label.lower(), **percents)
        return WeightChange.model_validate(
            {
                "criterion": flip.criterion.id,
                "label": flip.criterion.label,
                "from": round(flip.now, 3),
                "to": flip.tips_at,
                "factor": round(flip.factor, 4),
                "kind": path.kind,
                "path": path.id,
                "title": path.title,
                "text": self.texts["answers"]["condition"].format(clause=clause),
            }
        )

    def _question(self, one: Open, answers: Sequence[Answer]) -> FindOut:
        question = self.knowledge.questions[one.field]
        default = self.texts["find_out"]["default"].format(prompt=question.prompt)
        return FindOut(
            field=one.field,
            how=question.find_out or default,
            minutes=question.find_out_minutes or 1,
            worth=round(one.worth, 3),
            chance_to_change=round(sum(one.shares[answer] for answer in answers), 2),
            changes_if=self._any_of(question, answers),
            settles=None if answers else Range(low=round(one.low, 2), high=round(one.high, 2)),
        )

    def _any_of(self, question: Question, answers: Sequence[Answer]) -> str:
        """Return a clause that says one of some answers; long lists are cut short."""
        if not answers:
            return ""
        words = [answer_words(question, answer, self.knowledge) for answer in answers]
        more = len(words) - ANSWERS
        if more > 1:
            others = self.texts["answers"]["others"].format(count=more)
            words = [*words[:ANSWERS], others]
        joined = self.texts["answers"]["either"].join(words)
        return said(question, answers[0], self.knowledge, joined)

    def _figure(self, one: Open) -> FindOut:
        figures = self.knowledge.settings.figures
        figure = next(figure for figure in figures if figure.field == one.field)
        columns = (self.ranks.pick, *one.flips.values())
        path = next(self.scores.paths[at] for at in columns if is_range(self.scores, one.field, at))
        kind: Any = path.kind
        how = figure.find_out_by_kind.get(kind, figure.find_out)
        thirds = self.texts["find_out"]["thirds"]
        return FindOut(
            field=FIGURE + one.field,
            how=how.format(title=path.title),
            minutes=figure.find_out_minutes,
            worth=round(one.worth, 3),
            chance_to_change=round(one.chance, 2),
            changes_if=self.texts["find_out"]["figure"].format(
                name=figure.name,
                third=self.texts["answers"]["either"].join(thirds[third] for third in one.flips),
            ),
            settles=None,
        )
