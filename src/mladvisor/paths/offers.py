"""Turn programs, certificates, routes and course plans into paths."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mladvisor.curriculum.plan import Plan
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Offer
from mladvisor.knowledge.rows import CoursePlanKind, Settings
from mladvisor.paths.path import Path
from mladvisor.paths.readings import Readings, network

CARRY_ON = "carry-on"
COURSES = "courses"


def course_plan_kind(path_id: str) -> str:
    """Return which kind of course plan an id names after the role; empty for the whole one."""
    return path_id.partition(":")[2].partition(":")[2]


class PathBuilder:
    """Builds paths from the knowledge base, with the facts as fresh as that day."""

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self.knowledge = knowledge
        self.read = Readings(knowledge, today)
        self.settings: Settings = knowledge.settings

    def paths(self) -> tuple[Path, ...]:
        """Return the paths that are the same for everybody: carrying on first, then by kind and id.

        Rules mostly name kinds, and what they say of neighbors is worked out without a step.
        """
        offers = {offer.id: offer for offer in self.knowledge.offers}
        found = [*(self.enrol(offer) for offer in offers.values()), *self._hybrids(offers)]
        return (self._carry_on(), *sorted(found, key=lambda path: (path.kind, path.id)))

    def enrol(self, offer: Offer) -> Path:
        """Return the path of one program, certificate or route."""
        return self._from_offer(
            offer,
            id=offer.id,
            kind=offer.kind,
            title=offer.short_name,
            then=None,
            acceptance=self.read.acceptance(offer),
            covers=self.read.covers(offer),
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
            covers=self.read.covers(degree),
        )
        return replace(
            path,
            grants=degree.grants,
            delivery=degree.delivery,
            full_time=degree.full_time,
            format=degree.format,
            academic_credit=True,
            bachelor_required=degree.admission.bachelor_required
            and degree.admission.model != "performance-based",
            thesis=degree.research.thesis,
            lab_access=degree.research.lab_access,
            credits_tried_first=True,
            cost_usd=cost,
            cost_in_state_usd=cost,
            hours=self.read.figure(degree, "hours"),
            months_min=self.read.months_min(degree),
            months_typical=self.read.middle(degree, "months_typical", 0.0),
            months_max=self.read.months_max(degree)
            + self.read.middle(certificate, "months_typical", 0.0),
            recognition=self.read.figure(degree, "recognition", (0.8, 0.8)),
            proof=self.read.project_proof("hybrid", degree.covers),
            network=network(degree),
            finish=self.read.finishing("hybrid", degree),
        )

    def course_plan(self, role_id: str, plan: Plan, kind: CoursePlanKind) -> Path:
        """Return the path of a course plan for a role; the whole one has the plain name."""
        role = self.knowledge.roles[role_id]
        titles = self.knowledge.texts["paths"]
        whole = kind == self.settings.course_plans[0]
        return Path(
            **{
                **_BLANK,
                "id": f"{COURSES}:{role.id}" + ("" if whole else f":{kind.id}"),
                "title": titles[f"courses_{kind.id}"].format(role=role.title),
                "kind": "courses",
                "plan": plan,
                "covers": plan.reaches,
                "free": not plan.cost_usd(1.0),
                "hours": (plan.hours_low, plan.hours_high),
                "acceptance": (1.0, 1.0),
                "finish": self.read.usual_finishing("courses"),
                "proof": kind.proof,
                "network": "self-paced-online",
            }
        )

    def _carry_on(self) -> Path:
        title = self.knowledge.texts["paths"]["carry_on"]
        return Path(**{**_BLANK, "id": CARRY_ON, "kind": "work", "title": title})

    def _from_offer(self, offer: Offer, **named: Any) -> Path:
        cost = self.read.figure(offer, "cost_usd")
        return Path(
            **{
                "offer": offer,
                "plan": None,
                "requires": self.read.requires(offer),
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
                "months_max": self.read.months_max(offer),
                "finish": self.read.finishing(offer.kind, offer),
                "recognition": self.read.figure(offer, "recognition", (0.0, 0.0)),
                "signal": self.read.figure(offer, "signal", (0.0, 0.0)),
                "proof": self.read.project_proof(offer.kind, offer.covers),
                "network": network(offer),
                **named,
            }
        )


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
