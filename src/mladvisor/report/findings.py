"""Sections of the terminal report: why this path, what would change it, what to find out first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from mladvisor.recommendation.findings import Change, FindOut, Versus, WeightChange
from mladvisor.report.style import View, heading, wrapped

CHANGES_SHOWN = 8
"""Lines on what would change the advice; the document has all."""

WEIGHTS_SHOWN = 2
FIND_OUT_SHOWN = 3

SAME_SHOWN = 3
"""Other answers with the same effect that are named; the rest are counted."""


def why_rather(view: View) -> RenderableType | None:
    """Say what separates the pick from the best of each other kind, or the path asked about."""
    rows = view.document.versus
    if not rows:
        return None
    lines = [wrapped(versus_text(row, view), mark="-") for row in rows]
    counted = "In points of fit, with the chance to get in and to the end counted."
    title = heading("Why this rather than another")
    return Group(title, Text(counted, style="quiet"), *lines)


def versus_text(row: Versus, view: View) -> str:
    """Return why the pick rather than another path, and how often it is ahead."""
    document = view.document
    if row.path in (document.verdict.path, *(out.path for out in document.excluded)):
        return row.text
    share = round(100 * row.winning_share)
    return f"{row.text} Ahead in {share} of 100 readings."


def what_would_change(view: View) -> RenderableType | None:
    """Say which other answers and weights change the kind of path, and which answers do not."""
    lines = change_texts(view)
    shown: list[RenderableType] = [wrapped(line, mark="-") for line in lines]
    shown += [wrapped(text) for text in unchanged_texts(view)]
    return Group(heading("What would change it"), *shown)


def change_texts(view: View) -> list[str]:
    """Return a line for each other answer or weight that changes the kind of path."""
    weights = view.document.weights_that_would_change[:WEIGHTS_SHOWN]
    lines = list(_changes(view))[:CHANGES_SHOWN]
    return lines + [f"{each.text}: {_path(each, view)}." for each in weights]


def unchanged_texts(view: View) -> list[str]:
    """Return what does not change the kind of path."""
    document, lines = view.document, []
    if not document.what_would_change and not document.weights_that_would_change:
        lines.append("No other answer or weight that was tried changes the kind of path.")
    if document.would_not_change:
        names = ", ".join(row.text for row in document.would_not_change)
        lines.append(f"No other answer on these changes it: {names}.")
    return lines


def _changes(view: View) -> Iterator[str]:
    """Yield a line for each field and kind: the nearest answer, and others with the same effect."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in view.document.what_would_change:
        key = (change.field, change.kind)
        if change.direction is not None:
            key = (change.field, f"{change.kind} {change.direction}")
        groups.setdefault(key, []).append(change)
    for first, *others in groups.values():
        left_open = " (you left it open)" if first.from_ is None else ""
        yield f"{first.text}{left_open}: {_path(first, view)}.{_same(others)}"


def _path(change: Change | WeightChange, view: View) -> str:
    """Return a kind with its path, unless the path's title says no more than the kind."""
    kind = view.kind(change.kind)
    if kind.lower() in change.title.lower():
        return view.a_kind(change.kind)
    return f"{view.a_kind(change.kind)} ({change.title})"


def _same(others: list[Change]) -> str:
    if not others:
        return ""
    named = ", ".join(change.answer for change in others[:SAME_SHOWN])
    more = len(others) - SAME_SHOWN
    return f" The same for {named}{f' and {more} more' if more > 0 else ''}."


def find_out_first(view: View) -> RenderableType | None:
    """Say what to find out, with what effort, and what hangs on it."""
    texts = find_out_texts(view)
    lines = [wrapped(text, mark=f"{at}.") for at, text in enumerate(texts, start=1)]
    return Group(heading("Find out first"), *lines) if lines else None


def find_out_texts(view: View) -> list[str]:
    """Return what to find out, the most worth for the effort first."""
    return [_find_out(row, view) for row in view.document.find_out_first[:FIND_OUT_SHOWN]]


def _find_out(row: FindOut, view: View) -> str:
    action = f"{row.how.removesuffix('.')}: {effort(row.minutes)}"
    if row.settles is not None:
        low, high = round(100 * row.settles.low), round(100 * row.settles.high)
        kind = view.a_kind(view.document.verdict.kind)
        return (
            f"{action}. It does not change the pick but says how sure it is: "
            f"{kind} comes first in {low} to {high} of 100 readings, by the answer."
        )
    chance = f"{round(100 * row.chance_to_change)} in 100 that it changes the pick"
    return f"{action}, {chance} (if {row.changes_if})."


def effort(minutes: int) -> str:
    """Return minutes in words: "45 minutes", "1 hour", "1.5 hours"."""
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return f"{hours} hour{'s' if hours != '1' else ''}"
