"""`mladvisor help`: the topics, texts in a folder of the package, and the help of each command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mladvisor.cli.help import columns, definitions, examples_of, paragraph
from mladvisor.errors import InputError, Problem, did_you_mean

FOLDER = Path(__file__).with_name("topics")


def summaries() -> dict[str, str]:
    """Return topic → what it is about, the first line of its text."""
    return {path.stem: _text(path).partition("\n")[0] for path in sorted(FOLDER.glob("*.txt"))}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _complete(incomplete: str) -> list[tuple[str, str]]:
    from mladvisor.cli.app import summaries as commands
    from mladvisor.cli.complete import offered

    return offered({**summaries(), **commands()}, incomplete)


def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC",
            help="A topic or a command; none: what there is",
            autocompletion=_complete,
        ),
    ] = None,
    man: Annotated[
        bool, typer.Option("--man", help="Print all help as a manual page, for man")
    ] = False,
) -> None:
    """Explain a topic or a command.

    Examples:

      mladvisor help

      mladvisor help formats

      mladvisor help advise

      mladvisor help --man > mladvisor.1
    """
    from mladvisor.cli.app import build
    from mladvisor.cli.app import summaries as commands

    topics = summaries()
    if man:
        from mladvisor.cli.man import man_page

        typer.echo(man_page(), nl=False)
        return
    if topic is None:
        assert context.parent is not None
        typer.echo(context.parent.get_help())
        return
    if topic not in topics and topic not in commands():
        known = list(dict.fromkeys([*topics, *commands()]))
        message = (
            f"there is no such topic; {did_you_mean(topic, known)}accepted: {', '.join(known)}"
        )
        raise InputError([Problem(topic, message)])
    if topic in topics:
        typer.echo(page(topic, columns()))
    if topic in topics and topic in commands():
        typer.echo("\nThe command:\n")
    if topic in commands():
        build([topic])(args=[topic, "--help"], prog_name="mladvisor")


def page(topic: str, width: int) -> str:
    """Return a topic's text, wrapped.

    In the files a line that begins with two spaces is a term and, two spaces on, its meaning;
    one that begins with "  $ " is a command to type; the rest are paragraphs.
    """
    return "\n\n".join(_blocks(_text(FOLDER / f"{topic}.txt"), width))


def _blocks(text: str, width: int) -> Iterator[str]:
    for block in text.strip().split("\n\n"):
        lines = block.splitlines()
        if block.startswith("  $ "):
            yield "\n".join(examples_of([line.removeprefix("  $ ") for line in lines], width))
        elif block.startswith("  "):
            yield "\n".join(definitions(map(_row, lines), width))
        else:
            yield paragraph(" ".join(block.split()), width)


def _row(line: str) -> tuple[str, str]:
    term, *meaning = re.split(r"\s{2,}", line.strip(), maxsplit=1)
    return term, *(meaning or [""])  # type: ignore[return-value]


def commands_in(topic: str) -> list[str]:
    """Return the commands a topic tells people to type."""
    lines = _text(FOLDER / f"{topic}.txt").splitlines()
    return [line.removeprefix("  $ ") for line in lines if line.startswith("  $ ")]
