"""What employers' ads demand: looked up by role, employer and level of each scenario."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mladvisor.axes import REAL, Reals
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Screen
from mladvisor.profile import choices_of
from mladvisor.rules.codes import table_of

SHARES = ("bachelor", "master", "phd", "prefer_master")
"""Columns: the share of ads that demand each degree, and that prefer a master's."""

KEYS = ("role", "employer", "seniority")
"""Answers a row is found by."""

Table = Mapping[tuple[str, str, str], Screen]


def screens(values: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Reals]:
    """Return the shares for each scenario's role, employer and level, shaped as these."""
    places, shares = _dense(knowledge)
    at = tuple(
        place.take(values[key], mode="clip") for key, place in zip(KEYS, places, strict=True)
    )
    found = shares[at]
    return {name: found[..., column] for column, name in enumerate(SHARES)}


@lru_cache(maxsize=4)
def _dense(knowledge: Knowledge) -> tuple[list[Any], Reals]:
    """Return where each word stands, and the shares of every role × employer × level."""
    words = [list(choices_of(knowledge.questions[key], knowledge)) for key in KEYS]
    table = screen_table(knowledge)
    shares = [
        [
            [
                [getattr(find_screen(table, role, employer, level), name) for name in SHARES]
                for level in words[2]
            ]
            for employer in words[1]
        ]
        for role in words[0]
    ]
    places = [table_of({word: at for at, word in enumerate(each)}, 0, np.intp) for each in words]
    return places, np.array(shares, dtype=REAL)


@lru_cache(maxsize=4)
def screen_table(knowledge: Knowledge) -> Table:
    """Return the screens by (role, employer, seniority)."""
    return {(row.role, row.employer, row.seniority): row for row in knowledge.screens}


def find_screen(table: Table, role: str, employer: str, seniority: str) -> Screen:
    """Return the nearest row: the same level and employer, another level there, any employer.

    Large companies' rows often pool all levels as "mid": better than another employer's.
    """
    levels = (seniority, "mid", "entry", "senior")
    for level in levels:
        if (role, employer, level) in table:
            return table[role, employer, level]
    return table[role, "any", seniority]
