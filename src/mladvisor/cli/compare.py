"""`mladvisor compare`: paths side by side for one person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.flags import ProfileOption, with_answers
from mladvisor.cli.options import DataOption, TodayOption, YearsOption

if TYPE_CHECKING:
    from mladvisor.knowledge.load import Knowledge

HELP = """Compare two to five paths side by side for you: money, time, chances, what each brings.

Paths are ids of programs, certificates and routes (mladvisor list programs), a certificate with
the degree it leads into (a+b), courses (your own course plan), and carry-on. Answers are the flags
of mladvisor advise, all optional.

Examples:

  mladvisor compare gatech-omscs courses --goal ml-job --budget 12000

  mladvisor compare gatech-omscs utaustin-msai courses --years 7

  mladvisor compare gatech-omscs courses --profile me.json --format markdown
"""


class Format(StrEnum):
    """How the comparison is printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


def compare_command() -> Callable[..., None]:
    """Return the command function, with one flag for each question of the knowledge base."""
    return with_answers(_compare, HELP)


def _compare(
    knowledge: Knowledge,
    given: Mapping[str, Any],
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Ids of two to five paths",
            autocompletion=ids_of("programs", "certificates", "routes"),
        ),
    ],
    *,
    profile: ProfileOption = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print")] = Format.text,
    json_: Annotated[bool, typer.Option("--json", help="Same as --format json")] = False,
    years: YearsOption = None,
    today: TodayOption = None,
    data: DataOption = None,
) -> None:
    """Compare paths side by side."""
    from mladvisor.cli.answers import profile_from
    from mladvisor.cli.output import day
    from mladvisor.knowledge.load import load
    from mladvisor.recommendation.compare import compare
    from mladvisor.scoring.model import score

    knowledge = load(*data) if data else knowledge
    on = day(today)
    scores = score(profile_from(knowledge, profile, given), knowledge, on)
    document = compare(scores, paths, knowledge, today=on, span_years=years)
    if json_ or format_ is Format.json:
        sys.stdout.buffer.write(document.model_dump_json(indent=2).encode() + b"\n")
        return
    from mladvisor.report.comparison import comparison_markdown, print_comparison

    texts = knowledge.texts["compare"]
    if format_ is Format.markdown:
        typer.echo(comparison_markdown(document, texts), nl=False)
    else:
        print_comparison(document, texts, sys.stdout)
