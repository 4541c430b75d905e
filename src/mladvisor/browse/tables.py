"""Rows of a table for people and scripts: which columns, which rows, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mladvisor.errors import InputError, Problem, did_you_mean
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course, Fact, Offer, Role, interval, midpoint
from mladvisor.knowledge.rows import MoneyFigure, Question, Rule

Row = dict[str, Any]
"""Column → value; ranges stand in two columns, `..._low` and `..._high`; unknown is None."""


@dataclass(frozen=True)
class Filters:
    """What rows must meet; None or empty = no condition."""

    max_cost_usd: float | None = None
    online: bool = False
    no_gre: bool = False
    field: str | None = None
    country: str | None = None
    teaches: tuple[str, ...] = ()
    free: bool = False
    stage: str | None = None
    role: str | None = None
    words: tuple[str, ...] = ()


def _ends(name: str, fact: Fact | None) -> Row:
    bounds = interval(fact)
    low, high = bounds if bounds is not None else (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def _offer_row(offer: Offer, _knowledge: Knowledge) -> Row:
    facts = offer.facts
    return {
        "id": offer.id,
        "name": offer.short_name,
        "kind": offer.kind,
        "credential": offer.credential,
        "field": offer.field,
        "country": offer.country,
        "delivery": offer.delivery,
        **_ends("cost_usd", facts.get("cost_usd")),
        "months_typical": midpoint(facts.get("months_typical")),
        **_ends("hours", facts.get("hours")),
        **_ends("acceptance_rate", facts.get("acceptance_rate")),
        "gre": offer.admission.gre,
        "admission": offer.admission.model,
        "teaches": sorted(offer.covers),
        "url": offer.url,
    }


def _course_row(course: Course, _knowledge: Knowledge) -> Row:
    return {
        "id": course.id,
        "name": course.title,
        "institution": course.institution,
        "stage": course.stage,
        "level": course.level,
        "price": course.price,
        "cost_usd": midpoint(course.facts.get("cost_usd")),
        "usd_per_month": midpoint(course.facts.get("usd_per_month")),
        **_ends("hours", course.facts.get("hours")),
        "rating": midpoint(course.facts.get("rating")),
        "status": course.status,
        "hands_on": course.hands_on,
        "teaches": [f"{skill}={depth}" for skill, depth in course.teaches.items()],
        "requires": [f"{skill}={depth}" for skill, depth in course.requires.items()],
        "url": course.url,
    }


def _role_row(role: Role, _knowledge: Knowledge) -> Row:
    return {
        "id": role.id,
        "name": role.title,
        "portfolio": role.portfolio,
        "pay_median_usd": midpoint(role.facts.get("pay_median_usd")),
        "teaches": [need.competency for need in role.competencies],
    }


def _question_row(question: Question, knowledge: Knowledge) -> Row:
    words = [choice.value for choice in question.choices]
    if question.choices_from == "roles":
        words = list(knowledge.roles)
    return {
        "id": question.field,
        "name": question.prompt,
        "type": question.type,
        "answers": words,
        "flag": question.flags[0],
    }


def _rule_row(rule: Rule, _knowledge: Knowledge) -> Row:
    then = rule.then.model_dump(exclude_defaults=True)
    return {"id": rule.id, "name": rule.because, "when": rule.when, "paths": rule.paths, **then}


def _money_row(row: MoneyFigure, _knowledge: Knowledge) -> Row:
    return {
        "id": row.id,
        "name": row.label,
        "about": row.about,
        "reading": row.figure.reading(),
        "unit": row.unit,
        "source": row.figure.source,
    }


Source = tuple[Callable[[Knowledge], Iterable[Any]], Callable[[Any, Knowledge], Row]]


def _offers(folder: str) -> Callable[[Knowledge], Iterable[Offer]]:
    return lambda k: (offer for offer in k.offers if offer.file.startswith(f"{folder}/"))


TABLES: Mapping[str, Source] = {
    "programs": (_offers("programs"), _offer_row),
    "certificates": (_offers("certificates"), _offer_row),
    "routes": (_offers("routes"), _offer_row),
    "courses": (lambda k: k.courses, _course_row),
    "roles": (lambda k: k.roles.values(), _role_row),
    "questions": (lambda k: k.questions.values(), _question_row),
    "rules": (lambda k: k.rules, _rule_row),
    "money": (lambda k: k.money.values(), _money_row),
}


def rows(table: str, knowledge: Knowledge, filters: Filters, sort: str | None = None) -> list[Row]:
    """Return the rows of a table that pass the filters, by `sort` or by id.

    Raises InputError for a filter value or column that is nowhere.
    """
    every, needed, filters = _every(table, knowledge, filters)
    return _sorted([row for row in every if _passes(row, filters, needed)], sort)


def may_pass(table: str, knowledge: Knowledge, filters: Filters) -> int:
    """Return how many more rows would pass if what is not known of them were so."""
    every, needed, filters = _every(table, knowledge, filters)
    hoped = sum(_passes(row, filters, needed, unknown=True) for row in every)
    return hoped - sum(_passes(row, filters, needed) for row in every)


def _every(
    table: str, knowledge: Knowledge, filters: Filters
) -> tuple[list[Row], frozenset[str], Filters]:
    """Return all rows of a table, the skills needed, and the filters with a country's code."""
    _check(filters, knowledge)
    if filters.country is not None:
        filters = replace(filters, country=knowledge.places["countries"].code(filters.country))
    entities, as_row = TABLES[table]
    every = [as_row(entity, knowledge) for entity in entities(knowledge)]
    return every, _needed(filters, knowledge), filters


