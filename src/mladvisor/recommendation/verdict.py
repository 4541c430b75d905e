"""The verdict: which path, how sure, and what the first step is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from mladvisor.axes import Array, middle
from mladvisor.curriculum.plan import Plan
from mladvisor.insight.robustness import Standing, high_regret, pick_of
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import interval
from mladvisor.paths.offers import CARRY_ON
from mladvisor.paths.path import Path
from mladvisor.paths.skills import Skills
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.contrasts import path_name
from mladvisor.recommendation.words import going_on

FOUNDATION_STAGES = ("foundations", "programming")
"""Stages of a course plan that are preparation for the rest."""

Label = Literal["firm", "leaning", "too close to call"]


def verdict(
    ranks: Standing, paths: Sequence[Path], preparation: int, knowledge: Knowledge
) -> doc.Verdict:
    """Return the verdict on the recommended path.

    `preparation`: hours of it, by `preparation_hours`.
    """
    winner = paths[ranks.pick]
    share = round(ranks.kind_share[winner.kind], 2)
    label = _label(share, knowledge)
    other = _runner_up(ranks, winner.kind)
    foundations = preparation >= _long_preparation(winner, knowledge)
    texts = knowledge.texts["headlines"]
    nothing = winner.id == CARRY_ON
    headline = texts["nothing"] if nothing else texts[winner.kind].format(title=winner.title)
    if foundations:
        headline = texts["foundations"].format(
            bridge_hours=preparation, headline=going_on(headline)
        )
    if label == "too close to call" and other is not None and not nothing:
        kinds = knowledge.texts["kinds"]
        close = "close" if ranks.rule == "mean" else "close_cautious"
        headline = texts[close].format(
            kind=kinds[winner.kind], other_kind=kinds[other], headline=going_on(headline)
        )
    cautious = _cautious(ranks, paths, knowledge) if ranks.rule == "cautious" else None
    return doc.Verdict(
        kind=winner.kind,
        path=winner.id,
        title=winner.title,
        headline=headline,
        rule=ranks.rule,
        rule_text=_rule_text(cautious, winner.id, knowledge) if cautious is not None else "",
        cautious=cautious,
        first_step="foundations" if foundations else knowledge.texts["first_steps"][winner.kind],
        firmness=doc.Firmness(label=label, share=share),
        runner_up=paths[ranks.best_of_kind[other]].id if other is not None else None,
    )


def _cautious(ranks: Standing, paths: Sequence[Path], knowledge: Knowledge) -> doc.Cautious:
    """Return what the cautious pick saves in regret, and what it gives up in mean fit."""
    settings = knowledge.settings
    other = pick_of(ranks.totals, settings)
    high = high_regret(ranks.totals, settings.numbers["regret_share"])
    return doc.Cautious(
        share=settings.numbers["regret_share"],
        high_regret=round(float(high[ranks.pick]), 1),
        instead_of=paths[other].id,
        instead_of_title=path_name(paths[other], knowledge),
        instead_of_high_regret=round(float(high[other]), 1),
        fit_given_up=round(float(ranks.fit[other] - ranks.fit[ranks.pick]), 1),
    )


def _rule_text(cautious: doc.Cautious, picked: str, knowledge: Knowledge) -> str:
    texts = knowledge.texts["cautious"]
    text: str = texts["same" if cautious.instead_of == picked else "differs"].format(
        share=round(100 * cautious.share),
        regret=f"{cautious.high_regret:g}",
        other=cautious.instead_of_title,
        given_up=f"{cautious.fit_given_up:g}",
        other_regret=f"{cautious.instead_of_high_regret:g}",
    )
    return text


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
    known = skills.middle
    early = _early_courses(winner.plan, knowledge)
    return round(sum(hours for taught, hours in early if not any(map(known.get, taught))) / 2)


@lru_cache(maxsize=2048)
def _early_courses(plan: Plan, knowledge: Knowledge) -> list[tuple[frozenset[str], float]]:
    """Return the early skills that each early course of a plan teaches, and twice its hours."""
    courses = [course for course in plan.courses if course.stage in FOUNDATION_STAGES]
    ends = [interval(course.facts.get("hours")) or (0.0, 0.0) for course in courses]
    early = _early_skills(knowledge)
    return [
        (early & course.teaches.keys(), low + high)
        for course, (low, high) in zip(courses, ends, strict=True)
    ]


@lru_cache(maxsize=4)
def _early_skills(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(
        name
        for name, competency in knowledge.competencies.items()
        if competency.stage in FOUNDATION_STAGES
    )
