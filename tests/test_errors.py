"""What a newcomer would mistype: each error says what was wrong, what is accepted, what to type."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from mladvisor.errors import did_you_mean, nearest
from tests.commands import run

MISTYPED: list[tuple[str, list[str], list[str]]] = [
    ("unknown command", ["advis"], ['did you mean "advise"?', "accepted: advise", "--help"]),
    ("nothing like a command", ["zzz"], ["no such command", "accepted: advise, plan"]),
    ("unknown subcommand", ["data", "chek"], ['did you mean "check"?', "mladvisor data --help"]),
    ("no subcommand", ["data"], ["data: name what to do: check, stale, new"]),
    ("unknown flag", ["advise", "--gaol", "phd"], ["--gaol", "did you mean --goal?"]),
    ("nothing like a flag", ["advise", "-z"], ["-z", "mladvisor advise --help lists all"]),
    ("a flag without its command", ["--goal", "phd"], ["did you mean mladvisor advise --goal?"]),
    ("flag without value", ["advise", "--goal"], ["--goal: needs a value", "ml-job, data-job"]),
    (
        "flag where a value should be",
        ["advise", "--budget", "--json"],
        ["--budget: needs a value (USD)", "US dollars"],
    ),
    ("an answer without its flag", ["advise", "ml-job"], ["did you mean --goal ml-job?"]),
    ("a word too many", ["show", "gatech-omscs", "x"], ["x: is one word too many", "only ID"]),
    ("number with letters", ["advise", "--budget", "3oo0"], ['got "3oo0"', "from 0 to 1,000,000"]),
    ("whole number", ["advise", "--top", "1.5"], ['got "1.5"', "a whole number, at least 1"]),
    ("number too small", ["advise", "--top", "0"], ['got "0"', "at least 1"]),
    ("number for a price", ["list", "programs", "--max-cost", "lots"], ["accepted: a number"]),
    ("number read two ways", ["list", "programs", "--max-cost", "6.000"], ["write 6000 or 6;"]),
    ("unknown format", ["plan", "--format", "xml"], ['got "xml"', "text, markdown, html, json"]),
    ("missing word", ["show"], ["ID: is missing", "Example: mladvisor show gatech-omscs"]),
    ("missing table", ["list"], ["TABLE: is missing", "accepted: one of programs"]),
    ("table in the singular", ["list", "program"], ['did you mean "programs"?']),
    ("unknown entry", ["show", "gatech-omcs"], ["nearest: gatech-omscs"]),
    ("unknown skill", ["list", "courses", "--teaches", "lerning-theory"], ['"learning-theory"?']),
    ("unknown stage", ["list", "courses", "--stage", "bar"], ["--stage", "foundations"]),
    ("no country", ["list", "programs", "--country", "Germny"], ['did you mean "Germany"?']),
    (
        "unknown degree",
        ["plan", "--like", "gatech-omcs"],
        ["--like", 'did you mean "gatech-omscs"'],
    ),
    ("unknown schema", ["schema", "profil"], ['did you mean "profile"?']),
    ("unknown shell", ["--show-completion", "ksh"], ["one of bash, zsh, fish, powershell"]),
    ("unknown faq", ["faq", "zzzz"], ['nothing on "zzzz"', "mladvisor faq lists all"]),
    ("faq in another language", ["faq", "visum"], ['nothing on "visum"', "nearest: visa;"]),
    ("faq by half its id", ["faq", "faq-respect-d"], ["nearest: faq-respected"]),
    ("a degree unlike any", ["plan", "--like", "nosuch"], ["nearest: ncsu-mcs", "list programs"]),
    ("unknown kind", ["data", "new", "progam", "x"], ['did you mean "program"?']),
    ("no such data folder", ["show", "cost", "--data", "nowhere"], ['"nowhere" is no folder']),
    ("no such day", ["advise", "--today", "tomorrow"], ["--today", "a date as YYYY-MM-DD"]),
    ("no such file", ["advise", "--profile", "me.jsn"], ["me.jsn", "no such file", "JSON or TOML"]),
    ("a folder for a file", ["advise", "--profile", "."], ["can't be read", "JSON or TOML"]),
    ("broken JSON", ["advise", "--profile", "broken.json"], ["is not JSON", "line 1, column"]),
    ("broken TOML", ["advise", "--profile", "broken.toml"], ["is not TOML", "line 1"]),
    ("nothing on stdin", ["advise", "--profile", "-"], ["standard input: is empty", "such as"]),
    ("save into no folder", ["advise", "--save", "no/me.json"], ["no folder no", "mkdir -p no"]),
    ("save over a folder", ["advise", "--save", "."], ["it is a folder", "name of a file"]),
    ("calendar into no folder", ["plan", "--ics", "no/plan.ics"], ["no folder no", "mkdir -p no"]),
    ("no terminal", [], ["the interview needs a terminal", "mladvisor advise --help"]),
    ("unknown topic", ["help", "fromats"], ['did you mean "formats"?']),
]


@pytest.mark.parametrize(
    ("arguments", "said"), [row[1:] for row in MISTYPED], ids=[row[0] for row in MISTYPED]
)
def test_what_was_wrong_what_is_accepted_what_to_type(
    arguments: list[str], said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{goal: phd}")
    (tmp_path / "broken.toml").write_text("goal = phd")
    result = run(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith("mladvisor: "), "the fault stands last"


def test_all_mistakes_come_at_once() -> None:
    line = ["list", "program", "--max-cost", "lots", "--frmat=xml", "--sort"]
    problems = [row for row in run(*line).stderr.splitlines() if row.startswith("mladvisor: ")]
    said = ["--max-cost", "--frmat", "--sort", "TABLE"]
    assert [row.split(": ")[1] for row in problems] == said


def test_an_unknown_flag_takes_its_value_with_it() -> None:
    assert "x" not in {
        row.split(": ")[1]
        for row in run("advise", "--gaol", "x").stderr.splitlines()
        if row.startswith("mladvisor: ")
    }


@pytest.mark.parametrize(
    "arguments", [["--budget=3000", "--json"], ["--budget", "-5"], ["--no-technical-job", "--json"]]
)
def test_what_looks_odd_and_is_right_is_not_refused(arguments: list[str]) -> None:
    result = run("advise", *arguments)
    assert "Usage:" not in result.stderr
    assert (result.returncode == 0) == ("-5" not in arguments)


def test_without_answers_and_without_a_terminal_it_says_how_to_give_some() -> None:
    result = run("advise")
    assert result.returncode == 0
    assert "no answers were given" in result.stderr
    assert "--profile FILE" in result.stderr
    assert result.stdout


def test_standard_input_that_is_a_terminal_is_asked_for_and_may_be_left() -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "mladvisor", "advise", "--profile", "-"],
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("Type a profile as JSON, then Ctrl-D")
    child.sendeof()
    child.expect_exact("standard input: is empty")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


def test_a_fault_of_the_data_is_code_3_and_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "x.toml").write_text('id = "y"\n')
    result = run("advise", "--goal", "phd", "--data", str(tmp_path))
    assert (result.returncode, result.stdout) == (3, "")
    assert 'x.toml: id: expected "x"' in result.stderr


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_the_program_is_code_1_and_shows_its_place_only_when_asked(debug: str) -> None:
    script = (
        "import sys; from mladvisor.cli import app; app.COMMANDS['faq'] = ('', lambda: 1 / 0); "
        "sys.exit(app.run(['faq']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "MLADVISOR_DEBUG": debug},
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert ("Traceback" in result.stderr) == bool(debug)
    assert "ZeroDivisionError" in result.stderr
    assert debug or "set MLADVISOR_DEBUG=1" in result.stderr


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("germny", ["Germany", "Gambia"], "Germany"),
        ("shar", ["best_share", "share"], "share"),
        ("omscs", ["uf-mscs", "gatech-omscs"], "gatech-omscs"),
        ("JOB", ["phd", "ml-job"], "ml-job"),
        ("xx", ["phd", "ml-job"], None),
    ],
)
def test_what_may_be_meant_is_found_in_one_way(
    word: str, known: list[str], meant: str | None
) -> None:
    assert did_you_mean(word, known) == (f'did you mean "{meant}"? ' if meant else "")
    assert nearest(word, known).startswith(f"nearest: {meant}" if meant else "")
