"""The paths that limits rule out, each with the limit, both numbers and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mladvisor.axes import middle, of_path
from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.words import measured
from mladvisor.rules.engine import CheckedRule, Outcome
from mladvisor.scoring.model import Scores


def excluded_paths(scores: Scores) -> list[Excluded]:
    """Return the paths that are out in every scenario, by kind and title."""
    out = np.flatnonzero(~scores.allowed.any(axis=0))
    rules = [outcome for outcome in scores.outcomes if outcome.rule.then.exclude]
    values: Mapping[str, Any] = {**scores.scenarios.values, **scores.figures.values}
    found = [_excluded(scores, int(at), rules, values) for at in out]
    return sorted(found, key=lambda row: (row.kind, row.title))


def excluded_path(scores: Scores, at: int) -> Excluded | None:
    """Return what rules path `at` out in every scenario, or None if one allows it."""
    if scores.allowed[:, at].any():
        return None
    id_ = scores.paths[at].id
    return next(row for row in excluded_paths(scores) if row.path == id_)


def _excluded(scores: Scores, at: int, rules: list[Outcome], values: Mapping[str, Any]) -> Excluded:
    checked = max(rules, key=lambda outcome: outcome.share(at)).checked
    return _by(scores, at, checked, values)


def excluded_by(scores: Scores, at: int, checked: CheckedRule) -> Excluded:
    """Return how one limit rules path `at` out."""
    return _by(scores, at, checked, {**scores.scenarios.values, **scores.figures.values})


def _by(scores: Scores, at: int, checked: CheckedRule, values: Mapping[str, Any]) -> Excluded:
    path, rule = scores.paths[at], checked.rule
    needs = _number(checked.needs, values, at)
    has = _number(checked.has, values, at)
    words = {}
    if needs is not None and has is not None:
        words = {
            "needs": measured(needs, rule.unit),
            "has": measured(has, rule.unit),
            "missing": measured(needs - has, rule.unit),
        }
    return Excluded(
        path=path.id,
        kind=path.kind,
        title=path.title,
        rule=rule.id,
        text=rule.because.format(**words),
        needs=needs,
        has=has,
        unit=rule.unit,
        way_out=rule.way_out.format(**words),
        sources=list(rule.sources),
    )


def _number(expression: Any, values: Mapping[str, Any], at: int) -> float | None:
    if expression is None:
        return None
    return round(middle(of_path(np.asarray(expression(values)), at)), 1)
