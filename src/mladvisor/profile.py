"""The profile: what a person answered, each field optional, `None` meaning "not sure".

Its fields are the questions of the knowledge base, so a prompt, a flag, a JSON key and a help
text come from one declaration.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from mladvisor.errors import InputError, Problem, did_you_mean
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.typed_numbers import read_number

NOT_SURE = ("not-sure", "not sure", "unsure", "unknown", "?")
"""Words that mean the same as leaving a field out."""

MOST_SHOWN = 60
"""Signs of a wrong answer that a message repeats."""

A_SKILL = (
    "a skill and a depth 0 to 3, as linear-algebra=2; all skills: mladvisor schema profile, "
    "each one: mladvisor show SKILL"
)

Answer = str | float | int | bool | tuple[str, ...] | dict[str, int] | date


class Profile(BaseModel):
    """Base of the profile model; the fields come from the questions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def answers(self) -> dict[str, Answer]:
        """Return what was answered, by field, in the order of the questions."""
        return {field: answer for field, answer in vars(self).items() if answer is not None}


def choices_of(question: Question, knowledge: Knowledge) -> dict[str, str]:
    """Return the answers a question offers: value → label."""
    if question.choices_from == "roles":
        return {role.id: role.title for role in knowledge.roles.values()}
    return {choice.value: choice.label for choice in question.choices}


@lru_cache(maxsize=4)
def profile_model(knowledge: Knowledge) -> type[Profile]:
    """Build the pydantic model of a profile from the questions."""
    fields: dict[str, Any] = {}
    for field, question in knowledge.questions.items():
        description = f"{question.help}." + (f" Unit: {question.unit}." if question.unit else "")
        annotation = _annotation(question, knowledge)
        fields[field] = (annotation | None, Field(default=None, description=description))
    return create_model("Profile", __base__=Profile, **fields)


def _annotation(question: Question, knowledge: Knowledge) -> Any:
    words = tuple(choices_of(question, knowledge))
    match question.type:
        case "choice":
            return Literal.__getitem__(words)
        case "choices":
            one: Any = Literal.__getitem__(words)
            return Annotated[
                tuple[one, ...], Field(strict=False, json_schema_extra={"uniqueItems": True})
            ]
        case "depths":
            known: Any = Literal.__getitem__(tuple(knowledge.competencies))
            return dict[known, Annotated[int, Field(ge=0, le=3)]]
        case "flag":
            return bool
        case "date":
            return Annotated[date, Field(strict=False)]
        case "place":
            return Literal.__getitem__(tuple(knowledge.places[str(question.places)].names))
        case "integer":
            return Annotated[int, Field(ge=question.low, le=question.high)]
    return Annotated[float, Field(ge=question.low, le=question.high, allow_inf_nan=False)]


