"""A real terminal: keys go in through a pty, the screen is read as a person sees it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pyte
import pytest

ENTER, UP, DOWN, CTRL_C = "\r", "\x1b[A", "\x1b[B", "\x03"


class Terminal:
    """The program in a window of a given size."""

    def __init__(self, columns: int, *arguments: str, rows: int = 50) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=2000)
        self.stream = pyte.Stream(self.screen)
        self.everything = ""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "mladvisor", *arguments],
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=30,
            env={**os.environ, "TERM": "xterm-256color"},
        )

    def until(self, text: str) -> None:
        """Wait until `text` was printed."""
        self.child.expect_exact(text)
        self._show(self.child.before + text)

    def send(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        self.child.expect(pexpect.EOF)
        self._show(self.child.before)
        self.child.close()
        return int(self.child.exitstatus)

    def _show(self, text: str) -> None:
        self.everything += text
        self.stream.feed(text)

    def lines(self) -> list[str]:
        """Return every line shown, with what has scrolled away."""
        gone = ["".join(row[x].data for x in sorted(row)) for row in self.screen.history.top]
        return [line.rstrip() for line in (*gone, *self.screen.display)]


@pytest.fixture(params=[100, 60])
def columns(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def interview(terminal: Terminal) -> None:
    """Answer the first three questions by keys."""
    terminal.until("What do you want out of this?")
    terminal.send(ENTER)
    terminal.until("Which role do you aim at?")
    terminal.send(DOWN, DOWN, ENTER)
    terminal.until("At what level would you be hired?")
    terminal.send(DOWN, ENTER)


def test_the_whole_interview_ends_in_the_report(columns: int) -> None:
    terminal = Terminal(columns, rows=400)
    interview(terminal)
    # From here on "not sure": the last choice of a list, one key up from the first.
    while True:
        found = terminal.child.expect(["Not sure\\S*\\s", "= not sure", "How sure: "])
        terminal._show(terminal.child.before + terminal.child.after)
        if found == 2:
            break
        terminal.send(*([UP, ENTER] if found == 0 else [ENTER]))
        if found == 0:  # the list is drawn again for each key; wait for the next question
            terminal.child.expect(["Question \\d+", "How sure: "])
            terminal._show(terminal.child.before + terminal.child.after)
            if terminal.child.after.startswith("How"):
                break
    assert terminal.end() == 0
    assert "Next steps" in terminal.everything
    assert "Sources" in terminal.everything


def test_ctrl_c_keeps_the_answers_and_says_how_to_go_on(columns: int, tmp_path: Path) -> None:
    kept = tmp_path / "me.json"
    terminal = Terminal(columns, "--save", str(kept))
    interview(terminal)
    terminal.until("What kind of employer do you aim at?")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert "Stopped." in terminal.everything
    assert "Go on with: mladvisor --profile" in terminal.everything
    assert '"goal": "ml-job"' in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0

    again = Terminal(columns, "--profile", str(kept))
    again.until("What kind of employer do you aim at?")
    again.send(CTRL_C)
    assert again.end() == 130


def test_ctrl_c_at_the_first_question_loses_nothing(columns: int) -> None:
    terminal = Terminal(columns)
    terminal.until("What do you want out of this?")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert "nothing was answered yet" in terminal.everything


def test_no_line_is_wider_than_the_window(columns: int) -> None:
    terminal = Terminal(columns, "advise", "--goal", "ml-job", "--budget", "9000", rows=400)
    assert terminal.end() == 0
    lines = terminal.lines()
    assert max(len(line) for line in lines) <= columns
    assert any(line.startswith("How sure:") for line in lines)


def test_piped_keystrokes_never_become_answers() -> None:
    command = f"echo a | {sys.executable} -m mladvisor"
    output, code = pexpect.run(f"bash -c '{command}'", withexitstatus=True, encoding="utf-8")
    assert code == 2
    assert "needs a terminal" in output
