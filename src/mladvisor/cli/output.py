"""From a profile to what is printed: score, recommend, save, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mladvisor.cli.files import write_whole
from mladvisor.cli.options import Format
from mladvisor.errors import InputError, Problem

if TYPE_CHECKING:
    from mladvisor.knowledge.load import Knowledge
    from mladvisor.profile import Profile
    from mladvisor.recommendation.document import Recommendation
    from mladvisor.report.content.blocks import Page


@dataclass(frozen=True, eq=False)
class Output:
    """Where and how the result goes."""

    format: Format
    out: str | None
    save: str | None
    today: date
    top: int
    years: int | None
    cautious: bool
    versus: str | None
    can_ask: bool
    plain: bool = False

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
        format_: Format = Format.text,
        out: str | None = None,
    ) -> Output:
        """Read the options."""
        can_ask = sys.stdin.isatty() and sys.stderr.isatty()
        return cls(format_, out, save, day(today), top, years, cautious, versus, can_ask)


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
    if output.format is Format.text and output.out is None:
        from mladvisor.report.terminal import print_report

        print_report(document, sys.stdout, plain=output.plain)
    else:
        write_result(rendered(document, knowledge, output), output.out)
    return document


def rendered(document: Recommendation, knowledge: Knowledge, output: Output) -> str:
    """Return the recommendation as the text of a file."""
    if output.format is Format.json:
        return document.model_dump_json(indent=2, by_alias=True) + "\n"
    if output.format is Format.text:
        from mladvisor.report.terminal import report_text

        return report_text(document, plain=output.plain)
    from mladvisor.browse.options import all_options
    from mladvisor.report.content.recommendation import recommendation_page

    options = all_options(knowledge, output.today)
    page = recommendation_page(document, options, knowledge.texts)
    return written_page(page, output.format)


def written_page(page: Page, format_: Format) -> str:
    """Return a page as Markdown or HTML; the template engine is loaded only for the latter."""
    if format_ is Format.markdown:
        from mladvisor.report.markdown import as_markdown

        return as_markdown(page)
    from mladvisor.report.html.page import as_html

    return as_html(page)


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
