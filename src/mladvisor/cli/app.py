"""The program: its commands, its exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer

from mladvisor.cli.options import INTERRUPTED
from mladvisor.errors import InputError, MladvisorError, visible

HELP = """Degree, certificate or courses? An advisor for people who weigh paying for a master's in
machine learning against building the same knowledge from courses.

Examples:

  mladvisor  # asks, then recommends

  mladvisor options  # read first: every option, good and bad

  mladvisor advise --goal ml-job --budget 3000  # the same from flags

  mladvisor advise --profile me.json --json  # for scripts

  mladvisor show gatech-omscs  # all that is known of it
"""

COMPLETING = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")
"""Variables in which a shell hands over the line to complete."""

UNWRITABLE = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""Why standard output takes no more; files are written elsewhere, with their names in messages."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what was printed is out by then."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()  # the reader went away: nothing more to say
        return 0
    except OSError as error:
        _close_output()
        reason = (error.strerror or str(error)).lower()
        if error.errno == errno.EBADF:  # put there by startup.open_streams
            reason = "standard output is closed"
        return _refused(InputError(f"can't write the output: {reason}"))
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        build(arguments)(args=list(arguments), prog_name="mladvisor")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except MladvisorError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if error.errno in UNWRITABLE:
            raise
        return _own_fault(error)
    except Exception as error:
        return _own_fault(error)
    return 0


def build(arguments: Sequence[str]) -> typer.Typer:
    """Return the program. A command's module is imported only when it is on the command line."""
    from mladvisor.cli.command import Command, Group
    from mladvisor.cli.shells import COMPLETE, prepare
    from mladvisor.cli.start import start

    words = {*arguments, *" ".join(os.environ.get(name, "") for name in COMPLETING).split()}
    if COMPLETE in os.environ:
        prepare()
    app = typer.Typer(
        cls=Group,
        help=HELP,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(start)
    for name, (summary, command) in COMMANDS.items():
        if name in words:
            app.command(name, cls=Command)(command())
        else:
            app.command(name, cls=Command, help=summary)(_not_run)
    if "data" in words:
        from mladvisor.cli.data import app as data

        app.add_typer(data, name="data")
    else:
        app.command("data", cls=Command, help=DATA_SUMMARY)(_not_run)
    return app


def summaries() -> dict[str, str]:
    """Return command → what it does."""
    return {**{name: summary for name, (summary, _) in COMMANDS.items()}, "data": DATA_SUMMARY}


def _not_run() -> None:
    """Stand for a command that is listed in the help and was not named."""


def _advise() -> Callable[..., Any]:
    from mladvisor.cli.advise import advise_command

    return advise_command()


def _plan() -> Callable[..., Any]:
    from mladvisor.cli.plan import plan_command

    return plan_command()


def _compare() -> Callable[..., Any]:
    from mladvisor.cli.compare import compare_command

    return compare_command()


def _options() -> Callable[..., Any]:
    from mladvisor.cli.all_options import options

    return options


def _list() -> Callable[..., Any]:
    from mladvisor.cli.list import list_

    return list_


def _show() -> Callable[..., Any]:
    from mladvisor.cli.show import show

    return show


def _faq() -> Callable[..., Any]:
    from mladvisor.cli.faq import faq

    return faq


def _batch() -> Callable[..., Any]:
    from mladvisor.cli.batch import batch

    return batch


def _schema() -> Callable[..., Any]:
    from mladvisor.cli.schema import schema

    return schema


def _help() -> Callable[..., Any]:
    from mladvisor.cli.topics import help_

    return help_


DATA_SUMMARY = "Check the knowledge base, find what is due, start a new entry."

COMMANDS: dict[str, tuple[str, Callable[[], Callable[..., Any]]]] = {
    "advise": ("Recommend from flags, a profile file, or standard input.", _advise),
    "plan": ("Plan the courses to a role, or like a degree, on a calendar.", _plan),
    "compare": ("Put two to five paths side by side for you.", _compare),
    "options": ("Read what every option is like, good and bad, without a ranking.", _options),
    "list": ("List programs, certificates, courses, roles, questions, rules or money.", _list),
    "show": ("Show one entity, each figure with its origin.", _show),
    "faq": ("Answer questions people ask.", _faq),
    "batch": ("Advise many people: profiles in, results out, one a line.", _batch),
    "help": ("Explain a topic or a command.", _help),
    "schema": ("Print the JSON Schema of what goes in or comes out.", _schema),
}
"""Name → what it does, and how to get the function that does it."""


def report_problems(error: MladvisorError) -> None:
    """Print every problem on a line of its own, to stderr, after the short help if there is one."""
    brief = getattr(error, "brief", None)
    if brief is not None:
        typer.echo(f"{brief}\n", err=True)
    for problem in error.problems:
        typer.echo(f"mladvisor: {problem}", err=True)


def _refused(error: MladvisorError) -> int:
    report_problems(error)
    return error.exit_code


def _close_output() -> None:
    """Give up standard output, and keep Python from complaining of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _own_fault(error: Exception) -> int:
    if os.environ.get("MLADVISOR_DEBUG"):
        raise error
    typer.echo(
        f"mladvisor: internal error: {type(error).__name__}: {visible(str(error))}\n"
        "mladvisor: this is a fault of the program; set MLADVISOR_DEBUG=1 to see where",
        err=True,
    )
    return 1
