"""The study plan as a document: courses by stage on a calendar, with money, limits and gaps.

`schema_version` grows by its second number when fields are added, by its first when one changes
or goes. Money is USD, hours are hours of the learner's work, weeks count from the start.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from mladvisor.recommendation.document import SourceRow
from mladvisor.recommendation.part import Part, Range

SCHEMA_VERSION = "1.0"


class PlannedCourse(Part):
    """One course or project: what it is there for, when it runs, what it costs."""

    id: str
    title: str
    provider: str
    hours: Range
    price: str = Field(description="free, free-audit, subscription or one-off")
    cost_usd: float | None = Field(description="price of a single purchase")
    usd_per_month: float | None = Field(description="price of its own subscription")
    hands_on: str
    rating: float | None
    first_week: float
    last_week: float
    begins: str
    ends: str
    alongside: list[str] = Field(description="courses that share some of its weeks")
    after: list[str] = Field(description="courses of the plan that must be done before it")
    brings: dict[str, int] = Field(description="what it is there for: competency → depth")
    why: str
    caveat: str | None
    url: str | None


class PlannedStage(Part):
    """One stage of the curriculum, with its share of the calendar."""

    id: str
    title: str
    why: str
    hours: float
    first_week: float
    last_week: float
    begins: str
    ends: str
    courses: list[PlannedCourse]


class Subscription(Part):
    """A subscription held for courses that follow one another."""

    provider: str
    courses: int
    months: int
    cost_usd: float


class Limit(Part):
    """A limit of the person's, and whether the plan keeps it."""

    kind: Literal["budget", "deadline"]
    limit: float
    needs: float
    fits: bool
    leave_out: list[str] = Field(description="competencies to leave out first so that it fits")
    then_needs: float | None = Field(description="what it needs without them")
    text: str


class Covered(Part):
    """One competency of the yardstick: how deep it is asked for, known, and reached."""

    competency: str
    label: str
    asked: int
    known: int
    reached: int
    by: list[str] = Field(description="courses of the plan that teach it")


class BesideDegree(Part):
    """The degree that the plan stands beside, in the same units."""

    program: str
    title: str
    hours: Range | None
    cost_usd: Range | None
    months: float | None
    cost_in_state_usd: Range | None
    yardstick: str = Field(description="what says which competencies the degree requires")
    note: str


class StudyPlan(Part):
    """The whole document."""

    schema_version: str
    data_version: str
    today: str
    profile: dict[str, Any]
    role: str
    role_title: str
    title: str
    saves: Literal["hours", "cost", "free"]
    hours_per_week: float
    assumed: list[str] = Field(description="answers left open, taken at the middle of their draws")
    assumptions: str = Field(description="the same in words, empty where nothing was left open")
    known: dict[str, int] = Field(description="what the plan starts from: competency → depth")
    hours: Range
    hours_middle: float
    weeks: float
    months: float
    begins: str
    ends: str
    cost_usd: float
    subscriptions: list[Subscription]
    stages: list[PlannedStage]
    limits: list[Limit]
    coverage: list[Covered]
    missing: list[str] = Field(description="competencies that no course on offer brings that deep")
    not_given: list[str] = Field(description="what no course gives, in words")
    degree: BesideDegree | None
    sources: list[SourceRow]
    statements: list[str]
