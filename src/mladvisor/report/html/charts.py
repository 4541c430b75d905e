"""The pictures of the HTML report, drawn as SVG: no color carries a meaning by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from mladvisor.recommendation.words import counted, usd_range
from mladvisor.report.content.blocks import Bars, Chart, Dot, Scatter, Timeline
from mladvisor.report.html import svg
from mladvisor.report.phrases import signed

Point = tuple[float, float]


def drawn(chart: Chart, name: str) -> str:
    """Return the markup of a chart; `name` is its own among all of a page."""
    if isinstance(chart, Bars):
        return svg.write(_bars(chart, name))
    if isinstance(chart, Scatter):
        return svg.write(_scatter(chart, name))
    return svg.write(_timeline(chart, name))


ROW = 24.0
ZERO, LONGEST = 248.0, 124.0
"""Where bars begin, and how long the longest is, to each side."""


def _bars(chart: Bars, name: str) -> Element:
    height = ROW * len(chart.bars) + 22
    shown = "; ".join(f"{bar.label} {signed(bar.value)}" for bar in chart.bars)
    picture = svg.canvas(name, chart.title, f"{shown}.", height)
    svg.text(picture, (ZERO - 8, 12), "against", "quiet", "end")
    svg.text(picture, (ZERO + 8, 12), "for", "quiet")
    for at, bar in enumerate(chart.bars):
        top = 20 + ROW * at
        length = LONGEST * abs(bar.value) / chart.scale
        helps = bar.value > 0
        svg.text(picture, (0, top + 14), bar.label)
        start = ZERO if helps else ZERO - length
        if length:
            svg.box(picture, (start, top + 3), (length, ROW - 9), "for" if helps else "against")
        end = ZERO + (length + 5) * (1 if helps else -1)
        anchor = "start" if bar.value >= 0 else "end"
        svg.text(picture, (end if bar.value else ZERO + 5, top + 14), signed(bar.value), "", anchor)
    svg.line(picture, (ZERO, 18), (ZERO, height - 2), "axis")
    return picture


LEFT, RIGHT, TOP, BOTTOM = 62.0, 14.0, 26.0, 42.0
HEIGHT = 320.0
SPACING = 9.0
"""Units between paths that take the same months."""

MOST_STEPS = 4
"""Further than that a path would seem to take other months."""

LABEL: Point = (17.0, 12.0)
"""Room of a number, across and up."""


def _scatter(chart: Scatter, name: str) -> Element:
    shown = "; ".join(
        f"{dot.number} {dot.label}: {counted(round(dot.months), 'month')}, "
        f"{usd_range(dot.low_usd, dot.high_usd)}"
        for dot in chart.dots
    )
    picture = svg.canvas(name, chart.title, f"{chart.text} {shown}.", HEIGHT)
    months = svg.ticks(max(dot.months for dot in chart.dots))
    dollars = svg.ticks(max(dot.high_usd for dot in chart.dots))
    wide, high = svg.WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def across(value: float) -> float:
        return LEFT + wide * value / months[-1]

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - high * value / dollars[-1]

    for value in dollars:
        svg.line(picture, (LEFT, up(value)), (svg.WIDTH - RIGHT, up(value)), "grid")
        svg.text(picture, (LEFT - 6, up(value) + 4), f"{value:,.0f}", "small", "end")
    for value in months:
        svg.text(picture, (across(value), HEIGHT - BOTTOM + 16), f"{value:g}", "small", "middle")
    svg.text(picture, (0, 12), "USD", "quiet")
    svg.text(picture, (svg.WIDTH - RIGHT, HEIGHT - 6), "months", "quiet", "end")
    placed = list(_side_by_side([(dot, across(dot.months)) for dot in chart.dots]))
    for dot, x in placed:
        _range(picture, dot, x, up(dot.low_usd), up(dot.high_usd))
    tops = [(dot, x, up(dot.high_usd) - 7) for dot, x in placed]
    for dot, at in _apart(tops):
        svg.text(picture, at, str(dot.number), "strong" if dot.picked else "small", "middle")
    return picture


def _range(picture: Element, dot: Dot, x: float, low: float, high: float) -> None:
    """Draw a path: a line over its range, a box in the middle of the recommended one."""
    style = "picked" if dot.picked else "other"
    svg.line(picture, (x, low), (x, high), style)
    middle = (low + high) / 2
    if dot.picked:
        svg.box(picture, (x - 4, middle - 4), (8, 8), "picked")
    else:
        svg.disk(picture, (x, middle), 3, "other")


def _side_by_side(dots: Sequence[tuple[Dot, float]]) -> Iterator[tuple[Dot, float]]:
    """Move paths that coincide a little to the sides, each to the nearest free place, if any."""
    taken: list[float] = []
    for dot, x in dots:
        steps = sorted(range(-MOST_STEPS, MOST_STEPS + 1), key=lambda step: (abs(step), -step))
        places = [x + SPACING * step for step in steps]
        inside = [place for place in places if LEFT <= place <= svg.WIDTH - RIGHT]
        free = (p for p in inside if all(abs(p - other) >= SPACING - 0.1 for other in taken))
        taken.append(next(free, x))
        yield dot, taken[-1]


def _apart(labels: Sequence[tuple[Dot, float, float]]) -> Iterator[tuple[Dot, Point]]:
    """Lift numbers until none covers another, the lowest first."""
    taken: list[Point] = []
    for dot, x, y in sorted(labels, key=lambda label: -label[2]):
        at = y
        while at > LABEL[1] and any(
            abs(x - a) < LABEL[0] and abs(at - b) < LABEL[1] for a, b in taken
        ):
            at -= 2
        taken.append((x, at))
        yield dot, (x, at)


STAGE = 40.0
EDGE = 10.0


def _timeline(chart: Timeline, name: str) -> Element:
    height = STAGE * len(chart.spans) + 30
    shown = "; ".join(f"{span.label}: {chart.when(span)}" for span in chart.spans)
    picture = svg.canvas(name, chart.title, f"{chart.text} {shown}.", height)
    marks = svg.ticks(max(span.ends for span in chart.spans))

    def across(value: float) -> float:
        return EDGE + (svg.WIDTH - 2 * EDGE) * value / marks[-1]

    for value in marks:
        svg.line(picture, (across(value), 4), (across(value), height - 24), "grid")
        svg.text(picture, (across(value), height - 10), f"{value:,g}", "small", "middle")
    svg.text(picture, (svg.WIDTH - EDGE, height - 26), chart.unit, "quiet", "end")
    for at, span in enumerate(chart.spans):
        top = STAGE * at
        svg.text(picture, (EDGE, top + 15), f"{at + 1}. {span.label}", "halo")
        length = max(2.0, across(span.ends) - across(span.begins))
        svg.box(picture, (across(span.begins), top + 21), (length, 11), "span")
    return picture
