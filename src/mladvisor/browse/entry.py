"""Everything the knowledge base holds on one entity, in the same fields for all of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from mladvisor.errors import InputError, Problem, nearest
from mladvisor.knowledge.document import table
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Fact
from mladvisor.knowledge.validate import TABLES as MODELS
from mladvisor.scoring.model import checked_rules

TABLES = (
    "programs", "certificates", "routes", "courses", "roles", "curricula", "rules", "questions",
    "competencies", "criteria", "faq", "money", "staleness", "options",
)  # fmt: skip

NOT_PLAIN = ("facts", "file", "figure", "others")

EVIDENCE_TABLES = ("programs", "certificates", "routes", "courses", "roles")


class Part(BaseModel):
    """Base of the parts of an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Part):
    """One row of evidence for a figure, in words and as numbers."""

    reading: str
    value: float | bool | str | None
    low: float | None
    high: float | None
    unknown: str | None
    note: str | None
    source: str | None
    title: str | None
    kind: str | None
    as_of: str | None
    checked_on: str | None
    url: str | None


class Figure(Part):
    """A figure: the row that decides, and what else is said."""

    field: str
    decides: Evidence
    others: list[Evidence]


class Entry(Part):
    """One entity: its plain fields, its figures, and which rules read it."""

    table: str
    id: str
    fields: dict[str, Any]
    figures: list[Figure]
    used_by: list[str]


def find(name: str, knowledge: Knowledge) -> Entry:
    """Return the entry with that id; InputError with the nearest ids if there is none."""
    for where, row in _all_rows(knowledge):
        if _id(row) == name:
            return _entry(where, row, knowledge)
    if name in table(knowledge.document, "sources"):
        source = table(knowledge.document, "sources")[name]
        return Entry(table="sources", id=name, fields=source, figures=[], used_by=[])
    raise InputError([Problem(name, f"there is no such entry; {_near(name, knowledge)}")])


def ids(knowledge: Knowledge) -> list[str]:
    """Return every id, in order."""
    return sorted({_id(row) for _, row in _all_rows(knowledge)})


def _all_rows(knowledge: Knowledge) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in TABLES:
        for row in table(knowledge.document, name):
            yield name, row


def _id(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or row.get("field"))


def _near(name: str, knowledge: Knowledge) -> str:
    return nearest(name, ids(knowledge)) or "see mladvisor list programs"


def _entry(where: str, row: Mapping[str, Any], knowledge: Knowledge) -> Entry:
    order = [field for field in MODELS[where].model_fields if field not in NOT_PLAIN]
    plain = {field: row[field] for field in order if field in row}
    return Entry(
        table=where,
        id=_id(row),
        fields=plain,
        figures=list(_figures(where, row, knowledge)),
        used_by=list(_used_by(where, row, knowledge)),
    )


def _figures(where: str, row: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Figure]:
    if where == "money":
        decides, *beside = map(Fact.model_validate, (row["figure"], *row.get("others", ())))
        yield Figure(
            field=row["unit"],
            decides=_evidence(decides, knowledge),
            others=[_evidence(other, knowledge) for other in beside],
        )
    if where not in EVIDENCE_TABLES:
        return
    for field, fact in row["facts"].items():
        others = knowledge.evidence(f"{where}/{row['id']}", field)
        yield Figure(
            field=field,
            decides=_evidence(Fact.model_validate(fact), knowledge),
            others=[_evidence(other, knowledge) for other in others],
        )


def _evidence(fact: Fact, knowledge: Knowledge) -> Evidence:
    source = knowledge.source(fact.source) if fact.source is not None else None
    return Evidence(
        reading=fact.reading(),
        value=fact.value,
        low=fact.low,
        high=fact.high,
        unknown=fact.unknown,
        note=fact.note,
        source=fact.source,
        title=source.title if source else None,
        kind=source.kind if source else None,
        as_of=fact.as_of or (source.as_of if source else None),
        checked_on=source.checked_on if source else None,
        url=source.url if source else None,
    )


def _used_by(where: str, row: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    """Yield the rules that read a question, cite this entity's sources, or weigh a criterion."""
    name = _id(row)
    for checked in checked_rules(knowledge):
        rule = checked.rule
        reads = where == "questions" and name in checked.names
        cites = any(source.startswith(f"{where}/{name}#") for source in rule.sources)
        moves = name in {**(rule.then.weigh or {}), **(rule.then.value or {})}
        if reads or cites or (where == "criteria" and moves):
            yield rule.id


def faq_words(knowledge: Knowledge) -> list[str]:
    """Return the words by which questions people ask can be found: their keywords and ids."""
    entries = table(knowledge.document, "faq")
    words = [word for each in entries for word in (*each.get("keywords", ()), each["id"])]
    singles = [part for word in words for part in str(word).replace("-", " ").split()]
    return list(dict.fromkeys([*map(str, words), *singles]))


def faq(words: Sequence[str], knowledge: Knowledge) -> list[Mapping[str, Any]]:
    """Return the questions people ask that hold all the words, or, if none does, most of them."""
    entries: list[Mapping[str, Any]] = table(knowledge.document, "faq")
    if not words:
        return entries
    wanted = [word.lower() for word in words]

    def hits(entry: Mapping[str, Any]) -> int:
        text = " ".join(
            (entry["id"], entry["question"], entry["answer"], *entry.get("keywords", ()))
        ).lower()
        return sum(word in text for word in wanted)

    best = max(map(hits, entries))
    return [entry for entry in entries if best and hits(entry) == best]
