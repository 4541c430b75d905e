"""`mladvisor schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer


class SchemaName(StrEnum):
    """Documents with a published schema."""

    profile = "profile"
    recommendation = "recommendation"
    plan = "plan"
    comparison = "comparison"
    options = "options"


def schema(
    name: Annotated[
        SchemaName,
        typer.Argument(help="profile: the input; the others: what comes out"),
    ],
) -> None:
    """Print the JSON Schema of what goes in, or of a document that comes out.

    Examples:

      mladvisor schema profile

      mladvisor schema recommendation > recommendation.schema.json
    """
    typer.echo(json.dumps(_schema(name), indent=2, ensure_ascii=False))


def _schema(name: SchemaName) -> dict[str, object]:
    if name is SchemaName.recommendation:
        from mladvisor.recommendation.document import Recommendation

        return Recommendation.model_json_schema(by_alias=True, mode="serialization")
    if name is SchemaName.plan:
        from mladvisor.recommendation.study.document import StudyPlan

        return StudyPlan.model_json_schema(mode="serialization")
    if name is SchemaName.comparison:
        from mladvisor.recommendation.comparison import Comparison

        return Comparison.model_json_schema(mode="serialization")
    if name is SchemaName.options:
        from mladvisor.browse.options import Options

        return Options.model_json_schema(mode="serialization")
    from mladvisor.knowledge.load import load
    from mladvisor.profile import profile_model

    return profile_model(load()).model_json_schema()
