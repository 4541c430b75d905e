"""The neutral part: every option in the same fields, in figures and in words, without ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mladvisor.browse.options import Figure, Option, Options
from mladvisor.recommendation.words import rounded
from mladvisor.report import phrases
from mladvisor.report.content.blocks import Block, Fields, Line, Page, Paragraph, Part, Section
from mladvisor.report.content.citations import Citations

Texts = Mapping[str, Any]
"""The table `options` of texts.toml."""


def options_page(document: Options, texts: Texts) -> Page:
    """Return the options as a report of their own."""
    citations = Citations(document.sources)
    return Page(
        title=texts["title"],
        question=texts["question"],
        answer=[Line(texts["intro"])],
        sections=[
            Section(option.id, option.title, [option_fields(option, texts, citations)])
            for option in document.options
        ],
        sources=citations.listed(),
        statements=document.statements,
        facts=phrases.facts(document.data_version, document.checked_on, document.today),
    )


ROUNDED_FROM = 100
"""Smaller amounts are shown as they are."""


def options_section(document: Options, texts: Texts, citations: Citations) -> Section:
    """Return the options as a part of a larger report."""
    intro: Block = Paragraph(Line(texts["intro"]))
    parts = [
        Part(option.title, [option_fields(option, texts, citations)]) for option in document.options
    ]
    return Section("options", texts["title"], [intro, *parts])


def option_fields(option: Option, texts: Texts, citations: Citations) -> Fields:
    """Return all that is told of one option; every option has the same fields in one order."""
    figures = {figure.name: figure for figure in option.figures}
    cites = citations.of(option.sources)

    def lines(name: str) -> Sequence[Line]:
        if name in figures:
            return [figure_line(figures[name], option, texts["words"], citations)]
        if name == "what":
            group = texts["group"].format(group=option.group)
            return [Line(option.what, cites=cites), Line(group)]
        told = getattr(option, name)
        return [Line(told)] if isinstance(told, str) else [Line(each) for each in told]

    return Fields([(field["label"], lines(field["name"])) for field in texts["fields"]])


def figure_line(
    figure: Figure, option: Option, words: Mapping[str, str], citations: Citations
) -> Line:
    """Return a figure in words: ends, middle half, how many are known, of which time."""
    told = "".join(_told(figure, option, words))
    note = f": {figure.note}" if figure.note else ""
    cites = citations.of([figure.source] if figure.source else [])
    told = f"{told[:1].upper()}{told[1:]}"
    return Line(f"{told}{_dated(figure, words)}{note}.", cites=cites)


def _told(figure: Figure, option: Option, words: Mapping[str, str]) -> Iterator[str]:
    if figure.unknown is not None:
        yield figure.unknown
    elif figure.name == "beside_job":
        yield _beside_job(figure, words)
    elif figure.name == "get_in":
        yield _get_in(figure, option, words)
    elif figure.low is None:
        yield words["unknown"]
    else:
        yield _range(figure, words)
        if 0 < figure.known < option.entries:
            yield words["known"].format(known=figure.known, entries=option.entries)


def _range(figure: Figure, words: Mapping[str, str]) -> str:
    ends = {
        name: _shown(figure, value)
        for name in ("low", "high", "half_low", "half_high")
        if (value := getattr(figure, name)) is not None
    }
    unit = words["chance"] if figure.name in ("get_in", "finish") else ""
    told = words["one" if ends["low"] == ends["high"] else "range"].format(unit=unit, **ends)
    return told + (words["half"].format(**ends) if "half_low" in ends else "")


def _shown(figure: Figure, value: float) -> str:
    if figure.name in ("get_in", "finish"):
        return f"{100 * value:.0f}"
    return f"{rounded(value) if value >= ROUNDED_FROM else round(value):,}"


def _get_in(figure: Figure, option: Option, words: Mapping[str, str]) -> str:
    open_ = figure.open_to_all or 0
    if open_ == option.entries:
        return words["open_all"]
    everyone = words["open_some"].format(open=open_, entries=option.entries) if open_ else ""
    if figure.low is None:
        return everyone + words["none_known"]
    if not figure.known or figure.known == option.entries == 1:
        return everyone + _range(figure, words)
    places = {"known": figure.known, "entries": option.entries}
    return everyone + words["rate_known"].format(range=_range(figure, words), **places)


def _beside_job(figure: Figure, words: Mapping[str, str]) -> str:
    beside, _, of = (figure.words or "").partition(" of ")
    if not of.isdigit():
        return figure.words or words["unknown"]
    if beside == of:
        return words["beside_all"]
    return words["beside_none"] if beside == "0" else words["beside"].format(words=figure.words)


def _dated(figure: Figure, words: Mapping[str, str]) -> str:
    """Return the time and the kinds of pages behind a figure."""
    if not figure.evidence:
        return ""
    counts = sorted(figure.evidence.items(), key=lambda pair: (-pair[1], pair[0]))
    evidence = counts[0][0]
    if len(counts) > 1:
        told = ", ".join(f"{kind} {count}" for kind, count in counts)
        evidence = words["by_kind"].format(counts=told)
    if figure.oldest is None:
        return words["undated"].format(evidence=evidence)
    same = figure.oldest == figure.newest
    return words["dated" if same else "dates"].format(
        oldest=figure.oldest, newest=figure.newest, evidence=evidence
    )