def make_profile(
    knowledge: Knowledge,
    given: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Profile:
    """Check answers and return the profile; raise InputError with every problem at once.

    Args:
        knowledge: where the questions stand.
        given: field → answer, as JSON or TOML has it.
        names: field → how the person wrote it (a flag, a key in a file), for the messages.
        today: from which day on dates count; None = any date will do.
    """
    model = profile_model(knowledge)
    try:
        profile = model.model_validate(given)
    except ValidationError:
        profile = _tidy_profile(model, given, knowledge, names or {})
    if problems := list(_doubtful(profile, knowledge, names or {}, today)):
        raise InputError(problems)
    return profile


def _tidy_profile(
    model: type[Profile],
    given: Mapping[str, Any],
    knowledge: Knowledge,
    names: Mapping[str, str],
) -> Profile:
    """Check answers once more with their words tidied; raise InputError with every problem."""
    answers = {field: value for field, value in given.items() if not is_not_sure(value)}
    try:
        return model.model_validate(_tidied(answers, knowledge))
    except ValidationError as error:
        problems = _problems(error, knowledge, names)
        raise InputError(problems) from error


def _doubtful(
    profile: Profile, knowledge: Knowledge, names: Mapping[str, str], today: date | None
) -> Iterator[Problem]:
    """Yield what has the right form and can't be meant: a word named twice, a day gone by."""
    for field, question in _doubted(knowledge):
        answer, where = getattr(profile, field), names.get(field, field)
        if isinstance(answer, tuple):
            for word in sorted({word for word in answer if answer.count(word) > 1}):
                yield Problem(where, f'"{word}" stands more than once; name each once')
        elif isinstance(answer, date) and today is not None:
            first, last = (
                _years_on(today, int(years or 0)) for years in (question.low, question.high)
            )
            if not first <= answer <= last:
                yield Problem(where, f"got {answer}; accepted: a date from {first} to {last}")


@lru_cache(maxsize=4)
def _doubted(knowledge: Knowledge) -> tuple[tuple[str, Question], ...]:
    """Return the questions whose answers may have the right form and not be meant."""
    rows = knowledge.questions.items()
    return tuple((field, row) for field, row in rows if row.type in ("choices", "date"))


def _years_on(day: date, years: int) -> date:
    """Return the same day some years later; the 28th for a leap day."""
    try:
        return day.replace(year=min(day.year + years, date.max.year))
    except ValueError:
        return day.replace(year=min(day.year + years, date.max.year), day=28)


def is_not_sure(value: Any) -> bool:
    """Say whether an answer means the same as none."""
    return value is None or (isinstance(value, str) and value.strip().lower() in NOT_SURE)


def _tidied(answers: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Forgive what can't be misread: upper or lower case and stray spaces in words."""
    tidied = dict(answers)
    for field, value in answers.items():
        question = knowledge.questions.get(field)
        if question is None or not isinstance(value, str):
            continue
        word = value.strip()
        if question.type == "choice":
            word = word.lower().replace("_", "-")
        elif question.type == "place":
            word = knowledge.places[str(question.places)].code(word) or word
        tidied[field] = word
    return tidied


def _problems(
    error: ValidationError, knowledge: Knowledge, names: Mapping[str, str]
) -> list[Problem]:
    """Say of each fault: where, what stood there, what is accepted, the nearest valid word."""
    problems: dict[str, Problem] = {}
    for detail in error.errors():
        field = str(detail["loc"][0])
        where = names.get(field, field)
        if field not in knowledge.questions:
            meant = did_you_mean(field, knowledge.questions).rstrip()
            hint = meant or f"accepted: {', '.join(knowledge.questions)}"
            problem = Problem(where, f"unknown key; {hint}")
        else:
            question = knowledge.questions[field]
            found = _found(detail)
            problem = Problem(where, f"{found} {accepted(question, knowledge, detail['input'])}")
        problems.setdefault(f"{where}{detail['input']!r}", problem)
    return list(problems.values())


def _found(detail: Any) -> str:
    value = detail["input"]
    if isinstance(value, float):
        return f"got {value:g};"
    found = f'"{value}"' if isinstance(value, str) else json.dumps(value, default=str)
    return f"got {found if len(found) <= MOST_SHOWN else found[:MOST_SHOWN] + '…'};"


def typed_number(question: Question, text: str, knowledge: Knowledge) -> float:
    """Return the number a text stands for; InputError says what to type instead."""
    try:
        return read_number(text, question.high)
    except ValueError as hint:
        message = f'got "{text}"; {hint}; {accepted(question, knowledge, text)}'
        raise InputError([Problem("", message)]) from None


def accepted(question: Question, knowledge: Knowledge, value: Any) -> str:
    """Say what a question takes, and the valid word nearest to `value`."""
    words = list(choices_of(question, knowledge))
    if question.type == "depths":
        words = list(knowledge.competencies)
        return f"{_nearest(value, words)}accepted: {A_SKILL}"
    if words:
        some = "some of" if question.type == "choices" else "one of"
        return f"{_nearest(value, words)}accepted: {some} {', '.join(words)}"
    if question.type in ("number", "integer"):
        unit = f" ({question.unit})" if question.unit else ""
        return f"accepted: a number from {question.low:,g} to {question.high:,.0f}{unit}"
    if question.type == "flag":
        return "accepted: true or false"
    if question.type == "date":
        return "accepted: a date as YYYY-MM-DD"
    places = knowledge.places[str(question.places)]
    return places.accepted(str(value))


def _nearest(value: Any, words: list[str]) -> str:
    return "" if value in words else did_you_mean(str(value), words)
