"""How long the interview is until it offers to stop, and how often that was right.

    python -m benchmarks.interview [--people 100] [--unsure 0.1]

Two groups answer. The people of tests/people_cases answer what their file holds, "not sure" to all
else. Others are drawn from the priors, one scenario a person; a share of their answers is "not
sure", and their ranking is three criteria at random. Whoever is not offered to stop answers all.

Reading is reckoned at 200 words a minute, slow for plain words on a screen. "Read" counts every
word of every screen; "skimmed" counts titles and hints whole and half the words of the options, as
nobody reads a list on after the line that fits. A list that is shown again counts with the lines
that changed, and the line of keys once. To that come 2 seconds a choice and 5 a typed answer: time
to move a finger, not to think. The texts behind "?" are not counted.

The kind of path at the offer is compared with the kind after all of that person's answers.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

from mladvisor.insight.robustness import standing
from mladvisor.interview.agenda import by_worth, that_apply
from mladvisor.interview.ask import EARLIEST_RESULT, RESULT, Interview
from mladvisor.interview.replies import NO, OTHERS, YES
from mladvisor.interview.screens import DONE, NOT_SURE, Check, Move, Screen
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.profile import choices_of, make_profile
from mladvisor.rules.expression import code
from mladvisor.scenarios import SIZE, draw
from mladvisor.scoring.model import score

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
TEXTS = {"US": {"country": "US", "us_state": "WA"}, "elsewhere": {"country": "DE"}}
RANKED = 3
WORD = re.compile(r"\S*\w\S*")
WORDS_A_MINUTE, SECONDS_A_CHOICE, SECONDS_TYPED = 200, 2, 5


def words(text: str) -> int:
    """Count the words of a text; a lone sign is none."""
    return len(WORD.findall(text))


@dataclass
class Reading:
    """What was read and done by some time."""

    screens: int = 0
    said: int = 0
    listed: int = 0
    choices: int = 0
    typed: int = 0

    def minutes(self, share_of_lists: float) -> float:
        read = (self.said + share_of_lists * self.listed) / WORDS_A_MINUTE
        return read + (self.choices * SECONDS_A_CHOICE + self.typed * SECONDS_TYPED) / 60


class Reader:
    """A person who reads every screen and answers what they know; stops when that is offered."""

    def __init__(self, knowledge: Knowledge, person: Mapping[str, Any]) -> None:
        self.knowledge = knowledge
        self.person = person
        self.reading = Reading()
        self.offered = False
        self._questions = {row.prompt: row for row in knowledge.questions.values()}
        self._last: tuple[str, set[str]] = "", set()
        texts = knowledge.texts["interview"]
        self.reading.said = sum(words(texts[name]) for name in texts if name.startswith("key_"))

    def pick(self, screen: Screen, options: Mapping[str, str], at: str | None) -> str | Move:
        """Return the option that fits, the offer to stop where there is one."""
        self._read(screen, options)
        self.reading.choices += 1
        question = self._questions.get(screen.title)
        if question is None:  # a menu: the offer, or at the end a look at all answers
            self.offered = screen.title == self.knowledge.texts["interview"]["settled_title"]
            return RESULT
        answer = self.person.get(question.field)
        if answer is None:
            return NOT_SURE
        wanted = (YES if answer else NO) if isinstance(answer, bool) else str(answer)
        return wanted if wanted in options else OTHERS

    def rank(self, screen: Screen, options: Mapping[str, str], at: str | None) -> list[str] | Move:
        """Return the next of the ranking that has no mark yet."""
        self._read(screen, options)
        self.reading.choices += 1
        question = self._questions[screen.title]
        plain = choices_of(question, self.knowledge)
        ranked = self.person.get(question.field) or ()
        left = [word for word in ranked if options[word] == plain[word]]
        return [left[0] if left else DONE if DONE in options else NOT_SURE]

    def write(self, screen: Screen, text: str, check: Check) -> str | Move:
        """Return what would be typed."""
        self._read(screen, {})
        answer = self.person.get(self._questions[screen.title].field)
        self.reading.typed += answer is not None
        self.reading.choices += answer is None
        return "" if answer is None else f"{answer}"

    def key(self, title: str, keys: Mapping[str, str]) -> str:
        raise AssertionError("the interview itself has no keys")

    def tell(self, text: str) -> None:
        raise AssertionError("the interview says what it has to say on its screens")

    def _read(self, screen: Screen, options: Mapping[str, str]) -> None:
        title, lines = self._last
        again = lines if title == screen.title else set()
        self._last = screen.title, set(options.values())
        reading = self.reading
        reading.listed += sum(words(line) for line in options.values() if line not in again)
        if not again:
            reading.screens += 1
            texts = (screen.before, screen.place, screen.title, screen.note)
            reading.said += sum(map(words, texts))


@dataclass(frozen=True)
class Walk:
    """One interview: the answers given until its end, and what was read.

    `early`: what was read by the first time that the result can be had. `same`, `early_same`:
    whether the kind of path is then that of all answers.
    """

    answers: Mapping[str, Any]
    reading: Reading
    offered: bool
    early: Reading
    same: bool
    early_same: bool


def walk(person: Mapping[str, Any], knowledge: Knowledge) -> Walk:
    """Answer until the offer to stop, or to the end."""
    reader = Reader(knowledge, person)
    first: dict[str, Any] = {}
    early = Reading()

    def keep(answers: Mapping[str, Any]) -> None:
        if len(answers) == EARLIEST_RESULT:
            first.update(answers)
            vars(early).update(vars(reader.reading))

    interview = Interview(knowledge, reader, by_worth(knowledge, TODAY), keep, {})
    introduction = knowledge.texts["interview"]["introduction"]
    answers = interview.run(
        introduction.format(likely=interview.likely, count=interview.left, earliest=EARLIEST_RESULT)
    )
    rest = {field: answer for field, answer in person.items() if field not in answers}
    now, at_first, whole = (
        kind_of(given, knowledge) for given in (answers, first, {**answers, **rest})
    )
    return Walk(answers, reader.reading, reader.offered, early, now == whole, at_first == whole)


def kind_of(answers: Mapping[str, Any], knowledge: Knowledge) -> str:
    """Return the kind of path recommended."""
    scores = score(make_profile(knowledge, that_apply(knowledge, answers)), knowledge, TODAY)
    return scores.paths[standing(scores, knowledge.settings).pick].kind


def cases() -> dict[str, dict[str, Any]]:
    """Return the people of the tests, by name."""
    files = sorted((ROOT / "tests" / "people_cases").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text())["profile"] for file in files}


def drawn(count: int, unsure: float, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """Yield people as the priors have them, who know most of their answers."""
    values = draw(make_profile(knowledge, {}), knowledge).values
    asked = [row for row in knowledge.questions.values() if row.asked]
    dice = random.Random(20261122)
    for place in dice.sample(range(SIZE), count):
        person: dict[str, Any] = {}
        for row in asked:
            offered = list(choices_of(row, knowledge))
            if row.type == "choices":
                person[row.field] = dice.sample(offered, RANKED)
            elif row.type == "choice":
                held = values[row.field][place, 0]
                person[row.field] = next(word for word in offered if code(word) == held)
            elif row.type == "flag":
                person[row.field] = bool(values[row.field][place, 0])
            elif row.type != "place":
                person[row.field] = round(float(values[row.field][place, 0]), 1)
        person |= next(t for word, t in TEXTS.items() if code(word) == values["country"][place, 0])
        yield {field: answer for field, answer in person.items() if dice.random() >= unsure}


def print_walk(name: str, found: Walk) -> None:
    """Print one interview in a line."""
    reading, early = found.reading, found.early
    print(
        f"{name:20}{len(found.answers):8}{'yes' if found.offered else 'no':>8}{reading.screens:9}"
        f"{reading.said + reading.listed:7}{reading.minutes(0.5):9.1f}{reading.minutes(1):7.1f}"
        f"{early.minutes(1):12.1f}{'yes' if found.same else 'no':>7}"
    )


def print_spread(name: str, values: Sequence[float], digits: int) -> None:
    """Print the middle of many values, the ninth of ten, and the most."""
    tenths = quantiles(values, n=10, method="inclusive")
    figures = (tenths[4], tenths[8], max(values))
    print(f"  {name:24}" + "".join(f"{value:9.{digits}f}" for value in figures))


def main() -> None:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--unsure", type=float, default=0.1)
    options = parser.parse_args()
    knowledge = load()
    print(
        f"{'minutes as skimmed, read; by 5 answers':45}\n{'':20}{'answers':>8}{'offered':>8}"
        f"{'screens':>9}{'words':>7}{'skimmed':>9}{'read':>7}{'by 5':>12}{'same':>7}"
    )
    for name, person in cases().items():
        print_walk(name, walk(person, knowledge))
    walks = [walk(each, knowledge) for each in drawn(options.people, options.unsure, knowledge)]
    offered = [found for found in walks if found.offered]
    print(f"\n{len(walks)} people drawn: {len(offered)} are offered to stop before the end")
    print(f"  {'':24}{'median':>9}{'9 of 10':>9}{'most':>9}")
    print_spread("answers", [len(found.answers) for found in walks], 0)
    print_spread("screens", [found.reading.screens for found in walks], 0)
    print_spread("words", [found.reading.said + found.reading.listed for found in walks], 0)
    print_spread("minutes, lists skimmed", [found.reading.minutes(0.5) for found in walks], 1)
    print_spread("minutes, all read", [found.reading.minutes(1) for found in walks], 1)
    print_spread("minutes to 5 answers", [found.early.minutes(1) for found in walks], 1)
    print(f"the same kind after all answers: {sum(f.same for f in offered)} of {len(offered)}")
    early = sum(found.early_same for found in walks)
    print(f"the same for whoever stops after {EARLIEST_RESULT} answers: {early} of {len(walks)}")


if __name__ == "__main__":
    main()
