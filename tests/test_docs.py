"""Every command that the documentation and the help texts show is run as it stands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mladvisor.cli.help import parts
from mladvisor.cli.topics import commands_in, summaries
from tests.commands import COMMANDS, help_of, put_launcher
from tests.conftest import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "data/README.md", *(
    f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))
))  # fmt: skip

NOT_RUN = "no-run: "
"""What begins the reason for which a block is only shown: ```sh no-run: the reason"""

ASKS = ("mladvisor", "mladvisor --resume", "mladvisor --all-questions")
"""Commands that ask questions in a terminal; tests/test_terminal.py runs them."""


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yield (where, what stands behind ```sh, commands)."""
    for document in DOCUMENTS:
        found = re.findall(r"```sh *([^\n]*)\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)
        for at, (mark, commands) in enumerate(found, start=1):
            yield f"{document} {at}", mark, commands


def inline() -> Iterator[tuple[str, str]]:
    """Yield (where, command) of running text; what has a PLACE to fill is no command."""
    for document in DOCUMENTS:
        text = re.sub(r"```.*?```", "", (ROOT / document).read_text(), flags=re.DOTALL)
        for code in re.findall(r"`((?:\S*/)?mladvisor [^`]+)`", text):
            command = " ".join(code.split())
            if not re.search(r"\b[A-Z]{2,}\b|<\w+>|…", command) and command.count(" ") > 1:
                yield document, command


def examples() -> Iterator[tuple[str, str]]:
    """Yield (where, command) of help texts and topics."""
    for command in COMMANDS:
        text = help_of(*command, columns=80)
        for line in _examples(text):
            yield " ".join(("help of", *command)), line
    for topic in summaries():
        yield from ((f"help {topic}", line) for line in commands_in(topic))


def _examples(text: str) -> list[str]:
    block = next(part for part in text.split("\n\n") if part.startswith("Examples:"))
    joined = re.sub(r"\\\n\s+", "", block.replace("Examples:\n", "\nExamples:\n", 1))
    return [re.sub(r"\s+# .*$", "", line) for line in parts(joined)[1] if line[0] != "#"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what the examples take for granted: answers, a folder of one's own facts."""
    folder = tmp_path / "desk"
    folder.mkdir()
    put_launcher(folder)
    me = {"goal": "ml-job", "role": "ml-engineer", "education": "bachelor-cs", "budget_usd": 3000}
    (folder / "me.json").write_text(json.dumps(me))
    people = [me, {"goal": "phd"}, {"goal": "data-job", "budget_usd": 20000}]
    (folder / "people.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in people))
    (folder / "my-data" / "programs").mkdir(parents=True)
    (folder / "my-data" / "programs" / "gatech-omscs.toml").write_text(
        'id = "gatech-omscs"\n[facts]\n'
        'cost_usd = { value = 9000, source = "judgement", note = "asked there" }\n'
    )
    if shutil.which("jq") is None:
        (folder / "jq").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m json.tool\n')
        (folder / "jq").chmod(0o755)
    return folder


def must_run(commands: str, desk: Path) -> str:
    """Run commands in a shell that stops at the first failure; return what was printed."""
    here = commands.replace(".venv/bin/mladvisor", "mladvisor")
    shell = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{here}"],
        capture_output=True,
        text=True,
        cwd=desk,
        env={**os.environ, "PATH": f"{desk}:{os.environ['PATH']}", "HOME": str(desk)},
        check=False,
    )
    assert shell.returncode == 0, f"{commands}\n{shell.stdout[-500:]}\n{shell.stderr}"
    assert "Traceback" not in shell.stderr
    return shell.stdout


BLOCKS = [pytest.param(mark, commands, id=where) for where, mark, commands in blocks()]


@pytest.mark.parametrize(("mark", "commands"), BLOCKS)
def test_blocks_run(mark: str, commands: str, desk: Path) -> None:
    if mark:
        assert mark.startswith(NOT_RUN), "say why: ```sh no-run: the reason"
        pytest.skip(mark.removeprefix(NOT_RUN))
    if shutil.which("jq") is None and re.search(r"jq [^|\n]+ \S+\.json|\$\(|<\(|jq -e", commands):
        pytest.skip("uses more of jq than the stand-in has")
    must_run(commands, desk)


@pytest.mark.parametrize(("where", "command"), sorted({*inline(), *examples()}))
def test_commands_run(where: str, command: str, desk: Path) -> None:
    if command in ASKS:
        pytest.skip("asks questions in a terminal")
    must_run(command, desk)


def test_nothing_is_skipped_but_what_can_t_run_here() -> None:
    marked = [mark for _, mark, _ in blocks() if mark]
    assert len(marked) <= 3


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_stands_in_the_documentation(command: tuple[str, ...]) -> None:
    text = " ".join(" ".join((ROOT / document).read_text().split()) for document in DOCUMENTS)
    name = " ".join(command)
    mentioned = rf"mladvisor {re.escape(name)}\b|`{re.escape(name)}[ `]"
    assert re.search(mentioned, text), f"mladvisor {name} is nowhere in README.md or docs/"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_of_itself(command: tuple[str, ...]) -> None:
    path = " ".join(("mladvisor", *command))
    assert any(path in line for line in _examples(help_of(*command)))
