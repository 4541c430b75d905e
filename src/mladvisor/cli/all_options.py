"""`mladvisor options`: every option in the same fields, before any answer and any ranking."""

from __future__ import annotations

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
    from mladvisor.cli.output import Result, day, finish
    from mladvisor.knowledge.load import load
    from mladvisor.report.content.options import options_page

    knowledge = load(*(data or ()))
    document = all_options(knowledge, day(today))
    result = Result(document, lambda _: options_page(document, knowledge.texts["options"]))
    finish(result, Format.json if json_ else format_, out)
