"""Which rules that only say something hold for people: looked for on one path of each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Cut, Places, chosen
from mladvisor.insight.robustness import CARRY_ON
from mladvisor.rules.engine import CheckedRule, outcomes
from mladvisor.scoring.model import Block, checked_rules

Shares = list[tuple[CheckedRule, float]]
"""Rules, and the share of scenarios in which each holds."""


def advising(block: Block, people: Places, picks: Sequence[int]) -> list[Shares]:
    """Return for some people of a block the rules that only say something, and when they hold.

    What clashes does so whatever one does, and is looked at for carrying on; the rest for the pick.
    """
    rules = checked_rules(block.figures.table.knowledge)
    clashing = [each for each in rules if each.rule.then.advise == "clash"]
    others = [each for each in rules if each.rule.then.advise in ("do", "check")]
    held = [
        *_held(block, people, np.full(len(people), CARRY_ON), clashing),
        *_held(block, people, np.array(picks), others),
    ]
    held.sort(key=lambda row: row[0].rule.place)
    found: list[Shares] = [[] for _ in people]
    for checked, shares in held:
        for own, share in zip(found, shares.tolist(), strict=True):
            own.append((checked, share))
    return found


def _held(
    block: Block, people: Places, paths: Places, rules: Sequence[CheckedRule]
) -> Iterator[tuple[CheckedRule, npt.NDArray[np.float64]]]:
    """Yield rules with the share of scenarios in which they hold, for a path of each person."""
    on_path = Cut(block.values, partial(_of_path, paths=paths, people=people))
    each = np.arange(len(people))
    for outcome in outcomes(rules, on_path, {}):
        yield outcome.checked, outcome.shares_of(np.zeros_like(each), each)


def _of_path(values: Any, paths: Places, people: Places) -> Any:
    """Return values of one path of each person, (1, people, scenarios)."""
    return np.atleast_2d(chosen(values, paths, people))[None]
