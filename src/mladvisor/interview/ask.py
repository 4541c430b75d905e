"""The interview: question after question, back, a review, and when to stop.

Each step shows one screen and returns the step that follows. Nothing here knows what it is shown
on, or any question by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mladvisor.interview.agenda import Agenda, Answers, Order, applying
from mladvisor.interview.replies import Asking, in_words
from mladvisor.interview.screens import Move, Port, Screen
from mladvisor.interview.why import why
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question

EARLIEST_RESULT = 5
"""Answers from which on a result can be had at any time; before it would be mostly priors."""

RESULT, REVIEW, ONWARD = ":result", ":review", ":onward"
"""Options of menus beside the questions; no field has a colon."""

Step = Callable[[], "Step | None"]
"""Shows one screen; returns what follows, None for the end."""


class Interrupted(Exception):  # noqa: N818 - not an error: the person stopped
    """The person stopped; what was answered by then was kept after each answer."""


class Interview:
    """One run of questions.

    Args:
        order: how the open questions follow from the answers.
        keep: is given all answers after each of them.
        given: answers from before; they are not asked again, but can be changed.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        port: Port,
        order: Order,
        keep: Callable[[Answers], None],
        given: Answers,
    ) -> None:
        self.knowledge = knowledge
        self.port = port
        self.answers: dict[str, Any] = dict(given)
        self._asking = Asking(knowledge, port)
        self._order = order
        self._keep = keep
        self._total = len(knowledge.questions)
        self._look_ahead()
        self._offered = False
        self._introduction = ""

    @property
    def left(self) -> int:
        """How many questions are open."""
        return len(self._agenda.open)

    @property
    def likely(self) -> int:
        """How many of them are asked as a rule."""
        return self._agenda.likely

    def run(self, introduction: str = "") -> dict[str, Any]:
        """Ask until the result is wanted; return all answers, None = "not sure".

        Those that no longer apply are among them, so that they are there if they apply again.
        `introduction` stands above the first screen. Where the answers given are enough, that one
        is the review. Raises Interrupted when the person stops.
        """
        self._introduction = introduction
        over = self._agenda.settled and self._far_enough
        step: Step | None = self._review if self.answers and over else self._onward
        try:
            while step is not None:
                step = step()
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted from stop
        return self.answers

    def change(self) -> bool:
        """Let one answer be picked and changed; say whether one was."""
        before = dict(self.answers)
        picked = self._menu("change", self._lines(), back=True, finish=False)
        if not isinstance(picked, Move):
            question = self.knowledge.questions[picked]
            self._reply(question, self._text("place_change"), back=True, finish=False)
        return self.answers != before

    # Steps

    def _onward(self) -> Step | None:
        """Go to the next open question, or to where there is none worth asking."""
        if not self._agenda.open:
            return self._review
        if self._agenda.settled and self._far_enough and not self._offered:
            return self._offer
        return partial(self._question, self._agenda.open[0])

    def _question(self, question: Question) -> Step | None:
        first = next(iter(self._answered), question.field)
        reply = self._reply(question, self._place(question), back=question.field != first)
        if reply is Move.BACK:
            return self._before(question.field)
        return None if reply is Move.FINISH else self._onward

    def _offer(self) -> Step | None:
        """Say that the kind of path is settled; offer to stop here."""
        names = {RESULT: "result", REVIEW: "review", ONWARD: "onward"}
        options = {key: self._text(name) for key, name in names.items()}
        picked = self._menu("settled", options, back=True, places=self._settled())
        self._offered = picked is not Move.BACK
        return self._follow(picked)

    def _review(self) -> Step | None:
        """Show all answers; any can be picked and changed."""
        more = {ONWARD: self._text("answer_more")} if self._agenda.open else {}
        options = {RESULT: self._text("result"), **more, **self._lines()}
        return self._follow(self._menu("check", options, back=bool(self._answered)))

    def _edit(self, question: Question) -> Step | None:
        reply = self._reply(question, self._text("place_change"), back=True)
        return None if reply is Move.FINISH else self._review

    def _follow(self, picked: str | Move) -> Step | None:
        """Return the step that an option of a menu stands for."""
        if picked is Move.BACK:
            return self._before(None)
        if isinstance(picked, Move):
            return None
        steps: dict[str, Step | None] = {RESULT: None, REVIEW: self._review, ONWARD: self._further}
        if picked in steps:
            return steps[picked]
        return partial(self._edit, self.knowledge.questions[picked])

    def _further(self) -> Step | None:
        """Go on with questions though the offer to stop was made, or is void by now."""
        self._offered = True
        return self._onward()

    def _before(self, field: str | None) -> Step | None:
        """Return the step to the question answered before `field`, or last of all."""
        at = self._answered.index(field) if field in self._answered else len(self._answered)
        if at == 0:
            return self._onward
        return partial(self._question, self.knowledge.questions[self._answered[at - 1]])

    # Screens

    def _reply(self, question: Question, place: str, *, back: bool, finish: bool = True) -> Any:
        """Ask, and keep what was answered; return it, or a Move."""
        screen = Screen(
            title=question.prompt,
            place=place,
            before=self._introduction,
            note=question.hint,
            why=why(question, self.knowledge),
            back=back,
            finish=finish and self._far_enough,
        )
        self._introduction = ""
        reply = self._asking.ask(question, screen, self.answers)
        if not isinstance(reply, Move):
            self.answers[question.field] = reply  # None is kept: "not sure" was an answer
            self._keep(self.answers)
            self._look_ahead()
        return reply

    def _settled(self) -> dict[str, str]:
        """Return what the offer to stop says: which kind, by how many answers, what is assumed."""
        texts = self.knowledge.texts
        given = sum(self.answers[field] is not None for field in self._answered)
        unsure = len(self._answered) - given
        known = (self.knowledge.questions[field] for field in self._fields)
        open_ = {each.group for each in known if self.answers.get(each.field) is None}
        assumed = texts["interview"]["assumed"].items()
        return {
            "kind": texts["report"]["a_kind"].get(self._agenda.kind, ""),
            "given": self._text(
                "settled_given" if given != 1 else "settled_given_one", count=given
            ),
            "unsure": self._text("settled_unsure", count=unsure) if unsure else "",
            "assumed": "".join(said for group, said in assumed if group in open_),
        }

    def _menu(
        self,
        name: str,
        options: Mapping[str, str],
        *,
        back: bool,
        finish: bool = True,
        places: Mapping[str, str] | None = None,
    ) -> str | Move:
        screen = Screen(
            title=self._text(f"{name}_title"),
            before=self._introduction,
            note=self._text(f"{name}_note", **(places or {})),
            back=back,
            finish=finish,
        )
        self._introduction = ""
        return self.port.pick(screen, options, None)

    def _place(self, question: Question) -> str:
        """Say how far along. The total is a guess, and never rises; beyond it no more is said."""
        answered = self._answered
        number = 1 + (
            answered.index(question.field) if question.field in answered else len(answered)
        )
        if number > self._total:
            return self._text("place_more", number=number)
        return self._text("place", number=number, total=self._total)

    def _lines(self) -> dict[str, str]:
        """Return each question that applies with its answer, those without one last."""
        fields = sorted(self._fields, key=lambda field: field not in self.answers)
        return {field: self._line(self.knowledge.questions[field]) for field in fields}

    def _line(self, question: Question) -> str:
        if question.field not in self.answers:
            answer = self._text("not_asked")
        else:
            answer = in_words(question, self.answers[question.field], self.knowledge)
        return f"{question.name[0].upper()}{question.name[1:]}: {answer}"

    # What is known

    @property
    def _far_enough(self) -> bool:
        return len(self._answered) >= EARLIEST_RESULT

    def _look_ahead(self) -> None:
        """Work out, for the answers as they are, what applies and what to ask next."""
        self._agenda: Agenda = self._order(self.answers)
        fields = applying(self.knowledge, self.answers)
        questions = self.knowledge.questions.items()
        self._fields = [field for field, each in questions if each.asked and field in fields]
        self._answered = [field for field in self.answers if field in set(self._fields)]
        self._total = min(self._total, len(self._answered) + self._agenda.likely)

    def _text(self, name: str, /, **places: Any) -> str:
        known = {
            "left": self.left,
            "share": round(100 * self._agenda.share),
        }
        return str(self.knowledge.texts["interview"][name]).format(**{**known, **places})
