"""The recommendation as a document: what `--json` prints and every report renders.

`schema_version` grows by its second number when fields are added, by its first when one changes
or goes. Money is USD; shares and chances are 0 to 1; points add up to the fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from mladvisor.recommendation.findings import (
    Change,
    DeadEnd,
    FindOut,
    Unchanged,
    Versus,
    WeightChange,
)
from mladvisor.recommendation.money_document import Money
from mladvisor.recommendation.part import Part as Part
from mladvisor.recommendation.part import Plain
from mladvisor.recommendation.part import Range as Range

SCHEMA_VERSION = "1.3"


class Firmness(Part):
    """How sure: the share of scenarios in which the recommended kind of path comes first."""

    label: Literal["firm", "leaning", "too close to call"]
    share: float


class Cautious(Part):
    """What the cautious pick is made by, and what it gives up against the best mean fit."""

    share: float = Field(description="share of scenarios in which regret is at most as said")
    high_regret: float = Field(description="regret of the pick, at most, in that share")
    instead_of: str = Field(description="the path with the best mean fit; the pick itself if same")
    instead_of_title: str
    instead_of_high_regret: float
    fit_given_up: float


class Verdict(Part):
    """What is recommended."""

    kind: str = Field(
        description="degree, certificate, courses, hybrid, bachelor, phd, or work (carry on)"
    )
    path: str
    title: str
    headline: str
    rule: Literal["mean", "cautious"] = Field(
        description="by the best mean fit, or cautiously, by the smallest regret in bad cases"
    )
    rule_text: str = Field(description="what the cautious pick is made by and costs; else empty")
    cautious: Cautious | None
    first_step: str = Field(description="foundations where a long preparation comes first")
    firmness: Firmness
    runner_up: str | None = Field(
        description="the best path of the kind that comes first next often"
    )


@dataclass(slots=True, kw_only=True)
class Reason(Plain):
    """One reason: what the rule or the formula read, with which value, and what it did."""

    rule: Annotated[
        str | None, Field(description="id of the rule; null for the criterion's own formula")
    ]
    text: str
    points: Annotated[
        float | None,
        Field(description="points it adds; null where it changes a weight or a chance"),
    ]
    effect: Annotated[
        dict[str, float],
        Field(
            description="what the rule did: criterion → factor or added value, or chance → added "
            "chance"
        ),
    ]
    read: Annotated[
        dict[str, Any],
        Field(description="answers it read; null = not sure, drawn from a prior"),
    ]
    share: Annotated[float, Field(description="share of scenarios in which it held")]
    condition: Annotated[
        str,
        Field(
            description="what would have to be so of the answers left open for it to hold; else "
            "empty"
        ),
    ]
    sources: list[str]


@dataclass(slots=True, kw_only=True)
class Contribution(Plain):
    """What one criterion adds to, or takes from, the fit."""

    criterion: str
    label: str
    weight: float
    value_today: float
    value_after: float
    points: float
    reasons: list[Reason]


class BridgeCourse(Part):
    """A course of a plan or bridge."""

    id: str
    title: str
    stage: str
    curriculum_stage: str = Field(description="title of the stage of the curriculum it belongs to")
    hours: Range
    price: str
    usd_per_month: float | None
    cost_usd: float | None
    url: str | None
    teaches: dict[str, int]


@dataclass(slots=True, kw_only=True)
class Bridge(Plain):
    """The preparation a path needs first; its hours, cost and months are in the path's figures."""

    hours: int
    months: float
    courses: list[BridgeCourse]


class Disagreement(Part):
    """A figure on which sources disagree: what decides, and what else is said."""

    field: str
    decides: str
    source: str | None
    others: list[str]
    other_sources: list[str]


@dataclass(slots=True, kw_only=True)
class RankedPath(Plain):
    """One path with its fit, its figures and what it is like."""

    path: str
    kind: str
    title: str
    fit: float
    chance: Annotated[float, Field(description="P(get in) × P(finish)")]
    first_rank_share: float
    top_rank_share: Annotated[
        float, Field(description="share of scenarios in which it is among the first few")
    ]
    mean_regret: Annotated[
        float, Field(description="points lost, on average, against each scenario's best")
    ]
    high_regret: Annotated[
        float, Field(description="points lost at most, but for the worst tenth or so")
    ]
    open_share: Annotated[
        float, Field(description="share of scenarios in which no limit rules it out")
    ]
    cost_usd: Annotated[Range, Field(description="own money, after what the employer pays")]
    foregone_pay_usd: int
    months: int
    hours: int
    bridge: Bridge
    contributions: list[Contribution]
    chance_reasons: list[Reason]
    summary: str
    typical_week: str
    strengths: list[str]
    caveats: list[str]
    disagreements: list[Disagreement]
    recalled: Annotated[
        list[str], Field(description="figures known from memory alone, without a page")
    ]
    stale: Annotated[
        list[str], Field(description="figures that are too old, with the time they are of")
    ]
    url: str | None


@dataclass(slots=True, kw_only=True)
class Excluded(Plain):
    """A path ruled out: by which rule, needing what, having what, and the way out."""

    path: str
    kind: str
    title: str
    rule: str
    text: str
    needs: float | None
    has: float | None
    unit: str
    way_out: str
    sources: list[str]


class Advice(Part):
    """Something to do or to check."""

    rule: str
    text: str
    read: dict[str, Any]
    sources: list[str]


class Plan(Part):
    """The course plan: the recommended one, or the one to compare the recommendation with."""

    path: str
    role: str
    command: str = Field(
        description="the command line that puts it on a calendar, all answers as flags"
    )
    saved_command: str = Field(description="the same with the answers saved as me.json")
    hours: int
    missing: list[str]
    courses: list[BridgeCourse]


class SourceRow(Part):
    """A source that something in the document names."""

    id: str
    title: str
    kind: str
    as_of: str
    checked_on: str | None
    url: str | None


class About(Part):
    """What stands behind the document."""

    program_version: str
    scenarios: int
    other_answers_tried: bool = Field(
        description="false: what would change the advice was not looked for (batch without "
        "--explore); what_would_change, would_not_change and weights_that_would_change are empty "
        "then, and find_out_first names only what settles how sure it is"
    )
    local_data: list[str] = Field(description="folders of the user's own data that took part")
    checked_on: str
    statements: list[str]


class Recommendation(Part):
    """The whole document."""

    schema_version: str
    data_version: str
    today: str
    profile: dict[str, Any]
    unknown: list[str]
    question: str = Field(description="the decision that the verdict answers")
    verdict: Verdict
    dead_end: DeadEnd | None = Field(
        description="why nothing but carrying on is left; null where that is not so"
    )
    clashes: list[Advice] = Field(description="answers that do not go together")
    ranking: list[RankedPath]
    paths_considered: int
    excluded: list[Excluded]
    versus: list[Versus]
    what_would_change: list[Change]
    would_not_change: list[Unchanged]
    weights_that_would_change: list[WeightChange]
    find_out_first: list[FindOut]
    plan: Plan
    money: Money
    next_steps: list[Advice]
    check_before_committing: list[Advice]
    sources: list[SourceRow]
    about: About
