"""The recommendation as a page: the answer first, the neutral account of all options last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mladvisor.browse.options import Options
from mladvisor.recommendation.document import Recommendation
from mladvisor.report import phrases
from mladvisor.report.content import findings, paths, schedule
from mladvisor.report.content.blocks import Block, Items, Line, Page, Paragraph, Section
from mladvisor.report.content.depth import BRIEF
from mladvisor.report.content.money import money
from mladvisor.report.content.options import options_section
from mladvisor.report.content.told import Told

Texts = Mapping[str, Any]
"""The tables of texts.toml."""

Write = Callable[[Told], Section | None]


def recommendation_page(
    document: Recommendation,
    texts: Texts,
    options: Options | None = None,
    *,
    can_save: bool = False,
) -> Page:
    """Return the whole report; `options`: the neutral account of all options, to end with.

    `can_save`: the reader can save the answers with a key, as after the interview.
    """
    told = Told(document, texts, options, can_save=can_save)
    return _page(told, SECTIONS, list(document.about.statements))


def brief_page(document: Recommendation, texts: Texts, *, can_save: bool = False) -> Page:
    """Return what decides, what would change it and what to do next, on one to two screens."""
    told = Told(document, texts, depth=BRIEF, can_save=can_save)
    common = [text for text in document.about.statements if text in texts["about"]["common"]]
    return _page(told, BRIEF_SECTIONS, [" ".join(common), _more(told)])


def _page(told: Told, writes: tuple[Write, ...], statements: list[str]) -> Page:
    document = told.document
    return Page(
        title=document.verdict.headline,
        question=document.question,
        answer=[*findings.dead_end(told), *findings.clashes(told), *_answer(document)],
        sections=[section for write in writes if (section := write(told)) is not None],
        sources=told.citations.listed(cited=not told.depth.whole),
        statements=statements,
        facts=phrases.facts_line(document),
        brief=not told.depth.whole,
    )


def _answer(document: Recommendation) -> Iterator[Line]:
    yield Line(phrases.how_sure(document))
    if document.verdict.rule_text:
        yield Line(document.verdict.rule_text)
    if local := phrases.local_data(document):
        yield Line(local)


def _more(told: Told) -> str:
    """Return what the whole report has beside this, counted."""
    document = told.document
    return told.text(
        "more",
        paths=f"{told.only_whole}, " if told.only_whole else "",
        excluded=len(document.excluded),
        sources=len(told.citations.listed()),
    )


def _next_steps(told: Told) -> Section | None:
    rows = told.document.next_steps
    return Section("next", "Next steps", [told.advice(rows)]) if rows else None


def _checks(told: Told) -> Section | None:
    """Return what to check: of the pick itself, where that stands nowhere else, then in general."""
    rows = told.document.check_before_committing
    own = [] if told.depth.whole else list(_own_checks(told))
    blocks = [*own, *([told.advice(rows)] if rows else [])]
    return Section("checks", "Check before you commit", blocks) if blocks else None


def _own_checks(told: Told) -> Iterator[Block]:
    """Yield what speaks against the pick whatever the answers are, and its weak figures."""
    path = told.winner
    lines = [Line(text, mark="mind") for text in path.caveats[: told.depth.caveats]]
    lines += [Line(text, mark="mind") for text in phrases.weak(path, told.figures)]
    if lines:
        yield Paragraph(Line(told.text("checks_own", title=path.title)))
        yield Items(lines, most_lines=told.depth.lines)


def _options(told: Told) -> Section | None:
    if told.options is None:
        return None
    return options_section(told.options, told.texts["options"], told.citations)


BRIEF_SECTIONS: tuple[Write, ...] = (
    paths.ranking,
    findings.rather,
    paths.reasons,
    money,
    schedule.calendar,
    findings.changes,
    findings.find_out,
    _next_steps,
    _checks,
)

SECTIONS: tuple[Write, ...] = (
    paths.ranking,
    paths.reasons,
    findings.rather,
    findings.changes,
    findings.find_out,
    paths.weights,
    money,
    _next_steps,
    schedule.preparation,
    schedule.plan,
    _checks,
    paths.others,
    paths.described,
    paths.ruled_out,
    _options,
)
