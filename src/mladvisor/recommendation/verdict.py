"""The verdict: which path, how sure, and what the first step is."""

from __future__ import annotations

from typing import Literal

from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation import document as doc
from mladvisor.scoring.model import Scores

FOUNDATION_STAGES = ("foundations", "programming")
"""Stages of a course plan that are preparation for the rest."""

Label = Literal["firm", "leaning", "too close to call"]


def verdict(
    scores: Scores, ranks: Standing, winner: doc.RankedPath, knowledge: Knowledge
) -> doc.Verdict:
    """Return the verdict on the recommended path."""
    share = round(ranks.kind_share[winner.kind], 2)
    label = _label(share, knowledge)
    other = _runner_up(ranks, winner.kind)
    preparation = preparation_hours(winner, scores, knowledge)
    foundations = preparation >= _long_preparation(winner, knowledge)
    texts = knowledge.texts["headlines"]
    nothing = winner.fit == 0 and not winner.hours
    headline = texts["nothing"] if nothing else texts[winner.kind].format(title=winner.title)
    if foundations:
        headline = texts["foundations"].format(bridge_hours=preparation, headline=headline)
    if label == "too close to call" and other is not None and not nothing:
        kinds = knowledge.texts["kinds"]
        headline = texts["close"].format(
            kind=kinds[winner.kind], other_kind=kinds[other], headline=headline
        )
    return doc.Verdict(
        kind=winner.kind,
        path=winner.path,
        title=winner.title,
        headline=headline,
        first_step="foundations" if foundations else knowledge.texts["first_steps"][winner.kind],
        firmness=doc.Firmness(label=label, share=share),
        runner_up=scores.paths[ranks.best_of_kind[other]].id if other is not None else None,
    )


def _label(share: float, knowledge: Knowledge) -> Label:
    numbers = knowledge.settings.numbers
    if share >= numbers["firm_share"]:
        return "firm"
    return "leaning" if share >= numbers["leaning_share"] else "too close to call"


def _runner_up(ranks: Standing, kind: str) -> str | None:
    """Return the other kind that comes first most often."""
    others = [name for name, share in ranks.kind_share.items() if name != kind and share]
    return max(others, key=lambda name: (ranks.kind_share[name], name), default=None)


def _long_preparation(winner: doc.RankedPath, knowledge: Knowledge) -> float:
    of_a_plan = winner.kind == "courses"
    return knowledge.settings.numbers[
        "long_foundations_hours" if of_a_plan else "long_bridge_hours"
    ]


def preparation_hours(winner: doc.RankedPath, scores: Scores, knowledge: Knowledge) -> int:
    """Return hours of preparation: the bridge, or what a course plan teaches from nothing.

    Brushing up what one has met before is part of a course plan and no step of its own, so only
    early courses count whose early skills are all new to the person.
    """
    if winner.kind != "courses":
        return winner.bridge.hours
    early = {
        name
        for name, competency in knowledge.competencies.items()
        if competency.stage in FOUNDATION_STAGES
    }
    new = [
        course
        for course in winner.bridge.courses
        if course.stage in FOUNDATION_STAGES
        and not any(scores.skills.middle.get(skill) for skill in early & course.teaches.keys())
    ]
    return round(sum(course.hours.low + course.hours.high for course in new) / 2)
