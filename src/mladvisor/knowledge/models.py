"""The shape of the knowledge base: one model a kind of entry, unknown keys refused.

Money is US dollars, `hours` are hours of the learner's work, shares and chances are 0 to 1.
A key that ends in `_usd`, `_months` or `_hours` says its unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SourceKind = Literal["official", "survey", "press", "secondary", "article", "judgement", "recall"]
Depth = Annotated[int, Field(ge=1, le=3)]
Depths = Mapping[str, Depth]
"""Competency → depth: 1 follows with help, 2 works alone, 3 graduate depth."""
Share = Annotated[float, Field(ge=0, le=1)]
PathKind = Literal["degree", "certificate", "courses", "hybrid", "bachelor", "phd", "work"]
Level = Literal["none", "bachelor", "master", "phd"]
Delivery = Literal["online", "online-with-residency", "hybrid", "evening", "on-campus", "workplace"]
Format = Literal["cohort", "semester", "self-paced"]


Interval = tuple[float, float]


class Model(BaseModel):
    """Base of all entries: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """A page, study or judgement that a figure rests on; `as_of` is the date it speaks for."""

    title: str
    kind: SourceKind
    as_of: str = Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|undated)$")
    checked_on: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    url: str | None = None


class Fact(Model):
    """One figure and its evidence: a value, a range, or unknown with the reason."""

    value: float | bool | str | None = None
    low: float | None = None
    high: float | None = None
    unknown: str | None = None
    source: str | None = None
    as_of: str | None = None
    note: str | None = None
    decides: bool = False

    def fault(self) -> str | None:
        """Say what is wrong with the fact as a whole; checked when data is compiled."""
        given = [self.value is not None, self.low is not None, self.unknown is not None]
        if sum(given) != 1 or (self.low is None) != (self.high is None):
            return "give exactly one of: value; low and high; unknown (with the reason)"
        if self.low is not None and self.high is not None and self.low > self.high:
            return f"low {self.low:g} is above high {self.high:g}"
        if self.unknown is None and self.source is None:
            return "a figure needs a source"
        return None

    def reading(self) -> str:
        """Return the fact in words: the value, the range, or why it is unknown."""
        if self.unknown is not None:
            return self.unknown
        if self.low is not None and self.high is not None:
            return f"{self.low:,g} to {self.high:,g}"
        number = isinstance(self.value, (int, float)) and not isinstance(self.value, bool)
        return f"{self.value:,g}" if number else str(self.value)

    def interval(self) -> Interval | None:
        """Return (low, high) of a numeric fact, equal for a single value; None if unknown."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            return float(self.value), float(self.value)
        return None


def interval(fact: Fact | None) -> Interval | None:
    """Return (low, high) of a numeric fact; None where it is absent or unknown."""
    return fact.interval() if fact is not None else None


def midpoint(fact: Fact | None) -> float | None:
    """Return the middle of a numeric fact; None where it is absent or unknown."""
    bounds = interval(fact)
    return sum(bounds) / 2 if bounds is not None else None


class Weighted(Model):
    """A competency a role uses, at which depth, and how much it matters there (0 to 1)."""

    competency: str
    depth: Depth
    weight: Share


class Competency(Model):
    """One skill of the taxonomy; `hours` = judged hours of study from nothing to depth 1, 2, 3."""

    id: str
    label: str
    stage: str
    hours: tuple[float, float, float]


class Admission(Model):
    """How people get in."""

    model: Literal["selective", "performance-based", "open"]
    bachelor_required: bool
    preferred_fields: tuple[str, ...] = ()
    gre: Literal["none", "optional", "required", "unknown"] = "unknown"
    note: str = ""


class Research(Model):
    """What an offer opens towards research."""

    thesis: bool = False
    lab_access: Literal["none", "limited", "strong"] = "none"
    note: str = ""


OfferFigure = Literal[
    "cost_usd", "cost_in_state_usd", "per_credit_usd", "credits", "courses", "months_min",
    "months_typical", "months_max", "hours_per_week_per_course", "hours", "acceptance_rate",
    "completion_rate", "gpa_min", "applications_per_year", "enrollment", "recognition", "signal",
    "credit_share", "delivery", "pays_usd_per_year",
]  # fmt: skip
"""The figures of an offer that decide or are shown; what was not found is absent."""


class Offer(Model):
    """Something a person can enrol in or do: a program, a certificate or a route."""

    id: str
    file: str
    name: str
    short_name: str
    kind: PathKind
    institution: str
    country: str
    us_state: str | None = None
    city: str | None = None
    credential: str
    grants: Level
    field: str
    ml_track: str | None = None
    delivery: Delivery
    full_time: bool
    format: Format
    accreditor: str | None = None
    academic_credit: bool = True
    for_profit: bool = False
    stacks_into: tuple[str, ...] = ()
    url: str | None = None
    summary: str
    typical_week: str
    strengths: tuple[str, ...]
    caveats: tuple[str, ...]
    admission: Admission
    research: Research = Research()
    requires: Depths = {}
    covers: Depths = {}
    intakes: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    facts: Mapping[OfferFigure, Fact]


CourseFigure = Literal["hours", "cost_usd", "usd_per_month", "rating", "ratings_count"]


class Course(Model):
    """One course, book or project template."""

    id: str
    file: str
    title: str
    provider: str
    institution: str
    instructors: tuple[str, ...] = ()
    stage: str
    level: Literal["intro", "intermediate", "graduate"]
    price: Literal["free", "free-audit", "subscription", "one-off"]
    hands_on: Literal["none", "exercises", "assignments", "projects"]
    status: Literal["active", "archived", "retired", "unknown"]
    language: str = "English"
    teaches: Depths
    requires: Depths = {}
    part_of: str | None = None
    same_material_as: tuple[str, ...] = ()
    url: str | None = None
    summary: str
    caveats: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    facts: Mapping[CourseFigure, Fact]


RoleFigure = Literal["pay_p25_usd", "pay_median_usd", "pay_p75_usd", "growth", "entry_share"]
"""Pay and growth of a role, US figures."""


class Role(Model):
    """A job a person may aim at; `portfolio` = how far shown work decides the hiring."""

    id: str
    file: str
    title: str
    aliases: tuple[str, ...] = ()
    summary: str
    portfolio: Literal["low", "medium", "high"]
    portfolio_note: str
    competencies: tuple[Weighted, ...]
    projects: tuple[str, ...] = ()
    facts: Mapping[RoleFigure, Fact]


class Screen(Model):
    """Share of employers' ads whose stated minimum is at least a bachelor's, master's or PhD.

    `prefer_master` = ads that name a graduate degree as preferred without requiring it.
    """

    role: str
    employer: str
    seniority: str
    bachelor: Share
    master: Share
    phd: Share
    prefer_master: Share
    sample_size: int | None = None
    source: str
    note: str = ""


class Stage(Model):
    """One stage of a curriculum, in order; what can be left out is so where time is short."""

    id: str
    title: str
    competency_stages: tuple[str, ...]
    why: str
    can_be_left_out: bool = False
    guide: tuple[str, ...] = ()


class Curriculum(Model):
    """A curriculum with its stages in order, or what a named degree requires."""

    id: str
    file: str
    title: str
    summary: str
    stages: tuple[Stage, ...] = ()
    program: str | None = None
    required: Depths = {}
    sources: tuple[str, ...] = ()


class FaqEntry(Model):
    """A question people ask, answered from facts."""

    id: str
    question: str
    answer: str
    sources: tuple[str, ...]
    see: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
