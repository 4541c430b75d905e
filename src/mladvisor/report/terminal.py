"""The recommendation for people at a terminal: the answer first, the sources last."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.text import Text

from mladvisor.recommendation.document import Advice, Recommendation
from mladvisor.report import phrases
from mladvisor.report.findings import find_out_first, what_would_change, why_rather
from mladvisor.report.money import money_section
from mladvisor.report.paths import (
    NARROW,
    course_lines,
    described,
    path_reasons,
    plan_lines,
    ranking,
    ruled_out,
    weights,
)
from mladvisor.report.style import THEME, View, heading, signs_for, source_text, wrapped

TRAILING_SPACE = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
"""Cells are padded to their width; at a line's end that only gets in the way of copying."""

MOST_COLUMNS = 100
"""Longer lines are hard to read; wider terminals leave the rest empty."""


def print_report(
    document: Recommendation, stream: TextIO, *, width: int | None = None, plain: bool = False
) -> None:
    """Print the whole report to `stream`, as wide as its terminal but at most 100 columns.

    `plain`: no color, no bars, and lists in place of tables, for reading aloud.
    """
    console, view = opened(document, stream, width=width, plain=plain)
    shown = [part for section in SECTIONS if (part := section(view)) is not None]
    written(console, stream, [line for part in shown for line in (part, Text())])


def opened(
    document: Recommendation, stream: TextIO, *, width: int | None = None, plain: bool = False
) -> tuple[Console, View]:
    """Return the console that writes to a stream, and how the document is shown on it."""
    console = Console(
        file=stream,
        theme=THEME,
        highlight=False,
        width=width,
        color_system=None if plain else "auto",
    )
    console.width = min(console.width, NARROW - 1 if plain else MOST_COLUMNS)
    signs = replace(signs_for(stream), bar="") if plain else signs_for(stream)
    return console, View(document, signs, console.width)


def report_text(document: Recommendation, *, plain: bool = False) -> str:
    """Return the report as plain text for a file."""
    stream = io.StringIO()
    print_report(document, stream, width=MOST_COLUMNS, plain=plain)
    return stream.getvalue()


def written(console: Console, stream: TextIO, parts: Iterable[RenderableType]) -> None:
    """Write all parts to the stream at once, without padding at the ends of lines."""
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    encoding = stream.encoding or "utf-8"
    text = TRAILING_SPACE.sub(r"\1", capture.get())
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def verdict_lines(view: View) -> RenderableType:
    """Return what is recommended and how sure that is."""
    document, verdict = view.document, view.document.verdict
    how = [Text(verdict.rule_text)] if verdict.rule_text else []
    headline = Text(verdict.headline, style="headline")
    return Group(headline, Text(phrases.how_sure(document)), *how)


def _verdict(view: View) -> RenderableType:
    document = view.document
    local = phrases.local_data(document)
    return Group(
        Text(document.question, style="quiet"),
        verdict_lines(view),
        Text(phrases.facts_line(document), style="quiet"),
        *([Text(local)] if local else []),
    )


def _ranking(view: View) -> RenderableType:
    regret = phrases.regret(view.document)
    return Group(
        heading(f"The ranking ({view.document.paths_considered} paths considered)"),
        Text(phrases.FIT, style="quiet"),
        *([Text(regret, style="quiet")] if regret else []),
        ranking(view),
    )


def _reasons(view: View) -> RenderableType:
    """Reasons for the winner in full, then for the best path of each other kind."""
    parts: list[RenderableType] = []
    for path in view.best_of_each_kind():
        first = not parts
        title = f"Why: {path.title}" if first else f"The best {view.kind(path.kind)}: {path.title}"
        parts += [*([] if first else [Text()]), heading(title)]
        parts.append(path_reasons(path, view, full=first))
    return Group(*parts)


def _weights(view: View) -> RenderableType:
    return Group(heading("What counts for you"), weights(view))


def _options(view: View) -> RenderableType:
    """What living with each is like: good and bad in the same fields, ranking aside."""
    parts: list[RenderableType] = [heading("What they are like")]
    for path in sorted(view.best_of_each_kind(), key=lambda path: path.title):
        parts += [described(path), Text()]
    return Group(*parts[:-1])


def _ruled_out(view: View) -> RenderableType | None:
    rows = view.document.excluded
    return Group(heading(f"Ruled out ({len(rows)})"), ruled_out(rows)) if rows else None


def _plan(view: View) -> RenderableType:
    recommended = view.document.verdict.kind == "courses"
    title = "The courses, in order" if recommended else "The course plan, for comparison"
    more = f"With dates and prices: {view.document.plan.command}"
    return Group(heading(title), plan_lines(view.document.plan), wrapped(more, style="quiet"))


def _preparation(view: View) -> RenderableType | None:
    """List the courses that come before the recommended path, where there are any."""
    bridge = view.winner.bridge
    if view.winner.kind == "courses" or not bridge.courses:
        return None
    title = f"Preparation first: about {bridge.hours} hours, {bridge.months:g} months"
    return Group(heading(title), course_lines(bridge.courses))


def _next_steps(view: View) -> RenderableType | None:
    return _advice("Next steps", view.document.next_steps, view)


def _checks(view: View) -> RenderableType | None:
    return _advice("Check before you commit", view.document.check_before_committing, view)


def _advice(title: str, rows: Iterable[Advice], view: View) -> RenderableType | None:
    lines = [wrapped(row.text + view.cited(row.sources), mark="-") for row in rows]
    return Group(heading(title), *lines) if lines else None


def _sources(view: View) -> RenderableType:
    lines = [
        wrapped(source_text(source), mark=f"[{at}]")
        for at, source in enumerate(view.pages, start=1)
    ]
    return Group(heading("Sources"), *lines)


def _about(view: View) -> RenderableType:
    return Group(*(Text(line, style="quiet") for line in view.document.about.statements))


SECTIONS: tuple[Callable[[View], RenderableType | None], ...] = (
    _verdict,
    _ranking,
    why_rather,
    what_would_change,
    find_out_first,
    _reasons,
    _weights,
    money_section,
    _next_steps,
    _preparation,
    _checks,
    _plan,
    _options,
    _ruled_out,
    _sources,
    _about,
)
