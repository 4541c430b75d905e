"""The answers of the interview, kept in the user's state folder from the first one on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from mladvisor.cli.files import read_profile, state_file, write_whole
from mladvisor.errors import InputError
from mladvisor.interview.replies import checked
from mladvisor.knowledge.load import Knowledge


@dataclass
class Kept:
    """The file that holds them: readable only by the user, written whole after each answer.

    `aside`: the file of an earlier run is renamed, not overwritten, by the first answer.
    """

    aside: bool = True
    path: Path = field(default_factory=state_file)
    failed: bool = False

    @property
    def earlier(self) -> Path:
        """Where the answers of an earlier run go."""
        return self.path.with_stem(f"{self.path.stem}.previous")

    def save(self, answers: Mapping[str, Any]) -> None:
        """Write all answers; where that fails say so once and let the interview go on."""
        if self.failed:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.aside and self.path.exists():
                self.path.replace(self.earlier)
            self.aside = False
            text = json.dumps(dict(answers), indent=2, ensure_ascii=False)
            write_whole(self.path, text + "\n", private=True)
        except (OSError, InputError) as error:
            self.failed = True
            typer.echo(f"Your answers can't be kept for later: {error}", err=True)


def read_kept(path: Path, knowledge: Knowledge) -> tuple[dict[str, Any], list[str]]:
    """Return the answers kept in a file, and what is wrong with those that can't be used any more.

    The questions may have changed since: what they no longer take is left out, and asked again.
    """
    answers: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in read_profile(str(path)).items():
        question = knowledge.questions.get(name)
        try:
            if question is None:
                raise InputError(f"{name}: there is no such question")
            answers[name] = None if value is None else checked(question, value, knowledge)
        except InputError as error:
            problems.extend(map(str, error.problems))
    return answers, problems


def saved_when(path: Path) -> str:
    """Return when a file was written, as a person reads it."""
    return datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
