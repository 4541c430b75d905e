"""Small pieces of SVG. All text and attributes are escaped by the XML writer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH = 420
"""Units across every chart: small enough that its text can be read on a telephone."""


def canvas(name: str, title: str, text: str, height: float) -> Element:
    """Return a chart to draw on, named for those who can't see it; `name` makes its ids."""
    svg = Element("svg", viewBox=f"0 0 {WIDTH} {height:g}", role="img")
    svg.set("aria-labelledby", f"{name}-title {name}-text")
    SubElement(svg, "title", id=f"{name}-title").text = title
    SubElement(svg, "desc", id=f"{name}-text").text = text
    return svg


def write(svg: Element) -> str:
    """Return the markup of a chart."""
    return tostring(svg, encoding="unicode")


def text(
    svg: Element, at: tuple[float, float], content: str, style: str = "", anchor: str = "start"
) -> None:
    """Write at a point: its anchor's base line."""
    x, y = at
    given = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "class": style}
    SubElement(svg, "text", {key: value for key, value in given.items() if value}).text = content


def line(svg: Element, start: tuple[float, float], end: tuple[float, float], style: str) -> None:
    """Draw a straight line."""
    (x1, y1), (x2, y2) = start, end
    ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
    SubElement(svg, "line", {**ends, "class": style})


def box(svg: Element, at: tuple[float, float], size: tuple[float, float], style: str) -> None:
    """Draw a box from its upper left corner."""
    (x, y), (width, height) = at, size
    sides = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    SubElement(svg, "rect", {**sides, "class": style})


def disk(svg: Element, at: tuple[float, float], radius: float, style: str) -> None:
    """Draw a disk around a point."""
    x, y = at
    SubElement(
        svg, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}", "class": style}
    )


def ticks(highest: float, most: int = 6) -> Sequence[float]:
    """Return round values from 0 to at least `highest`, at most `most` steps of them."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * at for at in range(math.ceil(highest / step) + 1)]
