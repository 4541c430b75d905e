"""How far the advice agrees with what experienced people advised real people.

    python -m benchmarks.cases [--half NAME] [--as-coded] [--orders N] [--json] [--case ID]

`--as-coded` leaves out the facts that were added for fields of a later date; `--orders` averages
over so many other orders of the draws; `--case` prints one person's points by criterion for the
best path of every kind. How verdicts are compared stands in `benchmarks/agreement.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.agreement import (
    HELD_OUT,
    ROOT,
    TODAY,
    TUNING,
    halves,
    judge,
    load_cases,
    reordered,
    scores_of,
    summary,
    tally,
)
from mladvisor.insight.robustness import standing
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.recommendation.assemble import recommend


def print_summary(found: dict[str, Any]) -> None:
    """Print the agreement as tables."""
    print(f"{'':34}{'cases':>6}{'acceptable':>15}{'exact':>13}    loose: acceptable, exact")
    _line("all", found["all"])
    _line("without split advice", found["without_split"])
    _line("labels of high confidence", found["high_confidence"])
    for title in ("halves", "verdicts", "label_confidence", "evidence_kind", "baselines"):
        print(f"\n{title.replace('_', ' ')}")
        for name, row in found[title].items():
            _line(f"  {name}", row)
    print("\nexperts' verdict → ours")
    for expert, ours in found["confusion"].items():
        print(f"  {expert:22}" + ", ".join(f"{word} {count}" for word, count in ours.items()))
    print("\nmean firmness")
    for name, share in found["firmness"].items():
        print(f"  {name:22}{share}")
    print("\nmisses (! = not acceptable)")
    for row in found["cases"]:
        if not row["is_exact"]:
            print(_miss(row))


def _line(name: str, row: dict[str, int]) -> None:
    def part(count: str) -> str:
        return f"{row[count]:4} ({row[count] / max(row['cases'], 1):4.0%})"

    text = f"{name:34}{row['cases']:6}{part('acceptable'):>15}{part('exact'):>13}"
    loose = f"{row['acceptable_loose']:8}, {row['exact_loose']}" if "exact_loose" in row else ""
    print(text + loose)


def _miss(row: dict[str, Any]) -> str:
    sign = " " if row["is_acceptable"] else "!"
    ours = row["advice"] if row["advice"] == row["destination"] else (
        f"{row['advice']} → {row['destination']}"
    )  # fmt: skip
    return (
        f" {sign} {row['id']}: {row['expert']} "
        f"({', '.join(row['acceptable'])}); ours: {ours} {row['firmness']:.2f}, {row['path']}"
    )


def print_orders(cases: Sequence[dict[str, Any]], document: Mapping[str, Any], count: int) -> None:
    """Print the agreement in other orders of the draws: its mean, least and most."""
    tallies = [tally(judge(cases, reordered(document, seed))) for seed in range(count)]
    for name in ("acceptable", "exact"):
        found = [row[name] for row in tallies]
        print(
            f"{name:11} of {len(cases)}: {np.mean(found):5.1f} in the mean of {count} orders of "
            f"the draws, {min(found)} to {max(found)}"
        )


def print_case(case: dict[str, Any], knowledge: Knowledge) -> None:
    """Print one person's points by criterion for the best path of every kind."""
    scores = scores_of(case, knowledge)
    ranks = standing(scores, knowledge.settings)
    verdict = recommend(scores, knowledge, today=TODAY, explore=False).verdict
    print(json.dumps({k: case[k] for k in case if k != "source_url"}, indent=1))
    print(f"\n{verdict.headline}\n{verdict.firmness.label} {verdict.firmness.share}")
    print(f"\n{'':16}" + "".join(f"{c.id:>11}" for c in scores.criteria))
    _numbers("weight", 100 * scores.weights.mean(axis=0))
    for kind, at in ranks.best_of_kind.items():
        path = scores.paths[at]
        print(
            f"\n{kind}: {path.title}\n  fit {ranks.fit[at]:.1f}, kind first in "
            f"{ranks.kind_share[kind]:.0%}, chance {scores.chance[:, at].mean():.2f}, "
            f"open {scores.allowed[:, at].mean():.0%}"
        )
        _numbers("  points", scores.points[:, at].mean(axis=0))
        moved = [np.broadcast_to(scores.moved[c.id], scores.allowed.shape) for c in scores.criteria]
        _numbers("  change", np.array([part[:, at].mean() for part in moved]), 2)


def _numbers(name: str, values: Any, digits: int = 1) -> None:
    print(f"{name:16}" + "".join(f"{value:11.{digits}f}" for value in values))


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=(TUNING, HELD_OUT), help="look at one half only")
    parser.add_argument("--case", metavar="ID", help="show one case with its points")
    parser.add_argument("--as-coded", action="store_true", help="without facts added later")
    parser.add_argument("--orders", type=int, metavar="N", help="average over orders of the draws")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    document = compiled(ROOT / "data")
    knowledge, cases = Knowledge(document), load_cases(as_coded=options.as_coded)
    if options.case:
        chosen = [case for case in cases if case["id"] == options.case]
        if not chosen:
            print(f"no case {options.case}", file=sys.stderr)
            return 2
        print_case(chosen[0], knowledge)
        return 0
    half = halves(cases)
    wanted = [case for case in cases if options.half in (None, half[case["id"]])]
    if options.orders:
        print_orders(wanted, document, options.orders)
        return 0
    found = summary(judge(wanted, knowledge))
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        print_summary(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
