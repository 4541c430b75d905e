"""The program: its commands, its exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from mladvisor.errors import MladvisorError

HELP = """Degree, certificate or courses? An advisor for people who weigh paying for a master's in
machine learning against building the same knowledge from courses.

Examples:

  mladvisor                                      answer questions, get a recommendation

  mladvisor advise --goal ml-job --budget 3000   the same from flags

  mladvisor advise --profile me.json --json      for scripts

  mladvisor advise --help                        every flag
"""

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what was printed is out by then."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _pipe_closed()
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        build(arguments)(args=list(arguments), prog_name="mladvisor")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except MladvisorError as error:
        report_problems(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _own_fault(error)
    return 0


def build(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the commands that `arguments` may need.

    The flags of `advise` come from the knowledge base, so it is read only where they are wanted.
    """
    from mladvisor.cli import start

    app = typer.Typer(
        help=HELP,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(start.start)
    app.command("advise", help=ADVISE_HELP)(_advise(arguments))
    app.command("schema")(_schema(arguments))
    return app


ADVISE_HELP = """Recommend from flags, a profile file, or standard input.

Every answer is optional: what you leave out is drawn from what is common, and the report says what
would be worth finding out. "not-sure" is an answer to every question.

Examples:

  mladvisor advise --goal ml-job --role ml-engineer --budget 3000 --hours-per-week 10

  mladvisor advise --profile me.json --degree-filter hard

  echo '{"goal": "phd"}' | mladvisor advise --profile - --json
"""


def _schema(arguments: Sequence[str]) -> Callable[..., Any]:
    if "advise" in arguments:
        return lambda: None
    from mladvisor.cli.schema import schema

    return schema


def _advise(arguments: Sequence[str]) -> Callable[..., Any]:
    if "advise" not in arguments:
        return lambda: None  # listed in the help; never run without being named
    from mladvisor.cli.advise import advise_command

    return advise_command()


def report_problems(error: MladvisorError) -> None:
    """Print every problem on a line of its own, to stderr."""
    for problem in error.problems:
        typer.echo(f"mladvisor: {problem}", err=True)


def _pipe_closed() -> int:
    """The reader went away: nothing more to say. Keep Python from complaining at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _own_fault(error: Exception) -> int:
    if os.environ.get("MLADVISOR_DEBUG"):
        raise error
    typer.echo(
        f"mladvisor: internal error: {type(error).__name__}: {error}\n"
        "mladvisor: this is a fault of the program; set MLADVISOR_DEBUG=1 to see where",
        err=True,
    )
    return 1


TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Date of the report, YYYY-MM-DD (default: today)"),
]
