"""How long the interview is until it offers to stop, and how often that was right.

    python benchmarks/interview.py [--people 80] [--unsure 0.1]

People are drawn from the priors, answer by answer, each given what was answered before; a share of
answers is "not sure". Each answers all questions; at the first offer to stop the kind of path is
noted, and compared with the kind after the last question.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from mladvisor.interview.agenda import by_worth, that_apply
from mladvisor.interview.ask import EARLIEST_RESULT
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.knowledge.rows import Question
from mladvisor.profile import choices_of, make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.rules.expression import code
from mladvisor.scenarios import SIZE, draw
from mladvisor.scoring.model import score

TODAY = date(2026, 11, 22)
TEXTS = {"country": ("US", "US", "DE"), "us_state": ("WA",)}
RANKED = 3


def answer(
    question: Question, answers: Mapping[str, Any], knowledge: Knowledge, chance: random.Random
) -> Any:
    """Draw one answer, given those before."""
    words = list(choices_of(question, knowledge))
    if question.type == "choices":
        return chance.sample(words, RANKED)
    if question.type == "place":
        return chance.choice(TEXTS[question.field])
    scenarios = draw(make_profile(knowledge, that_apply(knowledge, answers)), knowledge)
    drawn = scenarios.values[question.field][chance.randrange(SIZE), 0]
    if question.type == "choice":
        return next(word for word in words if code(word) == drawn)
    return bool(drawn) if question.type == "flag" else round(float(drawn), 1)


def kind_of(answers: Mapping[str, Any], knowledge: Knowledge) -> str:
    """Return the kind of path recommended."""
    profile = make_profile(knowledge, that_apply(knowledge, answers))
    return recommend(score(profile, knowledge, TODAY), knowledge, today=TODAY).verdict.kind


def walk(seed: int, unsure: float, knowledge: Knowledge) -> tuple[int | None, bool]:
    """Return after how many answers the offer comes, and whether the kind stays to the end."""
    chance = random.Random(seed)
    order = by_worth(knowledge, TODAY)
    answers: dict[str, Any] = {}
    offered: tuple[int, str] | None = None
    while (agenda := order(answers)).open:
        if offered is None and agenda.settled and len(answers) >= EARLIEST_RESULT:
            offered = len(answers), kind_of(answers, knowledge)
        question = agenda.open[0]
        not_sure = chance.random() < unsure
        answers[question.field] = None if not_sure else answer(question, answers, knowledge, chance)
    if offered is None:
        return None, True
    return offered[0], offered[1] == kind_of(answers, knowledge)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=80)
    parser.add_argument("--unsure", type=float, default=0.1)
    options = parser.parse_args()
    knowledge = load()
    walks = [walk(seed, options.unsure, knowledge) for seed in range(options.people)]
    counts = sorted(count for count, _ in walks if count is not None)
    right = sum(same for count, same in walks if count is not None)
    print(f"offered to {len(counts)} of {len(walks)} people")
    print(f"after {counts[len(counts) // 2]} answers in the middle: {dict(Counter(counts))}")
    print(f"the same kind after all questions: {right} of {len(counts)}")


if __name__ == "__main__":
    main()
