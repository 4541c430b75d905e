"""The errors a user can meet, one small family with one root, each with its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what was found, what is accepted."""

    where: str
    message: str

    def __str__(self) -> str:
        return visible(f"{self.where}: {self.message}" if self.where else self.message)


def visible(text: str) -> str:
    """Return a text with what a terminal would obey or hide written as an escape: \\x1b, \\u202e.

    What was found in a file is part of a message, and a file may come from anybody.
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


class MladvisorError(Exception):
    """Root of the family; `problems` holds everything found, not only the first."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        found = [Problem("", problems)] if isinstance(problems, str) else list(problems)
        self.problems: tuple[Problem, ...] = tuple(found)
        super().__init__("\n".join(str(problem) for problem in found))


class InputError(MladvisorError):
    """The answers, flags or files given can't be used."""

    exit_code = 2


class KnowledgeError(MladvisorError):
    """The knowledge base breaks its own rules."""

    exit_code = 3


VERY_LIKE = 0.75
"""From this ratio of difflib on a word is meant rather than one that holds it."""


def closest(word: str, known: Iterable[str], count: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the known words that may be meant: very like it, holding it, somewhat like it.

    Case is no difference. Every message that names what may be meant finds it here.
    """
    from difflib import get_close_matches

    words: dict[str, str] = {}
    for other in known:
        words.setdefault(other.casefold(), other)
    plain = word.casefold()
    like = get_close_matches(plain, words, n=count, cutoff=max(cutoff, VERY_LIKE))
    holding = [other for other in words if plain in other] if len(plain) > 2 else []
    near = [*like, *holding, *get_close_matches(plain, words, n=count, cutoff=cutoff)]
    return [words[other] for other in dict.fromkeys(near)][:count]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return 'nearest: …' with the ids most like a name or that hold it; nothing where none is."""
    near = closest(name, known, count=3, cutoff=0.5)
    return f"nearest: {', '.join(near)}" if near else ""


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return 'did you mean "…"? ' of the nearest known word or one that holds it, else nothing.

    `cutoff`: how like it must be, 0 to 1; names of places are like many others by chance.
    """
    near = closest(word, known, cutoff=cutoff)
    return f'did you mean "{near[0]}"? ' if near else ""
