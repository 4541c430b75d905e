"""`mladvisor list`: a table of the knowledge base, filtered and sorted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.options import DataOption, number

if TYPE_CHECKING:
    from mladvisor.browse.tables import Row


class TableName(StrEnum):
    """Tables that can be listed."""

    programs = "programs"
    certificates = "certificates"
    routes = "routes"
    courses = "courses"
    roles = "roles"
    questions = "questions"
    rules = "rules"
    money = "money"


class Format(StrEnum):
    """How rows are printed."""

    text = "text"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def list_(
    table: Annotated[TableName, typer.Argument(help="The table to list")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="Words that a row must hold")
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option("--max-cost", parser=number, help="Lowest price at most this, in USD"),
    ] = None,
    online: Annotated[bool, typer.Option("--online", help="Online only")] = False,
    no_gre: Annotated[bool, typer.Option("--no-gre", help="No GRE needed, or optional")] = False,
    field: Annotated[str | None, typer.Option("--field", help="Field, e.g. data science")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Code or name, e.g. US")] = None,
    teaches: Annotated[
        list[str] | None,
        typer.Option(
            "--teaches",
            metavar="SKILL",
            help="A skill it teaches (repeatable)",
            autocompletion=ids_of("competencies"),
        ),
    ] = None,
    free: Annotated[bool, typer.Option("--free", help="Costs nothing")] = False,
    stage: Annotated[str | None, typer.Option("--stage", help="Stage of a course")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Teaches something this role uses",
            autocompletion=ids_of("roles"),
        ),
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="Column to sort by; -column for descending")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print")] = Format.text,
    json_: Annotated[bool, typer.Option("--json", help="Same as --format json")] = False,
    data: DataOption = None,
) -> None:
    """List a table, with the filters people want.

    Examples:

      mladvisor list programs --online --no-gre --max-cost 15000 --sort cost_usd

      mladvisor list courses --teaches deep-learning --free --format markdown
    """
    from mladvisor.browse.tables import Filters, may_pass, rows
    from mladvisor.knowledge.load import load

    filters = Filters(
        max_cost_usd=max_cost,
        online=online,
        no_gre=no_gre,
        field=field,
        country=country,
        teaches=tuple(teaches or ()),
        free=free,
        stage=stage,
        role=role,
        words=tuple(words or ()),
    )
    knowledge = load(*(data or ()))
    found = rows(table.value, knowledge, filters, sort)
    _print(found, Format.json if json_ else format_)
    if left_out := may_pass(table.value, knowledge, filters):
        typer.echo(f"Left out, as what you ask for is not known of them: {left_out}", err=True)


def _print(found: Sequence[Row], format_: Format) -> None:
    if format_ is Format.json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    from mladvisor.report.entries import as_csv, as_markdown, print_rows

    if format_ is Format.text:
        print_rows(found, sys.stdout)
    else:
        write = as_csv if format_ is Format.csv else as_markdown
        typer.echo(write(found), nl=False)
