"""How many profiles a second `mladvisor batch` answers, and how much memory it holds.

    python benchmarks/batch.py [--rows 10000 100000] [--documents 1000 16000]

People are drawn from the priors of the questions, seven answers in ten given. Speeds are set beside
the time Python takes to parse the same lines as JSON. Course plans are made once for all who aim at
the same role and know the same: the first thousands of lines make most of them, so a long run is
faster than a short one; both are shown, and what the lines after the short run take. Beside the
time of the clock stands the processor's, of all processes, shared by their number: where others use
the machine too it says more.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
            if question.type in ("depths", "date", "choices", "place") or dice.random() > GIVEN:
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


@dataclass(frozen=True)
class Taken:
    """What a run took: seconds by the clock and of the processor, MB of the largest process."""

    seconds: float
    processor_seconds: float
    megabytes: float


def run(path: Path, *options: str) -> Taken:
    """Answer a file of people."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    command = [sys.executable, "-m", "mladvisor", "batch", str(path), "--today", TODAY, *options]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *command, "-o", str(path.with_suffix(".out"))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    processor, megabytes = map(float, done.stdout.split())
    return Taken(time.perf_counter() - start, processor, megabytes)


def tell(name: str, count: int, taken: Taken, jobs: int, parsing: float | None = None) -> None:
    """Print a run's pace."""
    pace, shared = count / taken.seconds, count * jobs / taken.processor_seconds
    line = f"{name:16} {count:9,} {pace:7,.0f} a second, {shared:7,.0f} by processor time"
    if parsing is not None:
        times = taken.seconds / parsing
        line += f", {times:6,.0f} times as long as parsing, {taken.megabytes:4.0f} MB"
    print(line, flush=True)


def compare(name: str, counts: Sequence[int], jobs: int, folder: Path, *options: str) -> None:
    """Run a short file and a long one, and tell what the lines take that only the long one has."""
    runs = []
    for count in counts:
        path = folder / "people.jsonl"
        write(path, count)
        taken = run(path, "--jobs", str(jobs), *options)
        tell(name, count, taken, jobs, parse_seconds(path))
        runs.append(taken)
    short, long = runs
    more = Taken(long.seconds - short.seconds, long.processor_seconds - short.processor_seconds, 0)
    tell(f"later {name}", counts[1] - counts[0], more, jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, counts in (("rows", (10_000, 100_000)), ("documents", (1_000, 16_000))):
        parser.add_argument(
            f"--{name}", type=int, nargs=2, default=counts, help="lines of a short run, a long one"
        )
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, jobs = Path(name), options.jobs
        compare("rows", options.rows, jobs, folder, "--fields", "kind,path,share,label,fit")
        compare("documents", options.documents, jobs, folder)


if __name__ == "__main__":
    main()
