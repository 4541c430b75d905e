"""Put the document together from the scores; nothing is decided here that was not computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from mladvisor import __version__
from mladvisor.insight.find_out import Open, open_answers
from mladvisor.insight.robustness import Standing, standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.limits import excluded_paths
from mladvisor.recommendation.offers import PathWriter
from mladvisor.recommendation.reasons import Explainer
from mladvisor.rules.engine import read_values
from mladvisor.scoring.model import Scores

HELD_MOSTLY = 0.5
"""Advice is given where its rule holds in at least this share of scenarios."""


def recommend(
    scores: Scores, knowledge: Knowledge, *, today: date, top: int = 8
) -> doc.Recommendation:
    """Return the whole recommendation; `top` paths are listed, and the best of every kind."""
    ranks = standing(scores)
    opens = open_answers(scores, ranks, knowledge)
    writer = PathWriter(scores, ranks, Explainer(scores, knowledge), knowledge)
    shown = _shown(ranks, scores, top)
    ranking = [writer.ranked(at) for at in shown]
    winner = ranking[shown.index(ranks.winner)]
    verdict = _verdict(scores, ranks, winner, knowledge)
    parts: dict[str, Any] = {
        "verdict": verdict,
        "ranking": ranking,
        "excluded": excluded_paths(scores),
        "plan": writer.plan(),
        "next_steps": _advice(scores, ranks.winner, "do", knowledge),
        "check_before_committing": _advice(scores, ranks.winner, "check", knowledge),
    }
    return doc.Recommendation(
        schema_version=doc.SCHEMA_VERSION,
        data_version=knowledge.data_version,
        today=today.isoformat(),
        profile=scores.profile.model_dump(mode="json", exclude_none=True),
        unknown=sorted(scores.scenarios.unknown),
        paths_considered=len(scores.paths),
        versus=_versus(scores, ranks),
        what_would_change=list(_changes(opens, scores)),
        find_out_first=_find_out(opens, knowledge),
        money=writer.money(ranks.winner),
        sources=list(_sources(parts, knowledge)),
        about=doc.About(
            program_version=__version__,
            scenarios=scores.scenarios.size,
            checked_on=knowledge.checked_on,
            statements=list(knowledge.texts["about"]["statements"]),
        ),
        **parts,
    )


def _shown(ranks: Standing, scores: Scores, top: int) -> list[int]:
    """Return the columns to list, in order: the first `top`, and the best of each open kind."""
    open_ = np.asarray(scores.allowed.any(axis=0))
    keep = {at for at in ranks.order[:top] if open_[at]} | {ranks.winner, 0}
    keep |= {at for at in ranks.best_of_kind.values() if open_[at]}
    return [at for at in ranks.order if at in keep]


def _verdict(
    scores: Scores, ranks: Standing, winner: doc.RankedPath, knowledge: Knowledge
) -> doc.Verdict:
    numbers, texts = knowledge.settings.numbers, knowledge.texts
    share = ranks.kind_share[winner.kind]
    others = [kind for kind in ranks.kind_share if kind != winner.kind and ranks.kind_share[kind]]
    other = max(others, key=lambda kind: (ranks.kind_share[kind], kind), default=None)
    firm, leaning = numbers["firm_share"], numbers["leaning_share"]
    label: Any = "firm" if share >= firm else "leaning" if share >= leaning else "too close to call"
    headline = texts["headlines"][winner.kind].format(title=winner.title)
    preparation = _preparation_hours(winner)
    limit = numbers["long_foundations_hours" if winner.kind == "courses" else "long_bridge_hours"]
    first_step = texts["first_steps"][winner.kind]
    if preparation >= limit:
        first_step = "foundations"
        headline = texts["headlines"]["foundations"].format(
            bridge_hours=preparation, headline=headline
        )
    if label == "too close to call" and other is not None:
        headline = texts["headlines"]["close"].format(
            kind=texts["kinds"][winner.kind], other_kind=texts["kinds"][other], headline=headline
        )
    return doc.Verdict(
        kind=winner.kind,
        path=winner.path,
        title=winner.title,
        headline=headline,
        first_step=first_step,
        firmness=doc.Firmness(label=label, share=round(share, 2)),
        runner_up=scores.paths[ranks.best_of_kind[other]].id if other is not None else None,
    )


def _preparation_hours(winner: doc.RankedPath) -> int:
    """Return hours of preparation: the bridge, or the foundation courses of a course plan."""
    if winner.kind != "courses":
        return winner.bridge.hours
    early = [course for course in winner.bridge.courses if course.stage in FOUNDATION_STAGES]
    return round(sum(course.hours.low + course.hours.high for course in early) / 2)


FOUNDATION_STAGES = ("foundations", "programming")


def _versus(scores: Scores, ranks: Standing) -> list[doc.Versus]:
    """Compare the winner with the best open path of every other kind."""
    winner = ranks.winner
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


def _sources(parts: Mapping[str, Any], knowledge: Knowledge) -> Iterator[doc.SourceRow]:
    """Yield each source that something in the document names, with its date."""
    for name in sorted(set(_cited(parts))):
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
    for name in ("excluded", "next_steps", "check_before_committing"):
        for row in parts[name]:
            yield from row.sources
