"""`mladvisor data`: for those who keep or extend the knowledge base."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mladvisor.cli.command import Command, Group
from mladvisor.cli.options import DataOption, TodayOption
from mladvisor.errors import InputError, KnowledgeError, Problem

HELP = """Check the knowledge base, find what is due, start a new entry.

Examples:

  mladvisor data check --data my-data

  mladvisor data stale

  mladvisor data new program my-school-ms-ml
"""

app = typer.Typer(cls=Group, help=HELP, rich_markup_mode=None)


class EntityKind(StrEnum):
    """Kinds of entities that a template exists for."""

    program = "program"
    certificate = "certificate"
    route = "route"
    course = "course"
    role = "role"


@app.command(cls=Command)
def check(data: DataOption = None, today: TodayOption = None) -> None:
    """Run all checks on the data folder of a checkout, and on your own with --data.

    Examples:

      mladvisor data check

      mladvisor data check --data my-data
    """
    from mladvisor.checks import CHECKS, run
    from mladvisor.knowledge.places import CHECKOUT_DATA

    folders = [*([CHECKOUT_DATA] if CHECKOUT_DATA.is_dir() else []), *map(Path, data or ())]
    if not folders:
        message = "no data folder here: run it in a checkout, or give --data DIR"
        raise InputError([Problem("data check", message)])
    problems = run(tuple(folders), _day(today))
    if problems:
        raise KnowledgeError(problems)
    typer.echo(f"No problem found by {len(CHECKS)} checks.")


@app.command(cls=Command)
def stale(
    data: DataOption = None,
    today: TodayOption = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """List figures that are too old, oldest first, with the page to open.

    Examples:

      mladvisor data stale

      mladvisor data stale --today 2027-12-01 --json
    """
    import json
    from dataclasses import asdict

    from mladvisor.knowledge.load import load
    from mladvisor.knowledge.stale import stale as due

    rows = due(load(*(data or ())), _day(today))
    if json_:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    for row in rows:
        age = f"{row.months} months, limit {row.limit_months}"
        typer.echo(f"{row.entity} {row.figure}: of {row.dated} ({age}) {row.url or ''}")
    typer.echo(f"{len(rows)} figures are due.", err=True)


@app.command(cls=Command)
def new(
    kind: Annotated[EntityKind, typer.Argument(help="What to start")],
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, as my-school-ms-ml")],
    folder: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Write it into this data folder")
    ] = None,
) -> None:
    """Write a commented template of a new entity; to standard output without --data.

    Examples:

      mladvisor data new program my-school-ms-ml --data my-data
    """
    from mladvisor.cli.files import write_whole
    from mladvisor.knowledge.template import KINDS, template

    text = template(kind.value, name)
    if folder is None:
        sys.stdout.write(text)
        return
    path = folder / KINDS[kind.value][0] / f"{name}.toml"
    if path.exists():
        raise InputError([Problem(str(path), "is there already; it was not touched")])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    typer.echo(f"Written: {path}", err=True)


def _day(today: str | None) -> date:
    from mladvisor.cli.output import day

    return day(today)
