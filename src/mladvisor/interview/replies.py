"""One question asked in full: from what stands there now to an answer that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mladvisor.errors import InputError
from mladvisor.interview.likely import likely_options
from mladvisor.interview.screens import DONE, NOT_SURE, Move, Port, Screen
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of, is_not_sure, make_profile, typed_number
from mladvisor.recommendation.words import one_of

MOST_RANKED = 4
KEEP = "keep"
OTHERS = "others"
YES, NO = "yes", "no"


@dataclass(frozen=True, eq=False)
class Asking:
    """Asks questions of a knowledge base through a port."""

    knowledge: Knowledge
    port: Port

    def ask(self, question: Question, screen: Screen, answers: Mapping[str, Any]) -> Any:
        """Ask until there is an answer that the profile takes; None = not sure, or a Move.

        What `answers` holds for the question is shown as the answer that stands.
        """
        held = answers.get(question.field)
        if question.type == "choices":
            return self._ranked(question, screen, held)
        if options_of(question, self.knowledge):
            return self._picked(question, screen, answers)
        return self._written(question, screen, held)

    def _picked(self, question: Question, screen: Screen, answers: Mapping[str, Any]) -> Any:
        """Ask for one option: of the likely ones first, where there are any and none other held."""
        options = options_of(question, self.knowledge)
        likely = likely_options(question, answers, self.knowledge)
        at = _key(answers[question.field]) if question.field in answers else None
        if not likely or at not in (None, NOT_SURE, *likely):
            picked = self._pick(screen, options, at)
        else:
            others = {OTHERS: self._text("others", name=question.name)}
            picked = self._pick(screen, {**likely, **others}, at)
            if picked == OTHERS:
                picked = self._pick(replace(screen, back=True), options, at)
                if picked is Move.BACK:
                    return self._picked(question, screen, answers)
        if isinstance(picked, Move):
            return picked
        if picked == NOT_SURE:
            return None
        return picked == YES if question.type == "flag" else picked

    def _pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        return self.port.pick(screen, {**options, NOT_SURE: self._text("not_sure")}, at)

    def _ranked(self, question: Question, screen: Screen, held: Any) -> Any:
        """Ask for the most important, then the next; one picked again, or back, takes it away."""
        options = options_of(question, self.knowledge)
        screen = replace(screen, most=MOST_RANKED)
        picked: list[str] = []
        while len(picked) < MOST_RANKED:
            said = self._next_ranked(question, screen, held, picked)
            if said is Move.BACK and picked:
                picked.pop()
                continue
            if isinstance(said, Move):
                return said
            if said == [KEEP]:
                return held
            picked = _moved(picked, [word for word in said if word in options])
            if len(said) > 1 or said[0] not in options:
                break
        return picked or None

    def _next_ranked(
        self, question: Question, screen: Screen, held: Any, picked: list[str]
    ) -> list[str] | Move:
        options = options_of(question, self.knowledge)
        marked = {
            value: self._text("rank_mark", label=label, rank=picked.index(value) + 1)
            if value in picked
            else label
            for value, label in options.items()
        }
        if picked:
            offered = {**marked, DONE: self._text("rank_done")}
            return self.port.rank(replace(screen, back=True), offered, DONE)
        keep = {KEEP: self._text("rank_keep", labels=_joined(held, question))} if held else {}
        offered = {**keep, **marked, NOT_SURE: self._text("not_sure")}
        return self.port.rank(screen, offered, None)

    def _written(self, question: Question, screen: Screen, held: Any) -> Any:
        def check(text: str) -> str | None:
            try:
                checked(question, typed(question, text, self.knowledge), self.knowledge)
            except InputError as error:
                return "; ".join(problem.message for problem in error.problems)
            return None

        text = self.port.write(replace(screen, optional=True), _editable(held), check)
        if isinstance(text, Move):
            return text
        return checked(question, typed(question, text, self.knowledge), self.knowledge)

    def _text(self, name: str, /, **places: object) -> str:
        return str(self.knowledge.texts["interview"][name]).format(**places)


def options_of(question: Question, knowledge: Knowledge) -> dict[str, str]:
    """Return what can be picked: value → label; empty where the answer is typed."""
    if question.type == "flag":
        texts = knowledge.texts["interview"]
        return {YES: texts["yes"], NO: texts["no"]}
    return choices_of(question, knowledge)


def in_words(question: Question, value: Any, knowledge: Knowledge) -> str:
    """Return an answer as a person reads it."""
    if value is None:
        return str(knowledge.texts["interview"]["not_sure"])
    options = options_of(question, knowledge)
    if question.type == "choices":
        return _joined(value, question)
    if options:
        return options[_key(value)]
    if isinstance(value, float):
        return f"{value:,.10g} {one_of(question.unit) if value == 1 else question.unit}".strip()
    if question.places is not None:
        return knowledge.places[question.places].names[str(value)][0]
    return str(value)


def typed(question: Question, text: str, knowledge: Knowledge) -> Any:
    """Return typed text as JSON has it: "$3,000" is 3000, nothing is not sure."""
    word = text.strip()
    if not word:
        return None
    if question.type not in ("number", "integer") or is_not_sure(word):
        return word
    return typed_number(question, word, knowledge)


def checked(question: Question, value: Any, knowledge: Knowledge) -> Any:
    """Return an answer as the profile keeps it; InputError where it is none."""
    profile = make_profile(knowledge, {question.field: value})
    return profile.model_dump(mode="json")[question.field]


def _key(held: Any) -> str:
    """Return the option that an answer stands for."""
    if held is None:
        return NOT_SURE
    return (YES if held else NO) if isinstance(held, bool) else str(held)


def _moved(picked: list[str], said: list[str]) -> list[str]:
    """Return what is picked after some more; what was picked before is taken away."""
    kept = [word for word in picked if word not in said]
    return kept + [word for word in said if word not in picked]


def _joined(values: list[str], question: Question) -> str:
    short = {choice.value: choice.short or choice.label for choice in question.choices}
    return ", ".join(short[value] for value in values)


def _editable(held: Any) -> str:
    if held is None:
        return ""
    return f"{held:.10g}" if isinstance(held, float) else str(held)
