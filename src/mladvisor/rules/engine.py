"""Check the rules against what they may name, and find for whom and on which paths they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mladvisor.axes import Places, both, chosen, three_axes
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.knowledge.rows import Rule
from mladvisor.rules.expression import Expression, ExpressionError, Values, Vocabulary, parse

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

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

    @cached_property
    def holds(self) -> Flags:
        """Where both hold."""
        found: Flags = both(self.when, self.where)
        return found

    @property
    def steady(self) -> bool:
        """Whether it holds in the same scenarios on all paths on which it holds."""
        return bool(self.where.shape[2] == 1)

    @cached_property
    def same_on_paths(self) -> bool:
        """Whether that is so, or it names no path and so holds alike on all of them."""
        return self.steady or len(self.where) == 1

    def holds_of(self, paths: Places | int, people: Places | int) -> Flags:
        """Return in which scenarios it holds for a path of each person, (…, people, scenarios).

        Where it is steady that is left as it is for paths on which it does not hold.
        """
        when: Flags = self.when[0, people if self.when.shape[1] > 1 else 0]
        if self.steady:
            return when
        rows = self._rows.take(paths, mode="clip")
        where = chosen(self.where, np.maximum(rows, 0), people)
        holds: Flags = when & where & (rows >= 0)[..., None]
        return holds

    def shares_of(self, paths: Places | int, people: Places | int) -> Floats:
        """Return the share of scenarios in which it holds, for a path of each person."""
        if not self.steady:
            return _shares(self.holds_of(paths, people))
        rows, known = self._rows.take(paths, mode="clip"), self._steady_shares
        shares: Floats = known[rows, people if known.shape[1] > 1 else 0]
        return shares

    @cached_property
    def _rows(self) -> Places:
        """The row of each path; -1 where it does not hold, as on all beyond the last one."""
        if self.rows is EVERY:
            return np.arange(len(self.where))
        named = np.r_[self.rows]
        rows = np.full(named[-1] + 2, -1)
        rows[named] = np.minimum(np.arange(len(named)), len(self.where) - 1)
        return rows

    @cached_property
    def _steady_shares(self) -> Floats:
        """Where it is steady, shares by row and person; a last row of 0 is for all other paths."""
        shares = self.where[..., 0] * _shares(self.when)
        return np.concatenate([shares, np.zeros_like(shares[:1])])

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self.checked.rule


def _shares(flags: Flags) -> Floats:
    """Return the share of scenarios with a flag; added up as bytes, which takes a third."""
    counts = np.add.reduce(flags.view(np.uint8), axis=-1, dtype=np.int32)
    shares: Floats = counts / flags.shape[-1]
    return shares


@dataclass(frozen=True, eq=False)
class Held:
    """A rule that holds for a person on some of a few paths, and in which `share`, by path."""

    outcome: Outcome
    share: list[float]

    def row(self, place: int) -> int:
        """Return the same number for paths on which it holds in the same scenarios."""
        return 0 if self.outcome.same_on_paths else place


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
