"""What the interview shows and hears, whatever it is shown on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

NOT_SURE = "not-sure"
"""The option that every question has."""

DONE = "done"
"""The option that ends a ranking."""

LAST = (NOT_SURE, DONE)
"""Options that come last and have the key 0 wherever they stand."""


class Move(Enum):
    """What a person can do instead of answering."""

    BACK = "back"
    FINISH = "finish"


@dataclass(frozen=True)
class Screen:
    """One question or menu.

    `place` says how far along; `before` comes once, above all; `note` below the title; `why` is
    shown when asked for. `back` and `finish`: whether these moves are open here. `optional`: an
    empty answer means "not sure". `most`: how many options are picked, one after the other.
    `typed`: the answer is a line of text.
    """

    title: str
    place: str = ""
    before: str = ""
    note: str = ""
    why: str = ""
    back: bool = False
    finish: bool = False
    optional: bool = False
    most: int = 1
    typed: bool = False


Check = Callable[[str], str | None]
"""Says what is wrong with what was typed, and what is accepted; None where nothing is."""


class Port(Protocol):
    """A way to ask: a terminal with keys, or plain lines.

    Each method raises KeyboardInterrupt or EOFError when the person stops.
    """

    def pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        """Return one key of `options` (key → label); `at` is where it stands now."""

    def rank(self, screen: Screen, options: Mapping[str, str], at: str | None) -> list[str] | Move:
        """Return the next pick of a ranking, or several at once, which are the whole of it."""

    def write(self, screen: Screen, text: str, check: Check) -> str | Move:
        """Return what was typed and passed the check; `text` is what stands there now."""

    def key(self, title: str, keys: Mapping[str, str]) -> str:
        """Return one of single-letter `keys` (letter → what it does), without clearing."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""
