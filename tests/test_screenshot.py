"""The picture in the README shows what the program prints now."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PICTURE = ROOT / "docs" / "screenshot.svg"


def take(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "docs" / "screenshot.py"), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )


def test_the_screenshot_is_what_is_printed_now() -> None:
    result = take(*([] if os.environ.get("UPDATE_SCREENS") else ["--check"]))
    assert result.returncode == 0, f"{result.stderr}look at it; if it is right: UPDATE_SCREENS=1"


def test_a_changed_picture_is_found_out(tmp_path: Path) -> None:
    changed = tmp_path / "changed.svg"
    changed.write_text(PICTURE.read_text().replace("mladvisor advise", "mladvisor advice"))
    assert take("--check", str(changed)).returncode == 1


def test_nothing_reaches_beyond_the_picture() -> None:
    svg = PICTURE.read_text()
    width = float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
    runs = re.findall(r'x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"', svg)
    assert max(float(x) + float(length) for x, length in runs) <= width
    assert len(runs) > 50


def test_the_picture_begins_with_the_advice() -> None:
    shown = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", PICTURE.read_text())[:6])
    assert shown.startswith("$ mladvisor advise")
    assert "How sure:" in shown
