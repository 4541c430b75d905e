"""A person who answers from a script, and an interview with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mladvisor.interview.agenda import Answers, Order, in_order, that_apply
from mladvisor.interview.ask import ONWARD, Interview
from mladvisor.interview.replies import OTHERS
from mladvisor.interview.screens import DONE, NOT_SURE, Check, Move, Screen
from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile

BACK, FINISH = Move.BACK, Move.FINISH

STOP = "stop"
"""Ctrl-C."""

HELD = "held"
"""Enter on the answer that stands there already."""


class Scripted:
    """Answers by the question's prompt or a menu's title; each listed reply is given once.

    What is not scripted: "not sure" to questions, the first option of menus, "go on" where the
    interview offers to stop.
    """

    def __init__(self, knowledge: Knowledge, replies: Mapping[str, Any]) -> None:
        texts = knowledge.texts["interview"]
        self.fields = {question.prompt: field for field, question in knowledge.questions.items()}
        self.menus = {texts[f"{name}_title"]: name for name in ("settled", "check", "change")}
        self.replies = {
            name: list(given) if isinstance(given, list) else [given]
            for name, given in replies.items()
        }
        self.shown: list[str] = []
        self.screens: list[Screen] = []
        self.options: dict[str, dict[str, str]] = {}
        self.held: dict[str, str | None] = {}
        self.refused: list[str] = []

    def pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        name = self._show(screen)
        self.options[name], self.held[name] = dict(options), at
        if screen.title in self.fields:
            assert NOT_SURE in options or DONE in options
            otherwise = NOT_SURE if NOT_SURE in options else DONE
        else:
            otherwise = ONWARD if name == "settled" else next(iter(options))
        reply = self._next(name, otherwise)
        if reply == HELD:
            assert at is not None
            return at
        if isinstance(reply, Move):
            return reply
        if OTHERS in options and reply not in options:  # what is not among the likely ones
            self.replies[name].insert(0, reply)
            return OTHERS
        assert set(str(reply).split(",")) <= options.keys(), (name, reply)
        return str(reply)

    def rank(self, screen: Screen, options: Mapping[str, str], at: str | None) -> list[str] | Move:
        picked = self.pick(screen, options, at)
        return picked if isinstance(picked, Move) else picked.split(",")

    def write(self, screen: Screen, text: str, check: Check) -> str | Move:
        name = self._show(screen)
        assert screen.optional
        self.held[name] = text
        while True:
            reply = self._next(name, "")
            if isinstance(reply, Move):
                return reply
            reply = text if reply == HELD else reply
            wrong = check(reply)
            if wrong is None:
                return str(reply)
            self.refused.append(wrong)

    def key(self, title: str, keys: Mapping[str, str]) -> str:
        raise AssertionError("the interview itself has no keys")

    def tell(self, text: str) -> None:
        raise AssertionError("the interview says what it has to say on its screens")

    def _show(self, screen: Screen) -> str:
        name = self.fields.get(screen.title) or self.menus[screen.title]
        self.shown.append(name)
        self.screens.append(screen)
        assert (screen.why != "") == (screen.title in self.fields)
        return name

    def _next(self, name: str, otherwise: Any) -> Any:
        waiting = self.replies.get(name, [])
        reply = waiting.pop(0) if waiting else otherwise
        if reply is STOP:
            raise KeyboardInterrupt
        return reply

    @property
    def asked(self) -> list[str]:
        """The questions, menus left out."""
        return [name for name in self.shown if name not in self.menus.values()]


class Run:
    """One interview with scripted replies."""

    def __init__(
        self,
        knowledge: Knowledge,
        replies: Mapping[str, Any],
        order: Order | None = None,
        given: Answers | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.port = Scripted(knowledge, replies)
        self.kept: list[dict[str, Any]] = []
        self.interview = Interview(
            knowledge,
            self.port,
            order or in_order(knowledge),
            lambda answers: self.kept.append(dict(answers)),
            given or {},
        )

    def go(self) -> dict[str, Any]:
        return self.interview.run()

    @property
    def profile(self) -> dict[str, Any]:
        """What is told to the advisor: the answers that apply, "not sure" left out."""
        answers = that_apply(self.knowledge, self.interview.answers)
        return make_profile(self.knowledge, answers).model_dump(mode="json", exclude_none=True)
