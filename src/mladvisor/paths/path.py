"""A path: one concrete thing a person could do, with all that rules and scores read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mladvisor.curriculum.plan import Plan
from mladvisor.knowledge.models import Offer
from mladvisor.rules.expression import Term

Range = tuple[float, float]
"""Low and high of an uncertain figure; equal if it is known exactly."""


@dataclass(frozen=True, eq=False, slots=True)
class Path:
    """One path and its own figures, before the person's hours and money come in.

    `offer` is what one enrolls in; `then` the degree a hybrid goes on to; `plan` the courses of a
    course plan. Only a course plan depends on the person. `requires` is the entry level.
    Money in USD, `hours` of work, chances as ranges of shares.
    """

    id: str
    kind: str
    title: str
    offer: Offer | None
    then: Offer | None
    plan: Plan | None
    requires: Mapping[str, int]
    covers: Mapping[str, int]
    grants: str
    delivery: str
    format: str
    full_time: bool
    country: str
    us_state: str
    academic_credit: bool
    for_profit: bool
    thesis: bool
    lab_access: str
    admission: str
    bachelor_required: bool
    gpa_min: float
    credits_tried_first: bool
    free: bool
    cost_usd: Range
    cost_in_state_usd: Range
    pays_usd_per_year: Range
    hours: Range
    months_min: float
    months_typical: float
    months_max: float
    acceptance: Range
    finish: Range
    recognition: Range
    signal: Range
    proof: float
    network: str


WORD_COLUMNS = {
    "kind": "kind",
    "path": "id",
    "grants": "grants",
    "delivery": "delivery",
    "format": "format",
    "admission": "admission",
    "lab_access": "lab_access",
    "path_country": "country",
    "path_us_state": "us_state",
}
"""Words that a rule's `paths` reads → where they stand."""

FLAG_COLUMNS = {
    "full_time": "full_time",
    "academic_credit": "academic_credit",
    "for_profit": "for_profit",
    "thesis": "thesis",
    "bachelor_required": "bachelor_required",
    "credits_tried_first": "credits_tried_first",
    "free": "free",
}

DERIVED_FLAGS = ("grants_degree", "carrying_on")
"""What follows from other columns: a master's or doctorate at the end; nothing new begun."""

NUMBER_COLUMNS = {
    "gpa_min": "gpa_min",
    "months_min": "months_min",
    "months_max": "months_max",
}

FIXED = frozenset((*WORD_COLUMNS, *FLAG_COLUMNS, *NUMBER_COLUMNS, *DERIVED_FLAGS)) - {
    "path",
    "free",
}
"""Names that mean the same for everybody; the id and the price of a course plan are a person's."""

DRAWN = frozenset({"recognition"})
"""Names of what differs by scenario, but not by person."""

FIGURE_COLUMNS = (
    "cost_usd", "least_cost_usd", "net_cost_usd", "hours", "bridge_hours", "months",
    "bridge_months", "hours_per_week_needed", "recognition", "skills_after",
)  # fmt: skip
"""Numbers that depend on the person as well; see `figures`."""


def path_vocabulary(kinds: Mapping[str, frozenset[str]]) -> dict[str, Term]:
    """Return what each name of a path means in the rule language; `kinds`: word column → words."""
    words = {name: Term("word", kinds.get(name, frozenset())) for name in WORD_COLUMNS}
    flags = {name: Term("flag") for name in (*FLAG_COLUMNS, *DERIVED_FLAGS)}
    numbers = {name: Term("number") for name in (*NUMBER_COLUMNS, *FIGURE_COLUMNS)}
    return {**words, **flags, **numbers}
