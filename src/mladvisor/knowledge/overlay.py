"""Lay a user's own files over the shipped knowledge base: add, correct, or switch off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mladvisor.knowledge.compile import Table
from mladvisor.knowledge.document import table

KEYED = {
    "programs": "id",
    "certificates": "id",
    "routes": "id",
    "courses": "id",
    "roles": "id",
    "curricula": "id",
    "rules": "id",
    "competencies": "id",
    "criteria": "id",
    "faq": "id",
    "money": "id",
    "questions": "field",
    "platforms": "id",
    "options": "id",
}
"""Tables whose rows have a name, and under which key it stands."""


def overlay(shipped: Mapping[str, Any], local: Mapping[str, Any], name: str) -> Table:
    """Return the shipped document with the local one laid over it; `name` is said in reports.

    A row with a new id is added. One with a shipped id changes just the keys it holds; under
    `facts` each figure given decides, and what stood there is kept as evidence beside it.
    `off = true` takes the row out.
    """
    merged: Table = {**shipped}
    for key in ("sources", "evidence"):
        merged[key] = {**table(shipped, key), **local[key]}
    gone: set[str] = set()
    evidence = {entity: dict(fields) for entity, fields in merged["evidence"].items()}
    merged["evidence"] = evidence
    for rows, key in KEYED.items():
        by_name = {row[key]: row for row in table(shipped, rows)}
        for row in local[rows]:
            before = by_name.pop(row.get(key), {})
            if row.get("off", False):
                gone.add(row[key])
            else:
                by_name[row.get(key)] = _laid(before, row, evidence, f"{rows}/{row.get(key)}")
        merged[rows] = list(by_name.values())
    merged["screens"] = [*table(shipped, "screens"), *local["screens"]]
    if gone:
        _forget(merged, gone)
    merged["texts"] = {**shipped["texts"], **local["texts"]}
    merged["local"] = [*shipped.get("local", []), name]
    return merged


NAMING_KEYS = ("stacks_into", "projects", "same_material_as")
"""Keys that hold ids of other entities in a list."""


def _forget(document: Table, gone: set[str]) -> None:
    """Take what was switched off out of the rows that name it."""
    for rows in ("certificates", "courses", "roles"):
        document[rows] = [_without(row, gone) for row in document[rows]]
    document["screens"] = [row for row in document["screens"] if row["role"] not in gone]


def _without(row: Mapping[str, Any], gone: set[str]) -> Table:
    left: Table = dict(row)
    if left.get("part_of") in gone:
        del left["part_of"]
    for key in NAMING_KEYS:
        if key in left:
            left[key] = [name for name in left[key] if name not in gone]
    return left


def _laid(
    before: Mapping[str, Any], row: Mapping[str, Any], evidence: dict[str, Any], entity: str
) -> Table:
    """Return a row with another's keys laid over it, facts figure by figure."""
    laid: Table = {**before, **{key: value for key, value in row.items() if key != "off"}}
    if "facts" in before and "facts" in row:
        for field, replaced in before["facts"].items():
            if field in row["facts"]:
                beside = evidence.setdefault(entity, {})
                beside[field] = [replaced, *beside.get(field, [])]
        laid["facts"] = {**before["facts"], **row["facts"]}
    return laid
