"""The paths that limits rule out, each with the limit, both numbers and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.words import measured
from mladvisor.rules.engine import Outcome
from mladvisor.scoring.model import Scores


def excluded_paths(scores: Scores) -> list[Excluded]:
    """Return the paths that are out in every scenario, by kind and title."""
    out = np.flatnonzero(~scores.allowed.any(axis=0))
    if not len(out):
        return []
    limits = [_Limit(outcome, scores) for outcome in scores.outcomes if outcome.rule.then.exclude]
    # Of several that hold, the one that holds most often; of equals the first.
    strictest = np.argmax([limit.shares for limit in limits], axis=0)
    found = [limits[strictest[at]].on(int(at)) for at in out]
    return sorted(found, key=lambda row: (row.kind, row.title))


def excluded_path(scores: Scores, at: int) -> Excluded | None:
    """Return what rules path `at` out in every scenario, or None if one allows it."""
    if scores.allowed[:, at].any():
        return None
    id_ = scores.paths[at].id
    return next(row for row in excluded_paths(scores) if row.path == id_)


class _Limit:
    """A limit, and on which paths it holds how often."""

    def __init__(self, outcome: Outcome, scores: Scores) -> None:
        self._outcome = outcome
        self._scores = scores
        self.shares = np.broadcast_to(outcome.shares, len(scores.paths))

    @cached_property
    def _numbers(self) -> tuple[Any, Any]:
        """What it needs and what there is: medians by path, None where it has no such number."""
        checked = self._outcome.checked
        values = {**self._scores.scenarios.values, **self._scores.figures.values}
        return _medians(checked.needs, values), _medians(checked.has, values)

    def on(self, at: int) -> Excluded:
        """Return what it says of a path."""
        path, rule = self._scores.paths[at], self._outcome.rule
        needs, has = (_of(medians, at) for medians in self._numbers)
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


def _medians(expression: Any, values: Mapping[str, Any]) -> Any:
    if expression is None:
        return None
    found = np.atleast_2d(expression(values))
    place = len(found) // 2
    return np.partition(found, place, axis=0)[place]


def _of(medians: Any, at: int) -> float | None:
    if medians is None:
        return None
    return round(float(medians[at if len(medians) > 1 else 0]), 1)