def _check(filters: Filters, knowledge: Knowledge) -> None:
    """Raise InputError for filters that name what is nowhere: they would find nothing, silently."""
    given: dict[str, tuple[Iterable[str | None], Collection[str]]] = {
        "--teaches": (filters.teaches, knowledge.competencies),
        "--role": ([filters.role], knowledge.roles),
        "--stage": ([filters.stage], sorted({str(course.stage) for course in knowledge.courses})),
    }
    problems = [
        Problem(flag, f'got "{name}"; {did_you_mean(name, known)}accepted: {", ".join(known)}')
        for flag, (names, known) in given.items()
        for name in names
        if name is not None and name not in known
    ]
    countries = knowledge.places["countries"]
    if filters.country is not None and countries.code(filters.country) is None:
        expected = countries.accepted(filters.country)
        problems.append(Problem("--country", f'got "{filters.country}"; {expected}'))
    if problems:
        raise InputError(problems)


def _needed(filters: Filters, knowledge: Knowledge) -> frozenset[str]:
    """Return the skills a row must teach one of, by --role."""
    if filters.role is None:
        return frozenset()
    return frozenset(need.competency for need in knowledge.roles[filters.role].competencies)


NO_GRE = ("none", "optional")
"""What a program says of the GRE where nobody has to take it."""


def _passes(row: Row, filters: Filters, needed: frozenset[str], *, unknown: bool = False) -> bool:
    """Say whether a row meets the filters; `unknown`: count what is not known as met."""
    taught = {str(skill).partition("=")[0] for skill in row.get("teaches", ())}
    text = " ".join(str(value).lower() for value in row.values())
    cost = row.get("cost_usd_low", row.get("cost_usd"))
    tests = (
        filters.max_cost_usd is None or (unknown if cost is None else cost <= filters.max_cost_usd),
        not filters.online or str(row.get("delivery", "online")).startswith("online"),
        not filters.no_gre or row.get("gre") in NO_GRE or (unknown and row.get("gre") == "unknown"),
        filters.field is None or filters.field.lower() in str(row.get("field", "")),
        filters.country is None or row.get("country") == filters.country,
        set(filters.teaches) <= taught,
        not filters.free or row.get("price") == "free" or cost == 0,
        filters.stage is None or row.get("stage") == filters.stage,
        not needed or bool(needed & taught),
        all(word.lower() in text for word in filters.words),
    )
    return all(tests)


def _sorted(found: Sequence[Row], sort: str | None) -> list[Row]:
    if sort is None or not found:
        return list(found)
    descending, column = sort.startswith("-"), sort.removeprefix("-")
    names = {column, f"{column}_low"} & set(found[0])
    if not names:
        accepted = ", ".join(found[0])
        raise InputError([Problem("--sort", f'got "{column}"; accepted: {accepted}')])
    name = column if column in names else f"{column}_low"
    known = [row for row in found if row[name] is not None]
    unknown = [row for row in found if row[name] is None]
    ordered = sorted(known, key=lambda row: (row[name], row["id"]), reverse=descending)
    return ordered + unknown
