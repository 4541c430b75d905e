"""Check a compiled document whole: every entry against its model, and every name it mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from mladvisor.errors import Problem
from mladvisor.knowledge import models
from mladvisor.knowledge.compile import ENTITY_FOLDERS
from mladvisor.knowledge.document import table
from mladvisor.knowledge.place_lists import PlaceList
from mladvisor.knowledge.problems import entry_problems, table_problems
from mladvisor.knowledge.rows import (
    Criterion,
    MoneyFigure,
    PathOption,
    Platform,
    Question,
    Rule,
    Settings,
    Staleness,
)

TABLES: dict[str, type[BaseModel]] = {
    "programs": models.Offer,
    "certificates": models.Offer,
    "routes": models.Offer,
    "courses": models.Course,
    "roles": models.Role,
    "curricula": models.Curriculum,
    "competencies": models.Competency,
    "criteria": Criterion,
    "questions": Question,
    "screens": models.Screen,
    "faq": models.FaqEntry,
    "rules": Rule,
    "money": MoneyFigure,
    "staleness": Staleness,
    "platforms": Platform,
    "options": PathOption,
    "places": PlaceList,
}

COMPETENCY_KEYS = ("requires", "covers", "teaches", "required")


def validate(document: Mapping[str, Any]) -> list[Problem]:
    """Return all that is wrong with the document, each with file and key."""
    problems: list[Problem] = []
    for name, model in TABLES.items():
        problems.extend(table_problems(name, model, table(document, name)))
    try:
        Settings.model_validate(document.get("criteria_settings"))
    except ValidationError as error:
        problems.extend(entry_problems("data/criteria.toml", error))
    if not problems:  # names are only worth following where the entries themselves are right
        problems.extend(_fact_problems(document))
        problems.extend(_missing_figures(document))
        problems.extend(_money_problems(document))
        problems.extend(_source_problems(document))
        problems.extend(_dangling(document))
    return problems


def _fact_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield facts whose keys are right one by one but not together, deciding ones and others."""
    for name in ENTITY_FOLDERS:
        for entity in document[name]:
            where = f"{name}/{entity.get('id')}"
            rows = [(field, row) for field, row in entity.get("facts", {}).items()]
            for field, others in document["evidence"].get(where, {}).items():
                rows += [(field, row) for row in others]
            for field, row in rows:
                yield from _fact_problem(f"data/{entity['file']}: facts.{field}", row)


NEEDED = ("cost_usd", "months_typical", "hours")
"""Figures without which an offer can't be scored: unknown is never taken as zero."""

NEEDED_BY_KIND = {"degree": "recognition", "certificate": "signal"}


def _missing_figures(document: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("programs", "certificates", "routes"):
        for entity in document[name]:
            needed = (*NEEDED, *filter(None, [NEEDED_BY_KIND.get(entity["kind"])]))
            for field in needed if name != "routes" else NEEDED:
                fact = entity["facts"].get(field)
                if fact is None or "unknown" in fact:
                    where = f"data/{entity['file']}: facts.{field}"
                    expected = "expected a value or a range; where no page says it, judge one from"
                    yield Problem(where, f"{expected} comparable offers (source judgement, note)")


RECKONED_WITH = (
    "span-years", "payback-years", "employer-tax-free", "extra-pay-tax", "employer-payback-months",
    "credit-share", "credit-base", "credit-phase-out-single", "credit-phase-out-joint",
    "loan-year", "loan-all", "loan-part-time-share", "loan-rate", "loan-fee", "loan-grace-months",
    "loan-repayment-years", "stopping-courses", "credits-per-course",
)  # fmt: skip
"""Figures of money.toml without which no account can be made: unknown is never zero."""


def _money_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    rows = {row["id"]: row for row in document["money"]}
    for name, row in rows.items():
        for fact in (row["figure"], *row.get("others", ())):
            yield from _fact_problem(f"data/money.toml: {name}", fact)
    for name in RECKONED_WITH:
        figure = rows.get(name, {}).get("figure", {})
        if not {"value", "low"} & figure.keys():
            yield Problem(f"data/money.toml: {name}", "expected a value or a range")


def _fact_problem(where: str, row: Any) -> Iterator[Problem]:
    try:
        fault = models.Fact.model_validate(row).fault()
    except ValidationError as error:
        yield from entry_problems(where, error)
    else:
        if fault is not None:
            yield Problem(where, fault)


def _source_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    sources = document["sources"]
    for name, source in sources.items():
        try:
            models.Source.model_validate(source)
        except ValidationError as error:
            yield from entry_problems(f"data: source {name}", error)
    for where, name in cited_sources(document):
        if name not in sources and not name.startswith("guide:"):
            yield Problem(where, f'source "{name}" is named but stands nowhere')


def cited_sources(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (file, source id) for each time an entry names a source."""
    for entity, fields in document["evidence"].items():
        yield from _cited(fields, f"data/{entity}.toml")
    for name, content in document.items():
        if name not in ("sources", "evidence"):
            yield from _cited(content, f"data/{name}.toml")


def _cited(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for child in node:
            yield from _cited(child, where)
    elif isinstance(node, Mapping):
        here = f"data/{node['file']}" if "file" in node else where
        for key, child in node.items():
            if key == "source" and isinstance(child, str):
                yield here, child
            elif key == "sources" and isinstance(child, list):
                yield from ((here, name) for name in child)
            else:
                yield from _cited(child, here)


def _dangling(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield names of competencies, programs, roles and courses that stand nowhere."""
    ids = {name: {row.get("id") for row in document[name]} for name in TABLES}
    for name in ("programs", "certificates", "routes", "courses", "curricula"):
        for entity in document[name]:
            where = f"data/{entity['file']}"
            for key in COMPETENCY_KEYS:
                named = entity.get(key, {})
                yield from _unknown(where, key, named, ids["competencies"])
            yield from _unknown(
                where, "stacks_into", entity.get("stacks_into", ()), ids["programs"]
            )
            courses = (*filter(None, [entity.get("part_of")]), *entity.get("same_material_as", ()))
            yield from _unknown(where, "part_of, same_material_as", courses, ids["courses"])
    for role in document["roles"]:
        where = f"data/{role['file']}"
        needed = [row["competency"] for row in role["competencies"]]
        yield from _unknown(where, "competencies", needed, ids["competencies"])
        yield from _unknown(where, "projects", role.get("projects", ()), ids["courses"])
    groups = document.get("questions_settings", {}).get("groups", [])
    lists = [row["id"] for row in document["places"]]
    for row in document["questions"]:
        where = f"data/questions.toml ({row['field']})"
        yield from _unknown(where, "group", [row["group"]], groups)
        yield from _unknown(where, "places", [row["places"]] if "places" in row else [], lists)
    for row in document["screens"]:
        yield from _unknown("data/screens.toml", "role", [row["role"]], ids["roles"])


def _unknown(
    where: str, key: str, named: Collection[str], known: Collection[Any]
) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            yield Problem(f"{where}: {key}", f'"{name}" stands nowhere')
