"""How long commands take to start, as multiples of `python -c pass`; fails over the budget.

    python benchmarks/startup.py [--runs 15] [--check]

The commands are run in turn, round after round, so that a machine whose speed drifts slows all of
them; the medians are compared. Run it with an installed copy: a source checkout also looks
whether a data file is newer than the compiled knowledge base.

`advise` draws 1,000 readings of the profile, searches course plans to within a percent of the best,
and says what would change the advice, each change scored whole: 60 times bare Python, about half a
second. What would change it is some 28 of that, importing numpy, pydantic and the program about 17,
the first score of a process 6.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

ADVISE = [
    "advise",
    "--goal",
    "ml-job",
    "--role",
    "ml-engineer",
    "--seniority",
    "mid",
    "--employer",
    "startup",
    "--education",
    "bachelor-cs",
    "--programming",
    "strong",
    "--math",
    "working",
    "--budget",
    "3000",
    "--hours-per-week",
    "10",
    "--json",
]

LAUNCHER = 0.6
"""What a package's launcher costs by itself: the interpreter finding and running `-m`."""

COMPLETION = "completion of show"

COMPLETE = {
    "COMP_WORDS": "mladvisor show gatech-o",
    "COMP_CWORD": "2",
    "_MLADVISOR_COMPLETE": "complete_bash",
}
"""What bash sets at the Tab key; an answer is due within 150 ms, where python alone takes 15."""

COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": ([sys.executable, "-c", "pass"], None),
    "mladvisor --version": ([sys.executable, "-m", "mladvisor", "--version"], 1.5 + LAUNCHER),
    "mladvisor --help": ([sys.executable, "-m", "mladvisor", "--help"], 8.0),
    "mladvisor advise --help": ([sys.executable, "-m", "mladvisor", "advise", "--help"], 9.0),
    COMPLETION: ([sys.executable, "-m", "mladvisor"], 8.0),
    "mladvisor advise ... --json": ([sys.executable, "-m", "mladvisor", *ADVISE], 66.0),
}


def measure(runs: int) -> dict[str, float]:
    """Return the median seconds of each command over `runs` rounds, after one to warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs + 1):
        for name, (command, _budget) in COMMANDS.items():
            start = time.perf_counter()
            env = {**os.environ, **(COMPLETE if name == COMPLETION else {})}
            subprocess.run(command, stdout=subprocess.DEVNULL, env=env, check=True)
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken[1:]) for name, taken in seconds.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--check", action="store_true", help="exit 1 where a budget is exceeded")
    options = parser.parse_args()
    median = measure(options.runs)
    bare = median["python -c pass"]
    over = False
    for name, (_, budget) in COMMANDS.items():
        ratio = median[name] / bare
        limit = "" if budget is None else f"   budget {budget:.1f}"
        over |= budget is not None and ratio > budget
        print(f"{name:32}{ratio:6.2f} x{limit}")
    return int(over and options.check)


if __name__ == "__main__":
    sys.exit(main())
