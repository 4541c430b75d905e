"""A ranked path in full: its figures, what it is like, its preparation, its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from mladvisor.axes import middle, of_path, quantile
from mladvisor.curriculum.catalog import catalog
from mladvisor.curriculum.plan import Plan
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course, Fact, Offer, OfferFigure, interval, midpoint
from mladvisor.knowledge.stale import stale_offers
from mladvisor.paths.offers import course_plan_kind
from mladvisor.paths.path import Path
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.commands import plan_with_answers, plan_with_saved
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import printed_range
from mladvisor.recommendation.reasons import Explainer
from mladvisor.scoring.model import Scores

COUNTING: tuple[OfferFigure, ...] = ("cost_usd", "hours", "months_min", "acceptance_rate")
"""Figures that move the points most: what is said of them when no page stands behind them."""


class PathWriter:
    """Writes paths of one person's scores into the document."""

    def __init__(
        self,
        scores: Scores,
        ranks: Standing,
        explainer: Explainer,
        knowledge: Knowledge,
        today: date,
    ) -> None:
        self.today = today
        self.scores = scores
        self.ranks = ranks
        self.explainer = explainer
        self.knowledge = knowledge

    def ranked(self, at: int) -> doc.RankedPath:
        """Return path `at` with everything computed about it."""
        scores, path = self.scores, self.scores.paths[at]
        contributions = self.explainer.contributions(at)
        numbers = self.knowledge.settings.numbers
        return doc.RankedPath(
            path=path.id,
            kind=path.kind,
            title=path.title,
            fit=round(sum(part.points for part in contributions), 2),
            chance=round(float(scores.chance[:, at].mean()), 2),
            first_rank_share=round(float(self.ranks.first_share[at]), 2),
            top_rank_share=round(self.ranks.top_share(at, int(numbers["top_ranks"])), 2),
            mean_regret=round(float(self.ranks.regret[:, at].mean()), 2),
            high_regret=round(quantile(self.ranks.regret[:, at], numbers["regret_share"]), 2),
            open_share=round(float(scores.allowed[:, at].mean()), 2),
            cost_usd=self._range("net_cost_usd", at),
            foregone_pay_usd=round(float(np.mean(scores.figures.foregone_usd[:, at]))),
            months=round(self._middle("months", at)),
            hours=round(self._middle("hours", at) + self._middle("bridge_hours", at)),
            bridge=self._bridge(path, at),
            contributions=contributions,
            chance_reasons=self.explainer.chance_reasons(at),
            **self._description(path),
        )

    def plan(self) -> doc.Plan:
        """Return the best course plan, to follow or to compare the recommendation with."""
        plans = [at for at in self.ranks.order if self.scores.paths[at].plan is not None]
        path = self.scores.paths[plans[0]]
        plan = path.plan
        assert plan is not None
        role = self.scores.skills.role
        line = (self.scores.profile, role, course_plan_kind(path.id) or "", self.knowledge)
        return doc.Plan(
            path=path.id,
            role=role,
            command=plan_with_answers(*line),
            saved_command=plan_with_saved(*line),
            hours=round(plan.hours),
            missing=[self._label(name) for name in plan.missing],
            courses=[self._course(course) for course in plan.courses],
        )

    def _range(self, name: str, at: int) -> Range:
        return printed_range(self._values(name, at))

    def _middle(self, name: str, at: int) -> float:
        return middle(self._values(name, at))

    def _values(self, name: str, at: int) -> Any:
        return of_path(self.scores.figures.values[name], at)

    def _bridge(self, path: Path, at: int) -> doc.Bridge:
        plan: Plan = path.plan if path.plan is not None else self.scores.figures.bridges[at]
        return doc.Bridge(
            hours=round(self._middle("bridge_hours", at)),
            months=round(self._middle("bridge_months", at), 1),
            courses=[self._course(course) for course in plan.courses],
        )

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

    def _label(self, competency: str) -> str:
        return self.knowledge.competencies[competency].label

    def _description(self, path: Path) -> dict[str, Any]:
        """What it is like: for enrolled paths the entity's own words, else the shared ones."""
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
