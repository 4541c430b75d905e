"""Answers on the command line: one flag for each question, and the profile they make."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from mladvisor.cli.files import read_profile
from mladvisor.errors import InputError, MladvisorError, Problem
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Profile, accepted, choices_of, make_profile

ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", metavar="FILE", help="Answers from JSON or TOML; - for stdin"),
]


def with_answers(
    command: Callable[..., None], knowledge: Knowledge, help_text: str
) -> Callable[..., None]:
    """Return the command as typer takes it: with one flag more for each question.

    `command` is called with the knowledge base, the answers given as flags (field → text) and
    its own options, which it declares as keyword-only parameters.
    """

    def run(*arguments: Any, **options: Any) -> None:
        answers = {field: options.pop(field) for field in knowledge.questions}
        given = {field: value for field, value in answers.items() if value not in (None, [])}
        command(knowledge, given, *arguments, **options)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[2:]
    arguments = [p for p in own if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    options = [p for p in own if p.kind is inspect.Parameter.KEYWORD_ONLY]
    flags = [_flag(question, knowledge) for question in knowledge.questions.values()]
    parameters = [*arguments, *flags, *options]
    run.__doc__ = help_text
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _flag(question: Question, knowledge: Knowledge) -> inspect.Parameter:
    words = "|".join(choices_of(question, knowledge))
    help_text = question.help + (f" ({question.unit})" if question.unit else "")
    annotation: Any = str | None
    names = list(question.flags)
    metavar: str | None = {"number": "NUMBER", "date": "DATE"}.get(question.type, "TEXT")
    if question.type == "flag":
        annotation, metavar = bool | None, None
        names = [f"{name}/--no-{name[2:]}" for name in names]
    elif question.type == "depths":
        annotation, metavar = list[str] | None, "SKILL=DEPTH"
    elif words:
        metavar = "ID"
        help_text += f": {words.replace('|', ', ')}"
    option = typer.Option(*names, help=help_text, metavar=metavar, show_default=False)
    return inspect.Parameter(
        question.field,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[annotation, option],
    )


def profile_from(knowledge: Knowledge, file: str | None, flags: Mapping[str, Any]) -> Profile:
    """Return the profile of a file with the flags laid over it; all problems of both at once."""
    from_file = read_profile(file) if file is not None else {}
    names = {field: knowledge.questions[field].flags[0] for field in flags}
    problems: list[Problem] = []
    parsed: dict[str, Any] = {}
    for field, text in flags.items():
        try:
            parsed[field] = _parsed(knowledge.questions[field], text, knowledge)
        except InputError as error:
            problems.extend(error.problems)
    try:
        made = make_profile(knowledge, {**from_file, **parsed}, names)
    except MladvisorError as error:
        problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return made


def _parsed(question: Question, text: Any, knowledge: Knowledge) -> Any:
    """Return a flag's text as the JSON value it stands for."""
    if question.type in ("number", "integer") and isinstance(text, str):
        return _number(question, text, knowledge)
    if question.type == "choices" and isinstance(text, str):
        return [word.strip().lower() for word in text.split(",") if word.strip()]
    if question.type == "depths":
        return dict(_depth(question, pair, knowledge) for pair in text)
    if question.type == "date":
        return text.strip()
    return text


def _number(question: Question, text: str, knowledge: Knowledge) -> float | str:
    """Return "3000", "3,000" or "$3000" as a number; "not-sure" stays as it is."""
    plain = text.strip().replace(",", "").removeprefix("$")
    try:
        return float(plain)
    except ValueError:
        if not any(sign.isdigit() for sign in plain) and "sure" in plain:
            return text
        message = f'got "{text}"; {accepted(question, knowledge, text)}'
        raise InputError([Problem(question.flags[0], message)]) from None


def _depth(question: Question, pair: str, knowledge: Knowledge) -> tuple[str, int]:
    skill, _, depth = pair.partition("=")
    if not depth.strip().isdigit():
        message = f'got "{pair}"; {accepted(question, knowledge, skill)}'
        raise InputError([Problem(question.flags[0], message)])
    return skill.strip(), int(depth)
