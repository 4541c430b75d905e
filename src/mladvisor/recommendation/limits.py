"""The paths that limits rule out, each with the limit, both numbers and the way out."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from mladvisor.axes import Places, distinct, quantile_rank, three_axes
from mladvisor.knowledge.rows import Rule
from mladvisor.recommendation.document import Excluded
from mladvisor.recommendation.words import measured
from mladvisor.rules.engine import CheckedRule
from mladvisor.rules.expression import Expression
from mladvisor.scoring.model import Block


def excluded_paths(block: Block) -> list[list[Excluded]]:
    """Return for each person the paths that are out in every scenario, by kind and title."""
    own = np.array([len(paths) for paths in block.figures.people.paths])[:, None]
    people, columns = np.nonzero(~block.ever_open.T & (np.arange(len(block.ever_open)) < own))
    found: list[list[Excluded]] = [[] for _ in block.profiles]
    if not len(people):
        return found
    limits = block.limits
    # Of several that hold, the one that holds most often; of equals the first.
    strictest = np.argmax([outcome.shares_of(columns, people) for outcome in limits], axis=0)
    rows: dict[int, Excluded] = {}
    for limit in set(strictest.tolist()):
        here = np.flatnonzero(strictest == limit)
        made = excluded_by(limits[limit].checked, columns[here], people[here], block)
        rows.update(zip(here.tolist(), made, strict=True))
    for place, person in enumerate(people.tolist()):
        found[person].append(rows[place])
    return [sorted(each, key=attrgetter("kind", "title")) for each in found]


def excluded_by(
    checked: CheckedRule, columns: Places, people: Places, block: Block
) -> list[Excluded]:
    """Return how one limit rules out a path of each person."""
    needs, has = (_medians(each, columns, people, block) for each in (checked.needs, checked.has))
    paths = block.figures.people.paths
    found = []
    for at, person, *numbers in zip(columns.tolist(), people.tolist(), needs, has, strict=True):
        path = paths[person][at]
        found.append(_excluded(path.id, path.kind, path.title, checked, *numbers))
    return found


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
    expression: Expression | None, columns: Places, people: Places, block: Block
) -> list[float] | list[None]:
    """Return the median for a path of each person, to a tenth; None where there is no such number.

    What is the same for all paths, or for all people, is looked at once.
    """
    if expression is None:
        return [None] * len(columns)
    values = three_axes(expression(block.values))
    by_path, by_person, size = values.shape
    row = columns if by_path > 1 else np.zeros_like(columns)
    cells, cell = distinct(row * by_person + (people if by_person > 1 else 0))
    place = quantile_rank(size, 0.5)
    middle = np.partition(values[np.divmod(cells, by_person)], place, axis=1)[:, place]
    medians = [round(each, 1) for each in middle.tolist()]
    return [medians[at] for at in cell.tolist()]
