"""The verdict: which path, how sure, and what the first step is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from mladvisor.axes import Array, middle
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import interval
from mladvisor.paths.offers import CARRY_ON
from mladvisor.paths.path import Path
from mladvisor.paths.skills import Skills
from mladvisor.recommendation import document as doc

FOUNDATION_STAGES = ("foundations", "programming")
"""Stages of a course plan that are preparation for the rest."""

Label = Literal["firm", "leaning", "too close to call"]


def verdict(
    ranks: Standing, paths: Sequence[Path], pick: int, preparation: int, knowledge: Knowledge
) -> doc.Verdict:
    """Return the verdict on the recommended path, the one in column `pick`.

    `preparation`: hours of it, by `preparation_hours`.
    """
    winner = paths[pick]
    share = round(ranks.kind_share[winner.kind], 2)
    label = _label(share, knowledge)
    other = _runner_up(ranks, winner.kind)
    foundations = preparation >= _long_preparation(winner, knowledge)
    texts = knowledge.texts["headlines"]
    nothing = winner.id == CARRY_ON
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
        path=winner.id,
        title=winner.title,
        headline=headline,
        first_step="foundations" if foundations else knowledge.texts["first_steps"][winner.kind],
        firmness=doc.Firmness(label=label, share=share),
        runner_up=paths[ranks.best_of_kind[other]].id if other is not None else None,
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


def _long_preparation(winner: Path, knowledge: Knowledge) -> float:
    of_a_plan = winner.plan is not None
    return knowledge.settings.numbers[
        "long_foundations_hours" if of_a_plan else "long_bridge_hours"
    ]


def preparation_hours(
    winner: Path, bridge_hours: Array, skills: Skills, knowledge: Knowledge
) -> int:
    """Return hours of preparation: the bridge's middle, or what a plan teaches from nothing.

    Brushing up what one has met before is part of a course plan and no step of its own, so only
    early courses count whose early skills are all new to the person.
    """
    if winner.plan is None:
        return round(middle(bridge_hours))
    early = _early_skills(knowledge)
    new = [
        course
        for course in winner.plan.courses
        if course.stage in FOUNDATION_STAGES
        and not any(skills.middle.get(skill) for skill in early & course.teaches.keys())
    ]
    ends = [interval(course.facts.get("hours")) or (0.0, 0.0) for course in new]
    return round(sum(low + high for low, high in ends) / 2)


@lru_cache(maxsize=4)
def _early_skills(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(
        name
        for name, competency in knowledge.competencies.items()
        if competency.stage in FOUNDATION_STAGES
    )
