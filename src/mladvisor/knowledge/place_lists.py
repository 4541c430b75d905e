"""Countries and states: their codes, and the names people type."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from mladvisor.errors import VERY_LIKE, did_you_mean
from mladvisor.knowledge.models import Model


class PlaceList(Model):
    """Places by code, with the names they are known by, the one to show first.

    `article`: codes of places that have "the" before their name in a sentence. `ambiguous`: names
    that may mean several places → their codes.
    """

    id: str
    what: str
    names: dict[str, tuple[str, ...]]
    article: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = Field(default={})
    sources: tuple[str, ...] = Field(min_length=1)

    def code(self, name: str) -> str | None:
        """Return the code of a place by code or name, None if there is none such."""
        return self._codes.get(plain(name))

    def accepted(self, name: str) -> str:
        """Say what is taken, and the place nearest to a name."""
        names = [known for names in self.names.values() for known in names]
        hint = self._meant.get(plain(name)) or did_you_mean(name, names, cutoff=VERY_LIKE)
        return f"{hint}accepted: a {self.what}"

    def in_words(self, code: str) -> str:
        """Return a place as it stands in a sentence: "the United States"."""
        return f"{'the ' * (code in self.article)}{self.names[code][0]}"

    @cached_property
    def _meant(self) -> dict[str, str]:
        """An ambiguous name, as `plain` → which places it may mean."""
        shown = {
            name: " or ".join(f"{self.names[code][0]} ({code})" for code in codes)
            for name, codes in self.ambiguous.items()
        }
        return {plain(name): f"that can mean {places}; " for name, places in shown.items()}

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Code or name, as `plain` → code."""
        return {plain(name): code for code, names in self.names.items() for name in (code, *names)}


def plain(name: str) -> str:
    """Return a name as it is compared: no case, accents, article or full stops."""
    letters = unicodedata.normalize("NFKD", name.replace("&", "and").replace("’", "'"))
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign) and sign != ".")
    return " ".join(kept.casefold().split()).removeprefix("the ")
