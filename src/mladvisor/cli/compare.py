"""`mladvisor compare`: paths side by side for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.flags import ProfileOption, with_answers
from mladvisor.cli.options import (
    Format,
    FormatOption,
    JsonOption,
    OutOption,
    TodayOption,
    YearsOption,
)

if TYPE_CHECKING:
    from mladvisor.knowledge.load import Knowledge

HELP = """Compare two to five paths side by side for you: money, time, chances, what each brings.

Paths are ids of programs, certificates and routes (mladvisor list programs), a certificate with
the degree it leads into (a+b), courses (your own course plan), and carry-on. Answers are the flags
of mladvisor advise, all optional.

Examples:

  mladvisor compare gatech-omscs courses --goal ml-job --budget 12000

  mladvisor compare gatech-omscs utaustin-msai courses --years 7

  mladvisor compare gatech-omscs courses --profile me.json --format html
"""


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
    format_: FormatOption = Format.text,
    json_: JsonOption = False,
    out: OutOption = None,
    years: YearsOption = None,
    today: TodayOption = None,
) -> None:
    """Compare paths side by side."""
    from mladvisor.cli.answers import profile_from
    from mladvisor.cli.output import Result, day, finish
    from mladvisor.recommendation.compare import compare
    from mladvisor.report.comparison import print_comparison
    from mladvisor.report.content.comparison import comparison_page
    from mladvisor.scoring.model import score

    on = day(today)
    scores = score(profile_from(knowledge, profile, given, on), knowledge, on)
    document = compare(scores, paths, knowledge, today=on, span_years=years)
    texts = knowledge.texts["compare"]

    def print_text(stream: TextIO, width: int | None) -> None:
        print_comparison(document, texts, stream, width=width)

    result = Result(document, lambda _: comparison_page(document, texts), print_text)
    finish(result, Format.json if json_ else format_, out)
