"""Answers given as flags, and the profile they make with those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mladvisor.cli.files import read_profile
from mladvisor.errors import InputError, MladvisorError, Problem
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Profile, accepted, make_profile


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
