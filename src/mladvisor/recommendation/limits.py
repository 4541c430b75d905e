"""The paths that limits rule out, each with the limit, both numbers and the way out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.axes import Places, chosen, quantile_rank
from mladvisor.knowledge.rows import Rule
from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.words import measured
from mladvisor.rules.engine import CheckedRule
from mladvisor.rules.expression import Expression
from mladvisor.scoring.model import Scores


def excluded_paths(scores: Scores) -> list[Excluded]:
    """Return the paths that are out in every scenario, by kind and title."""
    out = np.flatnonzero(~scores.ever_open)
    if not len(out):
        return []
    limits = scores.block.limits
    shares = [outcome.shares_of(out, scores.person) for outcome in limits]
    # Of several that hold, the one that holds most often; of equals the first.
    strictest = np.argmax(shares, axis=0)
    found: dict[int, Excluded] = {}
    for limit in set(strictest.tolist()):
        columns = out[strictest == limit]
        rows = excluded_by(scores, columns, limits[limit].checked)
        found.update(zip(columns.tolist(), rows, strict=True))
    return sorted((found[at] for at in out.tolist()), key=lambda row: (row.kind, row.title))


def excluded_path(scores: Scores, at: int) -> Excluded | None:
    """Return what rules path `at` out in every scenario, or None if one allows it."""
    if scores.ever_open[at]:
        return None
    id_ = scores.paths[at].id
    return next(row for row in excluded_paths(scores) if row.path == id_)


def excluded_by(scores: Scores, columns: Places, checked: CheckedRule) -> list[Excluded]:
    """Return how one limit rules some paths out."""
    needs, has = (_medians(each, columns, scores) for each in (checked.needs, checked.has))
    paths = [scores.paths[at] for at in columns.tolist()]
    return [
        _excluded(path.id, path.kind, path.title, checked, *numbers)
        for path, *numbers in zip(paths, needs, has, strict=True)
    ]


@lru_cache(maxsize=8192)
def _excluded(
    path: str, kind: str, title: str, checked: CheckedRule, needs: float | None, has: float | None
) -> Excluded:
    """Return how a limit rules a path out; many people have the same numbers."""
    rule = checked.rule
    return Excluded(
        path=path,
        kind=kind,
        title=title,
        rule=rule.id,
        unit=rule.unit,
        sources=list(rule.sources),
        **_words(rule, needs, has),
    )


def _words(rule: Rule, needs: float | None, has: float | None) -> dict[str, Any]:
    """Return a limit and the way out, with what is needed and what there is."""
    words = {}
    if needs is not None and has is not None:
        words = {
            "needs": measured(needs, rule.unit),
            "has": measured(has, rule.unit),
            "missing": measured(needs - has, rule.unit),
        }
    return {
        "text": rule.because.format(**words),
        "needs": needs,
        "has": has,
        "way_out": rule.way_out.format(**words),
    }


def _medians(
    expression: Expression | None, columns: Places, scores: Scores
) -> list[float] | list[None]:
    """Return medians for some paths, to a tenth; None where there is no such number."""
    if expression is None:
        return [None] * len(columns)
    values = {**scores.block.draws.values, **scores.block.figures.values}
    read = {name: chosen(values[name], columns, scores.person) for name in expression.names}
    found = np.atleast_2d(expression(read))
    place = quantile_rank(found.shape[1], 0.5)
    medians = [round(each, 1) for each in np.partition(found, place, axis=1)[:, place].tolist()]
    return medians * (len(columns) // len(medians))
