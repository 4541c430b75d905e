"""The interview in plain lines: numbered choices, read with input().

For screen readers, dumb terminals and pipes of answers: no cursor movement, no color, no boxes.
Prompts go to stderr, so that stdout holds the result alone.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from mladvisor.errors import visible
from mladvisor.interview.screens import DONE, LAST, NOT_SURE, Check, Move, Screen

MOST_COLUMNS = 100
USUAL_COLUMNS = 80
KEY_OF_LAST = "0"
BACK, WHY, FINISH, STOP = "b", "?", "r", "q"


class PlainPort:
    """Asks line by line."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts
        self._ranking: tuple[str, list[str]] = "", []

    def pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        """List the options by number; a number, or the option's own word, picks one."""
        picked = self._picked(screen, options, at)
        return picked if isinstance(picked, Move) else picked[0]

    def rank(self, screen: Screen, options: Mapping[str, str], at: str | None) -> list[str] | Move:
        """Take one number, or several in order; what is asked again shows only what changed."""
        return self._picked(screen, options, at)

    def _picked(
        self, screen: Screen, options: Mapping[str, str], at: str | None
    ) -> list[str] | Move:
        numbers = {
            KEY_OF_LAST if value in LAST else str(number): value
            for number, value in enumerate(options, start=1)
        }
        self._list(screen, numbers, options, at)
        empty = at or (NOT_SURE if NOT_SURE in options else next(iter(options)))
        words = {value.lower(): value for value in options}
        words |= {label.lower(): value for value, label in options.items()}
        words |= numbers
        while True:
            said = self._said(screen, options[empty])
            if isinstance(said, Move):
                return said
            if not said:
                return [empty]
            if said.lower() in words:
                return [words[said.lower()]]
            parts = list(dict.fromkeys(said.lower().replace(",", " ").split()))
            if 1 < len(parts) <= screen.most and words.keys() >= set(parts):
                return [words[part] for part in parts]
            refused = "plain_accepted" if screen.most == 1 else "plain_accepted_ranking"
            self._refuse(self._texts[refused].format(said=said, most=screen.most))

    def _list(
        self,
        screen: Screen,
        numbers: Mapping[str, str],
        options: Mapping[str, str],
        at: str | None,
    ) -> None:
        """List the options; of a ranking that goes on only the lines that are new."""
        lines = [
            f"{number} {options[value]}"
            + (self._texts["plain_held"] if value == at != DONE else "")
            for number, value in numbers.items()
        ]
        goes_on = screen.most > 1 and self._ranking[0] == screen.title
        if not goes_on:
            self._show(screen)
        for line in lines:
            if not (goes_on and line in self._ranking[1]):
                self.tell(line, indent=2)
        self._ranking = screen.title, lines

    def write(self, screen: Screen, text: str, check: Check) -> str | Move:
        """Ask for a line; an empty one stands for what is there now."""
        self._show(screen)
        while True:
            said = self._said(screen, text or self._texts["not_sure"])
            if isinstance(said, Move):
                return said
            if said.lower() == self._texts["not_sure"].lower():
                return ""
            wrong = check(said or text)
            if wrong is None:
                return said or text
            self._refuse(wrong)

    def key(self, title: str, keys: Mapping[str, str]) -> str:
        """Ask for one of the letters."""
        self.tell(title)
        for letter, label in keys.items():
            self.tell(f"{letter} {label}", indent=2)
        while True:
            said = self._line().lower()
            if said in keys:
                return said
            self._refuse(self._texts["plain_letters"].format(said=said, letters=", ".join(keys)))

    def tell(self, text: str, indent: int = 0) -> None:
        """Say something on stderr, wrapped to the window."""
        columns = _columns() - 1
        for line in map(visible, text.split("\n")):
            first, next_ = " " * indent, " " * (2 * indent)
            wrapped = textwrap.wrap(line, columns, initial_indent=first, subsequent_indent=next_)
            sys.stderr.write("\n".join(wrapped) + "\n")
        sys.stderr.flush()

    def _show(self, screen: Screen) -> None:
        self._ranking = "", []
        for text in (screen.before, "", screen.place, screen.title, screen.note):
            if text or text is screen.title:
                self.tell(text)

    def _said(self, screen: Screen, empty: str) -> str | Move:
        """Return a line that is no move; explain as often as asked."""
        self.tell(self._texts["keys_separator"].join(self._hints(screen, empty)))
        while True:
            said = self._line()
            if said == WHY and screen.why:
                self.tell(self._texts["why"].format(why=screen.why))
            elif said.lower() == STOP:
                raise KeyboardInterrupt
            elif said.lower() == BACK and screen.back:
                return Move.BACK
            elif said.lower() == FINISH and screen.finish:
                return Move.FINISH
            else:
                return said

    def _line(self) -> str:
        sys.stderr.write("> ")
        sys.stderr.flush()
        try:
            return input().strip()
        finally:
            if not sys.stdin.isatty():  # nobody's Enter has ended the line
                sys.stderr.write("\n")

    def _hints(self, screen: Screen, empty: str) -> Iterator[str]:
        texts = self._texts
        yield texts["plain_enter"].format(answer=empty)
        if screen.most > 1:
            yield texts["plain_ranking"]
        if screen.why:
            yield texts["plain_why"]
        if screen.back:
            yield texts["plain_back"]
        if screen.finish:
            yield texts["plain_finish"]
        yield texts["plain_stop"]

    def _refuse(self, message: str) -> None:
        self.tell(self._texts["plain_refused"].format(message=message))


def _columns() -> int:
    try:
        return min(os.get_terminal_size(sys.stderr.fileno()).columns, MOST_COLUMNS)
    except OSError:  # not a terminal
        return USUAL_COLUMNS
