"""Check the rules against what they may name, and find for whom and on which paths they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import of_path, of_person, three_axes
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
    def moves(self) -> frozenset[str]:
        """The criteria whose weight or value it moves."""
        then = self.rule.then
        return frozenset((*(then.weigh or ()), *(then.value or ())))


@dataclass(frozen=True, eq=False)
class Outcome:
    """A rule and where it holds: in which scenarios by `when`, and on which paths by `where`.

    In a block with the axes of `mladvisor.axes`; of one person (scenarios, paths), or
    (scenarios, 1) if the rule names no path. `rows`: the paths that `where` is about; on the
    others it does not hold.
    """

    checked: CheckedRule
    when: Flags
    where: Flags
    rows: Rows = field(default_factory=lambda: EVERY)

    def met_by(self, person: int) -> bool:
        """Say whether a person of the block meets it in some scenario, if a path does."""
        return bool(self.when[0, person if self.when.shape[1] > 1 else 0].any())

    def of(self, person: int, size: int, paths: int) -> Outcome:
        """Return one person's part, of so many paths of theirs."""
        where = self.where
        if self.rows is not EVERY:
            at = person if where.shape[1] > 1 else 0
            most = self.rows.stop if isinstance(self.rows, slice) else self.rows[-1] + 1
            where = np.zeros((max(paths, most), 1, where.shape[2]), dtype=bool)
            where[self.rows] = self.where[:, at : at + 1]
        return Outcome(
            self.checked,
            of_person(self.when, person, size, paths),
            of_person(where, person if where.shape[1] > 1 else 0, size, paths),
        )

    @cached_property
    def holds(self) -> Flags:
        """Where both hold."""
        return self.when & self.where

    @cached_property
    def _share(self) -> dict[int, float]:
        return {}

    @cached_property
    def shares(self) -> list[float]:
        """The share of scenarios in which it holds, by path; one for all if it names no path."""
        size = len(self.when)
        if self.when.shape[1] == 1 and self.where.strides[0] == 0:  # one row stands for all
            counts = np.count_nonzero(self.when) * self.where[0]
        else:
            counts = np.add.reduce(self.holds, axis=0, dtype=np.intp)
        shares: list[float] = (counts / size).tolist()
        return shares

    def share(self, path: int) -> float:
        """Return the share of scenarios in which it holds for the path in that column."""
        if path not in self._share:
            holds = of_path(self.when, path) & of_path(self.where, path)
            self._share[path] = np.count_nonzero(holds) / len(holds)
        return self._share[path]

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self.checked.rule


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
    return {field: answers.get(field) for field in sorted(checked.names) if field in profile}
