"""Check the rules against what they may name, and find for whom and on which paths they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import both, of_person, three_axes
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.knowledge.rows import Rule
from mladvisor.rules.expression import Expression, ExpressionError, Values, Vocabulary, parse

Flags = npt.NDArray[np.bool_]

Rows = slice | npt.NDArray[np.intp]
"""Places of paths along their axis."""

EVERY = slice(None)


@dataclass(frozen=True, eq=False)
class CheckedRule:
    """A rule whose conditions are parsed: `when` reads the profile, the rest paths as well."""

    rule: Rule
    when: Expression
    paths: Expression
    needs: Expression | None
    has: Expression | None

    @cached_property
    def names(self) -> frozenset[str]:
        """The answers and figures that decide whether it holds."""
        return frozenset((*self.when.names, *self.paths.names))

    @cached_property
    def sorted_names(self) -> tuple[str, ...]:
        """The same in the order in which they are shown."""
        return tuple(sorted(self.names))

    @cached_property
    def moves(self) -> frozenset[str]:
        """The criteria whose weight or value it moves."""
        then = self.rule.then
        return frozenset((*(then.weigh or ()), *(then.value or ())))


@dataclass(frozen=True, eq=False)
class Outcome:
    """A rule and where it holds: in which scenarios by `when`, and on which paths by `where`.

    With the axes of `mladvisor.axes`. `rows`: the paths that `where` is about; on the others it
    does not hold.
    """

    checked: CheckedRule
    when: Flags
    where: Flags
    rows: Rows = field(default_factory=lambda: EVERY)

    def met_by(self, person: int, paths: int) -> bool:
        """Say whether a person meets it in some scenario and, if so, on one of their paths."""
        met, first = self._met
        if not met[person if len(met) > 1 else 0]:
            return False
        return first[person if len(first) > 1 else 0] < paths

    @cached_property
    def _met(self) -> tuple[list[bool], list[float]]:
        """By person: whether it holds in some scenario, and the first path on which it may."""
        on: Flags = np.any(self.where, axis=2)
        path = np.arange(len(on)) if self.rows is EVERY else np.r_[self.rows]
        first = np.where(on.any(axis=0), path[on.argmax(axis=0)], np.inf)
        met: list[bool] = np.any(self.when, axis=(0, 2)).tolist()
        return met, first.tolist()

    def of(self, person: int, size: int, paths: int) -> Met:
        """Return one person's part, of so many paths of theirs."""
        where = self.where[:, person if self.where.shape[1] > 1 else 0]
        if self.rows is not EVERY:
            most = self.rows.stop if isinstance(self.rows, slice) else self.rows[-1] + 1
            whole = np.zeros((max(paths, most), where.shape[1]), dtype=bool)
            whole[self.rows] = where
            where = whole
        return Met(self.checked, of_person(self.when, person, size)[:, 0], where[:paths])

    @cached_property
    def holds(self) -> Flags:
        """Where both hold."""
        found: Flags = both(self.when, self.where)
        return found

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self.checked.rule


@dataclass(frozen=True, eq=False)
class Met:
    """A rule that one person meets: `when`, (scenarios,), and on which paths, (paths, scenarios).

    An axis of `where` along which nothing varies has length 1.
    """

    checked: CheckedRule
    when: Flags
    where: Flags

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self.checked.rule

    @cached_property
    def steady(self) -> bool:
        """Whether it holds in the same scenarios on all paths on which it holds."""
        return len(self.where[0]) == 1

    def on(self, columns: Sequence[int]) -> Flags:
        """Return where it holds on some paths, (paths, scenarios); one row if it names no path."""
        where = self.where if len(self.where) == 1 else self.where[columns]
        return self.when & where

    def shares(self, columns: Sequence[int]) -> list[float]:
        """Return the share of scenarios in which it holds, for some paths."""
        if self.steady:
            return [self.share(at) for at in columns]
        shares: list[float] = (np.count_nonzero(self.on(columns), axis=1) / len(self.when)).tolist()
        return shares * (len(columns) // len(shares))

    def share(self, path: int) -> float:
        """Return the share of scenarios in which it holds for the path in that column."""
        at = path if len(self.where) > 1 else 0
        if self.steady:
            return self._share if self._named[at] else 0.0
        if at not in self._counted:
            self._counted[at] = np.count_nonzero(self.where[at] & self.when) / len(self.when)
        return self._counted[at]

    @cached_property
    def _counted(self) -> dict[int, float]:
        """Shares by path, as far as they were asked for, where it is not steady."""
        return {}

    @cached_property
    def _share(self) -> float:
        """The share of scenarios in which it holds on some path, where it is steady."""
        return float(np.count_nonzero(self.when) / len(self.when))

    @cached_property
    def _named(self) -> list[bool]:
        """The paths on which it holds, where it is steady."""
        named: list[bool] = self.where[:, 0].tolist()
        return named


def check_rules(
    rules: Iterable[Rule], profile: Vocabulary, path: Vocabulary, criteria: Collection[str]
) -> tuple[CheckedRule, ...]:
    """Parse every rule; raise KnowledgeError with all that can't be used, by file and rule."""
    checked: list[CheckedRule] = []
    problems: list[Problem] = []
    everything: Vocabulary = {**profile, **path}
    for rule in rules:
        where = f"data/{rule.file}: rule {rule.id}"
        try:
            checked.append(
                CheckedRule(
                    rule,
                    when=parse(rule.when, profile),
                    paths=parse(rule.paths, everything),
                    needs=parse(rule.needs, everything, want="number") if rule.needs else None,
                    has=parse(rule.has, everything, want="number") if rule.has else None,
                )
            )
        except ExpressionError as error:
            problems.append(Problem(where, str(error)))
        for name in (*(rule.then.weigh or ()), *(rule.then.value or ())):
            if name not in criteria:
                accepted = ", ".join(sorted(criteria))
                problems.append(Problem(where, f'"{name}" is no criterion; accepted: {accepted}'))
    if problems:
        raise KnowledgeError(problems)
    return tuple(checked)


def outcomes(
    rules: Iterable[CheckedRule], values: Values, rows: Mapping[CheckedRule, Rows]
) -> list[Outcome]:
    """Return the rules that somebody in the block may meet, in the order of the rules.

    `rows`: the only paths on which a rule can hold, where these are not all: it is not looked for
    on the others.
    """
    found: list[Outcome] = []
    for rule in rules:
        when = np.asarray(rule.when(values))
        if not when.any():
            continue
        here = rows.get(rule, EVERY)
        where = np.asarray(rule.paths(values if here is EVERY else _OfRows(values, here)))
        if where.any():
            found.append(Outcome(rule, three_axes(when), three_axes(where), here))
    return found


class _OfRows(Mapping[str, Any]):
    """Values of some paths; what is the same for all paths is passed on as it is."""

    def __init__(self, values: Values, rows: Rows) -> None:
        self._values = values
        self._rows = rows

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        return value[self._rows] if np.ndim(value) and len(value) > 1 else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def read_values(
    checked: CheckedRule, answers: Mapping[str, Any], profile: Collection[str]
) -> dict[str, Any]:
    """Return what a rule read of the answers: field → answer, None where it was not sure."""
    return {field: answers.get(field) for field in checked.sorted_names if field in profile}
