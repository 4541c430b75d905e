"""The recommendation for people at a terminal: the answer first, the sources last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mladvisor.recommendation.document import Advice, Recommendation
from mladvisor.report.paths import path_reasons, plan_lines, ranking, ruled_out, weights
from mladvisor.report.style import THEME, Signs, heading, signs_for, wrapped

MOST_COLUMNS = 100
"""Lines longer than this are hard to read; wider terminals leave the rest empty."""


def print_report(document: Recommendation, stream: TextIO, *, width: int | None = None) -> None:
    """Print the whole report to `stream`, as wide as its terminal but at most 100 columns."""
    console = Console(file=stream, theme=THEME, highlight=False, soft_wrap=False, width=width)
    console.width = min(console.width, MOST_COLUMNS)
    signs = signs_for(stream)
    for section in SECTIONS:
        shown = section(document, signs, console.width)
        if shown is not None:
            console.print(shown)
            console.print()


def _verdict(document: Recommendation, signs: Signs, _width: int) -> RenderableType:
    verdict = document.verdict
    share = round(100 * verdict.firmness.share)
    open_ = len(document.unknown)
    how = (
        f"How sure: {verdict.firmness.label}. "
        f"This kind of path comes first in {share} of 100 readings of your answers"
    )
    how += f", {open_} of them left open." if open_ else "."
    return Group(
        Text(verdict.headline, style="headline"),
        Text(how),
        Text(
            f"Facts: version {document.data_version}, checked {document.about.checked_on}. "
            f"Today: {document.today}. Points count against carrying on as now, which is 0.",
            style="quiet",
        ),
    )


def _reasons(document: Recommendation, signs: Signs, width: int) -> RenderableType:
    """Reasons for the winner in full, then for the best path of each other kind."""
    numbers = {source.id: at for at, source in enumerate(document.sources, start=1)}
    winner = next(p for p in document.ranking if p.path == document.verdict.path)
    parts = [
        heading(f"Why: {winner.title}"),
        path_reasons(winner, numbers, signs, full=True),
    ]
    seen = {winner.kind}
    for path in document.ranking:
        if path.kind not in seen:
            seen.add(path.kind)
            parts += [Text(), heading(f"The best of its kind ({path.kind}): {path.title}")]
            parts.append(path_reasons(path, numbers, signs, full=False))
    return Group(*parts)


def _weights(document: Recommendation, signs: Signs, _width: int) -> RenderableType:
    numbers = {source.id: at for at, source in enumerate(document.sources, start=1)}
    winner = next(p for p in document.ranking if p.path == document.verdict.path)
    return Group(heading("What counts for you"), weights(winner, numbers, signs))


def _options(document: Recommendation, _signs: Signs, _width: int) -> RenderableType:
    """What it is like to live with the winner and its rivals: good and bad in equal fields."""
    parts: list[RenderableType] = [heading("What they are like")]
    seen: set[str] = set()
    for path in document.ranking:
        if path.kind in seen:
            continue
        seen.add(path.kind)
        parts.append(Text(f"{path.title} ({path.kind})", style="strong"))
        parts.append(wrapped(path.summary, indent=2))
        parts.append(wrapped(f"A week: {path.typical_week}", indent=2))
        parts += [wrapped(line, mark="+", indent=2) for line in path.strengths]
        parts += [wrapped(line, mark="-", indent=2) for line in path.caveats]
        parts += [
            wrapped(
                f"Sources disagree on {each.field}: {each.decides}. "
                f"The guide says {'; '.join(each.others)}.",
                mark="!",
                indent=2,
            )
            for each in path.disagreements
        ]
        parts.append(Text())
    return Group(*parts[:-1])


def _ruled_out(document: Recommendation, signs: Signs, width: int) -> RenderableType | None:
    if not document.excluded:
        return None
    return Group(heading(f"Ruled out ({len(document.excluded)})"), ruled_out(document.excluded))


def _plan(document: Recommendation, signs: Signs, width: int) -> RenderableType | None:
    recommended = document.verdict.kind == "courses"
    title = "The courses, in order" if recommended else "The course plan, for comparison"
    return Group(heading(title), plan_lines(document.plan, width))


def _find_out(document: Recommendation, signs: Signs, width: int) -> RenderableType | None:
    if not document.find_out_first:
        return None
    kinds = {change.field: change.kind for change in document.what_would_change}
    lines = [
        wrapped(
            f"{row.how} ({round(100 * row.chance_to_change)} in 100 that the pick changes, "
            f"then most likely to {kinds.get(row.field, 'another kind')})",
            mark=f"{at}.",
        )
        for at, row in enumerate(document.find_out_first[:3], start=1)
    ]
    return Group(heading("Find out first"), *lines)


def _advice(title: str, rows: Iterable[Advice], document: Recommendation) -> RenderableType | None:
    numbers = {source.id: at for at, source in enumerate(document.sources, start=1)}
    lines = []
    for row in rows:
        cited = ", ".join(str(numbers[name]) for name in row.sources)
        lines.append(wrapped(f"{row.text} [{cited}]", mark="-"))
    return Group(heading(title), *lines) if lines else None


def _next_steps(document: Recommendation, signs: Signs, width: int) -> RenderableType | None:
    return _advice("Next steps", document.next_steps, document)


def _checks(document: Recommendation, signs: Signs, width: int) -> RenderableType | None:
    return _advice("Check before you commit", document.check_before_committing, document)


def _sources(document: Recommendation, signs: Signs, width: int) -> RenderableType:
    lines = [
        wrapped(
            f"{source.title} ({source.kind}, as of {source.as_of})"
            + (f" {source.url}" if source.url else ""),
            mark=f"[{at}]",
        )
        for at, source in enumerate(document.sources, start=1)
    ]
    return Group(heading("Sources"), *lines)


def _about(document: Recommendation, signs: Signs, width: int) -> RenderableType:
    return Padding(Group(*(Text(line, style="quiet") for line in document.about.statements)), 0)


def _ranking(document: Recommendation, signs: Signs, width: int) -> RenderableType:
    considered = f"{document.paths_considered} paths considered"
    return Group(heading(f"The ranking ({considered})"), ranking(document, signs, width))


Section = Callable[[Recommendation, Signs, int], RenderableType | None]

SECTIONS: tuple[Section, ...] = (
    _verdict,
    _ranking,
    _reasons,
    _weights,
    _find_out,
    _next_steps,
    _checks,
    _plan,
    _options,
    _ruled_out,
    _sources,
    _about,
)
