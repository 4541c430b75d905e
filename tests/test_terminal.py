"""A real terminal: keys go in through a pty, the screen is read as a person sees it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pyte
import pytest

from mladvisor.knowledge.load import Knowledge

ENTER, UP, DOWN, ESC = "\r", "\x1b[A", "\x1b[B", "\x1b"
CTRL_B, CTRL_C, CTRL_D, CTRL_R, CTRL_U = "\x02", "\x03", "\x04", "\x12", "\x15"

QUICK = {
    "goal": "ml-job",
    "role": "ml-engineer",
    "education": "bachelor-cs",
    "degree_filter": "none",
    "employer": "startup",
}
"""Five answers: from here on the result can be had."""


class Terminal:
    """The program in a window of a given size; what it shows is read after each key."""

    def __init__(
        self,
        columns: int,
        *arguments: str,
        rows: int = 50,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=2000)
        self.stream = pyte.Stream(self.screen)
        self.everything = ""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "mladvisor", *arguments],
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=30,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
        )

    def until(self, wanted: str, *, gone: str | None = None) -> None:
        """Wait until the screen shows `wanted`, and `gone` no more."""
        self.wait(lambda: self._sees(wanted) and not (gone and self._sees(gone)), wanted)

    def until_counted(self, wanted: Mapping[str, int]) -> None:
        """Wait until the screen shows each text so many times."""

        def counted() -> bool:
            return all(self.display().count(text) == times for text, times in wanted.items())

        self.wait(counted, str(dict(wanted)))

    def first_of(self, *wanted: str) -> int:
        """Wait until the screen shows one of these; return which."""
        self.wait(lambda: any(map(self._sees, wanted)), " or ".join(wanted))
        return next(at for at, text in enumerate(wanted) if self._sees(text))

    def send(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def answer(self, question: str, *keys: str) -> None:
        """Wait for a question, and answer it."""
        self.until(question)
        self.send(*keys)
        self.until("", gone=question)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        self.wait(lambda: not self._read(), "the end")
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

    def lines(self) -> list[str]:
        """Return every line shown, with what has scrolled away."""
        gone = ["".join(row[x].data for x in sorted(row)) for row in self.screen.history.top]
        return [line.rstrip() for line in (*gone, *self.screen.display)]

    def display(self) -> str:
        """Return what is on the screen now, each line once, without wrapping."""
        return " ".join(" ".join(self.screen.display).split())

    def _sees(self, text: str) -> bool:
        return " ".join(text.split()) in self.display()

    def wait(self, true: Callable[[], bool], what: str = "that") -> None:
        limit = time.monotonic() + 30
        while not true():
            if not self._read() and not true():
                raise AssertionError(f"ended before {what!r}:\n" + "\n".join(self.lines()))
            if time.monotonic() > limit:
                raise AssertionError(f"no {what!r} on:\n" + "\n".join(self.screen.display))

    def _read(self) -> bool:
        """Take in what the program has written; False when it has ended."""
        try:
            text = self.child.read_nonblocking(65536, timeout=0.2)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.everything += text
        self.stream.feed(text)
        return True


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the answers are kept."""
    return tmp_path / "state" / "mladvisor" / "answers.json"


@pytest.fixture
def started(state: Path) -> Path:
    """An interview with five answers, stopped."""
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps(QUICK))
    return state


def test_the_whole_interview_by_keys(state: Path) -> None:
    terminal = Terminal(100)
    terminal.answer("What do you want out of this?", ENTER)
    terminal.answer("Which role do you aim at?", ENTER)
    terminal.until("What is the highest degree you hold?")
    assert "What do you want" not in terminal.display(), "one question a screen"
    terminal.send(DOWN, UP, "?")
    terminal.until("Why: A second graduate degree adds little")
    terminal.send("4", ENTER)
    # From here on "not sure", until the interview offers to stop or shows the answers.
    number = 4
    while True:
        places = [f"Question {number} of about ", f"Question {number}: one more"]
        seen = terminal.first_of(*places, "See the result now")
        if seen == len(places):
            break
        typed = "empty = not sure" in terminal.display()
        terminal.send(*([] if typed else ["0"]), ENTER)
        terminal.until("", gone=places[seen])
        number += 1
    terminal.send(ENTER)
    terminal.until("[q] quit")
    terminal.send("q")
    assert terminal.end() == 0
    assert "Next steps" in terminal.everything
    assert "How sure:" in terminal.everything
    kept = json.loads(state.read_text())
    assert {"goal": "ml-job", "role": "ml-engineer"}.items() <= kept.items()


