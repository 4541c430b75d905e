"""Turn programs, certificates, routes and course plans into the paths of one person."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mladvisor.curriculum.catalog import BY_HOURS, FREE_ONLY
from mladvisor.curriculum.plan import Plan, make_plan
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer
from mladvisor.knowledge.rows import Settings
from mladvisor.paths.path import Path
from mladvisor.paths.readings import Readings, network
from mladvisor.paths.skills import Skills

CARRY_ON = "carry-on"
COURSES = "courses"


class PathBuilder:
    """Builds every path open to a person from the knowledge base and what they know."""

    def __init__(self, knowledge: Knowledge, skills: Skills, today: date) -> None:
        self.knowledge = knowledge
        self.read = Readings(knowledge, today)
        self.settings: Settings = knowledge.settings
        self.skills = skills
        self._bridges: dict[tuple[tuple[str, int], ...], Plan] = {}
        self._nothing = make_plan(knowledge, {}, {})

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
            acceptance=self.read.acceptance(offer),
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
        share = self.read.figure(certificate, "credit_share", (0.0, 0.0))
        first, whole = (
            self.read.figure(certificate, "cost_usd"),
            self.read.figure(degree, "cost_usd"),
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
            acceptance=self.read.staged_acceptance(degree),
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
            "hours": self.read.figure(degree, "hours"),
            "months_min": self.read.months_min(degree),
            "months_typical": self.read.middle(degree, "months_typical", 0.0),
            "months_max": self.read.middle(degree, "months_max", math.inf)
            + self.read.middle(certificate, "months_typical", 0.0),
            "recognition": self.read.figure(degree, "recognition", (0.8, 0.8)),
            "proof": self.read.project_proof("hybrid", degree.covers),
            "network": network(degree),
            "finish": self.read.finishing("hybrid", degree),
        }
        return Path(**{**vars(path), **extra})

    def _course_plans(self) -> Iterator[Path]:
        role = self.knowledge.roles[self.skills.role]
        target = {need.competency: need.depth for need in role.competencies}
        plans = {
            free: make_plan(self.knowledge, target, self.skills.middle, role.projects, objective)
            for free, objective in ((False, BY_HOURS), (True, FREE_ONLY))
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
                "finish": self.read.usual_finishing("courses"),
                "proof": self.settings.numbers["plan_proof"],
                "network": "self-paced-online",
            }
        )

    def _carry_on(self) -> Path:
        title = self.knowledge.texts["paths"]["carry_on"]
        named = {"id": CARRY_ON, "kind": "work", "title": title, "bridge": self._nothing}
        return Path(**{**_BLANK, **named})

    def _from_offer(self, offer: Offer, **named: Any) -> Path:
        cost = self.read.figure(offer, "cost_usd")
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
                "gpa_min": self.read.middle(offer, "gpa_min", 0.0),
                "credits_tried_first": offer.admission.model == "performance-based",
                "free": cost == (0.0, 0.0),
                "cost_usd": cost,
                "cost_in_state_usd": self.read.figure(offer, "cost_in_state_usd", cost),
                "pays_usd_per_year": self.read.figure(offer, "pays_usd_per_year"),
                "hours": self.read.figure(offer, "hours"),
                "months_min": self.read.months_min(offer),
                "months_typical": self.read.middle(offer, "months_typical", 0.0),
                "months_max": self.read.middle(offer, "months_max", math.inf),
                "finish": self.read.finishing(offer.kind, offer),
                "recognition": self.read.figure(offer, "recognition", (0.0, 0.0)),
                "signal": self.read.figure(offer, "signal", (0.0, 0.0)),
                "proof": self.read.project_proof(offer.kind, offer.covers),
                "network": network(offer),
                **named,
            }
        )

    def _bridge(self, requires: Mapping[str, int]) -> Plan:
        """Return the courses from what the person knows to the entry level; cached by the gap."""
        held = self.skills.middle
        gap = {name: depth for name, depth in requires.items() if depth > held.get(name, 0)}
        key = tuple(sorted(gap.items()))
        if key not in self._bridges:
            self._bridges[key] = make_plan(self.knowledge, gap, held) if gap else self._nothing
        return self._bridges[key]


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
    "pays_usd_per_year": (0.0, 0.0),
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


def build_paths(knowledge: Knowledge, skills: Skills, today: date) -> Sequence[Path]:
    """Return every path of a person; who they are comes in through `skills`.

    Figures that are stale on that day are taken from a wider range.
    """
    return PathBuilder(knowledge, skills, today).paths()
