"""The prompts as a terminal shows them: questionary, on stderr so that stdout stays clean."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

import questionary
from prompt_toolkit.output import create_output

from mladvisor.knowledge.rows import Question

MOST_RANKED = 4
MOST_COLUMNS = 100
DONE = "done"
PLACES = ("first", "second", "third", "fourth")

STYLE = questionary.Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan bold"),
        ("answer", "fg:ansigreen"),
        ("instruction", "fg:ansigray"),
    ]
)


class TerminalPrompter:
    """Asks with arrow keys; every prompt says why it is asked."""

    def __init__(self) -> None:
        self._shared: dict[str, Any] = {
            "style": STYLE,
            "output": create_output(stdout=sys.stderr),
        }

    def introduce(self, count: int) -> None:
        """Say what this is and how to get out."""
        _say(
            f"Degree, certificate or courses? About {count} questions, a few minutes. "
            '"Not sure" is an answer to each of them.'
        )
        _say("Nothing leaves this machine. Ctrl-C stops and keeps your answers.")

    def choose(self, question: Question, choices: Mapping[str, str], place: str) -> str:
        """Ask for one of the choices."""
        self._before(question, place)
        while True:
            picked: str = self._select(_message(question.prompt), choices)
            # A stray key sequence can end the prompt with none of the choices.
            if picked in choices:
                return picked

    def rank(self, question: Question, choices: Mapping[str, str], place: str) -> list[str]:
        """Ask for the most important, then the next, until done."""
        self._before(question, place)
        picked: list[str] = []
        while len(picked) < MOST_RANKED:
            rest = {value: label for value, label in choices.items() if value not in picked}
            end = {DONE: "That is all" if picked else "Not sure"}
            answer = self._select(f"Most important, {PLACES[len(picked)]}:", {**rest, **end})
            if answer == DONE:
                break
            if answer in rest:
                picked.append(answer)
        return picked

    def write(self, question: Question, place: str) -> str:
        """Ask for a number or a word."""
        self._before(question, place)
        text: str = questionary.text(
            _message(question.prompt), instruction="(Enter = not sure) ", **self._shared
        ).unsafe_ask()
        return text

    def refuse(self, message: str) -> None:
        """Say why the answer can't be taken; the question comes again."""
        _say(message, indent="  ")

    def _select(self, message: str, choices: Mapping[str, str]) -> Any:
        room = _columns() - 6
        return questionary.select(
            message,
            choices=[
                questionary.Choice(textwrap.shorten(label, room, placeholder=" …"), value)
                for value, label in choices.items()
            ],
            instruction=" ",
            **self._shared,
        ).unsafe_ask()

    def _before(self, question: Question, place: str) -> None:
        _say(f"\n{place}")
        _say(f"Why: {question.why}", indent="  ")
        if question.hint:
            _say(question.hint, indent="  ")
        if _message(question.prompt) != question.prompt or question.type == "choices":
            _say(question.prompt)


def _message(prompt: str) -> str:
    """Return what stands before the answer: the question, where it leaves room on its line."""
    return prompt if len(prompt) < _columns() - 24 else "Your answer:"


def _columns() -> int:
    return min(shutil.get_terminal_size().columns, MOST_COLUMNS)


def _say(text: str, indent: str = "") -> None:
    """Write text to stderr, wrapped at words to the terminal's width."""
    for line in text.split("\n"):
        lines = textwrap.wrap(line, _columns() - 1, initial_indent=indent, subsequent_indent=indent)
        sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
