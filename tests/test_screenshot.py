"""The picture in the README shows what the program prints now."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.conftest import ROOT

SCRIPT = ROOT / "docs" / "screenshot.py"
PICTURE = ROOT / "docs" / "screenshot.svg"


def test_the_screenshot_is_what_is_printed_now() -> None:
    arguments = [] if os.environ.get("UPDATE_SCREENS") else ["--check"]
    result = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert result.returncode == 0, f"{result.stderr}look at it; if it is right: UPDATE_SCREENS=1"


def test_a_changed_picture_is_found_out() -> None:
    shown = PICTURE.read_text()
    try:
        PICTURE.write_text(re.sub(r"The ranking \(\d+", "The ranking (999999", shown))
        result = subprocess.run(
            [sys.executable, str(SCRIPT), "--check"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            check=False,
        )
    finally:
        PICTURE.write_text(shown)
    assert result.returncode == 1


def test_nothing_reaches_beyond_the_picture() -> None:
    svg = PICTURE.read_text()
    width = float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
    runs = re.findall(r'x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"', svg)
    assert max(float(x) + float(length) for x, length in runs) <= width
    assert len(runs) > 50
