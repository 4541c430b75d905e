"""Countries and states: their codes, and the names people type."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from pydantic import Field

from mladvisor.errors import did_you_mean
from mladvisor.knowledge.models import Model


class PlaceList(Model):
    """Places by code, with the names they are known by, the one to show first."""

    id: str
    what: str
    names: dict[str, tuple[str, ...]]
    sources: tuple[str, ...] = Field(min_length=1)

    def code(self, name: str) -> str | None:
        """Return the code of a place by code or name, None if there is none such."""
        return self._codes.get(plain(name))

    def accepted(self, name: str) -> str:
        """Say what is taken, and the place nearest to a name."""
        names = [known for names in self.names.values() for known in names]
        return f"{did_you_mean(name, names)}accepted: a {self.what}"

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Code or name, as `plain` → code."""
        return {plain(name): code for code, names in self.names.items() for name in (code, *names)}


def plain(name: str) -> str:
    """Return a name as it is compared: no case, accents, article or full stops."""
    letters = unicodedata.normalize("NFKD", name.replace("&", "and").replace("’", "'"))
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign) and sign != ".")
    return " ".join(kept.casefold().split()).removeprefix("the ")
