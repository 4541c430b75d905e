"""`mladvisor show`: everything on one entity, each figure with its origin."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.options import DataOption


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Id of a program, certificate, course, role, rule, question or source",
            autocompletion=ids_of(),
        ),
    ],
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document")] = False,
    data: DataOption = None,
) -> None:
    """Show one entity: good and bad, each figure with source, date and kind.

    Examples:

      mladvisor show gatech-omscs

      mladvisor show degree_filter --json
    """
    from mladvisor.browse.entry import find
    from mladvisor.knowledge.load import load

    knowledge = load(*(data or ()))
    entry = find(name, knowledge)
    if json_:
        typer.echo(entry.model_dump_json(indent=2))
        return
    from mladvisor.report.entries import print_entry

    print_entry(entry, knowledge, sys.stdout)
