"""Paths that a person names: which columns they are, and what is near to a name that is none."""

from __future__ import annotations

from collections.abc import Mapping

from mladvisor.errors import InputError, Problem, nearest
from mladvisor.insight.robustness import Standing
from mladvisor.paths.offers import COURSES
from mladvisor.scoring.model import Scores


def columns_by_name(scores: Scores, ranks: Standing) -> dict[str, int]:
    """Return the column of each path by its id; `courses` is the best course plan."""
    column = {path.id: at for at, path in enumerate(scores.paths)}
    plans = [at for at in ranks.order if scores.paths[at].plan is not None]
    return {**column, COURSES: plans[0]} if plans else column


def column_of(name: str, option: str, scores: Scores, ranks: Standing) -> int:
    """Return the column of the path an option names; raise InputError with the nearest ones."""
    known = columns_by_name(scores, ranks)
    if name not in known:
        raise InputError([unknown_path(name, option, known)])
    return known[name]


def unknown_path(name: str, where: str, known: Mapping[str, int]) -> Problem:
    """Return the problem that no path has a name, with the nearest ones."""
    hint = nearest(name, known) or "see mladvisor list programs"
    return Problem(where, f'there is no path "{name}"; {hint}')
