"""Rules that do nothing: true of nobody, or of everybody on every path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mladvisor.checks.base import Base
from mladvisor.checks.conditions import check as check_conditions
from mladvisor.checks.people import Crowd, crowds
from mladvisor.errors import KnowledgeError, Problem
from mladvisor.rules.engine import CheckedRule
from mladvisor.scoring.model import checked_rules


@dataclass
class _Seen:
    """What was seen of a rule: true of some person or all, on some path of theirs or all."""

    somebody: bool = False
    everybody: bool = True
    somewhere: bool = False
    everywhere: bool = True

    def add(self, checked: CheckedRule, crowd: Crowd) -> None:
        when = np.asarray(checked.when(crowd.values))
        holds = np.logical_and(when, checked.paths(crowd.values))
        self.somebody |= bool(when.any())
        self.everybody &= bool(when.all())
        self.somewhere |= bool(holds.any())
        self.everywhere &= bool(holds.all())

    def fault(self, checked: CheckedRule) -> str | None:
        """Say why the rule does nothing; advice for everybody on every path is fine."""
        rule = checked.rule
        if not self.somebody:
            return f"dead: nobody drawn has {rule.when!r}"
        if not self.somewhere:
            return f"dead: on no path of those it is for holds {rule.paths!r}"
        if self.everybody and rule.when != "True":
            return f"{rule.when!r} holds for everybody: leave `when` out"
        if self.everywhere and (rule.then.advise is None or rule.paths != "True"):
            return "it holds for everybody on every path, so it tells nothing apart"
        return None


def check(base: Base) -> Iterator[Problem]:
    """Yield rules that change nothing for any of thousands of drawn people, or all the same."""
    if any(check_conditions(base)):
        return  # it says so itself
    rules = checked_rules(base.knowledge)
    seen = {checked.rule.id: _Seen() for checked in rules}
    try:
        for crowd in crowds(base):
            for checked in rules:
                seen[checked.rule.id].add(checked, crowd)
    except KnowledgeError as error:
        yield from error.problems
        return
    for checked in rules:
        fault = seen[checked.rule.id].fault(checked)
        if fault is not None:
            where = base.at(checked.rule.file, f'id = "{checked.rule.id}"')
            yield Problem(where, f"rule {checked.rule.id}: {fault}")
