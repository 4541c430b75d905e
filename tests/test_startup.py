"""What a command imports: nothing large before it is sure to be needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROMPTS = {"questionary", "prompt_toolkit"}
PRINTING = {"rich"}
COMPUTING = {"numpy", "pydantic"}
SLOW = {"numpy.ma", "asyncio"}

CASES = [
    (["--version"], PROMPTS | PRINTING | COMPUTING | {"typer"}),
    (["--help"], PROMPTS | PRINTING | COMPUTING),
    (["advise", "--goal", "phd", "--json"], PROMPTS | PRINTING | SLOW),
    (["advise", "--goal", "phd"], PROMPTS),
    (["advise", "--goal", "phd", "--format", "markdown"], PROMPTS | {"jinja2"}),
    (["options"], PROMPTS | {"jinja2"}),
    (["advise", "--goal", "nonsense"], PROMPTS | PRINTING | {"numpy.ma"}),
    (["schema", "recommendation"], PROMPTS | PRINTING | {"numpy"}),
]


@pytest.mark.parametrize(("arguments", "unwanted"), CASES, ids=lambda case: " ".join(case))
def test_imports(arguments: list[str], unwanted: set[str]) -> None:
    script = (
        "import os, sys; sys.argv = ['mladvisor', *sys.argv[1:]]\n"
        "leave = os._exit; os._exit = lambda code: None\n"
        "from mladvisor.__main__ import main\n"
        "main()\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    loaded = set(run.stderr.split())
    assert "mladvisor" in loaded, run.stderr
    assert not unwanted & loaded
