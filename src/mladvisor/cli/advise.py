"""`mladvisor advise`: from flags, a file or standard input to a recommendation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from mladvisor.cli.files import read_profile
from mladvisor.cli.options import DataOption, TodayOption
from mladvisor.cli.output import Output, deliver
from mladvisor.errors import InputError, MladvisorError, Problem
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Profile, accepted, choices_of, make_profile

HELP = """Recommend from flags, a profile file, or standard input.

Every answer is optional: what you leave out is drawn from what is common, and the report says what
would be worth finding out. "not-sure" is an answer to every question.

Examples:

  mladvisor advise --goal ml-job --role ml-engineer --budget 3000 --hours-per-week 10

  mladvisor advise --profile me.json --degree-filter hard

  echo '{"goal": "phd"}' | mladvisor advise --profile - --json
"""


def advise_command() -> Callable[..., None]:
    """Return the command function, with one flag for each question of the knowledge base."""
    knowledge = load()

    def advise(**options: Any) -> None:
        ctx_answers = {field: options.pop(field) for field in knowledge.questions}
        _advise(knowledge, ctx_answers, **options)

    advise.__doc__ = HELP
    fixed = inspect.signature(_advise, eval_str=True).parameters
    flags = [_flag(question, knowledge) for question in knowledge.questions.values()]
    own = [p for p in fixed.values() if p.name not in ("knowledge", "answers")]
    parameters = [*flags, *own]
    advise.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    advise.__annotations__ = {p.name: p.annotation for p in parameters}
    return advise


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


def _advise(
    knowledge: Knowledge,
    answers: Mapping[str, Any],
    *,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="FILE", help="Answers from JSON or TOML; - for stdin"),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document")] = False,
    save: Annotated[
        str | None, typer.Option("--save", metavar="FILE", help="Keep the answers as JSON")
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask, even on a terminal")
    ] = False,
    today: TodayOption = None,
    data: DataOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many paths to list")] = 8,
) -> None:
    """Recommend from flags, a file or stdin."""
    knowledge = load(*data) if data else knowledge
    given = {field: value for field, value in answers.items() if value not in (None, [])}
    output = Output.from_options(json_=json_, save=save, today=today, top=top)
    if not given and profile is None and not no_input and not json_ and output.can_ask:
        from mladvisor.cli.start import ask_and_deliver

        ask_and_deliver(knowledge, {}, output)
        return
    if not given and profile is None:
        hint = "give flags (mladvisor advise --help) or --profile FILE, - for standard input"
        typer.echo(
            f"mladvisor: no answers were given, all are drawn from what is common; {hint}", err=True
        )
    deliver(knowledge, _profile(knowledge, profile, given), output)


def _profile(knowledge: Knowledge, file: str | None, flags: Mapping[str, Any]) -> Profile:
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
