"""`mladvisor faq`: questions people ask, answered from facts."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from mladvisor.cli.options import DataOption


def faq(
    words: Annotated[list[str] | None, typer.Argument(help="Words to look for")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    data: DataOption = None,
) -> None:
    """Answer questions people ask; without words, list them all.

    Examples:

      mladvisor faq

      mladvisor faq visa online
    """
    from mladvisor.browse import entry
    from mladvisor.errors import InputError, Problem, closest
    from mladvisor.knowledge.load import load

    knowledge = load(*(data or ()))
    found = entry.faq(words or (), knowledge)
    if not found:
        asked = " ".join(words or ())
        near = closest(asked, entry.faq_words(knowledge))
        hint = f"nearest: {near[0]}; " if near else ""
        raise InputError([Problem("faq", f'nothing on "{asked}"; {hint}mladvisor faq lists all')])
    if json_:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    from mladvisor.report.entries import print_answers

    print_answers(found, knowledge, sys.stdout, full=bool(words))
