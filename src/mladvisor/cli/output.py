"""From a profile to what is printed: score, recommend, save, print."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from mladvisor.cli.files import write_whole
from mladvisor.cli.options import Format
from mladvisor.errors import InputError, Problem

if TYPE_CHECKING:
    from pydantic import BaseModel

    from mladvisor.knowledge.load import Knowledge
    from mladvisor.profile import Profile
    from mladvisor.recommendation.document import Recommendation
    from mladvisor.report.content.blocks import Page


@dataclass(frozen=True, eq=False)
class Output:
    """Where and how the result goes; `looks_around`: keys for more are offered after it."""

    format: Format
    out: str | None
    save: str | None
    today: date
    top: int
    years: int | None
    cautious: bool
    versus: str | None
    full: bool
    can_ask: bool
    plain: bool = False
    looks_around: bool = False

    @classmethod
    def from_options(
        cls,
        *,
        save: str | None,
        today: str | None,
        top: int,
        years: int | None = None,
        cautious: bool = False,
        versus: str | None = None,
        full: bool = False,
        format_: Format = Format.text,
        out: str | None = None,
    ) -> Output:
        """Read the options."""
        can_ask = sys.stdin.isatty() and sys.stderr.isatty()
        date_ = day(today)
        return cls(format_, out, save, date_, top, years, cautious, versus, full, can_ask)


def day(today: str | None) -> date:
    """Return the day a flag names, or today's: the clock is read here and nowhere else."""
    try:
        return date.fromisoformat(today) if today is not None else date.today()
    except ValueError:
        message = f'got "{today}"; accepted: a date as YYYY-MM-DD'
        raise InputError([Problem("--today", message)]) from None


def recommended(knowledge: Knowledge, profile: Profile, output: Output) -> Recommendation:
    """Compute the recommendation."""
    from mladvisor.recommendation.assemble import recommend
    from mladvisor.scoring.model import score

    scores = score(profile, knowledge, output.today)
    return recommend(
        scores,
        knowledge,
        today=output.today,
        top=output.top,
        span_years=output.years,
        rule="cautious" if output.cautious else "mean",
        versus=output.versus,
    )


def deliver(knowledge: Knowledge, profile: Profile, output: Output) -> Recommendation:
    """Compute the recommendation, save, print and return it: nothing is printed before that."""
    document = recommended(knowledge, profile, output)
    if output.save is not None:
        save_answers(profile.model_dump(mode="json", exclude_none=True), Path(output.save))
    finish(advice(document, knowledge, output), output.format, output.out, plain=output.plain)
    return document


def advice(document: Recommendation, knowledge: Knowledge, output: Output) -> Result:
    """Return the recommendation as a result: as text it is brief unless all is asked for."""

    def page(format_: Format) -> Page:
        from mladvisor.browse.options import all_options
        from mladvisor.report.content.recommendation import brief_page, recommendation_page

        if format_ is not Format.text:
            options = all_options(knowledge, output.today)
            return recommendation_page(document, knowledge.texts, options)
        write = recommendation_page if output.full else brief_page
        return write(document, knowledge.texts, can_save=output.looks_around)

    return Result(document, page)


Print = Callable[[TextIO, int | None], None]
"""Prints to a stream, of a given width or as wide as its terminal."""


@dataclass(frozen=True, eq=False)
class Result:
    """What a command ends with, in every format; `print_text`: where text is no plain page."""

    document: BaseModel
    page: Callable[[Format], Page]
    print_text: Print | None = None


def finish(result: Result, format_: Format, out: str | None, *, plain: bool = False) -> None:
    """Print a result, or write it to a file: the end of every command that makes a report."""
    if format_ is Format.text and out is None:
        _text_printer(result, plain=plain)(sys.stdout, None)
    else:
        write_result(rendered(result, format_, plain=plain), out)


def rendered(result: Result, format_: Format, *, plain: bool = False) -> str:
    """Return a result as the text of a file; the template engine is loaded only for HTML."""
    if format_ is Format.json:
        return result.document.model_dump_json(indent=2, by_alias=True) + "\n"
    if format_ is Format.text:
        from mladvisor.report.terminal.paper import MOST_COLUMNS

        stream = io.StringIO()
        _text_printer(result, plain=plain)(stream, MOST_COLUMNS)
        return stream.getvalue()
    if format_ is Format.markdown:
        from mladvisor.report.markdown import as_markdown

        return as_markdown(result.page(format_))
    from mladvisor.report.html.page import as_html

    return as_html(result.page(format_))


def _text_printer(result: Result, *, plain: bool) -> Print:
    if result.print_text is not None:
        return result.print_text

    def print_text(stream: TextIO, width: int | None) -> None:
        from mladvisor.report.terminal.page import print_page

        print_page(result.page(Format.text), stream, width=width, plain=plain)

    return print_text


def save_answers(answers: Mapping[str, Any], path: Path) -> None:
    """Write the answers as a profile file, readable only by the user; say so on stderr.

    null stands for "not sure", so that an interview that goes on does not ask again.
    """
    write_whole(path, json.dumps(dict(answers), indent=2, ensure_ascii=False) + "\n", private=True)
    typer.echo(f"Answers saved to {path}", err=True)


def write_result(text: str, out: str | None) -> None:
    """Print a result, or write it to a file and say so on stderr; "-" is standard output."""
    if out is None or out == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    write_whole(Path(out), text)
    typer.echo(f"Written to {out}", err=True)
