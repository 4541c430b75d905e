"""What is kept of an interview, and what it is held with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mladvisor.cli.kept import Kept, read_kept
from mladvisor.cli.session import open_port
from mladvisor.interview.plain import PlainPort
from mladvisor.knowledge.load import Knowledge


def test_answers_are_private_whole_and_the_earlier_ones_put_aside(knowledge: Knowledge) -> None:
    earlier = Kept()
    earlier.save({"goal": "phd"})
    kept = Kept()
    kept.save({"goal": "ml-job"})
    kept.save({"goal": "ml-job", "role": None})
    assert kept.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in sorted(kept.path.parent.iterdir())] == [
        "answers.json",
        "answers.previous.json",
    ]
    assert read_kept(kept.path, knowledge) == ({"goal": "ml-job", "role": None}, [])
    assert read_kept(kept.earlier, knowledge) == ({"goal": "phd"}, [])


def test_kept_answers_that_no_longer_fit_are_left_out_and_named(knowledge: Knowledge) -> None:
    kept = Kept()
    kept.save({"goal": "fame", "colour": "red", "hours_per_week": 900, "country": "DE"})
    answers, problems = read_kept(kept.path, knowledge)
    assert answers == {"country": "DE"}
    assert [problem.split(":")[0] for problem in problems] == ["goal", "colour", "hours_per_week"]


def test_a_folder_that_cannot_be_written_does_not_end_the_interview(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    kept = Kept()
    kept.save({"goal": "phd"})
    kept.save({"goal": "phd", "role": None})
    assert kept.failed
    assert capsys.readouterr().err.count("can't be kept") == 1


def test_a_console_that_cannot_be_driven_gets_plain_lines(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mladvisor.interview import terminal

    def no_console(**options: Any) -> None:
        raise RuntimeError("no console screen buffer")

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(terminal, "create_output", no_console)
    assert isinstance(open_port(knowledge, plain=False), PlainPort)
