"""From lines of profiles to lines of results: one function that runs anywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from mladvisor.batch.fields import FIELDS, Outcome, outcomes
from mladvisor.errors import InputError, Problem
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.profile import Profile, make_profile
from mladvisor.recommendation.assemble import TOP, recommend_block
from mladvisor.recommendation.document import Recommendation
from mladvisor.scoring.model import score_whole
from mladvisor.strict_json import parse_object

ID = "id"
"""The key of a line that is no answer: it is passed through, so that rows can be joined."""

SCENARIOS_AT_ONCE = 8192
"""Scenarios of all people scored at once: many people share the work of each block."""


@dataclass(frozen=True)
class Request:
    """What is wanted of every line.

    `data`: the user's own data folders; `scenarios`: how many for each person; `fields`: the
    columns of a row, or None for whole documents; `top`: paths that each of these lists, and
    `explore`: with what would change it.
    """

    today: date
    scenarios: int
    fields: tuple[str, ...] | None = None
    top: int = TOP
    explore: bool = False
    csv: bool = False
    data: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """What became of one line: a line of output, or its problems; neither if it is empty."""

    text: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Line:
    place: int
    id: Any
    profile: Profile


def header(request: Request) -> str:
    """Return the first line of a CSV file."""
    return _csv_line([ID, *(request.fields or ())])


def answer_lines(lines: Sequence[bytes | str], request: Request) -> list[Answered]:
    """Return for each line, a profile as JSON, what becomes of it: in order, one for one.

    It keeps nothing but caches between calls, and arguments and result can be pickled: any engine
    that maps a function over partitions of lines can call it on each, on any machine that has the
    package, and gets the same bytes.
    """
    knowledge = knowledge_of(request)
    answered = [Answered()] * len(lines)
    read: list[_Line] = []
    for place, line in enumerate(lines):
        try:
            if line.strip():
                read.append(_read(place, line, knowledge, request.today))
        except InputError as error:
            answered[place] = Answered(problems=tuple(error.problems))
    at_once = max(1, SCENARIOS_AT_ONCE // request.scenarios)
    for start in range(0, len(read), at_once):
        part = read[start : start + at_once]
        for one, text in zip(part, _texts(part, request, knowledge), strict=True):
            answered[one.place] = Answered(text)
    return answered


def knowledge_of(request: Request) -> Knowledge:
    """Return the knowledge base of a request, read once in each process."""
    return _knowledge(request.data)


@lru_cache(maxsize=2)
def _knowledge(data: tuple[str, ...]) -> Knowledge:
    return load(*data)


def _read(place: int, line: bytes | str, knowledge: Knowledge, today: date) -> _Line:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise InputError([Problem("", "is not UTF-8 text; expected JSON")]) from error
    given = parse_object(text, "")
    name = given.pop(ID, None)
    return _Line(place, name, make_profile(knowledge, given, today=today))


def _texts(lines: Sequence[_Line], request: Request, knowledge: Knowledge) -> Iterator[str]:
    profiles = [line.profile for line in lines]
    whole = request.fields is None
    block = score_whole(profiles, knowledge, request.today, request.scenarios, explain=whole)
    if whole:
        documents = recommend_block(
            block, knowledge, today=request.today, top=request.top, explore=request.explore
        )
        for line, document in zip(lines, documents, strict=True):
            yield _document(line, document)
    else:
        for line, outcome in zip(lines, outcomes(block, knowledge), strict=True):
            yield _row(line, outcome, request)


def _document(line: _Line, document: Recommendation) -> str:
    text = document.model_dump_json(by_alias=True)
    return text if line.id is None else f"{{{_json(ID)}:{_json(line.id)},{text[1:]}"


def _row(line: _Line, outcome: Outcome, request: Request) -> str:
    row = {name: FIELDS[name](outcome) for name in request.fields or ()}
    if request.csv:
        name = line.id if isinstance(line.id, str) else "" if line.id is None else _json(line.id)
        return _csv_line([name, *row.values()])
    return _json(row if line.id is None else {ID: line.id, **row})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _csv_line(values: Sequence[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
