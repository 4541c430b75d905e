"""Which limits leave nothing but carrying on, and which answers decide them.

An answer decides a limit if, left open, the limit would hold less: found by looking at the person
with each answer left open in turn, so that answers behind a figure (hours behind months) count too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np

from mladvisor.insight.robustness import CARRY_ON, Standing
from mladvisor.insight.tries import changed
from mladvisor.insight.what_if import ROUGH
from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.figures import make_figures
from mladvisor.paths.skills import Skills, read_skills
from mladvisor.paths.table import path_table
from mladvisor.profile import Profile
from mladvisor.rules.engine import CheckedRule, Outcome, outcomes
from mladvisor.scenarios import draw_block
from mladvisor.scoring.effects import rows_of
from mladvisor.scoring.model import Scores, checked_rules

LEAST_LIFTED = 0.05
"""By so much an answer left open must lift a limit to be one that decides it."""

OF_THE_MOST = 0.5
"""And by so much of what the answer that lifts it most does."""


@dataclass(frozen=True)
class Limit:
    """A limit with the columns of the paths it rules out, and the answers that decide it."""

    rule: CheckedRule
    columns: tuple[int, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class DeadEnd:
    """The columns of the paths that are out, and a few limits that together rule them out."""

    out: tuple[int, ...]
    limits: tuple[Limit, ...]


def dead_end(scores: Scores, ranks: Standing, knowledge: Knowledge, today: date) -> DeadEnd | None:
    """Return why nothing else is left; None where another path is picked, or enough are open."""
    if ranks.pick != CARRY_ON:
        return None
    numbers = knowledge.settings.numbers
    open_share, least = np.asarray(scores.allowed.mean(axis=0)), numbers["least_open_share"]
    out = tuple(np.flatnonzero(open_share < least).tolist())
    share = numbers["nearly_all_share"]
    if len(out) < share * (len(scores.paths) - 1):
        return None
    few = _few(_ruled_out(scores, out, 1 - least), share * len(out))
    fields = _deciding(few, scores, knowledge, today)
    limits = [Limit(rule, columns, fields[rule]) for rule, columns in few.items()]
    return DeadEnd(out, tuple(limits)) if any(limit.fields for limit in limits) else None


def _ruled_out(
    scores: Scores, out: tuple[int, ...], mostly: float
) -> dict[CheckedRule, tuple[int, ...]]:
    """Return the paths that each limit rules out mostly, or more often than any other does."""
    columns = np.array(out)
    shares = np.array([each.shares_of(columns, scores.person) for each in scores.block.limits])
    holding = shares >= np.minimum(shares.max(axis=0), mostly)
    found = {
        limit.checked: tuple(columns[own].tolist())
        for limit, own in zip(scores.block.limits, holding, strict=True)
    }
    return {rule: columns for rule, columns in found.items() if columns}


def _few(
    ruled_out: Mapping[CheckedRule, tuple[int, ...]], enough: float
) -> dict[CheckedRule, tuple[int, ...]]:
    """Return few limits that together rule everything out, without those that hardly add to it.

    The one that adds most is taken again and again; then one whose paths the others rule out, too,
    is left out, and last those without which `enough` are still out.
    """
    few: dict[CheckedRule, tuple[int, ...]] = {}
    while left := _all(ruled_out) - _all(few):
        rule = max(ruled_out, key=lambda rule: len(left & set(ruled_out[rule])))
        few[rule] = ruled_out[rule]
    for least in (len(_all(ruled_out)), enough):
        for rule in sorted(few, key=lambda rule: len(few[rule])):
            others = {other: few[other] for other in few if other is not rule}
            few = others if len(_all(others)) >= least else few
    return few


def _all(ruled_out: Mapping[CheckedRule, tuple[int, ...]]) -> set[int]:
    return {at for columns in ruled_out.values() for at in columns}


def _deciding(
    limits: Mapping[CheckedRule, tuple[int, ...]], scores: Scores, knowledge: Knowledge, today: date
) -> dict[CheckedRule, tuple[str, ...]]:
    """Return the answers that decide each limit, in the order of the questions."""
    given = list(scores.profile.answers())
    opened = [changed(scores.profile, field, None) for field in given]
    held = _outcomes(tuple(limits), [scores.profile, *opened], scores.skills, knowledge, today)
    people = np.arange(len(given) + 1)[:, None]
    found: dict[CheckedRule, tuple[str, ...]] = dict.fromkeys(limits, ())
    for outcome in held:
        # A limit that is the same for all people, or on all paths, has one share for them.
        columns, each = np.broadcast_arrays(np.array(limits[outcome.checked]), people)
        share = np.broadcast_to(outcome.shares_of(columns, each), columns.shape).mean(axis=1)
        lifted = share[0] - share[1:]
        least = max(LEAST_LIFTED, OF_THE_MOST * lifted.max(initial=0.0))
        found[outcome.checked] = tuple(compress(given, lifted >= least))
    return found


def _outcomes(
    rules: Sequence[CheckedRule],
    profiles: Sequence[Profile],
    skills: Skills,
    knowledge: Knowledge,
    today: date,
) -> list[Outcome]:
    """Return where some rules hold for each profile, at a rough look: nothing is scored.

    Everybody's courses are those planned for one person's `skills`, so the paths are the same.
    """
    draws, table = draw_block(profiles, knowledge, ROUGH), path_table(knowledge, today)
    planned = read_skills(draws, knowledge).planned_as(skills, knowledge)
    read = frozenset(name for rule in rules for name in rule.names)
    figures = make_figures(draws, planned, table, read)
    values = {**draws.values, **figures.values}
    return outcomes(rules, values, rows_of(checked_rules(knowledge), table))
