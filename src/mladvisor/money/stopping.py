"""What stopping early costs: after a stated number of courses, and what is kept then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import midpoint
from mladvisor.money.account import Account
from mladvisor.money.years import spread, years_until
from mladvisor.paths.money import study_months
from mladvisor.paths.path import Path
from mladvisor.scenarios import Scenarios
from mladvisor.scoring.model import Scores
from mladvisor.sequences import scattered

Floats = npt.NDArray[np.float64]

Kept = Literal["stacks", "credit", "learning"]
"""What is left: credit toward a named degree, credit others may take, or what was learned."""


@dataclass(frozen=True, eq=False)
class Stopping:
    """Stopping after `courses` of `of_courses`: USD by scenario, (scenarios,).

    `spent_usd`: own money, preparation included. `owed_back_usd`: what the employer gave and may
    want back, after tax. `foregone_usd`: pay given up until then. `toward`: ids of degrees.
    """

    courses: int
    of_courses: float
    months: Floats
    spent_usd: Floats
    owed_back_usd: Floats
    foregone_usd: Floats
    kept: Kept
    toward: tuple[str, ...]


def stopping(scores: Scores, at: int, account: Account, knowledge: Knowledge) -> Stopping | None:
    """Return what stopping early costs on path `at`; None where it has no more known courses."""
    path = scores.paths[at]
    count = course_count(path, knowledge)
    courses = int(knowledge.money["stopping-courses"].interval()[0])
    if count is None or count <= courses:
        return None
    price, of_time = _begun(path, account, courses / count, scores.scenarios)
    study = account.study
    months = study_months(study.months * of_time)
    own = study.prepared_usd + _own_usd(price, months, account)
    return Stopping(
        courses=courses,
        of_courses=count,
        months=study.ready_months + months,
        spent_usd=own,
        owed_back_usd=np.maximum(price + study.prepared_usd - own, 0),
        foregone_usd=of_time * account.flows.whole("foregone_usd"),
        kept=_kept(path),
        toward=_toward(path),
    )


def course_count(path: Path, knowledge: Knowledge) -> float | None:
    """Return how many courses one begins with: those of the plan, or of what one enrolls in.

    A program that names credits only is taken to have courses of the usual size.
    """
    if path.plan is not None:
        return float(len(path.plan.steps))
    if path.offer is None:
        return None
    facts = path.offer.facts
    in_credits = midpoint(facts.get("credits"))
    usual = knowledge.money["credits-per-course"].interval()[0]
    return midpoint(facts.get("courses")) or (in_credits / usual if in_credits else None)


def _begun(path: Path, account: Account, share: float, scenarios: Scenarios) -> tuple[Any, float]:
    """Return the price of what was begun, and its share of the path's time.

    Of a certificate that a degree follows, the certificate alone has begun.
    """
    if path.then is None or path.offer is None:
        return account.study.price_usd * share, share
    bounds = path.offer.facts["cost_usd"].interval()
    low, high = bounds if bounds is not None else (0.0, 0.0)
    first = low + scattered("cost_usd", scenarios.size) * (high - low)
    hours = midpoint(path.offer.facts.get("hours")) or 0.0
    return first * share, share * min(1.0, hours / max(sum(path.hours) / 2, 1.0))


def _own_usd(price_usd: Any, months: Any, account: Account) -> Any:
    """Return what the person pays of a price that is spread over so many months."""
    if "given_usd" not in account.flows.row:
        return price_usd
    ready, pays = account.study.ready_months, account.study.pays
    due = spread(price_usd, ready, months, years_until(ready + months))
    given = pays.gives(due)
    return (due - given + pays.tax_usd(given)).sum(axis=0)


def _kept(path: Path) -> Kept:
    if path.offer is not None and path.offer.stacks_into:
        return "stacks"
    return "credit" if path.offer is not None and path.offer.academic_credit else "learning"


def _toward(path: Path) -> tuple[str, ...]:
    """Return the ids of the degrees that the credit counts toward."""
    if path.then is not None:
        return (path.then.id,)
    return path.offer.stacks_into if path.offer is not None else ()
