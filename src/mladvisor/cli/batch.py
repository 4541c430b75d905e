"""`mladvisor batch`: many profiles, one a line, in and out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from mladvisor.cli.options import TOP, DataOption, TodayOption
from mladvisor.errors import InputError, Problem

if TYPE_CHECKING:
    from mladvisor.batch.stream import Tally

STDIN = STDOUT = "-"

WHOLE, ROWS = 250, 100
"""Scenarios for whole documents and for rows of fields; `advise` draws 1,000."""

OF_DOCUMENTS = "belongs to whole documents; leave out --fields and --format csv, or {name}"


class Format(StrEnum):
    """How results are written."""

    jsonl = "jsonl"
    csv = "csv"


def batch(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="Profiles as JSON, one a line; - for stdin")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - for stdout")
    ] = STDOUT,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="NAMES", help="Only these, as kind,path,share,label,fit"),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write")] = Format.jsonl,
    scenarios: Annotated[
        int | None,
        typer.Option(
            "--scenarios",
            min=10,
            max=100_000,
            help=f"Readings of each profile: {WHOLE:,} for whole documents, {ROWS} with --fields",
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", min=1, help=f"How many paths whole documents list (default: {TOP})"),
    ] = None,
    explore: Annotated[
        bool, typer.Option("--explore", help="Whole documents with what would change the advice")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes (default: one a core)")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first bad line")] = False,
    today: TodayOption = None,
    data: DataOption = None,
) -> None:
    """Advise many people: one profile a line in, one result a line out, in the same order.

    Without --fields a result is a whole document as of `advise --json`, but from 250 readings of
    each profile in place of 1,000, and without what would change the advice, which takes most of
    the time; it says so. With --scenarios 1000 --explore it is that of `advise`.

    With --fields only the verdict is worked out, many times faster, from 100 readings: the share
    is then good to about five points, and the kind may differ where the share is near one half.
    With --scenarios 1000 the verdict is that of `advise`.

    A line may hold an "id"; it is passed through. A line that can't be used is reported with its
    number and left out, and the exit code is 2 in the end; --strict writes nothing then.

    Examples:

      mladvisor batch people.jsonl -o advice.jsonl

      mladvisor batch people.jsonl --fields kind,path,share --format csv -o advice.csv

      mladvisor batch - --fields kind,share < people.jsonl | jq .kind
    """  # fmt: skip
    from mladvisor.batch.fields import USUAL, read_fields
    from mladvisor.batch.memory import settle
    from mladvisor.batch.rows import Request, knowledge_of
    from mladvisor.batch.stream import answer_stream
    from mladvisor.cli.output import day

    wanted = read_fields(fields) if fields is not None else None
    if wanted is None and format_ is Format.csv:
        wanted = USUAL
    of_documents = {"--explore": explore, "--top": top is not None}
    misplaced = [name for name, given in of_documents.items() if given and wanted is not None]
    if misplaced:
        raise InputError([Problem(name, OF_DOCUMENTS.format(name=name)) for name in misplaced])
    request = Request(
        day(today),
        scenarios or (WHOLE if wanted is None else ROWS),
        wanted,
        top or TOP,
        explore,
        format_ is Format.csv,
        tuple(data or ()),
    )
    knowledge_of(request)
    settle()
    progress = _Progress()
    try:
        with _reading(source) as lines, _writing(output) as file:
            tally = answer_stream(
                lines, file.write, _refuse, request,
                jobs=jobs or _cores(), strict=strict, watch=progress.tell,
            )  # fmt: skip
    finally:
        progress.end()
    if tally.refused:
        typer.echo(f"mladvisor: {tally.refused:,} of {tally.read:,} lines were left out", err=True)
        raise typer.Exit(2)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _reading(source: str) -> Iterator[Any]:
    """Open the lines; they stay bytes, so that one that is no text spoils no other."""
    if source == STDIN:
        if sys.stdin.isatty():
            typer.echo("Type a profile a line as JSON, then Ctrl-D on a line of its own.", err=True)
        yield sys.stdin.buffer
        return
    try:
        with open(source, "rb") as file:
            yield file
    except OSError as error:
        if error.filename != source:
            raise
        reason = (error.strerror or str(error)).lower()
        hint = "; give a file of profiles, one a line, or - for standard input"
        raise InputError([Problem(source, f"can't be read: {reason}{hint}")]) from error


def _writing(output: str) -> Any:
    """Open the output: standard output as it comes, a file whole or not at all."""
    from mladvisor.cli.files import writing_whole

    if output == STDOUT:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        stream: IO[str] = sys.stdout
        return nullcontext(stream)
    return writing_whole(Path(output))


def _refuse(number: int, problems: Sequence[Problem]) -> None:
    for problem in problems:
        where = f"line {number}, {problem.where}" if problem.where else f"line {number}"
        typer.echo(f"mladvisor: {Problem(where, problem.message)}", err=True)


class _Progress:
    """Says how far it is: on a terminal alone, once a second."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._told = False

    def tell(self, tally: Tally) -> None:
        """Write over the line that was told before."""
        now = time.monotonic()
        if now - self._last < 1 or not sys.stderr.isatty():
            return
        self._last, self._told = now, True
        pace = tally.read / (now - self._start)
        sys.stderr.write(f"\r{tally.read:,} lines, {pace:,.0f} a second ")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._told:
            sys.stderr.write("\n")