@pytest.mark.parametrize("back", [CTRL_B, ESC], ids=["ctrl-b", "esc"])
def test_back_twice_and_change(state: Path, back: str) -> None:
    terminal = Terminal(40, rows=24)
    terminal.answer("What do you want out of this?", "4", ENTER)
    terminal.until("▸ 1) University Lecturer")
    terminal.send("3", ENTER)
    terminal.until("▸ 1) AI Engineer")
    terminal.send("9", ENTER)
    terminal.answer("What is the highest degree", back)
    terminal.until("▸ 9) Machine Learning Engineer")
    terminal.send(back)
    terminal.until("▸ 4) A PhD")
    terminal.send("1", ENTER)
    terminal.until("What is the highest degree")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert json.loads(state.read_text()) == {"goal": "ml-job", "role": "ml-engineer"}


@pytest.mark.parametrize("stop", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("typed", [False, True], ids=["in a list", "in a line"])
def test_stopping_keeps_the_answers_and_says_how_to_go_on(
    started: Path, stop: str, typed: bool
) -> None:
    arguments = ["--resume", "--all-questions"]
    terminal = Terminal(60, *arguments)
    terminal.until("Going on from earlier answers (5)")
    terminal.answer("At what level would you be hired?", "2", ENTER)
    terminal.until("What was your grade average")
    if not typed:
        terminal.send(ENTER)
        terminal.until("Do you work in a technical job")
    terminal.send(*(["3."] if typed else []), stop)
    assert terminal.end() == 130
    assert "Go on with: mladvisor --resume --all-questions" in terminal.everything
    assert json.loads(started.read_text())["seniority"] == "mid"
    assert started.stat().st_mode & 0o077 == 0

    again = Terminal(60, *arguments)
    again.until("Going on from")
    again.until("What was your grade average" if typed else "Do you work in a technical job")
    again.send(CTRL_C)
    assert again.end() == 130


def test_a_terminal_that_goes_away_loses_nothing(state: Path) -> None:
    terminal = Terminal(80)
    terminal.answer("What do you want out of this?", "2", ENTER)
    terminal.until("Which role do you aim at?")
    terminal.child.kill(signal.SIGHUP)
    terminal.child.wait()
    assert json.loads(state.read_text()) == {"goal": "data-job"}


def test_ctrl_c_at_the_first_question_loses_nothing(state: Path) -> None:
    terminal = Terminal(100)
    terminal.until("What do you want out of this?")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert "nothing was answered yet" in terminal.everything
    assert not state.exists()


def test_answers_of_an_earlier_run_are_offered(started: Path) -> None:
    terminal = Terminal(80)
    terminal.until("Go on from them?")
    terminal.send("2", ENTER)
    terminal.answer("What do you want out of this?", "2", ENTER)
    terminal.until("Which role do you aim at?")
    terminal.send(CTRL_D)
    assert terminal.end() == 130
    assert json.loads(started.read_text()) == {"goal": "data-job"}
    assert json.loads(started.with_stem("answers.previous").read_text()) == QUICK


def test_what_is_wrong_with_an_answer_stands_beside_it(started: Path) -> None:
    terminal = Terminal(40, "--resume", "--all-questions", rows=24)
    terminal.answer("At what level would you be hired?", "2", ENTER)
    terminal.until("What was your grade average")
    terminal.send("9", ENTER)
    terminal.until("got 9; accepted: a number from 0 to 4")
    assert "What was your grade average" in terminal.display()
    terminal.send(CTRL_U, "3.1", ENTER)
    terminal.until("Do you work in a technical job")
    terminal.send(ESC + ENTER)  # as one key: it ends a list of the library with no answer
    terminal.until("Do you work in a technical job")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert json.loads(started.read_text())["gpa"] == 3.1
    assert "technical_job" not in json.loads(started.read_text())


def test_resizing_during_a_prompt_draws_it_anew(started: Path) -> None:
    terminal = Terminal(100, "--resume", "--all-questions", rows=30)
    terminal.until("At what level would you be hired?")
    terminal.send(DOWN)
    for columns, rows, why in ((40, 24, 1), (70, 18, 0)):
        terminal.resize(columns, rows)
        terminal.send("?")  # after this key the screen is one of the new size
        shown = {"At what level would you be hired?": 1, "1) Entry": 1, "▸ 2) Mid": 1, "Why:": why}
        terminal.until_counted(shown)
    terminal.send(ENTER)
    terminal.until("What was your grade average")
    terminal.send(CTRL_C)
    assert terminal.end() == 130


def test_the_result_now_and_a_look_around(started: Path, tmp_path: Path) -> None:
    terminal = Terminal(100, "--resume", "--all-questions")
    terminal.until("Ctrl-R: result now")
    terminal.send(CTRL_R)
    terminal.until("[p] another path")
    assert "build it from courses" in terminal.display().lower()
    assert "What counts for you" not in "\n".join(terminal.lines()), "the short form"
    terminal.send("f")
    terminal.until("Every option, good and bad in the same fields")
    assert "What counts for you" in "\n".join(terminal.lines()), "the whole report"
    terminal.send("p")
    terminal.until("Which path do you want to see?")
    terminal.send("2", ENTER)
    terminal.until("Chance to get to the end", gone="Which path do you want")
    terminal.send("c")
    terminal.until("Which answer do you want to change?")
    terminal.send(*[DOWN] * 3, ENTER)
    terminal.until("Do the employers you aim at")
    terminal.send("1", ENTER)
    terminal.until("Fits, before and now")
    report = tmp_path / "report.txt"
    terminal.send("s")
    terminal.until("Save to which file?")
    terminal.send(CTRL_U, str(report), ENTER)
    terminal.until("Saved to")
    terminal.send("s")
    terminal.until("Save to which file?")
    terminal.send(CTRL_U, str(report), ENTER)
    terminal.until("is there already")
    terminal.send(CTRL_U, str(report.with_suffix(".html")), ENTER)
    terminal.until("[q] quit", gone="Save to which file?")
    terminal.send(CTRL_C)
    assert terminal.end() == 0
    assert "Go for the degree" in report.read_text()
    assert report.with_suffix(".html").read_text().startswith("<!DOCTYPE html>")
    assert json.loads(started.read_text())["degree_filter"] == "hard", "the change was kept"


@pytest.mark.parametrize("columns", [120, 80, 60, 40])
@pytest.mark.parametrize("form", [(), ("--full",)])
def test_no_line_is_wider_than_the_window(columns: int, form: tuple[str, ...]) -> None:
    command = ("advise", "--goal", "ml-job", "--budget", "9000", *form)
    terminal = Terminal(columns, *command, rows=400)
    assert terminal.end() == 0
    lines = terminal.lines()
    assert max(len(line) for line in lines) <= columns
    assert any(line.startswith("How sure:") for line in lines)


def colors(text: str) -> set[str]:
    """Return the codes that set a color of letters or background."""
    codes = re.findall(r"\x1b\[([\d;]*)m", text)
    parts = {part for code in codes for part in code.split(";")}
    return {part for part in parts if re.fullmatch(r"3[0-8]|4[0-8]|9\d|10\d", part)}


def test_no_color_is_honored(started: Path) -> None:
    cases: list[tuple[dict[str, str], bool]] = [({}, True), ({"NO_COLOR": "1"}, False)]
    for environment, wanted in cases:
        terminal = Terminal(80, "--resume", environment=environment)
        terminal.until("Ctrl-C: stop")
        terminal.send(CTRL_C)
        terminal.end()
        assert bool(colors(terminal.everything)) is wanted


def test_a_ranking_by_keys_marks_its_picks_and_takes_them_back(
    state: Path, knowledge: Knowledge
) -> None:
    fields = [row.field for row in knowledge.questions.values() if row.asked]
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({field: None for field in fields if field != "priorities"}))
    terminal = Terminal(40, "--resume", "--all-questions", rows=30)
    terminal.until("Enter adds, again takes away")
    for key, shown in (("7", "[no. 1]"), ("2", "[no. 2]"), ("6", "[no. 3]")):
        terminal.send(key, ENTER)
        terminal.until(shown)
    terminal.send("2", ENTER)
    terminal.until("to nothing [no. 2]", gone="[no. 3]")
    pointed = [line for line in terminal.lines() if re.match(r"\s*\S \d\) ", line)]
    assert len(pointed) == 1, terminal.lines()
    assert pointed[0].split()[1] == "2)", "the pointer stays where the last pick was"
    terminal.send("0", ENTER)
    terminal.until("Check your answers.")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert json.loads(state.read_text())["priorities"] == ["time", "cost"]


