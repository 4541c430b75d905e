"""Put the document together from the scores; nothing is decided here that was not computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from mladvisor import __version__
from mladvisor.axes import of_path
from mladvisor.insight.find_out import Open, open_answers
from mladvisor.insight.robustness import Standing, pick_of, standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.limits import excluded_paths
from mladvisor.recommendation.money import write_money
from mladvisor.recommendation.offers import PathWriter
from mladvisor.recommendation.reasons import Explainer
from mladvisor.recommendation.verdict import preparation_hours, verdict
from mladvisor.rules.engine import read_values
from mladvisor.rules.expression import parse
from mladvisor.scenarios import profile_vocabulary
from mladvisor.scoring.model import Scores

HELD_MOSTLY = 0.5
"""Advice is given where its rule holds in at least this share of scenarios."""


def recommend(
    scores: Scores,
    knowledge: Knowledge,
    *,
    today: date,
    top: int = 8,
    span_years: int | None = None,
) -> doc.Recommendation:
    """Return the whole recommendation; `top` paths are listed, and the best of every kind.

    `span_years`: how long the money is looked at; None = what the knowledge base says.
    """
    ranks = standing(scores)
    pick = pick_of(ranks, knowledge.settings)
    opens = open_answers(scores, ranks, pick, knowledge)
    writer = PathWriter(scores, ranks, Explainer(scores, knowledge), knowledge, today)
    shown = _shown(ranks, scores, pick, top)
    ranking = [writer.ranked(at) for at in shown]
    parts: dict[str, Any] = {
        "verdict": verdict(
            ranks, scores.paths, pick, _preparation(scores, pick, knowledge), knowledge
        ),
        "ranking": ranking,
        "excluded": excluded_paths(scores),
        "plan": writer.plan(),
        "money": write_money(scores, pick, knowledge, span_years),
        "next_steps": _advice(scores, pick, "do", knowledge),
        "check_before_committing": _advice(scores, pick, "check", knowledge),
    }
    return doc.Recommendation(
        schema_version=doc.SCHEMA_VERSION,
        data_version=knowledge.data_version,
        today=today.isoformat(),
        profile=scores.profile.model_dump(mode="json", exclude_none=True),
        unknown=open_fields(scores, knowledge),
        paths_considered=len(scores.paths),
        versus=_versus(scores, ranks, pick),
        what_would_change=list(_changes(opens, scores)),
        find_out_first=_find_out(opens, knowledge),
        sources=list(source_rows(_cited(parts), knowledge)),
        about=doc.About(
            program_version=__version__,
            scenarios=scores.scenarios.size,
            local_data=list(knowledge.local),
            checked_on=knowledge.checked_on,
            statements=list(knowledge.texts["about"]["statements"]),
        ),
        **parts,
    )


def _preparation(scores: Scores, pick: int, knowledge: Knowledge) -> int:
    bridge_hours = of_path(scores.figures.values["bridge_hours"], pick)
    return preparation_hours(scores.paths[pick], bridge_hours, scores.skills, knowledge)


def open_fields(scores: Scores, knowledge: Knowledge) -> list[str]:
    """Return the open answers to questions that apply to this person."""
    vocabulary = profile_vocabulary(knowledge)
    return sorted(
        field
        for field in scores.scenarios.unknown
        if knowledge.questions[field].asked
        and np.any(
            parse(knowledge.questions[field].asked_when, vocabulary)(scores.scenarios.values)
        )
    )


def _shown(ranks: Standing, scores: Scores, pick: int, top: int) -> list[int]:
    """Return the columns to list, in order: the first `top`, and the best of each open kind."""
    open_ = np.asarray(scores.allowed.any(axis=0))
    keep = {at for at in ranks.order[:top] if open_[at]} | {pick, 0}
    keep |= {at for at in ranks.best_of_kind.values() if open_[at]}
    return [at for at in ranks.order if at in keep]


def _versus(scores: Scores, ranks: Standing, winner: int) -> list[doc.Versus]:
    """Compare the recommended path with the best open one of every other kind."""
    return [
        doc.Versus(
            path=scores.paths[at].id,
            kind=kind,
            title=scores.paths[at].title,
            differences=_differences(scores, winner, at),
            winning_share=round(float((ranks.totals[:, winner] > ranks.totals[:, at]).mean()), 2),
        )
        for kind, at in ranks.best_of_kind.items()
        if at != winner and kind != scores.paths[winner].kind and scores.allowed[:, at].any()
    ]


def _differences(scores: Scores, winner: int, other: int) -> list[doc.Difference]:
    gap = (scores.points[:, winner] - scores.points[:, other]).mean(axis=0)
    rows = [
        doc.Difference(criterion=criterion.id, points=round(float(points), 1))
        for criterion, points in zip(scores.criteria, gap, strict=True)
    ]
    return sorted(rows, key=lambda row: -abs(row.points))


def _changes(opens: Sequence[Open], scores: Scores) -> Iterator[doc.Change]:
    for one in opens:
        for answer, at in one.flips.items():
            path = scores.paths[at]
            yield doc.Change.model_validate(
                {"field": one.field, "from": None, "to": answer, "kind": path.kind, "path": path.id}
            )


def _find_out(opens: Sequence[Open], knowledge: Knowledge) -> list[doc.FindOut]:
    default = knowledge.texts["find_out"]["default"]
    return [
        doc.FindOut(
            field=one.field,
            how=question.find_out or default.format(prompt=question.prompt),
            chance_to_change=round(one.chance, 2),
        )
        for one in opens
        for question in [knowledge.questions[one.field]]
    ]


def _advice(scores: Scores, at: int, kind: str, knowledge: Knowledge) -> list[doc.Advice]:
    """Return what the advice rules say for the recommended path."""
    return [
        doc.Advice(
            rule=outcome.rule.id,
            text=outcome.rule.because,
            read=read_values(outcome.checked, scores.scenarios.answers, knowledge.questions),
            sources=list(outcome.rule.sources),
        )
        for outcome in scores.outcomes
        if outcome.rule.then.advise == kind and outcome.share(at) >= HELD_MOSTLY
    ]


def source_rows(names: Iterable[str], knowledge: Knowledge) -> Iterator[doc.SourceRow]:
    """Yield each source once, by id, with its date."""
    for name in sorted(set(names)):
        source = knowledge.source("guide" if name.startswith("guide:") else name)
        yield doc.SourceRow(
            id=name,
            title=source.title,
            kind=source.kind,
            as_of=source.as_of,
            checked_on=source.checked_on,
            url=source.url,
        )


def _cited(parts: Mapping[str, Any]) -> Iterator[str]:
    for path in parts["ranking"]:
        reasons = [reason for part in path.contributions for reason in part.reasons]
        for reason in (*reasons, *path.chance_reasons):
            yield from reason.sources
        for each in path.disagreements:
            yield from each.other_sources
            if each.source is not None:
                yield each.source
    yield from parts["money"].sources
    for name in ("excluded", "next_steps", "check_before_committing"):
        for row in parts[name]:
            yield from row.sources
