"""The manual page, from the same help texts and topics that the terminal shows."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mladvisor import __version__
from mladvisor.cli.app import build, summaries
from mladvisor.cli.help import AnyCommand, help_text, parts
from mladvisor.cli.topics import page
from mladvisor.cli.topics import summaries as topics

COLUMNS = 72
"""Width of text that the page shows as it is; man indents it by seven."""


def man_page() -> str:
    """Return the page in roff, for `man`."""
    root = get_command(build([*summaries()]))
    assert isinstance(root, TyperGroup)
    context = typer.Context(root, info_name="mladvisor", **root.context_settings)
    about = parts(root.help or "")[0][0]
    lines = [f'.TH MLADVISOR 1 "" "mladvisor {__version__}"', ".SH NAME"]
    lines += [f"mladvisor \\- {_escaped(about)}", ".SH SYNOPSIS", "mladvisor [COMMAND] [FLAGS]"]
    lines += [".SH DESCRIPTION", *_as_it_is(help_text(root, context, COLUMNS)), ".SH COMMANDS"]
    for command, inner in _commands(root, context):
        lines += [f".SS {inner.command_path}", *_as_it_is(help_text(command, inner, COLUMNS))]
    for topic in topics():
        lines += [f".SH {topic.upper()}", *_as_it_is(page(topic, COLUMNS))]
    return "\n".join(lines) + "\n"


def _commands(
    group: TyperGroup, context: typer.Context
) -> Iterator[tuple[AnyCommand, typer.Context]]:
    """Yield every command with its context, those inside a group after it."""
    for name, command in group.commands.items():
        inner = typer.Context(command, info_name=name, parent=context)
        if isinstance(command, TyperCommand | TyperGroup):
            yield command, inner
        if isinstance(command, TyperGroup):
            yield from _commands(command, inner)


def _as_it_is(text: str) -> list[str]:
    """Return text that man shows line by line as it stands."""
    return [".nf", *map(_escaped, text.splitlines()), ".fi"]


def _escaped(line: str) -> str:
    plain = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
