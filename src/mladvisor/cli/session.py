"""One run of the interview: how to ask, what to go on from, what is kept, and the result."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import typer

from mladvisor.cli.files import write_whole
from mladvisor.cli.kept import Kept, read_kept, saved_when
from mladvisor.cli.options import INTERRUPTED, Format
from mladvisor.cli.output import Output, advice, deliver, recommended, rendered, save_answers
from mladvisor.errors import InputError
from mladvisor.interview.agenda import by_worth, in_order, that_apply
from mladvisor.interview.ask import EARLIEST_RESULT, Interrupted, Interview
from mladvisor.interview.plain import PlainPort
from mladvisor.interview.screens import Port, Screen
from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import Profile, make_profile
from mladvisor.recommendation.document import Recommendation

FORMATS = {".html": Format.html, ".md": Format.markdown}
"""How a report is saved by the end of its file's name; any other is text."""


@dataclass(frozen=True)
class Manner:
    """How an interview is held.

    `again`: the options with which a later run goes on in the same way. `plain`: numbered lines, no
    keys. `every`: all questions in a fixed order. `resume`: go on from the answers kept.
    """

    again: tuple[str, ...]
    plain: bool = False
    every: bool = False
    resume: bool = False


def going_on(
    *flags: str, save: str | None, today: str | None, data: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the options of a command line that a later run needs again."""
    named = [("--save", save), ("--today", today), *(("--data", folder) for folder in data or ())]
    given = [(name, value) for name, value in named if value is not None]
    return (*flags, *(word for pair in given for word in pair))


def ask_and_deliver(
    knowledge: Knowledge, given: Mapping[str, Any], output: Output, manner: Manner
) -> None:
    """Run the interview, print the recommendation; on a terminal let the person look around.

    `given`: answers from a file, which are not asked again. Whatever stops the interview, what was
    answered by then is kept.
    """
    make_profile(knowledge, given, today=output.today)
    port = open_port(knowledge, plain=manner.plain)
    output = replace(output, plain=isinstance(port, PlainPort))
    Session(knowledge, port, output, manner, Kept()).run(given)


def open_port(knowledge: Knowledge, *, plain: bool) -> Port:
    """Return how to ask: with keys, or in plain lines where these are wanted or all there is."""
    texts = knowledge.texts["interview"]
    if plain or os.environ.get("TERM") == "dumb":
        return PlainPort(texts)
    try:
        from mladvisor.interview.terminal import TerminalPort

        return TerminalPort(texts)
    except Exception:  # whatever keeps prompt_toolkit from this console, plain lines still work
        return PlainPort(texts)


@dataclass(eq=False)
class Session:
    """One run, from the first screen to the last.

    `said` is what its first screen says first, `earlier` what was gone on from.
    """

    knowledge: Knowledge
    port: Port
    output: Output
    manner: Manner
    kept: Kept
    said: list[str] = field(default_factory=list)
    earlier: Mapping[str, Any] = field(default_factory=dict)

    def run(self, given: Mapping[str, Any]) -> None:
        """Ask, print the result, look around; exit with 130 where the person stops before it."""
        interview: Interview | None = None
        try:
            answers = dict(given) or self._earlier()
            order = self._order()
            interview = Interview(self.knowledge, self.port, order, self.kept.save, answers)
            places = {
                "likely": interview.likely, "count": interview.left, "earliest": EARLIEST_RESULT,
            }  # fmt: skip
            manner = "introduction_all" if self.manner.every else "introduction"
            fresh = [] if answers else [self._text(manner, **places)]
            interview.run("\n".join([*self.said, *fresh]))
            document = deliver(self.knowledge, self._profile(interview), self._here)
        except (Interrupted, KeyboardInterrupt, EOFError):
            self._stopped(interview.answers if interview is not None else {})
            raise typer.Exit(INTERRUPTED) from None
        if self._here.looks_around:
            self._look_around(interview, document)
        if self.kept.path.exists() and not self.kept.failed:
            self._tell("kept", path=self.kept.path)

    @property
    def _here(self) -> Output:
        """The output with whether the person can look around after it."""
        return replace(self.output, looks_around=self.output.can_ask and sys.stdout.isatty())

    def _order(self) -> Any:
        if self.manner.every:
            return in_order(self.knowledge)
        return by_worth(self.knowledge, self.output.today)

    def _profile(self, interview: Interview) -> Profile:
        return make_profile(self.knowledge, that_apply(self.knowledge, interview.answers))

    def _earlier(self) -> dict[str, Any]:
        """Return the answers of an earlier run, where there are any and they are wanted."""
        path = self.kept.path
        if not path.exists():
            if self.manner.resume:
                raise InputError(f"no answers are kept in {path}; start with: mladvisor")
            return {}
        try:
            answers, problems = read_kept(path, self.knowledge)
        except InputError:
            if self.manner.resume:
                raise
            return {}  # put aside by the first answer
        told = {"count": len(answers), "when": saved_when(path), "path": path}
        if not self.manner.resume and not (answers and self._goes_on(told)):
            return {}
        self.said.append(self._text("resumed", **told))
        self.said += [self._text("not_accepted", problem=problem) for problem in problems]
        self.kept.aside = bool(problems)  # what was left out is not thrown away
        self.earlier = answers
        return answers

    def _goes_on(self, told: Mapping[str, Any]) -> bool:
        """Ask whether to go on from the answers of an earlier run; a pipe starts afresh."""
        if not self.output.can_ask:
            return False
        screen = Screen(title=self._text("kept_title"), note=self._text("kept_note", **told))
        options = {
            "resume": self._text("kept_resume"),
            "fresh": self._text("kept_fresh", aside=self.kept.earlier.name),
        }
        return self.port.pick(screen, options, None) == "resume"

    def _stopped(self, answers: Mapping[str, Any]) -> None:
        """Say where the answers are, and print the line that goes on from them."""
        if answers and answers != self.earlier:
            self.kept.save(answers)
        if answers and self.output.save is not None:
            save_answers(that_apply(self.knowledge, answers), Path(self.output.save))
        if not self.kept.path.exists():
            self._tell("stopped" if answers else "stopped_empty")
            return
        line = shlex.join(["mladvisor", "--resume", *self.manner.again])
        # Not wrapped: it is there to be copied.
        typer.echo(self._text("go_on", path=self.kept.path, line=line), err=True)

    def _look_around(self, interview: Interview, document: Recommendation) -> None:
        from mladvisor.interview.after import Around
        from mladvisor.report.look import Look

        def advise() -> Recommendation:
            return recommended(self.knowledge, self._profile(interview), self.output)

        def save(document: Recommendation, name: str) -> str | None:
            return self._saved(interview, document, Path(name).expanduser())

        shown = Look(self.knowledge.texts, sys.stdout, self.output.plain)
        Around(interview, document, advise, save, shown).look()

    def _saved(self, interview: Interview, document: Recommendation, path: Path) -> str | None:
        """Write the answers or the report; return what is wrong where that can't be done."""
        if path.exists():
            return self._text("file_exists", path=path)
        try:
            if path.suffix == ".json":
                answers = self._profile(interview).model_dump_json(indent=2, exclude_none=True)
                write_whole(path, answers + "\n", private=True)
            else:
                format_ = FORMATS.get(path.suffix, Format.text)
                whole = advice(document, self.knowledge, replace(self.output, full=True))
                write_whole(path, rendered(whole, format_), private=True)
        except InputError as error:
            return str(error)
        return None

    def _tell(self, name: str, /, **places: Any) -> None:
        self.port.tell(self._text(name, **places))

    def _text(self, name: str, /, **places: Any) -> str:
        text = str(self.knowledge.texts["interview"][name])
        return text.format(**places) if places else text
