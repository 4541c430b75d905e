"""Parts of the report by themselves, for looking around after it."""

from __future__ import annotations

from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from mladvisor.recommendation.document import RankedPath, Recommendation
from mladvisor.report.paths import described, path_reasons, plan_lines
from mladvisor.report.phrases import signed
from mladvisor.report.style import View, heading, wrapped
from mladvisor.report.terminal import opened, verdict_lines, written

MOVED_SHOWN = 5
"""Paths of each list, before and now, whose fits are set side by side."""


def print_path(document: Recommendation, path: RankedPath, stream: TextIO, *, plain: bool) -> None:
    """Print one path of the ranking: its reasons, and what it is like."""
    console, view = opened(document, stream, plain=plain)
    title = heading(f"Why: {path.title} (fit {signed(path.fit)})")
    parts = [title, path_reasons(path, view, full=True), Text(), described(path)]
    written(console, stream, [Text(), *parts, Text()])


def print_plan(document: Recommendation, stream: TextIO, *, plain: bool) -> None:
    """Print the course plan."""
    console, _ = opened(document, stream, plain=plain)
    title = heading("The courses, in order")
    written(console, stream, [Text(), title, plan_lines(document.plan), Text()])


def print_moved(
    before: Recommendation, now: Recommendation, stream: TextIO, *, plain: bool
) -> None:
    """Print what a changed answer moved: the verdict and the first fits, before and now."""
    console, view = opened(now, stream, plain=plain)
    parts: list[RenderableType] = [
        Text(),
        heading("Before"),
        verdict_lines(View(before, view.signs, view.width)),
        Text(),
        heading("Now"),
        verdict_lines(view),
        Text(),
        heading("Fits, before and now"),
        *_moved(before, now),
        Text(),
    ]
    written(console, stream, parts)


def _moved(before: Recommendation, now: Recommendation) -> list[RenderableType]:
    first = [*now.ranking[:MOVED_SHOWN], *before.ranking[:MOVED_SHOWN]]
    titles = {path.path: path.title for path in first}
    return [
        wrapped(f"{title}: {_fit(path, before)}, now {_fit(path, now)}", mark="-")
        for path, title in titles.items()
    ]


def _fit(path: str, document: Recommendation) -> str:
    """Return a path's fit as the document has it; it lists the first ones only."""
    for row in document.ranking:
        if row.path == path:
            return signed(row.fit)
    ruled_out = any(row.path == path for row in document.excluded)
    return "ruled out" if ruled_out else "further down"
