"""Shells that can complete our command lines: print the script for one, or install it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

COMPLETE = "_MLADVISOR_COMPLETE"
"""Variable that a shell sets when it wants to know what the Tab key may offer."""


HEADING = "The Tab key"
"""Under what help lists the flags."""


class Shell(StrEnum):
    """Shells that a completion script exists for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


def prepare() -> None:
    """Make ready for a shell that asks what to offer."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def _show(shell: Shell) -> None:
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    typer.echo(get_completion_script(prog_name="mladvisor", complete_var=COMPLETE, shell=shell))


def _install(shell: Shell) -> None:
    from typer.completion import install  # type: ignore[attr-defined]

    _, path = install(shell=shell, prog_name="mladvisor", complete_var=COMPLETE)
    typer.echo(
        f"Completion for {shell} written to {path}; open a new terminal to use it.", err=True
    )


def _then_leave(do: Callable[[Shell], None]) -> Callable[[Shell | None], None]:
    def callback(shell: Shell | None) -> None:
        if shell is not None:
            do(shell)
            raise typer.Exit

    return callback


ShowOption = Annotated[
    Shell | None,
    typer.Option(
        "--show-completion",
        metavar="SHELL",
        help="Print the script that completes commands and ids",
        callback=_then_leave(_show),
        is_eager=True,
        rich_help_panel=HEADING,
    ),
]

InstallOption = Annotated[
    Shell | None,
    typer.Option(
        "--install-completion",
        metavar="SHELL",
        help="Add it to your shell's start-up files",
        callback=_then_leave(_install),
        is_eager=True,
        rich_help_panel=HEADING,
    ),
]
