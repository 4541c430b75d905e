"""What stands around a prompt on a terminal, and the keys that every prompt has.

Above: how far along, the question, why it is asked. Below: what was wrong, the keys. All of it is
wrapped anew whenever the window changes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.margins import ConditionalMargin, ScrollbarMargin
from prompt_toolkit.output import Output
from questionary.prompts.common import InquirerControl

from mladvisor.interview.screens import Move, Screen

MOST_COLUMNS = 100
"""Longer lines are hard to read."""

LEAST_BELOW = 6
"""Lines that a long question leaves to the list and the keys on a low screen."""

ESCAPE_SECONDS = 0.1
"""How long a lone Esc waits to see whether it begins an arrow key; the usual half second drags."""

Parts = Callable[[], Iterator[tuple[str, str]]]
"""Yields (style, text), each on lines of its own."""


class Frame:
    """The frame of one screen; `error` is shown below the answer until it is taken away."""

    def __init__(self, screen: Screen, texts: Mapping[str, Any], output: Output) -> None:
        self.screen = screen
        self.error = ""
        self._texts = texts
        self._output = output
        self._why = False
        self._drawn = False
        self._size = (0, 0)

    def run(self, application: Application[Any], keys: KeyBindings) -> Any:
        """Run a prompt within the frame, with its own keys laid over those of the library."""
        inner = application.layout
        application.layout = Layout(
            HSplit(
                [
                    self._window(self._before),
                    self._window(self._head, whole=True),
                    inner.container,
                    self._window(self._foot),
                ]
            ),
            focused_element=inner.current_window,
        )
        _add_scroll_bar(inner)
        self._add_moves(keys)
        bind(application, keys)
        application.before_render += self._clear_when_new
        application.after_render += self._draw_twice
        application.ttimeoutlen = ESCAPE_SECONDS
        application.erase_when_done = True
        return application.run()

    def _clear_when_new(self, application: Application[Any]) -> None:
        """Start at the top left: on the first showing, and whenever the window has changed."""
        size = self._output.get_size()
        if (size.columns, size.rows) != self._size:
            self._size = (size.columns, size.rows)
            application.renderer.clear()

    def _draw_twice(self, application: Application[Any]) -> None:
        """Draw once more: whether a list is cut is known only after it was drawn."""
        if not self._drawn:
            self._drawn = True
            application.invalidate()

    def _add_moves(self, keys: KeyBindings) -> None:
        """Bind back, result now, why and stop: the same on every prompt."""
        screen = self.screen

        @keys.add("escape", eager=True)
        @keys.add("c-b", eager=True)
        def back(event: KeyPressEvent) -> None:
            if screen.back:
                event.app.exit(result=Move.BACK)

        @keys.add("c-r", eager=True)
        def finish(event: KeyPressEvent) -> None:
            if screen.finish:
                event.app.exit(result=Move.FINISH)

        @keys.add("?", eager=True)
        def why(_: KeyPressEvent) -> None:
            self._why = not self._why

        add_stop(keys)

    def _before(self) -> Iterator[tuple[str, str]]:
        if self.screen.before:
            yield "", self.screen.before + "\n"

    def _head(self) -> Iterator[tuple[str, str]]:
        screen = self.screen
        yield "class:place", screen.place
        yield "class:title", screen.title
        yield "class:note", screen.note
        if self._why and screen.why:
            yield "class:why", self._texts["why"].format(why=screen.why)

    def _foot(self) -> Iterator[tuple[str, str]]:
        yield "", " "
        yield "class:error", self.error
        yield "class:keys", self._texts["keys_separator"].join(self._hints())

    def _hints(self) -> Iterator[str]:
        screen, texts = self.screen, self._texts
        if screen.most > 1:
            yield texts["key_enter_ranking"]
        elif screen.optional:
            yield texts["key_enter_optional"]
        else:
            yield texts["key_enter_text" if screen.typed else "key_enter"]
        if screen.back:
            yield texts["key_back"]
        if screen.why:
            yield texts["key_why"]
        if screen.finish:
            yield texts["key_finish"]
        yield texts["key_stop"]

    def _window(self, parts: Parts, *, whole: bool = False) -> Window:
        """Return a window of wrapped texts; `whole`: on a low screen others give way to it."""

        def lines() -> list[tuple[str, str]]:
            width = columns(self._output) - 1
            return [(style, line) for style, text in parts() if text for line in wrap(text, width)]

        def fragments() -> StyleAndTextTuples:
            shown: StyleAndTextTuples = []
            for line in lines():
                shown += [line, ("", "\n")]
            return shown[:-1]

        def height() -> Dimension:
            rows = len(lines())
            room = max(0, self._output.get_size().rows - LEAST_BELOW)
            return Dimension(min=min(rows, room) if whole else 0, preferred=rows, max=rows)

        return Window(FormattedTextControl(fragments), height=height)


def add_stop(keys: KeyBindings) -> None:
    """Bind Ctrl-C, and Ctrl-D, which the library ignores in lists."""

    @keys.add("c-c", eager=True)
    @keys.add("c-d", eager=True)
    def stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)


def bind(application: Application[Any], keys: KeyBindings) -> None:
    """Lay keys over those that a prompt has."""
    own = application.key_bindings or KeyBindings()
    application.key_bindings = merge_key_bindings([own, keys])


def columns(output: Output) -> int:
    """Return how wide texts may be."""
    return min(output.get_size().columns, MOST_COLUMNS)


def wrap(text: str, width: int) -> list[str]:
    """Return text in lines, wrapped at words; empty lines stay."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]


def _add_scroll_bar(layout: Layout) -> None:
    """Mark a list that goes on above or below what is shown of it."""
    for window in layout.find_all_windows():
        if isinstance(window.content, InquirerControl):

            def is_cut(window: Window = window) -> bool:
                info = window.render_info
                return info is not None and info.content_height > info.window_height

            bar = ScrollbarMargin(display_arrows=True)
            window.right_margins = [ConditionalMargin(bar, Condition(is_cut))]
