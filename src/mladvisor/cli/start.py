"""`mladvisor` alone: the interview, then the recommendation."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mladvisor.cli.options import INTERRUPTED, DataOption, TodayOption
from mladvisor.errors import InputError

if TYPE_CHECKING:
    from mladvisor.cli.output import Output
    from mladvisor.knowledge.load import Knowledge


def start(
    context: typer.Context,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="FILE", help="Go on from answers kept in a file"),
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", metavar="FILE", help="Keep the answers as JSON")
    ] = None,
    today: TodayOption = None,
    data: DataOption = None,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version")] = False,
) -> None:
    """Ask the questions in the terminal, then recommend."""
    if version:
        from mladvisor import __version__

        typer.echo(f"mladvisor {__version__}")
        return
    if context.invoked_subcommand is not None:
        return
    from mladvisor.cli.output import Output

    output = Output.from_options(json_=False, save=save, today=today, top=8)
    if not output.can_ask:
        raise InputError(
            "the interview needs a terminal; without one use flags (mladvisor advise --help) "
            "or a file (mladvisor advise --profile FILE, - for standard input)"
        )
    from mladvisor.cli.files import read_profile
    from mladvisor.knowledge.load import load

    ask_and_deliver(
        load(*(data or ())), read_profile(profile) if profile is not None else {}, output
    )


def ask_and_deliver(knowledge: Knowledge, given: Mapping[str, Any], output: Output) -> None:
    """Run the interview; on Ctrl-C keep what was answered and say how to go on."""
    from mladvisor.cli.output import deliver
    from mladvisor.interview.ask import Interrupted, interview
    from mladvisor.interview.prompts import TerminalPrompter
    from mladvisor.profile import make_profile

    make_profile(knowledge, given)
    try:
        answers = interview(knowledge, TerminalPrompter(), given)
    except Interrupted as stop:
        _keep(stop.answers, output)
        raise typer.Exit(INTERRUPTED) from None
    deliver(knowledge, make_profile(knowledge, answers), output)


def _keep(answers: Mapping[str, Any], output: Output) -> None:
    """Keep unfinished answers, and print the line that goes on from them."""
    from mladvisor.cli.files import state_file
    from mladvisor.cli.output import save_answers

    if not answers:
        typer.echo("\nStopped; nothing was answered yet.", err=True)
        return
    path = Path(output.save) if output.save is not None else state_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    typer.echo("\nStopped.", err=True)
    save_answers(answers, path)
    again = ["mladvisor", "--profile", str(path)]
    again += ["--save", output.save] if output.save is not None else []
    typer.echo(f"Go on with: {shlex.join(again)}", err=True)
