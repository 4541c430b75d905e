"""Every kind of thing a person can do, told neutrally: the same fields, no ranking, no answers.

Figures are computed from all entries of the knowledge base that an option holds, so that each says
how far apart they lie, how many of them are known, and of which time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import get_args

from pydantic import Field

from mladvisor.browse.entry import Part
from mladvisor.curriculum.catalog import price_month_usd, price_once_usd
from mladvisor.curriculum.plan import make_plan
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Course, Fact, Interval, Offer, interval
from mladvisor.knowledge.rows import OptionFigure, PathOption
from mladvisor.paths.offers import PathBuilder
from mladvisor.paths.path import Path

FIGURES: tuple[OptionFigure, ...] = get_args(OptionFigure)

ENOUGH_FOR_HALF = 8
"""From so many known entries on the middle half of them is told beside the ends."""


class Figure(Part):
    """One figure over all entries of an option; money in USD, chances as shares."""

    name: OptionFigure
    low: float | None = Field(description="lowest end of all entries; null if unknown")
    high: float | None
    half_low: float | None = Field(description="half of the entries lie from here to half_high")
    half_high: float | None
    words: str | None = Field(description="where the figure is no number")
    known: int = Field(description="entries of which it is known")
    open_to_all: int | None = Field(description="entries that admit everyone; for chances to enter")
    unknown: str | None
    note: str | None
    oldest: str | None = Field(description="time that the oldest page behind it speaks for")
    newest: str | None
    evidence: dict[str, int] = Field(description="kind of source → how many entries rest on it")
    source: str | None


class Option(Part):
    """One option: what it is, gives, costs and is like; good and bad in equal detail."""

    id: str
    title: str
    group: str
    entries: int
    what: str
    gives: str
    figures: list[Figure]
    week: str
    speaks_for: list[str]
    speaks_against: list[str]
    wrong_for: list[str]
    sources: list[str]


class SourceLine(Part):
    """A source that an option names."""

    id: str
    title: str
    kind: str
    as_of: str
    url: str | None


class Options(Part):
    """All options, by title."""

    data_version: str
    checked_on: str
    today: str
    options: list[Option]
    sources: list[SourceLine]
    statements: list[str]


@dataclass(frozen=True)
class _Entry:
    """What an option reads of one path or course; None = unknown."""

    price_usd: Interval | None
    months: Interval | None
    hours: Interval | None
    get_in: Interval | None
    open_to_all: bool
    full_time: bool
    facts: Mapping[str, Sequence[Fact]]


def all_options(knowledge: Knowledge, today: date) -> Options:
    """Return every option with its figures, the same for everybody."""
    builder = PathBuilder(knowledge, today)
    paths = [*builder.paths(), *_plans(builder, knowledge)]
    options = [_option(option, paths, knowledge) for option in knowledge.options]
    return Options(
        data_version=knowledge.data_version,
        checked_on=knowledge.checked_on,
        today=today.isoformat(),
        options=options,
        sources=list(_sources(options, knowledge)),
        statements=[*knowledge.texts["about"]["common"], *knowledge.texts["options"]["statements"]],
    )


def _plans(builder: PathBuilder, knowledge: Knowledge) -> Iterator[Path]:
    """Yield a course plan for each role, for someone to whom all of it is new."""
    for role in knowledge.roles.values():
        target = {need.competency: need.depth for need in role.competencies}
        plan = make_plan(knowledge, target, {}, role.projects)
        yield builder.course_plan(role.id, plan, knowledge.settings.course_plans[0])


def _option(option: PathOption, paths: Sequence[Path], knowledge: Knowledge) -> Option:
    entries = list(_entries(option, paths, knowledge))
    return Option(
        id=option.id,
        title=option.title,
        group=option.group.format(count=len(entries)),
        entries=len(entries),
        what=option.what,
        gives=option.gives,
        figures=[_figure(name, option, entries, knowledge) for name in FIGURES],
        week=option.week,
        speaks_for=list(option.speaks_for),
        speaks_against=list(option.speaks_against),
        wrong_for=list(option.wrong_for),
        sources=list(option.sources),
    )


def _entries(option: PathOption, paths: Sequence[Path], knowledge: Knowledge) -> Iterator[_Entry]:
    for path in paths:
        if path.kind == option.kind and (not option.paths or path.id in option.paths):
            yield _of_plan(path, knowledge) if path.plan is not None else _of_offer(path)
    for course in knowledge.courses:
        if course.level == option.course_level and course.status == "active":
            yield _of_course(course)


def _of_offer(path: Path) -> _Entry:
    offers = [offer for offer in (path.offer, path.then) if offer is not None]
    rate = interval(offers[-1].facts.get("acceptance_rate")) if offers else None
    return _Entry(
        price_usd=path.cost_usd,
        months=(path.months_typical, path.months_typical),
        hours=path.hours,
        get_in=rate,
        open_to_all=path.admission == "open" and path.then is None and rate is None,
        full_time=path.full_time,
        facts=_facts_of(offers),
    )


def _facts_of(offers: Sequence[Offer]) -> dict[str, list[Fact]]:
    fields = {
        "price_usd": "cost_usd",
        "months": "months_typical",
        "hours": "hours",
        "get_in": "acceptance_rate",
    }
    return {
        name: [offer.facts[field] for offer in offers if field in offer.facts]  # type: ignore[index]
        for name, field in fields.items()
    }


def _of_plan(path: Path, knowledge: Knowledge) -> _Entry:
    assert path.plan is not None
    pace = knowledge.settings.numbers["usual_hours_per_month"]
    price = float(path.plan.cost_usd(pace))
    low, high = path.hours
    courses = [course.facts for course in path.plan.courses]
    priced = [facts[name] for facts in courses for name in ("cost_usd", "usd_per_month")
              if name in facts]  # fmt: skip
    timed = [facts["hours"] for facts in courses if "hours" in facts]
    return _Entry(
        price_usd=(price, price),
        months=(low / pace, high / pace),
        hours=path.hours,
        get_in=None,
        open_to_all=True,
        full_time=path.full_time,
        facts={"price_usd": priced, "months": timed, "hours": timed},
    )


def _of_course(course: Course) -> _Entry:
    price = price_once_usd(course) + price_month_usd(course)
    facts = course.facts
    return _Entry(
        price_usd=(price, price),
        months=None,
        hours=interval(facts.get("hours")),
        get_in=None,
        open_to_all=True,
        full_time=False,
        facts={
            "price_usd": [facts[name] for name in ("cost_usd", "usd_per_month") if name in facts],
            "hours": [facts["hours"]] if "hours" in facts else [],
        },
    )


def _figure(
    name: OptionFigure, option: PathOption, entries: Sequence[_Entry], knowledge: Knowledge
) -> Figure:
    if name in option.facts:
        return _stated(name, option.facts[name], knowledge)
    if name == "finish":
        return _finish(option, knowledge)
    if name == "beside_job":
        beside = sum(not entry.full_time for entry in entries)
        return _blank(name, words=f"{beside} of {len(entries)}", known=len(entries))
    return _spread(name, entries, knowledge)


def _spread(name: OptionFigure, entries: Sequence[_Entry], knowledge: Knowledge) -> Figure:
    """Return the ends over all entries, and where the middle half of them lies."""
    known = [bounds for entry in entries if (bounds := getattr(entry, name)) is not None]
    facts = [fact for entry in entries for fact in entry.facts.get(name, ())]
    middles = [(low + high) / 2 for low, high in known]
    quarters = quantiles(middles, n=4) if len(known) >= ENOUGH_FOR_HALF else None
    open_ = sum(entry.open_to_all for entry in entries) if name == "get_in" else None
    return _blank(
        name,
        low=min(low for low, _ in known) if known else None,
        high=max(high for _, high in known) if known else None,
        half_low=quarters[0] if quarters else None,
        half_high=quarters[2] if quarters else None,
        known=len(known),
        open_to_all=open_,
        **_dating(facts, knowledge),
    )


def _dating(facts: Sequence[Fact], knowledge: Knowledge) -> dict[str, object]:
    """Return the time that pages behind facts speak for, and how many are of which kind."""
    named = [fact.source for fact in facts if fact.source is not None and fact.interval()]
    pages = [knowledge.raw_source(name) for name in named]
    dates = sorted(page["as_of"] for page in pages if page["as_of"] != "undated")
    kinds = Counter(page["kind"] for page in pages)
    return {
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
        "evidence": dict(sorted(kinds.items())),
    }


def _stated(name: OptionFigure, fact: Fact, knowledge: Knowledge) -> Figure:
    """Return a figure that the option itself states."""
    low, high = fact.interval() or (None, None)
    return _blank(
        name,
        low=low,
        high=high,
        words=fact.value if isinstance(fact.value, str) else None,
        unknown=fact.unknown,
        note=fact.note,
        source=fact.source,
        **_dating([fact], knowledge),
    )


def _finish(option: PathOption, knowledge: Knowledge) -> Figure:
    """Return how many of those who start get to the end, with the group that was counted."""
    row = next(row for row in knowledge.settings.finish if row.kind == option.kind)
    fact = Fact(low=row.low, high=row.high, source=row.source, note=row.note)
    return _stated("finish", fact, knowledge)


def _blank(name: OptionFigure, **given: object) -> Figure:
    nothing: dict[str, object] = {
        field: None for field in Figure.model_fields if field not in ("known", "evidence")
    }
    return Figure.model_validate({**nothing, "known": 0, "evidence": {}, **given, "name": name})


def _sources(options: Sequence[Option], knowledge: Knowledge) -> Iterator[SourceLine]:
    named = {name for option in options for name in option.sources}
    named |= {figure.source for option in options for figure in option.figures if figure.source}
    for name in sorted(named):
        source = knowledge.source("guide" if name.startswith("guide:") else name)
        yield SourceLine(
            id=name, title=source.title, kind=source.kind, as_of=source.as_of, url=source.url
        )
