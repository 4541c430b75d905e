"""The advice held against what experienced people advised real people: readings and agreement.

Readings. What the program advises is put into the experts' words: `foundations` as the first step
is "prerequisites-first", whatever comes after it, and so is a bachelor's; a PhD is "phd-direct";
learning on the job and carrying on are "neither". This is the strict reading, the one that counts.
The loose reading takes "foundations first, then a degree" as either of the two.
Where advisers disagreed ("split"), the advice is acceptable if it is among what they named, and
exact if, moreover, it is not called firm.

Facts. Who coded the cases had fewer fields than there are now. What a text states and a field holds
by now stands beside them in `stated_facts.json` and is merged in, unless the cases are wanted as
they were coded.

The cases are split once, by a hash of their names within each verdict, into a half that weights,
priors and rules were revised with and a half that was held out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.document import Verdict
from mladvisor.scoring.model import Scores, score

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "advice_cases.json"
STATED = ROOT / "tests" / "cases" / "stated_facts.json"
TODAY = date(2026, 11, 22)
SEED = "calibration"
TUNING, HELD_OUT = "tuning", "held-out"
SPLIT = "split"
FIRM = "firm"

WORDS = {"bachelor": "prerequisites-first", "phd": "phd-direct", "work": "neither"}
"""Kind of path → the experts' word for it, where it is another."""


@dataclass(frozen=True)
class Judged:
    """A case and what the program says to it."""

    case: dict[str, Any]
    half: str
    kind: str
    first_step: str
    path: str
    label: str
    share: float

    @property
    def expert(self) -> str:
        """The experts' verdict."""
        word: str = self.case["verdict"]
        return word

    @property
    def destination(self) -> str:
        """The kind of path advised, in the experts' words."""
        return WORDS.get(self.kind, self.kind)

    @property
    def word(self) -> str:
        """The verdict in the experts' words, strictly: preparation first is one of its own."""
        return "prerequisites-first" if self.first_step == "foundations" else self.destination

    def acceptable(self, *, loose: bool = False) -> bool:
        """Return whether a fair expert accepts it."""
        return bool({*self.case["acceptable"], self.expert} & self._said(loose))

    def exact(self, *, loose: bool = False) -> bool:
        """Return whether it is the experts' own verdict."""
        if self.expert == SPLIT:
            return self.acceptable(loose=loose) and self.label != FIRM
        return self.expert in self._said(loose)

    @property
    def clear(self) -> bool:
        """Strong advice with a sure label."""
        return bool(self.case["strength"] == "strong" and self.case["label_confidence"] == "high")

    @property
    def lukewarm(self) -> bool:
        """Advice that leaned, advisers who disagreed, or a label that is a hint only."""
        return bool(self.case["strength"] != "strong" or self.case["label_confidence"] == "low")

    def _said(self, loose: bool) -> set[str]:
        return {self.word, self.destination} if loose else {self.word}


