"""Take the README's screenshot: the real program in a real terminal, drawn as an SVG.

    python docs/screenshot.py            writes docs/screenshot.svg
    python docs/screenshot.py --check    exits with 1 where the picture is not what is printed now

The program runs in a pseudo-terminal, pyte reads what a terminal would show, and each run of
characters of one style becomes one piece of SVG text, at its column.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pexpect
import pyte

TARGET = Path(__file__).with_name("screenshot.svg")
COLUMNS, ROWS, LONGEST = 100, 42, 2000
ARGUMENTS = shlex.split(
    "advise --goal ml-job --role ml-engineer --education bachelor-cs --budget 3000"
)
PINNED = ["--today", "2026-11-22"]
"""Keeps the picture the same tomorrow; it is not shown."""

CELL_WIDTH, LINE_HEIGHT, MARGIN, BAR = 8.4, 18, 18, 34
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

# Light on dark with a border of its own, so that it reads the same on a light and a dark page.
BACKGROUND, BORDER, TEXT = "#161b22", "#6e7681", "#e6edf3"
COLORS = {
    "default": TEXT,
    "red": "#ff7b72",
    "green": "#7ee787",
    "cyan": "#76e3ea",
    "brightblack": "#9ea7b3",
}
"""The colors the report uses, by the name the terminal gives them."""

DIM, AS_GRAY = "\x1b[2m", "\x1b[90m"
"""pyte does not know dim text; gray is how most terminals show it."""


class Style(NamedTuple):
    """What sets a run of characters apart."""

    color: str
    bold: bool


class Run(NamedTuple):
    """Characters of one style that stand side by side, from a column on."""

    column: int
    text: str
    style: Style


def screen() -> list[list[Run]]:
    """Return what the terminal shows, by line."""
    shown = f"$ mladvisor {shlex.join(ARGUMENTS)}"
    lines = [[Run(0, shown, Style("default", True))], []]
    return lines + [list(_runs(row)) for row in _rows()[: ROWS - len(lines)]]


def _rows() -> list[Sequence[Any]]:
    terminal = pyte.Screen(COLUMNS, LONGEST)
    pyte.Stream(terminal).feed(_printed().replace(DIM, AS_GRAY))
    return [[terminal.buffer[y][x] for x in range(COLUMNS)] for y in range(terminal.lines)]


def _printed() -> str:
    environment = {**os.environ, "TERM": "xterm-256color"}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"):
        environment.pop(name, None)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "mladvisor", *ARGUMENTS, *PINNED],
        dimensions=(LONGEST, COLUMNS),
        encoding="utf-8",
        timeout=60,
        env=environment,
    )
    child.expect(pexpect.EOF)
    child.close()
    if child.exitstatus != 0:
        raise RuntimeError(f"the program failed with {child.exitstatus}: {child.before}")
    return str(child.before)


def _runs(row: Sequence[Any]) -> Iterator[Run]:
    cells = enumerate(row)
    for style, group in groupby(cells, key=lambda cell: Style(cell[1].fg, cell[1].bold)):
        part = list(group)
        text = "".join(cell.data for _, cell in part)
        # A picture shows several spaces as one: what stands apart is drawn apart.
        for found in re.finditer(r"\S+(?: \S+)*", text):
            yield Run(part[0][0] + found.start(), found.group(), style)


def draw(lines: Sequence[Sequence[Run]]) -> str:
    """Return the SVG."""
    width = COLUMNS * CELL_WIDTH + 2 * MARGIN
    height = len(lines) * LINE_HEIGHT + BAR + MARGIN
    dots = "".join(
        f'<circle cx="{MARGIN + 6 + 20 * n}" cy="19" r="5" fill="{BORDER}"/>' for n in range(3)
    )
    body = "\n".join(_text(run, y) for y, line in enumerate(lines) for run in line)
    label = "mladvisor in a terminal: the recommendation, the ranking, and why"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" role="img" aria-label="{label}">\n'
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="8" '
        f'fill="{BACKGROUND}" stroke="{BORDER}"/>\n{dots}\n'
        f'<g font-family="{FONT}" font-size="14" fill="{TEXT}">\n'
        f"{body}\n</g>\n</svg>\n"
    )


def _text(run: Run, line: int) -> str:
    x = MARGIN + run.column * CELL_WIDTH
    y = BAR + (line + 0.75) * LINE_HEIGHT
    color = COLORS[run.style.color]
    look = (f' fill="{color}"' if color != TEXT else "") + (
        ' font-weight="bold"' if run.style.bold else ""
    )
    # The length holds the columns whatever font the reader has.
    length = len(run.text) * CELL_WIDTH
    spread = f'textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {spread}{look}>{escape(run.text)}</text>'


def words(svg: str) -> list[str]:
    """Return the text pieces of a picture, in order."""
    return [unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)</text>", svg)]


def main() -> int:
    """Write the picture, or say that it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("picture", nargs="?", type=Path, default=TARGET)
    options = parser.parse_args()
    svg = draw(screen())
    if not options.check:
        options.picture.write_text(svg, encoding="utf-8")
        return 0
    if words(options.picture.read_text(encoding="utf-8")) == words(svg):
        return 0
    sys.stderr.write(f"{options.picture} is not what is printed now: python docs/screenshot.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
