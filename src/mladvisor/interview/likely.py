"""Which options of a long list come first: those that the answers so far make likely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Prior, Question
from mladvisor.profile import choices_of, make_profile
from mladvisor.scenarios import draw, profile_condition


def likely_options(
    question: Question, answers: Mapping[str, Any], knowledge: Knowledge
) -> dict[str, str]:
    """Return the options that the person's prior gives weight, the likeliest first: value → label.

    Empty for lists that are the question's own, which are short, and where an answer that decides
    which prior holds is open: then nothing says what is likely.
    """
    weights = _weights(question, answers, knowledge) if question.choices_from else {}
    options = choices_of(question, knowledge)
    order = sorted(weights, key=lambda word: -weights[word])
    return {word: options[word] for word in order if weights[word] > 0}


def _weights(
    question: Question, answers: Mapping[str, Any], knowledge: Knowledge
) -> Mapping[str, float]:
    for prior in question.prior:
        names = () if prior.when == "True" else profile_condition(knowledge, prior.when).names
        if any(answers.get(name) is None for name in names):
            return {}
        if _holds(prior, {name: answers[name] for name in names}, knowledge):
            return prior.weights or {}
    return {}


def _holds(prior: Prior, known: Mapping[str, Any], knowledge: Knowledge) -> bool:
    values = draw(make_profile(knowledge, known), knowledge, size=1).values
    return bool(profile_condition(knowledge, prior.when)(values))
