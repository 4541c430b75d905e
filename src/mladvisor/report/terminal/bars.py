"""Bars of characters: their length and place carry the meaning, the color only repeats it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from mladvisor.report.content.blocks import Extent
from mladvisor.report.phrases import signed
from mladvisor.report.style import Signs

Scale = tuple[float, float]
"""The lowest and the highest of all that is drawn together; zero lies between them."""


def scale_of(extents: Iterable[Extent]) -> Scale:
    """Return the scale that holds all of these."""
    known = list(extents)
    return min([0.0, *(each.low for each in known)]), max([0.0, *(each.high for each in known)])


def drawn(extent: Extent, scale: Scale, width: int, signs: Signs) -> Text:
    """Return a bar: from zero to both sides, or from low to high where nothing is below zero."""
    low, high = scale
    if low < 0:
        return _two_sided(extent, scale, width, signs)
    if not extent.high:
        return Text(signs.axis, style="quiet")
    before = min(int(width * extent.low / high), width - 1)
    length = max(1, round(width * extent.high / high) - before)
    return Text(" " * before).append(signs.bar * length, style="bar")


def _two_sided(extent: Extent, scale: Scale, width: int, signs: Signs) -> Text:
    left, right = sides(scale, width)
    against, gains = _length(extent.low, scale[0], left), _length(extent.high, scale[1], right)
    bar = Text(" " * (left - against)).append(signs.against * against, style="against")
    return bar.append(signs.axis, style="quiet").append(signs.bar * gains, style="for")


def sides(scale: Scale, width: int) -> tuple[int, int]:
    """Return how many characters lie to the left and to the right of zero's own."""
    low, high = scale
    left = max(1, round((width - 1) * -low / (high - low)))
    left = min(left, width - 2) if high > 0 else width - 1
    return left, width - 1 - left


def _length(value: float, end: float, width: int) -> int:
    return max(1, round(width * value / end)) if value and end else 0


def head(scale: Scale, width: int, name: str) -> str:
    """Return what stands above bars: the ends of a scale with two sides, else the name."""
    low, high = scale
    if low == 0:
        return name
    ends = signed(low), signed(high)
    return f"{ends[0]}{ends[1]:>{width - len(ends[0])}}"
