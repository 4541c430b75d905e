"""What is said of paths and courses to everybody alike: made once, when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from mladvisor.curriculum.catalog import catalog
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course, Fact, Offer, OfferFigure, interval, midpoint
from mladvisor.knowledge.stale import stale_offers
from mladvisor.paths.path import Path
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.part import Range

COUNTING: tuple[OfferFigure, ...] = ("cost_usd", "hours", "months_min", "acceptance_rate")
"""Figures that move the points most: what is said of them when no page stands behind them."""


class Descriptions:
    """Describes the paths and courses of a knowledge base on a day."""

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self.knowledge = knowledge
        self.today = today
        self._paths: dict[str, dict[str, Any]] = {}
        self._courses: dict[str, doc.BridgeCourse] = {}

    def path(self, path: Path) -> dict[str, Any]:
        """Return what it is like: the entity's own words, or those of all paths of a kind."""
        if path.id not in self._paths:
            self._paths[path.id] = self._path(path)
        return self._paths[path.id]

    def course(self, course: Course) -> doc.BridgeCourse:
        """Return a course as it stands in a list of courses."""
        if course.id not in self._courses:
            self._courses[course.id] = self._course(course)
        return self._courses[course.id]

    def _course(self, course: Course) -> doc.BridgeCourse:
        low, high = interval(course.facts.get("hours")) or (0.0, 0.0)
        book = catalog(self.knowledge)
        return doc.BridgeCourse(
            id=course.id,
            title=course.title,
            stage=course.stage,
            curriculum_stage=book.stages[book.rank(course)].title,
            hours=Range(low=low, high=high),
            price=course.price,
            usd_per_month=midpoint(course.facts.get("usd_per_month")),
            cost_usd=midpoint(course.facts.get("cost_usd")),
            url=course.url,
            teaches=dict(course.teaches),
        )

    def _path(self, path: Path) -> dict[str, Any]:
        offer = path.then or path.offer
        if offer is None:
            return {
                **self.knowledge.texts["descriptions"]["courses" if path.plan else "carry_on"],
                "disagreements": [],
                "recalled": [],
                "stale": [],
                "url": None,
            }
        # A hybrid is both: what one starts with, and the degree it goes on to.
        both = [offer] if path.then is None or path.offer is None else [path.offer, path.then]
        return {
            "summary": " Then: ".join(each.summary.strip() for each in both),
            "typical_week": " Later: ".join(each.typical_week.strip() for each in both),
            "strengths": [line for each in both for line in each.strengths[: 4 // len(both)]],
            "caveats": [line for each in both for line in each.caveats[: 4 // len(both)]],
            "disagreements": [row for each in both for row in self._disagreements(each)],
            "recalled": [field for each in both for field in self._recalled(each)],
            "stale": [line for each in both for line in self._stale(each)],
            "url": both[0].url,
        }

    def _recalled(self, offer: Offer) -> list[str]:
        """Return the figures that count and are known from memory alone."""
        return [
            field
            for field in COUNTING
            if (fact := offer.facts.get(field)) is not None and self.knowledge.is_recalled(fact)
        ]

    def _stale(self, offer: Offer) -> list[str]:
        """Return the figures that are too old, with what day or year they are of."""
        entity = offer.file.removesuffix(".toml")
        rows = stale_offers(self.knowledge, self.today).get(entity, ())
        return [f"{row.figure} ({row.dated})" for row in rows]

    def _disagreements(self, offer: Offer) -> Iterator[doc.Disagreement]:
        """Yield the figures on which the guide and better evidence differ."""
        folder = offer.file.partition("/")[0]
        for field, fact in offer.facts.items():
            others = self.knowledge.evidence(f"{folder}/{offer.id}", field)
            claims = [other for other in others if other.source == "guide"]
            if claims:
                yield doc.Disagreement(
                    field=field,
                    decides=_reading(fact),
                    source=fact.source,
                    others=[_reading(other) for other in claims],
                    other_sources=["guide"],
                )


def _reading(fact: Fact) -> str:
    """Return a fact in words, with its note."""
    return f"{fact.reading()} ({fact.note})" if fact.note else fact.reading()


@lru_cache(maxsize=4)
def descriptions(knowledge: Knowledge, today: date) -> Descriptions:
    """Return what is kept for a knowledge base on a day."""
    return Descriptions(knowledge, today)
