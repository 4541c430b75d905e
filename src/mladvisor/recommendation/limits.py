"""The paths that limits rule out, each with the limit, both numbers and the way out."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from mladvisor.axes import quantile_rank
from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.words import measured
from mladvisor.rules.engine import CheckedRule
from mladvisor.rules.expression import Expression
from mladvisor.scoring.model import Scores


def excluded_paths(scores: Scores) -> list[Excluded]:
    """Return the paths that are out in every scenario, by kind and title."""
    out = np.flatnonzero(~scores.ever_open).tolist()
    if not out:
        return []
    holding = [outcome for outcome in scores.outcomes if outcome.rule.then.exclude]
    limits = [_Limit(outcome.checked, scores) for outcome in holding]
    columns = np.array(out)
    # Of several that hold, the one that holds most often; of equals the first.
    strictest = np.argmax([outcome.shares(columns) for outcome in holding], axis=0).tolist()
    found = [limits[strict].on(at) for at, strict in zip(out, strictest, strict=True)]
    return sorted(found, key=lambda row: (row.kind, row.title))


def excluded_path(scores: Scores, at: int) -> Excluded | None:
    """Return what rules path `at` out in every scenario, or None if one allows it."""
    if scores.ever_open[at]:
        return None
    id_ = scores.paths[at].id
    return next(row for row in excluded_paths(scores) if row.path == id_)


def excluded_by(scores: Scores, at: int, checked: CheckedRule) -> Excluded:
    """Return how one limit rules path `at` out."""
    return _Limit(checked, scores).on(at)


class _Limit:
    """A limit that rules paths out."""

    def __init__(self, checked: CheckedRule, scores: Scores) -> None:
        self._checked = checked
        self._scores = scores
        self._said: dict[tuple[float | None, float | None], dict[str, Any]] = {}

    @cached_property
    def _numbers(self) -> tuple[list[float | None], list[float | None]]:
        """What it needs and what there is, None where it has no such number."""
        needs, has = self._checked.needs, self._checked.has
        return _medians(needs, self._scores), _medians(has, self._scores)

    def on(self, at: int) -> Excluded:
        """Return what it says of a path."""
        path, rule = self._scores.paths[at], self._checked.rule
        needs, has = (each[at if len(each) > 1 else 0] for each in self._numbers)
        if (needs, has) not in self._said:
            self._said[needs, has] = self._words(needs, has)
        return Excluded(
            path=path.id,
            kind=path.kind,
            title=path.title,
            rule=rule.id,
            unit=rule.unit,
            sources=list(rule.sources),
            **self._said[needs, has],
        )

    def _words(self, needs: float | None, has: float | None) -> dict[str, Any]:
        """Return the limit and the way out, with what is needed and what there is."""
        rule, words = self._checked.rule, {}
        needs, has = (None if each is None else round(each, 1) for each in (needs, has))
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


def _medians(expression: Expression | None, scores: Scores) -> list[float | None]:
    """Return medians by path, or one for all paths."""
    if expression is None:
        return [None]
    figures, answers = scores.figures.values, scores.scenarios.values
    values = {name: (figures if name in figures else answers)[name] for name in expression.names}
    found = np.atleast_2d(expression(values))
    place = quantile_rank(len(found), 0.5)
    medians: list[float | None] = np.partition(found, place, axis=0)[place].tolist()
    return medians
