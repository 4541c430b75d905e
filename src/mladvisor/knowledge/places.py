"""Where the compiled knowledge base lies, and the data folder it is made from in a checkout."""

from __future__ import annotations

from pathlib import Path

COMPILED = Path(__file__).with_name("knowledge.json")
INDEX = Path(__file__).with_name("index.json")
COMPILER = Path(__file__).with_name("compile.py")
CHECKOUT_DATA = Path(__file__).parents[3] / "data"


def is_current() -> bool:
    """Say whether what was compiled is newer than its compiler and every file of data/."""
    if not (COMPILED.exists() and INDEX.exists()):
        return False
    made_from = [COMPILER, CHECKOUT_DATA, *CHECKOUT_DATA.rglob("*")]
    return COMPILED.stat().st_mtime > max(path.stat().st_mtime for path in made_from)
