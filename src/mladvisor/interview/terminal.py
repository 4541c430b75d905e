"""The interview on a terminal: one question a screen, answered with a few keys.

The lists and input lines are questionary's, each in a frame of ours. All goes to stderr, so that
stdout holds the result alone.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from mladvisor.interview.frame import Frame, add_stop, bind, columns, wrap
from mladvisor.interview.screens import DONE, LAST, Check, Move, Screen
from mladvisor.report.style import signs_for

BEFORE_LABEL = 6
"""Columns of the pointer and the key before a choice."""

KEY_OF_LAST = "0"
KEYS = "123456789abcdefghilmnopqrstuvwxyz"
"""Keys of a list's lines, in order; j and k move up and down."""

STYLE = questionary.Style(
    [
        ("place", "fg:ansicyan"),
        ("title", "bold"),
        ("why", "italic"),
        ("error", "fg:ansired bold"),
        ("keys", "fg:ansigray"),
        ("qmark", "fg:ansicyan bold"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "fg:ansicyan bold"),
        ("selected", "noreverse"),
        ("answer", ""),
    ]
)


class TerminalPort:
    """Asks with arrow keys, shortcuts and an input line."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        """Open the terminal; raises where prompt_toolkit can't drive it."""
        self._texts = texts
        self._output = create_output(stdout=sys.stderr)
        # Every screen starts at the top left: there is no need to ask where the cursor is, and
        # no answer that may come late and end up in the shell.
        if isinstance(self._output, Vt100_Output):
            self._output.enable_cpr = False
        self._pointer = signs_for(sys.stderr).pick
        self._shared: dict[str, Any] = {"style": STYLE, "output": self._output}
        self._cleared = False
        self._ranked: tuple[str, str | None] = "", None

    def pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        """Show a list; a number or letter goes to its line, Enter takes it."""
        keys = iter(KEYS)
        choices = [
            questionary.Choice(
                label, value, shortcut_key=KEY_OF_LAST if value in LAST else next(keys, False)
            )
            for value, label in options.items()
        ]

        def rewrap(_: object) -> None:
            room = columns(self._output) - BEFORE_LABEL - 1  # one for the scroll bar
            for choice, label in zip(choices, options.values(), strict=True):
                choice.title = ("\n" + BEFORE_LABEL * " ").join(wrap(label, room))

        picked: str | Move = ""
        # A stray key sequence can end the list with none of its lines.
        while not isinstance(picked, Move) and picked not in options:
            asked = questionary.select(
                "",
                choices,
                default=at if at in options else None,
                qmark="",
                pointer=self._pointer,
                instruction=" ",
                use_shortcuts=True,
                use_indicator=False,
                **self._shared,
            )
            asked.application.before_render += rewrap
            picked = self._framed(screen).run(asked.application, KeyBindings())
        return picked

    def rank(self, screen: Screen, options: Mapping[str, str], at: str | None) -> list[str] | Move:
        """Show the list with the marks of what was picked, in its place; each Enter picks one.

        The pointer stays at the line picked last, from where the next is a few keys away.
        """
        title, last = self._ranked
        picked = self.pick(screen, options, last if (title, at) == (screen.title, DONE) else at)
        if isinstance(picked, Move):
            return picked
        self._ranked = screen.title, picked
        return [picked]

    def write(self, screen: Screen, text: str, check: Check) -> str | Move:
        """Show a line to type in; what is wrong with it appears below."""
        frame = self._framed(replace(screen, typed=True))
        label = self._texts["your_answer"]
        asked = questionary.text(label, default=text, qmark="", **self._shared)
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def take(event: KeyPressEvent) -> None:
            frame.error = check(event.current_buffer.text) or ""
            if not frame.error:
                event.app.exit(result=event.current_buffer.text)

        typed: str | Move = frame.run(asked.application, keys)
        return typed

    def key(self, title: str, keys: Mapping[str, str]) -> str:
        """Wait for one of the keys, below what is on the screen."""
        line = "  ".join(f"[{letter}] {label}" for letter, label in keys.items())
        self.tell(f"{title}\n{line}")
        asked = questionary.text("", qmark=self._pointer, **self._shared)
        bound = KeyBindings()

        def end(event: KeyPressEvent) -> None:
            event.app.exit(result=event.key_sequence[0].key)

        bound.add("<any>", eager=True)(lambda _: None)
        bound.add("enter", eager=True)(lambda _: None)
        for letter in keys:
            bound.add(letter, eager=True)(end)
        add_stop(bound)
        bind(asked.application, bound)
        asked.application.erase_when_done = True
        self._cleared = False
        return str(asked.application.run())

    def tell(self, text: str) -> None:
        """Say something on stderr, wrapped to the window."""
        sys.stderr.write("\n".join(wrap(text, columns(self._output) - 1)) + "\n")
        sys.stderr.flush()

    def _framed(self, screen: Screen) -> Frame:
        """Return a screen's frame; what stands on the terminal goes up into its history."""
        if not self._cleared:
            self._output.write_raw("\n" * self._output.get_size().rows)
            self._cleared = True
        return Frame(screen, self._texts, self._output)
