"""`mladvisor` alone: the interview, then the recommendation, then a look around."""

from __future__ import annotations

from typing import Annotated

import typer

from mladvisor.cli.options import CautiousOption, DataOption, TodayOption
from mladvisor.cli.shells import InstallOption, ShowOption
from mladvisor.errors import InputError

NO_TERMINAL = (
    "the interview needs a terminal; without one use flags (mladvisor advise --help), a file "
    "(mladvisor advise --profile FILE, - for standard input), or answers line by line "
    "(mladvisor --plain < FILE)"
)


def start(
    context: typer.Context,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from the answers kept, or change them")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Numbered lines: for screen readers and answers from a pipe"),
    ] = False,
    all_questions: Annotated[
        bool, typer.Option("--all-questions", help="Ask all that apply, in a fixed order")
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="FILE", help="Go on from answers kept in a file"),
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", metavar="FILE", help="Keep the answers as JSON")
    ] = None,
    cautious: CautiousOption = False,
    today: TodayOption = None,
    data: DataOption = None,
    _show: ShowOption = None,
    _install: InstallOption = None,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version")] = False,
) -> None:
    """Ask the questions in the terminal, then recommend."""
    if version:
        from mladvisor import __version__

        typer.echo(f"mladvisor {__version__}")
        return
    if context.invoked_subcommand is not None:
        return
    if resume and profile is not None:
        raise InputError("--resume and --profile name two sets of answers; give one of them")
    from mladvisor.cli.output import Output

    output = Output.from_options(save=save, today=today, top=8, cautious=cautious)
    if not output.can_ask and not plain:
        raise InputError(NO_TERMINAL)
    from mladvisor.cli.files import read_profile
    from mladvisor.cli.session import Manner, ask_and_deliver, going_on
    from mladvisor.knowledge.load import load

    flags = {"--plain": plain, "--all-questions": all_questions, "--cautious": cautious}
    wanted = [name for name, given in flags.items() if given]
    again = going_on(*wanted, save=save, today=today, data=data)
    answers = read_profile(profile) if profile is not None else {}
    manner = Manner(again, plain, all_questions, resume)
    ask_and_deliver(load(*(data or ())), answers, output, manner)
