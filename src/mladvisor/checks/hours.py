"""Hours that don't add up: an offer's hours against its courses at their hours a week.

A note excuses a figure that was found somewhere. It does not excuse a judged one: judgements always
have a note, and can be made to fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base, apart
from mladvisor.checks.judgement import KINDS
from mladvisor.errors import Problem
from mladvisor.knowledge.models import Fact, interval

MARGIN = 0.25
WEEKS = (10, 18)
"""Weeks of one course, exams included: a quarter to a long semester."""


def check(base: Base) -> Iterator[Problem]:
    """Yield offers whose hours lie further than `MARGIN` from what their courses make."""
    for offer in base.knowledge.offers:
        facts = offer.facts
        hours, courses = interval(facts.get("hours")), interval(facts.get("courses"))
        weekly = interval(facts.get("hours_per_week_per_course"))
        if hours is None or courses is None or weekly is None or _excused(facts["hours"], base):
            continue
        made = courses[0] * weekly[0] * WEEKS[0], courses[1] * weekly[1] * WEEKS[1]
        if apart(hours, made, MARGIN):
            message = (
                f"{hours[0]:g} to {hours[1]:g} hours, but its courses of {WEEKS[0]} to {WEEKS[1]} "
                f"weeks make {made[0]:g} to {made[1]:g}: correct one, or say why in a note"
            )
            yield Problem(base.at(offer.file, "facts", "hours"), message)


def _excused(fact: Fact, base: Base) -> bool:
    return bool(fact.note) and base.document["sources"][fact.source]["kind"] not in KINDS
