"""JSON as people write it by hand: what is wrong is said, and nothing is guessed."""

from __future__ import annotations

import json
from typing import Any

from mladvisor.errors import InputError, Problem

EXAMPLE = '{"goal": "ml-job"}'


_KINDS = {
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}

MOST_DIGITS = 400
"""More than any number that can be meant has, and fewer than Python refuses to read."""


def parse_object(text: str, where: str) -> dict[str, Any]:
    """Return the object that a text holds; InputError says what stands there instead."""
    content = _parsed(text, where)
    if not isinstance(content, dict):
        message = f"holds {_KINDS[type(content)]}; expected an object such as {EXAMPLE}"
        raise InputError([Problem(where, message)])
    return content


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(
            text,
            parse_constant=_no_constant,
            parse_int=_integer,
            object_pairs_hook=_no_key_twice,
        )
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        hint = f"; expected JSON such as {EXAMPLE}, found {text.strip()[:20]!r}"
        raise InputError([Problem(where, f"is not JSON ({error.msg} at {at}){hint}")]) from error
    except ValueError as error:
        raise InputError([Problem(where, str(error))]) from error
    except RecursionError as error:
        message = "is nested too deeply; expected a flat object"
        raise InputError([Problem(where, message)]) from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"names {', '.join(twice)} twice; expected each key once")
    return made


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"holds a number of {len(digits):,} digits; expected a shorter one")
    return int(digits)


def _no_constant(name: str) -> float:
    raise ValueError(f"holds {name}, which JSON does not have; expected a number")
