"""What the Tab key offers, from the index alone: an answer while a person still waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mladvisor.knowledge.index import Flag, ids

Completer = Callable[[str], list[tuple[str, str]]]
"""From what was typed so far to the words that go on from it, each with what it means."""


def ids_of(*tables: str) -> Completer:
    """Offer the ids of some tables, or of all."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        return offered(ids(*tables), incomplete)

    return complete


def words_of(flag: Flag) -> Completer | None:
    """Offer the answers a question takes; None where any text or number will do."""
    if not flag.words:
        return None

    def complete(incomplete: str) -> list[tuple[str, str]]:
        if flag.type == "depths":
            return offered({f"{word}=": label for word, label in flag.words.items()}, incomplete)
        # A ranking is written with commas: the part after the last one is to be completed.
        done, _, part = (
            incomplete.rpartition(",") if flag.type == "choices" else ("", "", incomplete)
        )
        chosen = done.split(",") if done else []
        left = {word: label for word, label in flag.words.items() if word not in chosen}
        return [(",".join([*chosen, word]), label) for word, label in offered(left, part)]

    return complete


def offered(words: Mapping[str, str], incomplete: str) -> list[tuple[str, str]]:
    """Return the words that begin so, with their labels."""
    return [(word, label) for word, label in words.items() if word.startswith(incomplete)]
