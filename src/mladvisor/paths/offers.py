"""Turn programs, certificates, routes and course plans into the paths of one person."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, overload

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Fact, Offer, OfferFigure, interval, midpoint
from mladvisor.knowledge.rows import KindFinish, Settings
from mladvisor.knowledge.stale import stale_figures
from mladvisor.paths.curriculum import Plan, catalog
from mladvisor.paths.path import Path, Range
from mladvisor.paths.skills import Skills

CARRY_ON = "carry-on"
COURSES = "courses"


class PathBuilder:
    """Builds every path open to a person from the knowledge base and what they know."""

    def __init__(self, knowledge: Knowledge, skills: Skills, today: date) -> None:
        self.knowledge = knowledge
        self._stale = stale_figures(knowledge, today)
        self.settings: Settings = knowledge.settings
        self.skills = skills
        self.catalog = catalog(knowledge)
        self._finish = {row.kind: row for row in self.settings.finish}
        self._bridges: dict[tuple[tuple[str, int], ...], Plan] = {}
        self._project_skills = [
            row.id for row in knowledge.competencies.values() if row.stage == "project"
        ]
        self._nothing = self.catalog.plan({}, {})

    def paths(self) -> tuple[Path, ...]:
        """Return all paths, carrying on as now first, then by id."""
        offers = {offer.id: offer for offer in self.knowledge.offers}
        found = [
            *(self.enrol(offer) for offer in offers.values()),
            *self._hybrids(offers),
            *self._course_plans(),
        ]
        return (self._carry_on(), *sorted(found, key=lambda path: path.id))

    def enrol(self, offer: Offer) -> Path:
        """Return the path of one program, certificate or route."""
        return self._from_offer(
            offer,
            id=offer.id,
            kind=offer.kind,
            title=offer.short_name,
            then=None,
            acceptance=self._acceptance(offer),
            covers=offer.covers,
        )

    def _hybrids(self, offers: Mapping[str, Offer]) -> Iterator[Path]:
        """A certificate first, then the degree its credit counts toward."""
        for certificate in offers.values():
            for name in certificate.stacks_into:
                degree = offers.get(name)
                if degree is not None:
                    yield self._hybrid(certificate, degree)

    def _hybrid(self, certificate: Offer, degree: Offer) -> Path:
        share = self._figure(certificate, "credit_share", (0.0, 0.0))
        first, whole = (
            self._figure(certificate, "cost_usd"),
            self._figure(degree, "cost_usd"),
        )
        # Credit that counts is not paid twice; the certificate's own price is.
        cost = (
            max(first[0] + whole[0] * (1 - share[1]), first[0]),
            max(first[1] + whole[1] * (1 - share[0]), first[1]),
        )
        path = self._from_offer(
            certificate,
            id=f"{certificate.id}+{degree.id}",
            kind="hybrid",
            title=f"{certificate.short_name}, then {degree.short_name}",
            then=degree,
            acceptance=self._staged_acceptance(degree),
            covers=degree.covers,
        )
        extra = {
            "grants": degree.grants,
            "delivery": degree.delivery,
            "full_time": degree.full_time,
            "format": degree.format,
            "academic_credit": True,
            "bachelor_required": degree.admission.bachelor_required
            and degree.admission.model != "performance-based",
            "thesis": degree.research.thesis,
            "lab_access": degree.research.lab_access,
            "credits_tried_first": True,
            "cost_usd": cost,
            "cost_in_state_usd": cost,
            "hours": self._figure(degree, "hours"),
            "months_min": self._months_min(degree),
            "months_typical": _middle(degree.facts.get("months_typical"), 0.0),
            "months_max": _middle(degree.facts.get("months_max"), math.inf)
            + _middle(certificate.facts.get("months_typical"), 0.0),
            "recognition": self._figure(degree, "recognition", (0.8, 0.8)),
            "proof": self._project_proof("hybrid", degree.covers),
            "network": _network(degree),
            "finish": self._finishing("hybrid", degree),
        }
        return Path(**{**vars(path), **extra})

    def _course_plans(self) -> Iterator[Path]:
        role = self.knowledge.roles[self.skills.role]
        target = {need.competency: need.depth for need in role.competencies}
        plans = {
            free: self.catalog.plan(target, self.skills.middle, role.projects, free_only=free)
            for free in (False, True)
        }
        titles = self.knowledge.texts["paths"]
        for free, plan in plans.items():
            if free and plan.courses == plans[False].courses:
                continue
            yield self._from_plan(
                plan,
                id=f"{COURSES}:{role.id}" + (":free" if free else ""),
                title=titles["courses_free" if free else "courses"].format(role=role.title),
            )

    def _from_plan(self, plan: Plan, **named: Any) -> Path:
        finish = self._finish["courses"]
        return Path(
            **{
                **_BLANK,
                **named,
                "kind": "courses",
                "plan": plan,
                "bridge": self._nothing,
                "covers": plan.reaches,
                "free": not plan.cost_usd(1.0),
                "hours": (plan.hours_low, plan.hours_high),
                "acceptance": (1.0, 1.0),
                "finish": (finish.low, finish.high),
                "proof": self.settings.numbers["plan_proof"],
                "network": "self-paced-online",
            }
        )

    def _carry_on(self) -> Path:
        title = self.knowledge.texts["paths"]["carry_on"]
        named = {"id": CARRY_ON, "kind": "work", "title": title, "bridge": self._nothing}
        return Path(**{**_BLANK, **named})

    def _from_offer(self, offer: Offer, **named: Any) -> Path:
        facts = offer.facts
        cost = self._figure(offer, "cost_usd")
        return Path(
            **{
                "offer": offer,
                "plan": None,
                "bridge": self._bridge(offer.requires),
                "requires": offer.requires,
                "grants": offer.grants,
                "delivery": offer.delivery,
                "format": offer.format,
                "full_time": offer.full_time,
                "country": offer.country,
                "us_state": offer.us_state or "",
                "academic_credit": offer.academic_credit,
                "for_profit": offer.for_profit,
                "thesis": offer.research.thesis,
                "lab_access": offer.research.lab_access,
                "admission": offer.admission.model,
                "bachelor_required": offer.admission.bachelor_required,
                "gpa_min": _middle(facts.get("gpa_min"), 0.0),
                "credits_tried_first": offer.admission.model == "performance-based",
                "free": cost == (0.0, 0.0),
                "cost_usd": cost,
                "cost_in_state_usd": self._figure(offer, "cost_in_state_usd", cost),
                "hours": self._figure(offer, "hours"),
                "months_min": self._months_min(offer),
                "months_typical": _middle(facts.get("months_typical"), 0.0),
                "months_max": _middle(facts.get("months_max"), math.inf),
                "finish": self._finishing(offer.kind, offer),
                "recognition": self._figure(offer, "recognition", (0.0, 0.0)),
                "signal": self._figure(offer, "signal", (0.0, 0.0)),
                "proof": self._project_proof(offer.kind, offer.covers),
                "network": _network(offer),
                **named,
            }
        )

    def _bridge(self, requires: Mapping[str, int]) -> Plan:
        """Return the courses from what the person knows to the entry level; cached by the gap."""
        held = self.skills.middle
        gap = {name: depth for name, depth in requires.items() if depth > held.get(name, 0)}
        key = tuple(sorted(gap.items()))
        if key not in self._bridges:
            self._bridges[key] = self.catalog.plan(gap, held) if gap else self._nothing
        return self._bridges[key]

    def _acceptance(self, offer: Offer) -> Range:
        numbers = self.settings.numbers
        known = self._figure(offer, "acceptance_rate", None)
        if known is not None:
            return known
        if offer.admission.model == "open":
            return numbers["acceptance_open"], numbers["acceptance_open"]
        kind = "performance" if offer.admission.model == "performance-based" else "unknown"
        return numbers[f"acceptance_{kind}_low"], numbers[f"acceptance_{kind}_high"]

    def _staged_acceptance(self, degree: Offer) -> Range:
        """Return the chance to be admitted with graded credit in hand: part of the gap closes."""
        low, high = self._acceptance(degree)
        closes = self.settings.numbers["staged_acceptance_share"]
        return low + closes * (1 - low), high + closes * (1 - high)

    @overload
    def _figure(self, offer: Offer, field: OfferFigure, missing: Range = ...) -> Range: ...

    @overload
    def _figure(self, offer: Offer, field: OfferFigure, missing: None) -> Range | None: ...

    def _figure(
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
        return (low, min(high, 1.0)) if known[1] <= 1 else (low, high)

    def _months_min(self, offer: Offer) -> float:
        """Return the shortest time, or where none is known a share of the usual one."""
        usual = _middle(offer.facts.get("months_typical"), 0.0)
        share = self.settings.numbers["months_min_share"]
        return _middle(offer.facts.get("months_min"), share * usual)

    def _finishing(self, kind: str, offer: Offer) -> Range:
        row: KindFinish = self._finish[kind]  # type: ignore[index]
        return self._figure(offer, "completion_rate", (row.low, row.high))

    def _project_proof(self, kind: str, covers: Mapping[str, int]) -> float:
        depth = max((covers.get(name, 0) for name in self._project_skills), default=0)
        return min(1.0, depth * self.settings.project_proof[kind])


_BLANK: dict[str, Any] = {
    "offer": None,
    "then": None,
    "plan": None,
    "requires": {},
    "covers": {},
    "grants": "none",
    "delivery": "online",
    "format": "self-paced",
    "full_time": False,
    "country": "",
    "us_state": "",
    "academic_credit": False,
    "for_profit": False,
    "thesis": False,
    "lab_access": "none",
    "admission": "open",
    "bachelor_required": False,
    "gpa_min": 0.0,
    "credits_tried_first": False,
    "free": True,
    "cost_usd": (0.0, 0.0),
    "cost_in_state_usd": (0.0, 0.0),
    "hours": (0.0, 0.0),
    "months_min": 0.0,
    "months_typical": 0.0,
    "months_max": math.inf,
    "acceptance": (1.0, 1.0),
    "finish": (1.0, 1.0),
    "recognition": (0.0, 0.0),
    "signal": (0.0, 0.0),
    "proof": 0.0,
    "network": "none",
}
"""A path that is nothing in particular: what course plans and carrying on start from."""


def _middle(fact: Fact | None, missing: float) -> float:
    known = midpoint(fact)
    return known if known is not None else missing


def _network(offer: Offer) -> str:
    """Return the row of the network table that fits the form of teaching."""
    place = offer.delivery
    if place == "workplace":
        return "workplace"
    if place == "hybrid":
        place = "evening"
    if place.startswith("online") or offer.format == "self-paced":
        return f"{offer.format}-online"
    return f"cohort-{place}" if offer.format == "cohort" else "semester-on-campus"


def build_paths(knowledge: Knowledge, skills: Skills, today: date) -> Sequence[Path]:
    """Return every path of a person; who they are comes in through `skills`.

    Figures that are stale on that day are taken from a wider range.
    """
    return PathBuilder(knowledge, skills, today).paths()
