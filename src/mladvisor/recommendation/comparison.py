"""Paths side by side for one person, as a document: what `mladvisor compare --json` prints.

Every row holds one cell for each path, in the same unit. What is not known says so and is never 0.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from mladvisor.recommendation.document import Excluded, SourceRow
from mladvisor.recommendation.money_document import Money
from mladvisor.recommendation.part import Part

SCHEMA_VERSION = "1.0"


class Cell(Part):
    """One figure of one path: a value, a range, or unknown with the reason."""

    value: float | str | None = None
    low: float | None = None
    high: float | None = None
    unknown: str | None = None
    mark: Literal["best", "worst"] | None = Field(
        default=None, description="set where paths differ and more, or less, is better"
    )


class Row(Part):
    """One thing that paths are compared in."""

    id: str
    label: str
    unit: str = Field(description="USD, months, hours, of 100, points; empty for words")
    better: Literal["more", "less"] | None
    today: float | None = Field(default=None, description="what holds before any path, if so")
    cells: list[Cell] = Field(description="in the order of `paths`")


class ComparedPath(Part):
    """A path that is compared; `ruled_out` is set if no reading of the answers allows it."""

    path: str
    kind: str
    title: str
    url: str | None
    ruled_out: Excluded | None
    money: Money


class Comparison(Part):
    """The whole document."""

    schema_version: str
    data_version: str
    checked_on: str
    today: str
    profile: dict[str, Any]
    unknown: list[str] = Field(description="answers left open and drawn from what is common")
    span_years: int
    scenarios: int
    paths: list[ComparedPath]
    rows: list[Row]
    sources: list[SourceRow]
    statements: list[str]
