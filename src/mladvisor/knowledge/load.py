"""Read the compiled knowledge base, or compile it first in a source checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from mladvisor.errors import KnowledgeError, Problem
from mladvisor.knowledge import models
from mladvisor.knowledge.compile import ENTITY_FOLDERS, read, table
from mladvisor.knowledge.rows import Criterion, Question, Rule, Settings

COMPILED = Path(__file__).with_name("knowledge.json")
CHECKOUT_DATA = Path(__file__).parents[3] / "data"

M = TypeVar("M", bound=BaseModel)

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
}


class Knowledge:
    """The knowledge base; each table is checked against its model when it is first read."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.data_version: str = document["data_version"]
        self.checked_on: str = document["checked_on"]

    def _table(self, name: str, model: type[M]) -> tuple[M, ...]:
        try:
            adapter: TypeAdapter[tuple[M, ...]] = TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]
            return adapter.validate_python(table(self.document, name))
        except ValidationError as error:
            rows = table(self.document, name)
            raise KnowledgeError(list(_table_problems(name, rows, error))) from error

    @cached_property
    def offers(self) -> tuple[models.Offer, ...]:
        """All programs, certificates and routes, by id."""
        rows = (*self._offers("programs"), *self._offers("certificates"), *self._offers("routes"))
        return tuple(sorted(rows, key=lambda offer: offer.id))

    def _offers(self, name: str) -> tuple[models.Offer, ...]:
        return self._table(name, models.Offer)

    @cached_property
    def courses(self) -> tuple[models.Course, ...]:
        """Courses, books and project templates, by id."""
        return self._table("courses", models.Course)

    @cached_property
    def roles(self) -> dict[str, models.Role]:
        """Roles by id."""
        return {role.id: role for role in self._table("roles", models.Role)}

    @cached_property
    def curricula(self) -> dict[str, models.Curriculum]:
        """Curricula by id."""
        return {row.id: row for row in self._table("curricula", models.Curriculum)}

    @cached_property
    def competencies(self) -> dict[str, models.Competency]:
        """Competencies by id, in the order of the taxonomy."""
        return {row.id: row for row in self._table("competencies", models.Competency)}

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria, in the order in which they are shown."""
        return self._table("criteria", Criterion)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by the profile field they fill, in the order in which they are asked."""
        return {row.field: row for row in self._table("questions", Question)}

    @cached_property
    def screens(self) -> tuple[models.Screen, ...]:
        """What employers' ads demand, by role, employer and seniority."""
        return self._table("screens", models.Screen)

    @cached_property
    def faq(self) -> tuple[models.FaqEntry, ...]:
        """Questions people ask, with answers."""
        return self._table("faq", models.FaqEntry)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Rules, by id."""
        return self._table("rules", Rule)

    @cached_property
    def settings(self) -> Settings:
        """The numbers of the scoring model."""
        return Settings.model_validate(self.document["criteria_settings"])

    @property
    def texts(self) -> dict[str, Any]:
        """Texts of the report, with named places for computed values."""
        texts: dict[str, Any] = self.document["texts"]
        return texts

    def source(self, name: str) -> models.Source:
        """Return one source by its id."""
        return models.Source.model_validate(self._sources[name])

    @cached_property
    def _sources(self) -> Mapping[str, Any]:
        sources: Mapping[str, Any] = table(self.document, "sources")
        return sources

    @cached_property
    def _evidence(self) -> Mapping[str, Any]:
        evidence: Mapping[str, Any] = table(self.document, "evidence")
        return evidence

    def evidence(self, entity: str, field: str) -> tuple[models.Fact, ...]:
        """Return what else is known of a figure, beside the row that decides."""
        rows = self._evidence.get(entity, {}).get(field, [])
        return tuple(models.Fact.model_validate(row) for row in rows)


def load() -> Knowledge:
    """Return the shipped knowledge base; in a checkout, rebuilt when a data file is newer."""
    if CHECKOUT_DATA.is_dir():
        return Knowledge(_from_checkout())
    return Knowledge(read(COMPILED))


def _from_checkout() -> Mapping[str, Any]:
    newest = max(path.stat().st_mtime for path in [CHECKOUT_DATA, *CHECKOUT_DATA.rglob("*")])
    if COMPILED.exists() and COMPILED.stat().st_mtime > newest:
        return read(COMPILED)
    document = compiled(CHECKOUT_DATA)
    problems = validate(document)
    if problems:
        raise KnowledgeError(problems)
    from mladvisor.knowledge.compile import write

    try:
        write(document, COMPILED)
    except OSError:
        pass  # a read-only checkout works too, only slower
    return document


def compiled(*folders: Path) -> dict[str, Any]:
    """Compile folders of TOML; unreadable files are a KnowledgeError that names each."""
    from mladvisor.knowledge.compile import CompileError, compile_folders

    try:
        return compile_folders(*folders)
    except CompileError as error:
        raise KnowledgeError([Problem(*problem) for problem in error.problems]) from error


def validate(document: Mapping[str, Any]) -> list[Problem]:
    """Check every entry against its model; return all problems, each with file and key."""
    problems: list[Problem] = []
    for name, model in TABLES.items():
        try:
            TypeAdapter(tuple[model, ...]).validate_python(document[name])  # type: ignore[valid-type]
        except ValidationError as error:
            problems.extend(_table_problems(name, document[name], error))
    problems.extend(_fact_problems(document))
    problems.extend(_source_problems(document))
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


def _fact_problem(where: str, row: Any) -> Iterator[Problem]:
    try:
        fault = models.Fact.model_validate(row).fault()
    except ValidationError as error:
        yield from _problems(where, error)
    else:
        if fault is not None:
            yield Problem(where, fault)


def _source_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    sources = document["sources"]
    for name, source in sources.items():
        try:
            models.Source.model_validate(source)
        except ValidationError as error:
            yield from _problems(f"data: source {name}", error)
    for where, name in cited_sources(document):
        if name not in sources and not name.startswith("guide:"):
            yield Problem(where, f'source "{name}" is named but stands nowhere')


def cited_sources(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (file, source id) for each time an entry names a source."""

    def walk(node: Any, where: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, Mapping):
            here = f"data/{node['file']}" if "file" in node else where
            for key, child in node.items():
                if key == "source" and isinstance(child, str):
                    yield here, child
                elif key in ("sources", "source_ids") and isinstance(child, list):
                    yield from ((here, name) for name in child)
                else:
                    yield from walk(child, here)
        elif isinstance(node, list):
            for child in node:
                yield from walk(child, where)

    for name, table in document.items():
        if name != "sources":
            yield from walk(table, f"data/{name}")


def _table_problems(name: str, rows: Any, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        index, *path = detail["loc"] or (None,)
        row = rows[index] if isinstance(index, int) else {}
        file = row.get("file", f"{name}.toml")
        label = row.get("id") or row.get("field") or index
        at = "" if file.startswith(f"{name}/") else f" ({label})"
        yield _problem(f"data/{file}{at}", path, detail)


def _problems(where: str, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        yield _problem(where, list(detail["loc"]), detail)


def _problem(where: str, path: list[Any], detail: Any) -> Problem:
    """Say which key, what was expected and what stood there."""
    key = ".".join(str(part) for part in path)
    found = detail.get("input")
    shown = (
        "" if isinstance(found, (Mapping, list)) else f", found {json.dumps(found, default=str)}"
    )
    return Problem(f"{where}: {key}" if key else where, f"{detail['msg']}{shown}")