# Plain lines


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["--plain"], {}), ([], {"TERM": "dumb"})],
    ids=["--plain", "TERM=dumb"],
)
def test_plain_lines_on_a_terminal(
    state: Path, arguments: list[str], environment: dict[str, str]
) -> None:
    terminal = Terminal(80, *arguments, environment=environment)
    terminal.until("What do you want out of this?")
    terminal.send("1\n", "1\n", "?\n")
    terminal.until("Why: A second graduate degree")
    terminal.send("b\n")
    terminal.until("1 Machine Learning Engineer (your answer now)")
    terminal.send("\n", "4\n", "many\n")
    terminal.until('Not taken: got "many"')
    for _ in range(2):
        terminal.send("0\n")
    terminal.until("r = result now")
    terminal.send("r\n")
    terminal.until("q quit")
    terminal.send("k\n")
    terminal.wait(lambda: "The courses, in order" in terminal.lines(), "the plan")
    terminal.send("q\n")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.everything, "no color, no cursor movement"
    assert json.loads(state.read_text())["role"] == "ml-engineer"


def plain(answers: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "mladvisor", "--plain", *arguments],
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )


def test_plain_lines_over_a_pipe(state: Path) -> None:
    run = plain("1\nml-engineer\n\n4\nb\n\n3\n4\nr\n", "--all-questions")
    assert run.returncode == 0, run.stderr
    assert "How sure:" in run.stdout
    assert "What do you want" not in run.stdout, "prompts go to stderr"
    assert "questionary" not in run.stderr, "as -X importtime would show"
    assert "prompt_toolkit" not in run.stderr
    kept = json.loads(state.read_text())
    assert kept == {
        "goal": "ml-job",
        "role": "ml-engineer",
        "seniority": None,
        "employer": "large-enterprise",
        "degree_filter": "none",
        "education": "bachelor-cs",
    }


