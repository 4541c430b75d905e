"""Read the compiled knowledge base, or compile it first in a source checkout."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mladvisor.errors import InputError, KnowledgeError, Problem
from mladvisor.knowledge import models
from mladvisor.knowledge.document import read, table
from mladvisor.knowledge.place_lists import PlaceList
from mladvisor.knowledge.places import CHECKOUT_DATA, COMPILED, is_current
from mladvisor.knowledge.problems import table_problems
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

M = TypeVar("M", bound=BaseModel)


class Knowledge:
    """The knowledge base; each table is checked against its model when it is first read."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.data_version: str = document["data_version"]
        self.checked_on: str = document["checked_on"]
        self.local: tuple[str, ...] = tuple(document.get("local", ()))

    def _table(self, name: str, model: type[M]) -> tuple[M, ...]:
        rows = table(self.document, name)
        try:  # row by row: an adapter for the whole table would have to be built first
            return tuple(map(model.model_validate, rows))
        except ValidationError:
            raise KnowledgeError(list(table_problems(name, model, rows))) from None

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
        return tuple(sorted(self._table("courses", models.Course), key=lambda row: row.id))

    @cached_property
    def roles(self) -> dict[str, models.Role]:
        """Roles by id."""
        rows = sorted(self._table("roles", models.Role), key=lambda row: row.id)
        return {role.id: role for role in rows}

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
        return tuple(sorted(self._table("rules", Rule), key=lambda row: row.id))

    @cached_property
    def money(self) -> dict[str, MoneyFigure]:
        """What the money of every path is reckoned with, by id."""
        return {row.id: row for row in self._table("money", MoneyFigure)}

    @cached_property
    def staleness(self) -> tuple[Staleness, ...]:
        """How long classes of figures may go unchecked."""
        return self._table("staleness", Staleness)

    @cached_property
    def places(self) -> dict[str, PlaceList]:
        """Places that answers may name, by list."""
        return {row.id: row for row in self._table("places", PlaceList)}

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """What providers ask for all their courses at once, by provider."""
        return {row.provider: row for row in self._table("platforms", Platform)}

    @cached_property
    def options(self) -> tuple[PathOption, ...]:
        """Every kind of thing to do, by title: no order but the alphabet's."""
        return tuple(sorted(self._table("options", PathOption), key=lambda row: row.title))

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

    def raw_source(self, name: str) -> Mapping[str, Any]:
        """Return one source as it is written, unchecked: for looking at many of them."""
        source: Mapping[str, Any] = self._sources[name]
        return source

    def is_recalled(self, fact: models.Fact) -> bool:
        """Say whether a figure is known from memory alone, without a page."""
        return fact.source is not None and self._sources[fact.source]["kind"] == "recall"

    def evidence(self, entity: str, field: str) -> tuple[models.Fact, ...]:
        """Return what else is known of a figure, beside the row that decides."""
        rows = self._evidence.get(entity, {}).get(field, [])
        return tuple(models.Fact.model_validate(row) for row in rows)


def load(*local: str) -> Knowledge:
    """Return the shipped knowledge base, with the user's own folders laid over it in order.

    In a checkout it is rebuilt when a data file is newer. Raises KnowledgeError with all that is
    wrong in the user's files.
    """
    document = _from_checkout() if CHECKOUT_DATA.is_dir() else read(COMPILED)
    if not local:
        return Knowledge(document)
    from mladvisor.knowledge.overlay import overlay
    from mladvisor.knowledge.validate import validate

    for name in local:
        if not Path(name).is_dir():
            raise InputError([Problem("--data", f'"{name}" is no folder; expected one like data/')])
        document = overlay(document, compiled(Path(name)), name)
    problems = validate(document)
    if problems:
        raise KnowledgeError(problems)
    return Knowledge(document)


def _from_checkout() -> Mapping[str, Any]:
    if is_current():
        return read(COMPILED)
    document = compiled(CHECKOUT_DATA)
    from mladvisor.knowledge.compile import write
    from mladvisor.knowledge.validate import validate

    problems = validate(document)
    if problems:
        raise KnowledgeError(problems)
    with contextlib.suppress(OSError):  # a read-only checkout works too, only slower
        write(document, COMPILED)
    return document


def compiled(*folders: Path) -> dict[str, Any]:
    """Compile folders of TOML; unreadable files are a KnowledgeError that names each."""
    from mladvisor.knowledge.compile import CompileError, compile_folders

    try:
        return compile_folders(*folders)
    except CompileError as error:
        raise KnowledgeError([Problem(*problem) for problem in error.problems]) from error
