"""The Tab key: what is offered, through a real bash too, and read from the index alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mladvisor.knowledge.index import ids
from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import choices_of
from tests.commands import put_launcher, run


def offered(*words: str) -> list[str]:
    """Return what is offered for the last word of a line."""
    result = run(
        COMP_WORDS=" ".join(("mladvisor", *words)),
        COMP_CWORD=str(len(words)),
        _MLADVISOR_COMPLETE="complete_bash",
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.split()


CASES = [
    (["adv"], ["advise"]),
    (["show", "gatech-oms"], ["gatech-omsa", "gatech-omscs", "gatech-omscs-ml"]),
    (["plan", "--like", "gatech-oms"], ["gatech-omsa", "gatech-omscs"]),
    (["compare", "courses", "gatech-oms"], ["gatech-omsa", "gatech-omscs"]),
    (["advise", "--bud"], ["--budget", "--budget-usd"]),
    (["advise", "--goal", "ml"], ["ml-job"]),
    (["advise", "--seniority", ""], ["entry", "mid", "senior"]),
    (["advise", "--role", "ml-e"], ["ml-engineer"]),
    (["advise", "--knows", "linear"], ["linear-algebra="]),
    (["advise", "--priorities", "cost,s"], ["cost,skills", "cost,structure"]),
    (["list", "prog"], ["programs"]),
    (["list", "courses", "--teaches", "deep"], ["deep-learning"]),
    (["list", "programs", "--format", "m"], ["markdown"]),
    (["schema", "rec"], ["recommendation"]),
    (["help", "exit"], ["exit-codes"]),
    (["data", "che"], ["check"]),
    (["show", "no-such-thing"], []),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=lambda case: " ".join(case))
def test_what_is_offered(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


@pytest.mark.parametrize(("words", "expected"), [CASES[1], CASES[4]], ids=["show", "goal"])
def test_bash_itself_offers_it(words: list[str], expected: list[str], tmp_path: Path) -> None:
    put_launcher(tmp_path)
    line = " ".join(f'"{word}"' for word in ("mladvisor", *words))
    script = (
        'eval "$(mladvisor --show-completion bash)"\n'
        f"COMP_WORDS=({line}); COMP_CWORD={len(words)}\n"
        '_mladvisor_completion mladvisor; echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    shell = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert shell.stdout.split() == expected, shell.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_installing_writes_the_script_that_is_shown(shell: str, tmp_path: Path) -> None:
    result = run("--install-completion", shell, HOME=str(tmp_path))
    assert (result.returncode, result.stdout) == (0, "")
    written = {"bash": ".bash_completions/mladvisor.sh", "zsh": ".zfunc/_mladvisor"}[shell]
    assert str(tmp_path / written) in result.stderr
    shown = run("--show-completion", shell).stdout
    assert (tmp_path / written).read_text().strip() == shown.strip()
    assert "_MLADVISOR_COMPLETE=complete_" in shown
    assert (tmp_path / f".{shell}rc").exists()


@pytest.mark.parametrize("words", ["mladvisor show gatech-o", "mladvisor advise --goal m"])
def test_completing_builds_no_models_and_imports_nothing_large(words: str) -> None:
    script = (
        "import os, sys; sys.argv = ['mladvisor']\n"
        "import atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from mladvisor.__main__ import main\n"
        "import mladvisor.cli.app as app\n"
        "app.run([])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
            "_MLADVISOR_COMPLETE": "complete_bash",
        },
        check=False,
    )
    assert result.stdout.split()
    loaded = set(result.stderr.split())
    large = {"numpy", "pydantic", "pydantic_core", "rich", "questionary", "prompt_toolkit"}
    assert "mladvisor.knowledge.index" in loaded
    assert not loaded & (large | {"mladvisor.knowledge.load", "asyncio", "tomllib"})


def test_the_index_holds_what_the_knowledge_base_holds(knowledge: Knowledge) -> None:
    from mladvisor.knowledge.index import flags

    for flag in flags():
        question = knowledge.questions[flag.field]
        assert tuple(flag.names) == question.flags
        if flag.type not in ("depths", "flag"):
            assert list(flag.words) == list(choices_of(question, knowledge))
    assert set(ids("programs", "certificates", "routes")) == {row.id for row in knowledge.offers}
    assert set(ids("courses")) == {row.id for row in knowledge.courses}
