"""Why this path rather than another, what would change it, and what to find out first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mladvisor.recommendation.contrasts import figure_of, side_words
from mladvisor.recommendation.document import RankedPath
from mladvisor.recommendation.findings import Change, Difference, FindOut, Versus, WeightChange
from mladvisor.recommendation.words import going_on
from mladvisor.report.content.blocks import Block, Items, Line, Paragraph, Section
from mladvisor.report.content.told import Told
from mladvisor.report.phrases import signed

REASONS = 3
"""Reasons said for the pick where there is little room."""

SAME_SHOWN = 3
"""Other answers with the same effect that are named; the rest are counted."""


def dead_end(told: Told) -> Iterator[Line]:
    """Yield why nothing but carrying on is left, and what would bring a path back."""
    found, texts = told.document.dead_end, told.texts["dead_end"]
    if found is None:
        return
    yield Line(found.text)
    ways = [
        texts["way"].format(condition=going_on(row.text), kind=told.a_kind(row.kind))
        for row in found.ways_out
    ]
    if ways:
        yield Line(texts["ways_out"].format(ways="; ".join(ways)))
    elif told.document.about.other_answers_tried:
        own = " ".join(limit.way_out for limit in found.limits if limit.way_out)
        yield Line(texts["none"].format(ways=own))


def clashes(told: Told) -> Iterator[Line]:
    """Yield answers that do not go together."""
    yield from (Line(row.text) for row in told.document.clashes)


def rather(told: Told) -> Section | None:
    """Say what separates the pick from the best of each other kind, or the path asked about."""
    rows = told.document.versus
    if not rows:
        return None
    if told.depth.foils is not None:
        return _rather_briefly(list(_main_foils(told)), told)
    legend = Paragraph(Line(told.text("rather")), "quiet")
    lines = [Line(versus_text(row, told)) for row in rows]
    return Section("rather", "Why this rather than another", [legend, Items(lines)])


def versus_text(row: Versus, told: Told) -> str:
    """Return why the pick rather than another path, and how often it is ahead."""
    if row.path in _without_share(told):
        return row.text
    return f"{row.text} {_ahead(row, told)}"


def _without_share(told: Told) -> set[str]:
    """Return paths that the pick is not ahead of: itself, and what is ruled out."""
    document = told.document
    return {document.verdict.path, *(out.path for out in document.excluded)}


def _ahead(row: Versus, told: Told) -> str:
    return told.text("rather_ahead", share=round(100 * row.winning_share))


def _main_foils(told: Told) -> Iterator[Versus]:
    """Yield the path asked about, if any, and the runner-up of another kind, else the next best."""
    rows = told.document.versus
    yield from (row for row in rows if row.named)
    others = [row for row in rows if not row.named]
    runner_up = told.document.verdict.runner_up
    places = {path.path: at for at, path in enumerate(told.document.ranking)}
    others.sort(key=lambda row: (row.path != runner_up, places.get(row.path, len(places))))
    yield from others[: told.depth.foils]


def _rather_briefly(rows: Sequence[Versus], told: Told) -> Section:
    first, *others = rows
    blocks = [*_sides_or_text(first, told)]
    for row in others:
        title = told.text("rather_title", title=_rather_title(row, told))
        blocks += [Paragraph(Line(title), "strong"), *_sides_or_text(row, told)]
    title = told.text("rather_title", title=_rather_title(first, told))
    return Section("rather", title, blocks)


def _sides_or_text(row: Versus, told: Told) -> Iterator[Block]:
    if row.path in _without_share(told):
        yield Paragraph(Line(row.text))
    else:
        yield Items(list(_sides(row, told)))


def _rather_title(row: Versus, told: Told) -> str:
    if row.path in _without_share(told):
        return row.title
    return told.text("rather_share", title=row.title, share=round(100 * row.winning_share))


def _sides(row: Versus, told: Told) -> Iterator[Line]:
    """Yield the reasons for the pick, and the best one against it."""
    texts = told.texts["versus"]
    ahead = [each for each in row.differences if each.points > 0][:REASONS]
    behind = [each for each in row.differences if each.points < 0][:1]
    figures = told.winner, _ranked(row, told)
    reasons = ", ".join(_side(each, figures, texts) for each in ahead)
    yield Line(told.text("rather_for", reasons=reasons) if ahead else told.text("rather_nothing"))
    against = [texts["against"].format(reason=_side(each, figures, texts)) for each in behind]
    yield Line(*(against or [texts["nothing_against"]]))


def _ranked(row: Versus, told: Told) -> RankedPath | None:
    """Return the figures of the path it is set against; None where it is not in the ranking."""
    return next((path for path in told.document.ranking if path.path == row.path), None)


def _side(
    each: Difference, figures: tuple[RankedPath, RankedPath | None], texts: Mapping[str, Any]
) -> str:
    pick, foil = figures
    own, other = figure_of(pick, each.criterion, texts), figure_of(foil, each.criterion, texts)
    words = side_words(each.criterion, each.points, own, other, texts)
    return f"{words} ({signed(each.points)})"


def changes(told: Told) -> Section:
    """Say which other answers and weights change the kind of path, and which answers do not."""
    lines = [Line(text) for text in change_texts(told)]
    rest = [Line(text) for text in unchanged_texts(told)]
    items = [Items(lines)] if lines else []
    return Section("changes", "What would change it", [*items, *map(Paragraph, rest)])


def change_texts(told: Told) -> list[str]:
    """Return a line for each other answer or weight that changes the kind of path."""
    weights = told.document.weights_that_would_change[: told.depth.weight_changes]
    lines = list(_changes(told))[: told.depth.changes]
    return lines + [f"{_weight(each, told)}: {_path(each, told)}." for each in weights]


def _weight(each: WeightChange, told: Told) -> str:
    """Return how much a criterion would have to count; where that reads as now, in words."""
    if round(100 * each.to) != round(100 * each.from_):
        return each.text
    name = "weight_a_little_more" if each.to > each.from_ else "weight_a_little_less"
    return told.text(name, label=each.label.lower(), now=round(100 * each.from_))


def unchanged_texts(told: Told) -> list[str]:
    """Return what does not change the kind of path."""
    document, lines = told.document, []
    if not document.about.other_answers_tried:
        lines.append("Other answers and weights were not tried.")
    elif not document.what_would_change and not document.weights_that_would_change:
        lines.append("No other answer or weight that was tried changes the kind of path.")
    if document.would_not_change and (told.depth.whole or not lines):
        rows = document.would_not_change
        names = ", ".join(row.text if told.depth.whole else row.name for row in rows)
        lines.append(told.text("unchanged" if len(rows) > 1 else "unchanged_one", names=names))
    return lines


def _changes(told: Told) -> Iterator[str]:
    """Yield a line for each field and kind: its likeliest answer, and others alike."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in told.document.what_would_change:
        if not told.depth.whole and _names_kind(change, told):
            continue  # a PhD for a goal, and for an answer: that says nothing
        key = (change.field, change.kind)
        if change.direction is not None:
            key = (change.field, f"{change.kind} {change.direction}")
        groups.setdefault(key, []).append(change)
    likeliest = sorted(groups.values(), key=lambda rows: -sum(row.likelihood for row in rows))
    for first, *others in likeliest:
        left_open = " (you left it open)" if first.from_ is None else ""
        same = _same(others) if told.depth.whole else ""
        yield f"{first.text}{left_open}: {_path(first, told)}.{same}"


