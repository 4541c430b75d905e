"""Command lines that the document names: whole, so that each runs as it is printed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.profile import Answer, Profile

SAVED_AS = "me.json"
"""The file of answers that a short command line names."""


def plan_with_answers(profile: Profile, role: str, kind: str, knowledge: Knowledge) -> str:
    """Return the command that plans a role's courses for this person, all answers as flags.

    `kind`: the kind of course plan as its flag names it, empty for the whole one.
    """
    answers = {**profile.answers(), "role": role}
    flags = [
        word
        for field, answer in answers.items()
        for word in _flags(knowledge.questions[field], answer)
    ]
    return shlex.join(["mladvisor", "plan", *flags, *_kind(kind), *_data(knowledge)])


def plan_with_saved(profile: Profile, role: str, kind: str, knowledge: Knowledge) -> str:
    """Return the same for somebody whose answers are saved."""
    open_role = [] if profile.answers().get("role") == role else ["--role", role]
    words = ["mladvisor", "plan", "--profile", SAVED_AS, *open_role]
    return shlex.join([*words, *_kind(kind), *_data(knowledge)])


def _kind(kind: str) -> list[str]:
    return [f"--{kind}"] if kind else []


def _data(knowledge: Knowledge) -> list[str]:
    return [word for folder in knowledge.local for word in ("--data", folder)]


def _flags(question: Question, answer: Answer) -> Iterator[str]:
    flag = question.flags[0]
    if isinstance(answer, bool):
        yield flag if answer else f"--no-{flag[2:]}"
    elif isinstance(answer, dict):
        for name, depth in answer.items():
            yield from (flag, f"{name}={depth}")
    elif isinstance(answer, tuple):
        yield from (flag, ",".join(answer)) if answer else ()
    elif isinstance(answer, float):
        yield from (flag, f"{answer:.10g}")
    else:
        yield from (flag, str(answer))
