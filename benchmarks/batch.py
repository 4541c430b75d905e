"""How many profiles a second `mladvisor batch` answers, and how much memory it holds.

    python benchmarks/batch.py [--rows 10000] [--more 100000] [--documents 400]

People are drawn from the priors of the questions, seven answers in ten given. Speeds are set beside
the time Python takes to parse the same lines as JSON. Course plans are made once for all who aim at
the same role and know the same: the first thousands of lines make most of them, so a long run is
faster than a short one; both are shown, and what the lines after the first `--rows` take.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mladvisor.knowledge.load import Knowledge, load
from mladvisor.profile import choices_of, make_profile
from mladvisor.rules.expression import code
from mladvisor.scenarios import draw

GIVEN = 0.7
TODAY = "2026-11-22"


def people(count: int) -> Iterator[dict[str, Any]]:
    """Yield people as the priors have them, each with some answers left open."""
    knowledge, dice = load(), random.Random(20261122)
    values = draw(make_profile(knowledge, {}), knowledge, count).values
    order = np.random.default_rng(20261122).permutation(count)
    words = _words(knowledge)
    for at, place in enumerate(order.tolist()):
        person: dict[str, Any] = {"id": at}
        for field, question in knowledge.questions.items():
            if question.type in ("depths", "date", "choices", "text") or dice.random() > GIVEN:
                continue
            value = values[field][place, 0].item()
            person[field] = words[value] if question.type == "choice" else value
            if question.type == "number":
                person[field] = round(value, 1)
        yield person


def _words(knowledge: Knowledge) -> dict[int, str]:
    rows = knowledge.questions.values()
    return {code(word): word for row in rows for word in choices_of(row, knowledge)}


def write(path: Path, count: int) -> None:
    with path.open("w") as file:
        file.writelines(json.dumps(person) + "\n" for person in people(count))


def parse_seconds(path: Path) -> float:
    start = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            json.loads(line)
    return time.perf_counter() - start


def run(path: Path, *options: str) -> tuple[float, float]:
    """Return seconds, and the memory of the largest process in MB."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-m", "mladvisor", "batch", str(path), "--today", TODAY, *options]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *command, "-o", str(path.with_suffix(".out"))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - start, float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000, help="lines of a short run")
    parser.add_argument("--more", type=int, default=100_000, help="lines of a long one")
    parser.add_argument("--documents", type=int, default=400, help="whole documents")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rows = ("--fields", "kind,path,share,label,fit", "--jobs", str(options.jobs))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.jsonl"
        taken: dict[str, float] = {}
        for name, count, extra in (
            ("rows", options.rows, rows),
            ("more rows", options.more, rows),
            ("documents", options.documents, ("--jobs", str(options.jobs))),
        ):
            write(path, count)
            parsing = parse_seconds(path)
            seconds, megabytes = run(path, *extra)
            taken[name] = seconds
            print(
                f"{name:10} {count:9,} lines {count / seconds:8,.0f} a second, "
                f"{seconds / parsing:6,.0f} times as long as parsing them, {megabytes:4.0f} MB"
            )
        later = options.more - options.rows
        pace = later / (taken["more rows"] - taken["rows"])
        print(f"{'later rows':10} {later:9,} lines {pace:8,.0f} a second")


if __name__ == "__main__":
    main()
