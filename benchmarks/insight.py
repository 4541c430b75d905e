"""What the what-ifs cost: a recommendation with them, as a multiple of one without.

    python benchmarks/insight.py

Both are timed warm, a few times each; the smallest time counts, since everything else is noise.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mladvisor.knowledge.load import load
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.scoring.model import score

PEOPLE = Path(__file__).parents[1] / "tests" / "people_cases"
TODAY = date(2026, 11, 22)
TIMES = 7


def main() -> None:
    knowledge = load()
    people: dict[str, Any] = {
        path.stem: tomllib.loads(path.read_text())["profile"] for path in sorted(PEOPLE.glob("*"))
    }
    people["goal and budget alone"] = {"goal": "ml-job", "budget_usd": 3000}
    people["nothing answered"] = {}
    for name, answers in people.items():
        profile = make_profile(knowledge, answers)

        def advise(explore: bool, profile: Any = profile) -> None:
            scores = score(profile, knowledge, TODAY)
            recommend(scores, knowledge, today=TODAY, explore=explore)

        without, whole = best(lambda: advise(False)), best(lambda: advise(True))
        print(f"{name:<24}{whole / without:5.1f} times   {1000 * (whole - without):4.0f} ms more")


def best(run: Callable[[], None]) -> float:
    """Return the smallest of some times, in seconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
