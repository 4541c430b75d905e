"""Which rules that only say something hold for people: looked for on one path of each alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mladvisor.axes import Places, chosen
from mladvisor.insight.robustness import CARRY_ON
from mladvisor.knowledge.load import Knowledge
from mladvisor.rules.engine import CheckedRule, outcomes
from mladvisor.scoring.model import Block, checked_rules

Shares = list[tuple[CheckedRule, float]]
"""Rules, and the share of scenarios in which each holds."""


def advising(block: Block, people: Places, picks: Sequence[int]) -> list[Shares]:
    """Return for some people of a block the rules that only say something, and when they hold.

    What clashes does so whatever one does, and is looked at for carrying on; the rest for the pick.
    """
    rules = _rules(block.figures.table.knowledge)
    clashing = [each for each in rules if each.rule.then.advise == "clash"]
    others = [each for each in rules if each.rule.then.advise != "clash"]
    nothing, pick = np.full(len(people), CARRY_ON), np.array(picks)
    held = [
        *_held(block, people, nothing, clashing),
        *_held(block, people, pick, others),
    ]
    held.sort(key=lambda row: row[0].rule.place)
    checked = [each for each, _ in held]
    shares = np.array([each for _, each in held]).reshape(len(held), len(people))
    return [list(zip(checked, own, strict=True)) for own in shares.T.tolist()]


def _rules(knowledge: Knowledge) -> list[CheckedRule]:
    return [each for each in checked_rules(knowledge) if each.rule.then.advise is not None]


def _held(
    block: Block, people: Places, paths: Places, rules: Sequence[CheckedRule]
) -> Iterator[tuple[CheckedRule, Any]]:
    """Yield rules with the share of scenarios in which they hold, for a path of each person."""
    values = _OfPath({**block.draws.values, **block.figures.values}, paths, people)
    each = np.arange(len(people))
    for outcome in outcomes(rules, values, {}):
        yield outcome.checked, outcome.shares_of(np.zeros_like(each), each)


class _OfPath(Mapping[str, Any]):
    """Values of one path of each person, (1, people, scenarios), cut when they are read."""

    def __init__(self, values: Mapping[str, Any], paths: Places, people: Places) -> None:
        self._values = values
        self._paths = paths
        self._people = people
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._of_path(self._values[name])
        return self._made[name]

    def _of_path(self, values: Any) -> Any:
        if isinstance(values, Mapping):
            return {word: self._of_path(each) for word, each in values.items()}
        return np.atleast_2d(chosen(values, self._paths, self._people))[None]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
