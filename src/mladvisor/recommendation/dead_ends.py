"""Why nothing but carrying on is left, in words: answers that rule the rest out, and ways on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from mladvisor.insight.dead_end import Limit, dead_end
from mladvisor.insight.robustness import Standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.answers import said
from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.findings import Change, DeadEnd, DecidingLimit
from mladvisor.recommendation.limits import excluded_by
from mladvisor.recommendation.words import counted, listed
from mladvisor.scoring.model import Scores

WAYS = 2
"""Other answers named as ways on."""


def nothing_left(
    scores: Scores,
    ranks: Standing,
    knowledge: Knowledge,
    today: date,
    changes: Sequence[Change],
) -> DeadEnd | None:
    """Return what leaves nothing but carrying on; None where that is not so.

    `changes`: other answers that were scored and give another kind of path.
    """
    found = dead_end(scores, ranks, knowledge, today)
    if found is None:
        return None
    limits = [_limit(limit, scores, knowledge) for limit in found.limits if limit.fields]
    others = len(scores.paths) - 1
    texts = knowledge.texts["dead_end"]
    reasons = listed([f"{limit.text} ({counted(limit.paths, 'path')})" for limit in limits])
    return DeadEnd(
        ruled_out=len(found.out),
        of=others,
        limits=limits,
        ways_out=_ways_out(limits, changes),
        text=texts["all" if len(found.out) == others else "nearly_all"].format(
            out=len(found.out), of=others, reasons=reasons
        ),
    )


def _limit(limit: Limit, scores: Scores, knowledge: Knowledge) -> DecidingLimit:
    answers = scores.profile.answers()
    clauses = [
        said(knowledge.questions[field], answers[field], knowledge) for field in limit.fields
    ]
    plain = scores.profile.model_dump(mode="json")
    columns = np.array(limit.columns)
    people = np.full_like(columns, scores.person)
    nearest = _nearest(excluded_by(limit.rule, columns, people, scores.block))
    return DecidingLimit(
        rule=limit.rule.rule.id,
        paths=len(limit.columns),
        answers={field: plain[field] for field in limit.fields},
        text=listed(clauses),
        way_out=nearest.way_out,
    )


def _nearest(rows: Sequence[Excluded]) -> Excluded:
    """Return the path that misses a limit by least."""
    return min(rows, key=lambda row: abs((row.needs or 0.0) - (row.has or 0.0)))


def _ways_out(limits: Sequence[DecidingLimit], changes: Sequence[Change]) -> list[Change]:
    """Return other answers to a few questions, those that decide a limit first."""
    deciding = {field for limit in limits for field in limit.answers}
    first: dict[str, Change] = {}
    for change in changes:
        if change.from_ is not None:
            first.setdefault(change.field, change)
    return sorted(first.values(), key=lambda change: change.field not in deciding)[:WAYS]
