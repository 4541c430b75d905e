"""What several commands share: options that mean the same everywhere, and an exit code."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mladvisor.typed_numbers import read_number


def number(text: str) -> float:
    """Return what a flag's value stands for that takes a number as people type it."""
    return read_number(text, None)


TOP = 8
"""Paths that a document lists, unless told otherwise."""


class Format(StrEnum):
    """How a report is printed."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print")]

JsonOption = Annotated[bool, typer.Option("--json", help="Same as --format json")]

OutOption = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file, whole or not at all"),
]

INTERRUPTED = 130
"""Exit code after Ctrl-C, with the answers kept."""

DataOption = Annotated[
    list[str] | None,
    typer.Option("--data", metavar="DIR", help="Lay your own data folder over ours (repeatable)"),
]

TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Date of the report, YYYY-MM-DD (default: today)"),
]

YearsOption = Annotated[
    int | None,
    typer.Option("--years", min=1, max=30, help="Years the money is shown for (default: 5)"),
]

CautiousOption = Annotated[
    bool,
    typer.Option(
        "--cautious",
        help="Pick what you would regret least if things go badly, not what fits best on average",
    ),
]

FullOption = Annotated[
    bool,
    typer.Option("--full", help="Print the whole report, not only what decides (text format)"),
]
