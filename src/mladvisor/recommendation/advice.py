"""What to do, what to check, which answers do not go together: rules that only say something."""

from __future__ import annotations

from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.answers import said
from mladvisor.recommendation.document import Advice
from mladvisor.recommendation.shown import Shown
from mladvisor.recommendation.words import listed
from mladvisor.rules.engine import CheckedRule, read_values
from mladvisor.scoring.model import Scores

HELD_MOSTLY, HELD_IF_OPEN = 0.5, 0.9
"""Advice is given where its rule holds in at least this share of scenarios; of what was left open,
where hardly anything else could be: nobody is told that they rated what they did not."""


def advice(shown: Shown, kind: str, knowledge: Knowledge) -> list[Advice]:
    """Return what the advice rules of a kind say for the recommended path."""
    scores = shown.scores
    return [
        Advice(
            rule=checked.rule.id,
            text=checked.rule.because,
            read=read_values(checked, scores.scenarios.answers, knowledge.questions),
            sources=list(checked.rule.sources),
        )
        for checked, share in shown.advising
        if share >= HELD_MOSTLY
        and checked.rule.then.advise == kind
        and share >= _least_share(checked, scores)
    ]


def _least_share(checked: CheckedRule, scores: Scores) -> float:
    """Return in how large a share of the scenarios a rule must hold to be said."""
    reads_open = scores.scenarios.unknown.intersection(checked.when.names)
    return HELD_IF_OPEN if reads_open else HELD_MOSTLY


def clashes(shown: Shown, knowledge: Knowledge) -> list[Advice]:
    """Return the answers that do not go together, each said; what was left open clashes never."""
    text, found = knowledge.texts["dead_end"]["clash"], []
    for row in advice(shown, "clash", knowledge):
        if None not in row.read.values():
            answers = shown.scores.profile.answers()
            clauses = [said(knowledge.questions[f], answers[f], knowledge) for f in row.read]
            whole = text.format(answers=listed(clauses), because=row.text)
            found.append(row.model_copy(update={"text": whole}))
    return found
