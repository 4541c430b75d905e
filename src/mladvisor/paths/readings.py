"""How an offer's figures are read for scoring: as ranges, and what stands in for unknown ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import overload

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer, OfferFigure, interval, midpoint
from mladvisor.knowledge.rows import KindFinish, Settings
from mladvisor.knowledge.stale import stale_offers
from mladvisor.paths.path import Range

SHARES: frozenset[OfferFigure] = frozenset(
    ("acceptance_rate", "completion_rate", "recognition", "signal", "credit_share")
)
"""Figures that can't pass 1, however wide they are taken."""


class Readings:
    """Reads the figures of offers as of a day."""

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self.knowledge = knowledge
        self.settings: Settings = knowledge.settings
        self._stale = {
            (entity, row.figure)
            for entity, rows in stale_offers(knowledge, today).items()
            for row in rows
        }
        self._finish = {row.kind: row for row in self.settings.finish}
        self._project_skills = [
            row.id for row in knowledge.competencies.values() if row.stage == "project"
        ]

    @overload
    def figure(self, offer: Offer, field: OfferFigure, missing: Range = ...) -> Range: ...

    @overload
    def figure(self, offer: Offer, field: OfferFigure, missing: None) -> Range | None: ...

    def figure(
        self, offer: Offer, field: OfferFigure, missing: Range | None = (0.0, 0.0)
    ) -> Range | None:
        """Return a figure's low and high: wider if long unchecked, or known from memory alone."""
        fact = offer.facts.get(field)
        known = interval(fact)
        if fact is None or known is None:
            return missing
        numbers = self.settings.numbers
        stale = (offer.file.removesuffix(".toml"), field) in self._stale
        by = numbers["stale_widening"] * stale
        by += numbers["recall_widening"] * self.knowledge.is_recalled(fact)
        if not by:
            return known
        low, high = known[0] * (1 - by), known[1] * (1 + by)
        return (low, min(high, 1.0)) if field in SHARES else (low, high)

    def middle(self, offer: Offer, field: OfferFigure, missing: float) -> float:
        """Return the middle of a figure, or what stands in."""
        known = midpoint(offer.facts.get(field))
        return known if known is not None else missing

    def months_min(self, offer: Offer) -> float:
        """Return the shortest time, or where none is known a share of the usual one."""
        usual = self.middle(offer, "months_typical", 0.0)
        share = self.settings.numbers["months_min_share"]
        return self.middle(offer, "months_min", share * usual)

    def months_max(self, offer: Offer) -> float:
        """Return the longest time; a cohort keeps one pace, so a little over the usual one."""
        known = midpoint(offer.facts.get("months_max"))
        usual = interval(offer.facts.get("months_typical"))
        if known is None and usual is not None and offer.format == "cohort":
            return self.settings.numbers["cohort_months_share"] * usual[1]
        return math.inf if known is None else known

    def acceptance(self, offer: Offer) -> Range:
        """Return the admission rate, or where none is known the usual one for how it admits."""
        numbers = self.settings.numbers
        known = self.figure(offer, "acceptance_rate", None)
        if known is not None:
            return known
        if offer.admission.model == "open":
            return numbers["acceptance_open"], numbers["acceptance_open"]
        kind = "performance" if offer.admission.model == "performance-based" else "unknown"
        return numbers[f"acceptance_{kind}_low"], numbers[f"acceptance_{kind}_high"]

    def staged_acceptance(self, degree: Offer) -> Range:
        """Return the chance to be admitted with graded credit in hand: part of the gap closes."""
        low, high = self.acceptance(degree)
        closes = self.settings.numbers["staged_acceptance_share"]
        return low + closes * (1 - low), high + closes * (1 - high)

    def finishing(self, kind: str, offer: Offer) -> Range:
        """Return the share that finishes: the program's own, or the usual one for the kind."""
        return self.figure(offer, "completion_rate", self.usual_finishing(kind))

    def usual_finishing(self, kind: str) -> Range:
        """Return the share that finishes a kind of path."""
        row: KindFinish = self._finish[kind]  # type: ignore[index]
        return row.low, row.high

    def covers(self, offer: Offer) -> Mapping[str, int]:
        """Return the skills an offer brings: those it names, and what its credit courses rest on.

        A university's page names courses, not skills, so what nearly every course in a skill also
        teaches or uses is brought too, as deep as the skill itself at most.
        """
        if not offer.academic_credit:
            return offer.covers
        brought = dict(offer.covers)
        for skill, along in self.settings.taught_along.items():
            depth = offer.covers.get(skill, 0)
            for name, most in along.items():
                brought[name] = max(brought.get(name, 0), min(depth, most))
        return {name: depth for name, depth in brought.items() if depth}

    def requires(self, offer: Offer) -> Mapping[str, int]:
        """Return the entry level of an offer: a master's that names none assumes a little too."""
        if offer.grants != "master":
            return offer.requires
        least = self.settings.degree_requires
        return {
            name: max(offer.requires.get(name, 0), least.get(name, 0))
            for name in (*offer.requires, *(name for name in least if name not in offer.requires))
        }

    def project_proof(self, kind: str, covers: Mapping[str, int]) -> float:
        """Return what the projects inside a path are worth as proof; unlisted is not none."""
        least = self.settings.project_least.get(kind, 0)
        depth = max((covers.get(name, 0) for name in self._project_skills), default=0)
        depth = max(depth, least)
        return min(1.0, depth * self.settings.project_proof[kind])


def network(offer: Offer) -> str:
    """Return the row of the network table that fits the form of teaching."""
    place = offer.delivery
    if place == "workplace":
        return "workplace"
    if place == "hybrid":
        place = "evening"
    if place.startswith("online") or offer.format == "self-paced":
        return f"{offer.format}-online"
    return f"cohort-{place}" if offer.format == "cohort" else "semester-on-campus"
