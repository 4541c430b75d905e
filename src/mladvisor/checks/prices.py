"""Prices that don't add up: the cost of an offer against its credits at the price of one."""

from __future__ import annotations

from collections.abc import Iterator

from mladvisor.checks.base import Base, apart
from mladvisor.errors import Problem
from mladvisor.knowledge.models import interval

MARGIN = 0.15
"""Fees are seldom in the price of a credit; more than this wants a note on the cost."""


def check(base: Base) -> Iterator[Problem]:
    """Yield offers whose cost in USD lies further than `MARGIN` from credits times their price."""
    for offer in base.knowledge.offers:
        facts = offer.facts
        cost, credit = interval(facts.get("cost_usd")), interval(facts.get("per_credit_usd"))
        count = interval(facts.get("credits"))
        if cost is None or credit is None or count is None or facts["cost_usd"].note:
            continue
        product = count[0] * credit[0], count[1] * credit[1]
        if apart(cost, product, MARGIN):
            message = (
                f"{cost[0]:g} to {cost[1]:g} USD, but credits times their price make "
                f"{product[0]:g} to {product[1]:g}: correct one, or say why in a note"
            )
            yield Problem(base.at(offer.file, "facts", "cost_usd"), message)
