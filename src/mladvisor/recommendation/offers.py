"""A ranked path in full: its figures, what it is like, its preparation, its reasons."""

from __future__ import annotations

from datetime import date

from mladvisor.curriculum.plan import Plan
from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.offers import course_plan_kind
from mladvisor.paths.path import Path
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.commands import plan_with_answers, plan_with_saved
from mladvisor.recommendation.descriptions import descriptions
from mladvisor.recommendation.ranges import POINTS, decimal
from mladvisor.recommendation.reasons import Explainer
from mladvisor.recommendation.shown import Shown


class PathWriter:
    """Writes the paths shown of one person's scores into the document."""

    def __init__(
        self,
        shown: Shown,
        knowledge: Knowledge,
        today: date,
    ) -> None:
        self.scores = shown.scores
        self.ranks = ranks = shown.ranks
        self.shown = shown
        self.explainer = Explainer(shown, knowledge)
        self.knowledge = knowledge
        self.described = descriptions(knowledge, today)
        self._top_share = ranks.top_share(int(knowledge.settings.numbers["top_ranks"]))

    def ranked(self) -> list[doc.RankedPath]:
        """Return the paths shown with everything computed about them."""
        return [self._ranked(place, at) for place, at in enumerate(self.shown.columns)]

    def _ranked(self, place: int, at: int) -> doc.RankedPath:
        shown, path = self.shown, self.scores.paths[at]
        contributions = self.explainer.contributions(place)
        mean_regret, high_regret = shown.regrets(place)
        return doc.RankedPath(
            path=path.id,
            kind=path.kind,
            title=path.title,
            fit=decimal(sum([part.points for part in contributions]), POINTS),
            chance=round(shown.mean("chance", place), 2),
            first_rank_share=round(float(self.ranks.first_share[at]), 2),
            top_rank_share=round(float(self._top_share[at]), 2),
            mean_regret=round(mean_regret, 2),
            high_regret=round(high_regret, 2),
            open_share=round(shown.mean("allowed", place), 2),
            cost_usd=shown.range("net_cost_usd", place),
            foregone_pay_usd=round(shown.mean("foregone_usd", place)),
            months=round(shown.middle("months", place)),
            hours=round(shown.middle("hours", place) + shown.middle("bridge_hours", place)),
            bridge=self._bridge(path, place, at),
            contributions=contributions,
            chance_reasons=self.explainer.chance_reasons(place),
            **self.described.path(path),
        )

    def cited(self) -> set[str]:
        """Return the sources of the paths ranked."""
        names = set(self.explainer.cited)
        for at in self.shown.columns:
            for each in self.described.path(self.scores.paths[at])["disagreements"]:
                names.update(each.other_sources)
                names.update(() if each.source is None else (each.source,))
        return names

    def plan(self) -> doc.Plan:
        """Return the best course plan, to follow or to compare the recommendation with."""
        in_order = (self.scores.paths[at] for at in self.ranks.order)
        path, plan = next((path, path.plan) for path in in_order if path.plan is not None)
        role = self.scores.skills.role
        line = (self.scores.profile, role, course_plan_kind(path.id) or "", self.knowledge)
        return doc.Plan(
            path=path.id,
            role=role,
            command=plan_with_answers(*line),
            saved_command=plan_with_saved(*line),
            hours=round(plan.hours),
            missing=[self._label(name) for name in plan.missing],
            courses=[self.described.course(course) for course in plan.courses],
        )

    def _bridge(self, path: Path, place: int, at: int) -> doc.Bridge:
        plan: Plan = path.plan if path.plan is not None else self.scores.figures.bridges[at]
        return doc.Bridge(
            hours=round(self.shown.middle("bridge_hours", place)),
            months=round(self.shown.middle("bridge_months", place), 1),
            courses=[self.described.course(course) for course in plan.courses],
        )

    def _label(self, competency: str) -> str:
        return self.knowledge.competencies[competency].label
