"""Other answers that give another kind of path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mladvisor.insight.verdicts import Pick
from mladvisor.profile import Answer

Direction = Literal["from", "up to", "at"]
"""Where a number tips: the same kind from there up, down from there, or only around it."""

Change = tuple[str, Answer]
"""A field and another answer."""


@dataclass(frozen=True)
class Flip:
    """Another answer that gives another kind; `before` is None for an answer left open.

    `likelihood`: see `mladvisor.insight.likelihood`.
    """

    field: str
    before: Answer | None
    after: Answer
    direction: Direction | None
    pick: Pick
    likelihood: float = 0.0