def test_a_ranking_in_plain_lines_is_told_once_and_takes_several_numbers(
    state: Path, knowledge: Knowledge
) -> None:
    (ranking,) = (row for row in knowledge.questions.values() if row.type == "choices")
    others = [row.field for row in knowledge.questions.values() if row.asked and row != ranking]
    labels = [choice.label for choice in ranking.choices]
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps(dict.fromkeys(others)))
    one_by_one = plain("3\n2\n3\n1\n0\nq\n", "--resume", "--all-questions")
    told = one_by_one.stderr.splitlines()
    assert [line.strip() for line in told if labels[2] in line][:3] == [
        f"3 {labels[2]}",
        f"3 {labels[2]} [no. 1]",
        f"3 {labels[2]}",
    ]
    assert sum(labels[4] in line for line in told) == 1, "what has not changed is not told again"
    assert json.loads(state.read_text())[ranking.field] == ["skills", "credential"]

    state.write_text(json.dumps(dict.fromkeys(others)))
    at_once = plain("1 2 3 4 5\n3,2\nq\n", "--resume", "--all-questions")
    assert "Not taken" in at_once.stderr
    assert json.loads(state.read_text())[ranking.field] == ["proof", "skills"]


def test_a_pipe_that_ends_too_soon_keeps_the_answers(state: Path) -> None:
    run = plain("4\n")
    assert run.returncode == 130
    assert run.stdout == ""
    assert "Go on with: mladvisor --resume --plain" in run.stderr
    assert json.loads(state.read_text()) == {"goal": "phd"}
    again = plain("q\n", "--resume")
    assert again.returncode == 130
    assert "Going on from earlier answers (1)" in again.stderr
    assert "Which role do you aim at?" in again.stderr


@pytest.mark.parametrize(
    "kept",
    [{"goal": "nope", "zzz": 1, "budget_usd": 700}, {"goal": "nope", "zzz": 1}],
    ids=["some can be used", "none can be used"],
)
def test_kept_answers_that_can_not_be_used_are_named_and_not_thrown_away(
    state: Path, kept: dict[str, object]
) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(json.dumps(kept))
    left = plain("q\n", "--resume")
    said = " ".join(left.stderr.split())
    assert 'was left out: goal: got "nope"' in said
    assert "was left out: zzz: there is no such question" in said
    assert json.loads(state.read_text()) == kept, "looking changes nothing"
    assert plain("4\nq\n", "--resume").returncode == 130
    usable = {name: kept[name] for name in ("budget_usd",) if name in kept}
    assert json.loads(state.read_text()) == {**usable, "goal": "phd"}
    assert json.loads(state.with_name("answers.previous.json").read_text()) == kept


def test_on_a_terminal_too_what_can_not_be_used_is_named(state: Path) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text('{"goal": "nope"}')
    terminal = Terminal(80, "--resume")
    terminal.until("was left out")
    terminal.send("\x03")
    assert terminal.end() == 130


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_piped_keystrokes_never_become_answers(state: Path, term: str) -> None:
    command = f"TERM={term}; export TERM; printf '1\\n1\\n' | {sys.executable} -m mladvisor"
    output, code = pexpect.run(f'bash -c "{command}"', withexitstatus=True, encoding="utf-8")
    assert code == 2
    assert "needs a terminal" in output
    assert "--plain" in output
    assert not state.exists()


def test_nothing_to_resume_says_how_to_start() -> None:
    terminal = Terminal(80, "--resume")
    assert terminal.end() == 2
    assert "start with: mladvisor" in terminal.everything
