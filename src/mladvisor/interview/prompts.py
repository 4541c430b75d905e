"""The prompts as a terminal shows them: questionary, on stderr so that stdout stays clean."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import questionary
from prompt_toolkit.output import create_output

from mladvisor.knowledge.rows import Question

MOST_RANKED = 4
DONE = "done"

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
            "Degree, certificate or courses? "
            f'About {count} questions, a few minutes. "Not sure" is an answer to each of them.\n'
            "Nothing leaves this machine. Ctrl-C stops and keeps your answers."
        )

    def choose(self, question: Question, choices: Mapping[str, str], place: str) -> str:
        """Ask for one of the choices."""
        self._before(question, place)
        picked: str = questionary.select(
            question.prompt,
            choices=[questionary.Choice(label, value) for value, label in choices.items()],
            instruction="(arrow keys, Enter)",
            **self._shared,
        ).unsafe_ask()
        # A stray key sequence can end the prompt with none of the choices.
        return picked if picked in choices else self.choose(question, choices, place)

    def rank(self, question: Question, choices: Mapping[str, str], place: str) -> list[str]:
        """Ask for the most important, then the next, until done."""
        self._before(question, place)
        picked: list[str] = []
        while len(picked) < MOST_RANKED:
            rest = {value: label for value, label in choices.items() if value not in picked}
            end = "That is all" if picked else "Not sure"
            word = ("First", "Second", "Third", "Fourth")[len(picked)]
            answer = questionary.select(
                question.prompt if not picked else f"{word}:",
                choices=[
                    *(questionary.Choice(label, value) for value, label in rest.items()),
                    questionary.Choice(end, DONE),
                ],
                instruction="(arrow keys, Enter)",
                **self._shared,
            ).unsafe_ask()
            if answer == DONE:
                break
            if answer in rest:
                picked.append(answer)
        return picked

    def write(self, question: Question, place: str) -> str:
        """Ask for a number or a word."""
        self._before(question, place)
        text: str = questionary.text(
            question.prompt, instruction="(Enter alone = not sure) ", **self._shared
        ).unsafe_ask()
        return text

    def refuse(self, message: str) -> None:
        """Say why the answer can't be taken; the question comes again."""
        _say(f"  {message}")

    def _before(self, question: Question, place: str) -> None:
        _say(
            f"\n{place}\n  Why: {question.why}" + (f"\n  {question.hint}" if question.hint else "")
        )


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