def _names_kind(change: Change, told: Told) -> bool:
    return change.to == change.kind or told.kind(change.kind).lower() in change.answer.lower()


def _path(change: Change | WeightChange, told: Told) -> str:
    """Return a kind with its path, unless it says no more than the kind or there is no room."""
    if not told.depth.whole or told.kind(change.kind).lower() in change.title.lower():
        return told.a_kind(change.kind)
    return f"{told.a_kind(change.kind)} ({change.title})"


def _same(others: list[Change]) -> str:
    if not others:
        return ""
    named = ", ".join(change.answer for change in others[:SAME_SHOWN])
    more = len(others) - SAME_SHOWN
    return f" The same for {named}{f' and {more} more' if more > 0 else ''}."


def find_out(told: Told) -> Section | None:
    """Say what to find out, with what effort, and what hangs on it, the most worth it first."""
    rows = told.document.find_out_first[: told.depth.find_out]
    lines = [Line(_find_out(row, told)) for row in rows]
    title = told.text("find_out" if told.depth.whole else "find_out_briefly")
    return Section("find-out", title, [Items(lines, ordered=True)]) if lines else None


def _find_out(row: FindOut, told: Told) -> str:
    action = f"{row.how.removesuffix('.')}: {effort(row.minutes)}"
    if not told.depth.whole:
        return _find_out_briefly(row, action, told)
    if row.settles is not None:
        low, high = round(100 * row.settles.low), round(100 * row.settles.high)
        kind = told.a_kind(told.document.verdict.kind)
        return (
            f"{action}. It does not change the pick but says how sure it is: "
            f"{kind} comes first in {low} to {high} of 100 readings, by the answer."
        )
    chance = f"{round(100 * row.chance_to_change)} in 100 that it changes the pick"
    return f"{action}, {chance} (if {row.changes_if})."


def _find_out_briefly(row: FindOut, action: str, told: Told) -> str:
    if row.settles is not None:
        return f"{action}; {told.text('settles')}."
    return f"{action}; {told.text('changes', chance=round(100 * row.chance_to_change))}."


def effort(minutes: int) -> str:
    """Return minutes in words: "45 minutes", "1 hour", "1.5 hours"."""
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return f"{hours} hour{'s' if hours != '1' else ''}"
