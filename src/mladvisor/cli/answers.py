"""Answers given as flags, and the profile they make with those of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mladvisor.cli.files import read_profile
from mladvisor.errors import InputError, MladvisorError, Problem
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Profile, accepted, is_not_sure, make_profile, typed_number


def profile_from(
    knowledge: Knowledge, file: str | None, flags: Mapping[str, Any], today: date
) -> Profile:
    """Return the profile of a file with the flags laid over it; all problems of both at once."""
    from_file = read_profile(file) if file is not None else {}
    names = {field: knowledge.questions[field].flags[0] for field in flags}
    problems: list[Problem] = []
    parsed: dict[str, Any] = {}
    for field, text in flags.items():
        try:
            parsed[field] = _parsed(knowledge.questions[field], text, knowledge)
        except InputError as error:
            problems.extend(Problem(names[field], each.message) for each in error.problems)
    try:
        made = make_profile(knowledge, {**from_file, **parsed}, names, today)
    except MladvisorError as error:
        problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return made


def _parsed(question: Question, text: Any, knowledge: Knowledge) -> Any:
    """Return a flag's text as the JSON value it stands for."""
    if question.type in ("number", "integer") and isinstance(text, str):
        return text if is_not_sure(text) else typed_number(question, text, knowledge)
    if question.type == "choices" and isinstance(text, str):
        return [word.strip().lower() for word in text.split(",") if word.strip()]
    if question.type == "depths":
        return _depths(question, text, knowledge)
    if question.type == "date":
        return text.strip()
    return text


def _depths(question: Question, pairs: Sequence[str], knowledge: Knowledge) -> dict[str, int]:
    """Return skill → depth; a skill named twice must have one depth."""
    depths: dict[str, int] = {}
    problems = []
    for skill, depth in (_depth(question, pair, knowledge) for pair in pairs):
        if depths.setdefault(skill, depth) != depth:
            said = f"{skill} stands twice, with depths {depths[skill]} and {depth}"
            problems.append(Problem("", f"{said}; give one of them"))
    if problems:
        raise InputError(problems)
    return depths


def _depth(question: Question, pair: str, knowledge: Knowledge) -> tuple[str, int]:
    skill, _, depth = pair.partition("=")
    if not re.fullmatch(r"\d{1,9}", depth.strip()):
        message = f'got "{pair}"; {accepted(question, knowledge, skill.strip())}'
        raise InputError(message)
    return skill.strip(), int(depth)
