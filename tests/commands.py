"""The program as tests call it: in a process of its own, and the names of all its commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mladvisor.cli.app import summaries
from tests.conftest import ROOT

COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    *((name,) for name in summaries()),
    *(("data", name) for name in ("check", "stale", "new")),
)
"""Every command and subcommand, as it is typed after `mladvisor`."""


def run(
    *arguments: str, stdin: str | None = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mladvisor", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src"), **environment},
        check=False,
    )


def help_of(*command: str, columns: int = 80) -> str:
    result = run(*command, "--help", COLUMNS=str(columns))
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def put_launcher(folder: Path) -> None:
    """Write a `mladvisor` that starts this checkout, for shells to find."""
    launcher = folder / "mladvisor"
    command = f'PYTHONPATH="{ROOT}/src" exec "{sys.executable}" -m mladvisor "$@"'
    launcher.write_text(f"#!/bin/sh\n{command}\n")
    launcher.chmod(0o755)
