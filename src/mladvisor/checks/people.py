"""The people that rules are tried on: drawn from the priors, by goal, and answering at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mladvisor.checks.base import Base
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.paths.figures import make_figures
from mladvisor.paths.skills import read_skills
from mladvisor.paths.table import path_table
from mladvisor.profile import choices_of, make_profile
from mladvisor.scenarios import draw_block

SEED = 20261122
FROM_PRIORS, PER_GOAL, MIXED, PER_MIXED = 3000, 300, 40, 60
"""People with no answer, with only a goal, and for each of the `MIXED` random half-filled forms."""


@dataclass(frozen=True)
class Crowd:
    """People who share their answers, and their paths: `values` as rules read them."""

    size: int
    values: dict[str, Any]


def crowds(base: Base) -> Iterator[Crowd]:
    """Yield the people, the same ones each time."""
    dice = random.Random(SEED)
    yield _crowd({}, FROM_PRIORS, base)
    for goal in choices_of(base.knowledge.questions["goal"], base.knowledge):
        yield _crowd({"goal": goal}, PER_GOAL, base)
    for _ in range(MIXED):
        yield _crowd(_half_filled(base.knowledge, dice), PER_MIXED, base)


def _crowd(answers: dict[str, Any], size: int, base: Base) -> Crowd:
    knowledge = base.knowledge
    draws = draw_block([make_profile(knowledge, answers)], knowledge, size)
    skills = read_skills(draws, knowledge)
    figures = make_figures(draws, skills, path_table(knowledge, base.today))
    return Crowd(size, {**draws.values, **figures.values})


def _half_filled(knowledge: Knowledge, dice: random.Random) -> dict[str, Any]:
    places = {
        "country": sorted({offer.country for offer in knowledge.offers}),
        "us_state": sorted({offer.us_state for offer in knowledge.offers if offer.us_state}),
    }
    return {
        field: _answer(question, places.get(field, list(choices_of(question, knowledge))), dice)
        for field, question in knowledge.questions.items()
        if question.type not in ("depths", "date") and dice.random() < 0.5
    }


def _answer(question: Question, words: list[str], dice: random.Random) -> Any:
    match question.type:
        case "flag":
            return dice.random() < 0.5
        case "choices":
            return dice.sample(words, min(3, len(words)))
        case "number" | "integer":
            low, high = question.low or 0, question.high or 0
            drawn = low + (high - low) * dice.random() ** 4  # most people are near the low end
            return int(drawn) if question.type == "integer" else drawn
    return dice.choice(words) if words else None