def halves(cases: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return case → half: by turns within each verdict, in the order of a seeded hash."""
    found: dict[str, str] = {}
    turn: Counter[str] = Counter()
    for case in sorted(cases, key=lambda row: sha256(f"{SEED}/{row['id']}".encode()).digest()):
        found[case["id"]] = (TUNING, HELD_OUT)[turn[case["verdict"]] % 2]
        turn[case["verdict"]] += 1
    return found


def load_cases(*, as_coded: bool = False) -> list[dict[str, Any]]:
    """Return the cases, with the stated facts or just as they were coded."""
    rows: list[dict[str, Any]] = json.loads(CASES.read_text())
    if as_coded:
        return rows
    stated = {row["id"]: row["profile"] for row in json.loads(STATED.read_text())}
    return [{**row, "profile": row["profile"] | stated.get(row["id"], {})} for row in rows]


def reordered(document: Mapping[str, Any], seed: int) -> Knowledge:
    """Return the knowledge base with its questions in another order.

    Each question is drawn from the sequence of its place, so near ties may fall another way: how
    the agreement differs from order to order is the luck of the draw in it.
    """
    questions = list(document["questions"])
    Random(seed).shuffle(questions)
    return Knowledge({**document, "questions": questions})


def judge(cases: Sequence[dict[str, Any]], knowledge: Knowledge) -> list[Judged]:
    """Run every case through profile, scores and recommendation."""
    half = halves(load_cases())
    return [_judged(case, half[case["id"]], verdict_on(case, knowledge)) for case in cases]


def verdict_on(case: dict[str, Any], knowledge: Knowledge) -> Verdict:
    """Return the program's verdict on one case."""
    return recommend(scores_of(case, knowledge), knowledge, today=TODAY, explore=False).verdict


def scores_of(case: dict[str, Any], knowledge: Knowledge) -> Scores:
    """Return the scores of one case."""
    return score(make_profile(knowledge, case["profile"]), knowledge, TODAY)


def _judged(case: dict[str, Any], half: str, verdict: Verdict) -> Judged:
    firmness = verdict.firmness
    return Judged(
        case, half, verdict.kind, verdict.first_step, verdict.path, firmness.label, firmness.share
    )


def tally(rows: Sequence[Judged]) -> dict[str, int]:
    """Return counts of agreement, in both readings."""
    return {
        "cases": len(rows),
        "acceptable": sum(row.acceptable() for row in rows),
        "exact": sum(row.exact() for row in rows),
        "acceptable_loose": sum(row.acceptable(loose=True) for row in rows),
        "exact_loose": sum(row.exact(loose=True) for row in rows),
    }


def by(rows: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, dict[str, int]]:
    """Return the tally of each group, the largest group first."""
    names = Counter(key(row) for row in rows)
    return {
        name: tally([row for row in rows if key(row) == name])
        for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0]))
    }


def confusion(rows: Iterable[Judged]) -> dict[str, dict[str, int]]:
    """Return the experts' verdict → ours → count."""
    table: dict[str, Counter[str]] = {}
    for row in rows:
        table.setdefault(row.expert, Counter())[row.word] += 1
    return {expert: dict(table[expert].most_common()) for expert in sorted(table)}


def baseline(rows: Sequence[Judged], word: str) -> dict[str, int]:
    """Return the agreement of somebody who always says the same, with no firmness."""
    rows = [row for row in rows if row.expert != SPLIT]
    return {
        "cases": len(rows),
        "acceptable": sum(word in {*row.case["acceptable"], row.expert} for row in rows),
        "exact": sum(word == row.expert for row in rows),
    }


def mean_share(rows: Sequence[Judged]) -> float | None:
    """Return the mean firmness, None without cases."""
    return round(float(np.mean([row.share for row in rows])), 3) if rows else None


def summary(rows: Sequence[Judged]) -> dict[str, Any]:
    """Return everything that is measured, as plain data."""
    plain = [row for row in rows if row.expert != SPLIT]
    return {
        "all": tally(rows),
        "without_split": tally(plain),
        "high_confidence": tally([r for r in plain if r.case["label_confidence"] == "high"]),
        "halves": by(rows, lambda row: row.half),
        "verdicts": by(rows, lambda row: row.expert),
        "label_confidence": by(rows, lambda row: row.case["label_confidence"]),
        "evidence_kind": by(rows, lambda row: row.case["evidence_kind"]),
        "confusion": confusion(rows),
        "firmness": {
            "clear": mean_share([row for row in rows if row.clear]),
            "lukewarm": mean_share([row for row in rows if row.lukewarm]),
            "right": mean_share([row for row in rows if row.acceptable()]),
            "wrong": mean_share([row for row in rows if not row.acceptable()]),
        },
        "baselines": {f"always {word}": baseline(rows, word) for word in ("courses", "degree")},
        "cases": [
            {
                "id": row.case["id"],
                "half": row.half,
                "expert": row.expert,
                "acceptable": sorted({*row.case["acceptable"], row.expert}),
                "advice": row.word,
                "destination": row.destination,
                "path": row.path,
                "firmness": row.share,
                "is_acceptable": row.acceptable(),
                "is_exact": row.exact(),
            }
            for row in rows
        ],
    }
