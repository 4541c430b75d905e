"""Flags of the questions: one for each, on every command that takes answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from typing import Annotated, Any

import typer

from mladvisor.cli.complete import words_of
from mladvisor.cli.options import DataOption
from mladvisor.knowledge.index import Flag, flags

ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", metavar="FILE", help="Answers from JSON or TOML; - for stdin"),
]


OWN_FLAGS = "Input and output"
"""Heading of the flags that are no questions."""


_DATA = inspect.Parameter(
    "data", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=DataOption
)


def with_answers(command: Callable[..., None], help_text: str) -> Callable[..., None]:
    """Return the command as typer takes it: with one flag more for each question.

    `command` is called with the knowledge base, the user's own folders laid over it, the answers
    given as flags (field → text) and its own options, which it declares as keyword-only
    parameters. The flags are read from the index: help, completion and mistakes do without the
    knowledge base.
    """
    questions = flags()

    def run(*arguments: Any, **options: Any) -> None:
        from mladvisor.knowledge.load import load

        answers = {flag.field: options.pop(flag.field) for flag in questions}
        given = {field: value for field, value in answers.items() if value not in (None, [])}
        command(load(*(options.pop("data") or ())), given, *arguments, **options)

    # The class of the first parameter is not imported for a help text; any will do in its place.
    signature = inspect.signature(command, eval_str=True, locals={"Knowledge": object})
    own = list(signature.parameters.values())[2:]
    arguments = [p for p in own if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    options = [p for p in own if p.kind is inspect.Parameter.KEYWORD_ONLY]
    options.append(_DATA)
    parameters = [*arguments, *map(_parameter, questions), *map(_under_own_heading, options)]
    run.__doc__ = help_text
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _under_own_heading(parameter: inspect.Parameter) -> inspect.Parameter:
    """Return an option with a heading of its own; other commands may share the option."""
    option = copy(parameter.annotation.__metadata__[0])
    option.rich_help_panel = OWN_FLAGS
    return parameter.replace(annotation=Annotated[parameter.annotation.__origin__, option])


def _parameter(flag: Flag) -> inspect.Parameter:
    """Return a question's flag as typer reads it from a signature."""
    help_text = flag.help
    annotation: Any = str | None
    names = list(flag.names)
    metavar: str | None = {"number": "NUMBER", "date": "DATE"}.get(flag.type, "TEXT")
    metavar = flag.unit.partition(" ")[0].upper() or metavar
    if flag.type == "flag":
        annotation, metavar = bool | None, None
        names = [f"{name}/--no-{name[2:]}" for name in names]
    elif flag.type == "depths":
        annotation, metavar = list[str] | None, "SKILL=DEPTH"
    elif flag.words:
        metavar = "ID,ID" if flag.type == "choices" else "ID"
        help_text += f": {', '.join(flag.words)}"
    option = typer.Option(
        *names,
        help=help_text,
        metavar=metavar,
        show_default=False,
        rich_help_panel=flag.group,
        autocompletion=words_of(flag),
    )
    return inspect.Parameter(
        flag.field,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[annotation, option],
    )
