"""A commented file for a new entity, written from the model that will check it."""

from __future__ import annotations

from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mladvisor.knowledge import models

KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "program": ("programs", models.Offer),
    "certificate": ("certificates", models.Offer),
    "route": ("routes", models.Offer),
    "course": ("courses", models.Course),
    "role": ("roles", models.Role),
}
"""Kind of entity → its folder and its model."""

FIGURES: dict[type[BaseModel], Any] = {
    models.Offer: models.OfferFigure,
    models.Course: models.CourseFigure,
    models.Role: models.RoleFigure,
}

TABLES = ("requires", "covers", "teaches", "admission", "research", "facts")
"""Keys that are tables of their own, at the end of the file."""

FACTS = """
[facts]
# One row or several for each figure; README.md in data/ says how. Figures of this table:
# {figures}
# cost_usd = {{ low = 9000, high = 9500, source = "prices-2026", note = "with fees" }}
# acceptance_rate = {{ unknown = "not published" }}

[sources.prices-2026]
title = "Whose page, and what it lists"
url = "https://"
kind = "official"              # {kinds}
as_of = "2026-11"              # when the page speaks for: YYYY, YYYY-MM, YYYY-MM-DD or undated
checked_on = "2026-11-22"      # when you looked
"""


def template(kind: str, name: str) -> str:
    """Return the text of a new entity's file: every key, with what it takes."""
    _, model = KINDS[kind]
    lines = [f'id = "{name}"']
    for key, field in model.model_fields.items():
        if key not in ("id", "file", *TABLES):
            lines.append(_line(key, field))
    for key in ("requires", "covers", "teaches"):
        if key in model.model_fields:
            lines += ["", f"[{key}]", "# linear-algebra = 2     # competency = depth 1 to 3"]
    for key in ("admission", "research"):
        if key in model.model_fields:
            part: Any = model.model_fields[key].annotation
            lines += ["", f"[{key}]", *(_line(k, f) for k, f in part.model_fields.items())]
    figures = ", ".join(get_args(FIGURES[model]))
    kinds = ", ".join(get_args(models.SourceKind))
    return "\n".join(lines) + "\n" + FACTS.format(figures=figures, kinds=kinds)


def _line(key: str, field: FieldInfo) -> str:
    value, takes = _example(field.annotation)
    if isinstance(field.default, bool):
        value = str(field.default).lower()
    mark = "" if field.is_required() else "# "
    return f"{mark}{key} = {value}" + (f"  # {takes}" if takes else "")


def _example(annotation: Any) -> tuple[str, str]:
    """Return an empty value of a type, and what it takes."""
    choices = [arg for arg in get_args(annotation) if arg is not NoneType]
    if get_origin(annotation) is Literal:
        return f'"{choices[0]}"', "one of " + ", ".join(map(str, choices))
    if annotation is bool:
        return "false", ""
    if annotation is str or (str in choices and get_origin(annotation) is not tuple):
        return '""', ""
    if get_origin(annotation) is tuple:
        return "[]", "a list"
    return '""', ""
