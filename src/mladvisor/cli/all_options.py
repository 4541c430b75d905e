"""`mladvisor options`: every option in the same fields, before any answer and any ranking."""

from __future__ import annotations

import sys

from mladvisor.cli.options import (
    DataOption,
    Format,
    FormatOption,
    JsonOption,
    OutOption,
    TodayOption,
)


def options(
    format_: FormatOption = Format.text,
    json_: JsonOption = False,
    out: OutOption = None,
    today: TodayOption = None,
    data: DataOption = None,
) -> None:
    """Read what every option is like, good and bad in the same fields, without a ranking.

    Nothing is asked, and nothing is recommended. Figures are ranges over the knowledge base.

    Examples:

      mladvisor options

      mladvisor options --format html -o options.html
    """
    from mladvisor.browse.options import all_options
    from mladvisor.cli.output import day, write_result, written_page
    from mladvisor.knowledge.load import load

    knowledge = load(*(data or ()))
    document = all_options(knowledge, day(today))
    if json_ or format_ is Format.json:
        write_result(document.model_dump_json(indent=2) + "\n", out)
        return
    from mladvisor.report.content.options import options_page

    page = options_page(document, knowledge.texts["options"])
    if format_ is not Format.text:
        write_result(written_page(page, format_), out)
        return
    from mladvisor.report.options import options_text, print_options

    if out is None:
        print_options(page, sys.stdout)
    else:
        write_result(options_text(page), out)
