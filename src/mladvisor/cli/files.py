"""Reading profiles from files and standard input, and writing files whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from mladvisor.errors import InputError, Problem
from mladvisor.strict_json import parse_object

STDIN = "-"


def read_profile(name: str) -> dict[str, Any]:
    """Return the answers in a JSON or TOML file, or on stdin for "-"; InputError if none."""
    where = "standard input" if name == STDIN else name
    text = _text(name, where)
    if not text.strip():
        raise InputError(
            [Problem(where, 'is empty; expected a profile such as {"goal": "ml-job"}')]
        )
    return _toml(text, where) if name.endswith(".toml") else parse_object(text, where)


def _text(name: str, where: str) -> str:
    try:
        if name == STDIN:
            if sys.stdin.isatty():
                typer.echo("Type a profile as JSON, then Ctrl-D on a line of its own.", err=True)
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "; give a JSON or TOML file, or - for standard input"
        raise InputError([Problem(where, f"can't be read: {reason}{hint}")]) from error
    except UnicodeDecodeError as error:
        raise InputError([Problem(where, "is not UTF-8 text; expected JSON or TOML")]) from error


def _toml(text: str, where: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(where, f"is not TOML: {error}")]) from error
    except ValueError as error:  # Python's limit, the only other cause
        message = "holds a number of too many digits; expected a shorter one"
        raise InputError([Problem(where, message)]) from error
    except RecursionError as error:
        raise InputError([Problem(where, "is nested too deeply; expected flat keys")]) from error


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    if path.is_dir():
        message = "can't be written: it is a folder; give the name of a file"
        raise InputError([Problem(str(path), message)])
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)  # one left over might be readable by others
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(partial, flags, 0o600 if private else 0o666)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(
            [Problem(str(path), f"can't be written: {_reason(error, path)}")]
        ) from error


def _reason(error: OSError, path: Path) -> str:
    """Say why a file can't be written, and what to do where that is plain."""
    if not path.parent.exists():
        return f"there is no folder {path.parent}; make it first (mkdir -p {path.parent})"
    return (error.strerror or str(error)).lower()


@contextmanager
def writing_whole(path: Path) -> Iterator[TextIO]:
    """Open a file to write: it takes the place of an old one at the end, or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with open(partial, "w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError([Problem(str(path), f"can't be written: {reason}")]) from error
    finally:
        partial.unlink(missing_ok=True)


def state_file() -> Path:
    """Return where the interview's answers are kept: the user's state folder."""
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / "mladvisor" / "answers.json"
