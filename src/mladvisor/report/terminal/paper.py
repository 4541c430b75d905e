"""What a terminal report is written on: how wide, with which signs, and how text wraps."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType

from mladvisor.report.style import THEME, Signs, signs_for

NARROW = 72
"""Below this width tables become lists."""

WIDE = 96
"""From this width on tables show every column."""

MOST_COLUMNS = 100
"""Longer lines are hard to read; wider terminals leave the rest empty."""

TRAILING_SPACE = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
"""Cells are padded to their width; at a line's end that only gets in the way of copying."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
SENTENCE, COLON = re.compile(r"(?<=[.!?]) "), re.compile(r": ")

ASCII = str.maketrans({"×": "x", "−": "-", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'})
"""What stands for signs of the data that the stream can't carry."""


@dataclass(frozen=True)
class Paper:
    """How wide a report is, with which signs; `plain`: no bars, lists in place of tables."""

    width: int
    signs: Signs
    encoding: str = "utf-8"
    plain: bool = False

    @property
    def narrow(self) -> bool:
        """Whether there is no room for columns."""
        return self.plain or self.width < NARROW

    def letters(self, text: str) -> str:
        """Return text in letters that the stream can carry, the nearest for those it can't.

        Control characters go: what comes from a file does not move the cursor.
        """
        text = CONTROL.sub(" ", text)
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            text = unicodedata.normalize("NFKD", text.translate(ASCII))
            text = "".join(c for c in text if not unicodedata.combining(c))
        return text.encode(self.encoding, "replace").decode(self.encoding)

    def cut(self, text: str, width: int) -> str:
        """Return text on one line, its end left out where there is no room for it.

        It ends after a word where that keeps half of the room or more.
        """
        if len(text) <= width:
            return text
        room = max(0, width - len(self.signs.more))
        whole = text.rfind(" ", 0, room + 1)
        return self._cut_after([text[: whole if whole >= room / 2 else room]])

    def shortened(self, text: str, after: str, width: int, lines: int | None) -> str:
        """Return text and what follows it on at most so many lines; more on narrow paper.

        Ends with the last sentence that fits, else before a colon. Where not even that has room,
        two lines are taken, and only what is longer still is cut after a word.
        """
        if lines is None:
            return text + after
        lines *= -(-NARROW // self.width)
        for most in (lines, max(lines, 2)):
            for start in _starts(text):
                if _lines(start + after, width) <= most:
                    return start + after
        return self.cut_after_word(text, after, width, most)

    def cut_after_word(self, text: str, after: str, width: int, most: int) -> str:
        """Return text and what follows it on at most so many lines, cut after a word."""
        if _lines(text + after, width) <= most:
            return text + after
        words = text.split(" ")
        while len(words) > 1 and _lines(self._cut_after(words) + after, width) > most:
            words.pop()
        return self._cut_after(words) + after

    def _cut_after(self, words: list[str]) -> str:
        return " ".join(words).rstrip(" ,;:(") + self.signs.more


def _starts(text: str) -> Iterator[str]:
    """Yield the text, then what it says with fewer sentences, then what stands before a colon."""
    yield text
    for ends in (SENTENCE, COLON):
        kept = ends.split(text)
        while len(kept) > 1:
            kept.pop()
            yield f"{' '.join(kept).rstrip('.')}."


def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, max(width, 1), break_on_hyphens=False))


@dataclass(frozen=True)
class Writer:
    """A console for one report, and the paper it is laid out on."""

    console: Console
    paper: Paper
    stream: TextIO

    def write(self, parts: Iterable[RenderableType]) -> None:
        """Write all parts at once."""
        written(self.console, self.stream, parts)


def written(console: Console, stream: TextIO, parts: Iterable[RenderableType]) -> None:
    """Write all parts to the stream at once, without padding at the ends of lines."""
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    encoding = stream.encoding or "utf-8"
    text = TRAILING_SPACE.sub(r"\1", capture.get())
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def opened(stream: TextIO, *, width: int | None = None, plain: bool = False) -> Writer:
    """Return a writer to a stream, as wide as its terminal but at most 100 columns.

    `plain`: no color, no bars, and lists in place of tables, for reading aloud.
    """
    console = Console(
        file=stream,
        theme=THEME,
        highlight=False,
        width=width,
        color_system=None if plain else "auto",
    )
    console.width = min(console.width, NARROW - 1 if plain else MOST_COLUMNS)
    encoding = stream.encoding or "utf-8"
    return Writer(console, Paper(console.width, signs_for(stream), encoding, plain), stream)
