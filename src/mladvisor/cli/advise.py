"""`mladvisor advise`: from flags, a file or standard input to a recommendation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mladvisor.cli.complete import ids_of
from mladvisor.cli.flags import ProfileOption, with_answers
from mladvisor.cli.options import (
    TOP,
    CautiousOption,
    Format,
    FormatOption,
    FullOption,
    JsonOption,
    OutOption,
    TodayOption,
    YearsOption,
)

if TYPE_CHECKING:
    from mladvisor.knowledge.load import Knowledge

HELP = """Recommend from flags, a profile file, or standard input.

Every answer is optional: what you leave out is drawn from what is common, and the report says what
would be worth finding out. "not-sure" is an answer to every question.

Examples:

  mladvisor advise --goal ml-job --role ml-engineer --budget 3000 --hours-per-week 10

  mladvisor advise --profile me.json --degree-filter hard

  mladvisor advise --profile me.json --versus gatech-omscs --cautious

  mladvisor advise --profile me.json --full | less

  mladvisor advise --profile me.json --format html -o report.html

  echo '{"goal": "phd"}' | mladvisor advise --profile - --json
"""


def advise_command() -> Callable[..., None]:
    """Return the command function, with one flag for each question of the knowledge base."""
    return with_answers(_advise, HELP)


def _advise(
    knowledge: Knowledge,
    given: Mapping[str, Any],
    *,
    profile: ProfileOption = None,
    format_: FormatOption = Format.text,
    json_: JsonOption = False,
    out: OutOption = None,
    save: Annotated[
        str | None, typer.Option("--save", metavar="FILE", help="Keep the answers as JSON")
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask, even on a terminal")
    ] = False,
    versus: Annotated[
        str | None,
        typer.Option(
            "--versus",
            metavar="PATH",
            help="Set the pick against this path, too",
            autocompletion=ids_of("programs", "certificates", "routes"),
        ),
    ] = None,
    cautious: CautiousOption = False,
    full: FullOption = False,
    today: TodayOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many paths to list")] = TOP,
    years: YearsOption = None,
) -> None:
    """Recommend from flags, a file or stdin."""
    from mladvisor.cli.answers import profile_from
    from mladvisor.cli.output import Output, deliver

    output = Output.from_options(
        save=save,
        today=today,
        top=top,
        years=years,
        cautious=cautious,
        versus=versus,
        full=full,
        format_=Format.json if json_ else format_,
        out=out,
    )
    asks = not no_input and output.format is not Format.json and output.can_ask
    if not given and profile is None and asks:
        from mladvisor.cli.session import Manner, ask_and_deliver, going_on

        again = going_on(save=save, today=today, data=knowledge.local)
        ask_and_deliver(knowledge, {}, output, Manner(again))
        return
    if not given and profile is None:
        hint = "give flags (mladvisor advise --help) or --profile FILE, - for standard input"
        typer.echo(
            f"mladvisor: no answers were given, all are drawn from what is common; {hint}", err=True
        )
    deliver(knowledge, profile_from(knowledge, profile, given, output.today), output)
