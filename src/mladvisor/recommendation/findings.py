"""Parts of the document: why this path, what would change the advice, what to find out first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from mladvisor.recommendation.part import Part, Plain, Range


@dataclass(slots=True, kw_only=True)
class Difference(Plain):
    """Points by which one criterion separates two paths, and what they rest on."""

    criterion: str
    label: str
    points: float
    answers: Annotated[
        dict[str, Any], Field(description="your answers that the criterion and rules read")
    ]
    rules: Annotated[
        list[str], Field(description="rules that moved this criterion for either path")
    ]


class Versus(Part):
    """The recommended path against the best of another kind, or one you named."""

    path: str
    kind: str
    title: str
    named: bool = Field(description="true for the path you asked about")
    text: str
    differences: list[Difference]
    winning_share: float = Field(
        description="share of scenarios in which the recommended path fits better"
    )
    tie: bool = Field(description="neither fits better clearly: a share of 0.45 to 0.55")


class Change(Part):
    """Another answer that changes the kind of path recommended; `from` is null if left open.

    Checked by scoring the changed profile. A number is the nearest that does, to its step.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    field: str
    from_: Any = Field(alias="from")
    to: Any
    direction: Literal["from", "up to", "at"] | None = Field(
        description="numbers: from there up, down from there, or only about there"
    )
    changeable: Literal["can change", "could be wrong"] | None = Field(
        description="why it was tried; null for an answer left open"
    )
    likelihood: float = Field(
        description="how likely it is: the share of the readings if left open, or had it been left "
        "open; of another number by how near it is, see docs/method.md"
    )
    kind: str
    path: str
    title: str
    answer: str = Field(description="the other answer in words")
    text: str


class Unchanged(Part):
    """An answer of which no other value tried changes the kind of path recommended."""

    field: str
    name: str
    tried: list[Any] = Field(description="the other values that were scored")
    text: str


class WeightChange(Part):
    """How much a criterion must count, as a share of all, for another kind to be recommended."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    criterion: str
    label: str
    from_: float = Field(alias="from")
    to: float
    factor: float = Field(description="what its weight is multiplied with for that")
    kind: str
    path: str
    title: str
    text: str


class FindOut(Part):
    """Something unknown that is worth finding out, the most for the effort first."""

    field: str = Field(description="a question, or figure:NAME for an uncertain figure")
    how: str
    minutes: int
    worth: float = Field(description="expected value of knowing it, in points of fit")
    chance_to_change: float
    changes_if: str = Field(description="what it would have to turn out to be, as a clause")
    settles: Range | None = Field(
        description="share of first places of the recommended kind, by answer, where it changes "
        "how sure the advice is and not the advice"
    )


class DecidingLimit(Part):
    """A limit that rules many paths out, and the answers that decide it."""

    rule: str
    paths: int = Field(description="paths that it rules out")
    answers: dict[str, Any] = Field(
        description="answers without which, left open, it would rule out less"
    )
    text: str = Field(description="the answers, as a clause")
    way_out: str = Field(description="what the path that misses it by least would take")


class DeadEnd(Part):
    """Why carrying on is all that is left: the few limits that together rule out the rest."""

    ruled_out: int = Field(description="paths out in more than half of the scenarios")
    of: int = Field(description="paths considered, without carrying on")
    limits: list[DecidingLimit]
    ways_out: list[Change] = Field(
        description="other answers that alone give another kind of path; empty if none does"
    )
    text: str
