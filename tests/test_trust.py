"""What makes the advice trusted: the checklist in docs/trust.md, and the items a test can hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mladvisor.knowledge.compile import READ_LATER
from mladvisor.knowledge.document import table
from mladvisor.knowledge.load import Knowledge
from tests.commands import run
from tests.conftest import ROOT, leaves
from tests.reading import grade, sentences, words
from tests.test_advise import ENGINEER, document

# ── the checklist ──────────────────────────────────────────────────────────────────────────────

ITEMS = [
    f"{part}{at}" for part, last in (("Q", 6), ("C", 10), ("G", 28)) for at in range(1, last + 1)
]
TRUST = (ROOT / "docs" / "trust.md").read_text()


def rows() -> list[list[str]]:
    found = [line.strip("| ").split(" | ") for line in TRUST.splitlines() if line.startswith("| ")]
    return [row for row in found if re.fullmatch(r"[QCG]\d+", row[0])]


def test_every_item_of_the_checklist_is_answered_in_order() -> None:
    assert [row[0] for row in rows()] == ITEMS
    for item, asks, status, how in rows():
        assert status in ("met", "partly", "not"), item
        assert asks, item
        assert how, item


def test_the_sum_in_words_is_that_of_the_rows() -> None:
    def status(part: str) -> list[str]:
        return [row[2] for row in rows() if row[0].startswith(part)]

    assert status("Q") == ["met"] * 6
    counts = Counter(status("C"))
    assert (
        f"Certifying: {counts['met']} met, {counts['partly']} partly, {counts['not']} not." in TRUST
    )


def test_files_named_in_the_checklist_are_there() -> None:
    for name in re.findall(r"`([a-z]+/[\w./]+)`", TRUST):
        assert (ROOT / name).exists(), name


def test_rules_named_in_the_checklist_are_there(knowledge: Knowledge) -> None:
    named = set(re.findall(r"rule `([a-z-]+)`", TRUST))
    assert len(named) == 2
    assert named <= {rule.id for rule in knowledge.rules}


@pytest.mark.parametrize(
    ("level", "rule"), [("none", "low-rating-is-no-test"), ("strong", "high-rating-is-no-test")]
)
def test_a_self_rating_is_followed_by_what_to_try(level: str, rule: str) -> None:
    ratings = [f"--{field}={level}" for field in ("math", "programming", "ml")]
    person = ["--goal", "ml-job", "--degree-filter", "hard", "--education", "bachelor-cs"]
    checks = document(*person, *ratings, "--budget", "30000")["check_before_committing"]
    assert rule in [row["rule"] for row in checks]


# ── what every report says, in every format ────────────────────────────────────────────────────

REPORTS = {
    "advise": (["advise", *ENGINEER], ("text", "markdown", "html", "json")),
    "options": (["options"], ("text", "markdown", "html", "json")),
    "plan": (["plan", "--role", "ml-engineer"], ("text", "markdown", "html", "json")),
    "compare": (["compare", "gatech-omscs", "courses"], ("text", "markdown", "html", "json")),
}
CASES = [(name, format_) for name, (_, formats) in REPORTS.items() for format_ in formats]

SAYS = {
    "who paid (C6)": "Nobody pays for this: no school, platform or employer",
    "no link earns (C6)": "no link earns anything",
    "when facts are checked again (C4)": "Facts are checked again when they are due",
    "no guarantee": "No path guarantees a job, neither a degree nor courses",
    "what a self-rating is (C7)": "Ratings of yourself are ratings of yourself, not a test",
    "the day of the report (C3)": "2026-11-22",
}


@pytest.fixture(scope="module")
def printed() -> Mapping[tuple[str, str], str]:
    shown = {}
    for name, format_ in CASES:
        command, _ = REPORTS[name]
        result = run(*command, "--today", "2026-11-22", "--format", format_)
        assert result.returncode == 0, result.stderr
        shown[name, format_] = " ".join(result.stdout.split())
    return shown


@pytest.mark.parametrize(("report", "format_"), CASES)
def test_every_report_says_what_it_rests_on(
    report: str, format_: str, printed: Mapping[tuple[str, str], str], knowledge: Knowledge
) -> None:
    text = printed[report, format_]
    assert {why: says for why, says in SAYS.items() if says not in text} == {}
    assert knowledge.data_version in text
    if format_ == "json":
        assert json.loads(text)["data_version"] == knowledge.data_version


def test_the_first_line_states_the_decision(printed: Mapping[tuple[str, str], str]) -> None:
    assert printed["advise", "text"].startswith("The decision: a degree, a certificate, courses")
    for format_ in ("markdown", "html"):
        text = printed["advise", format_]
        assert text.index("The decision:") < text.index("The ranking")


def test_a_pick_leads_to_the_neutral_account(printed: Mapping[tuple[str, str], str]) -> None:
    assert "mladvisor options" in printed["advise", "text"]
    assert "without a ranking" in printed["advise", "html"]


def test_the_update_policy_is_that_of_the_data(knowledge: Knowledge) -> None:
    months = {row.id: row.months for row in knowledge.staleness}
    policy = " ".join(knowledge.texts["about"]["common"])
    assert f"prices and law after {months['price']} months" in policy
    assert months["price"] == months["law"]
    assert f"course contents after {months['curriculum']}" in policy


def test_the_readme_says_who_pays() -> None:
    assert "Nobody pays for it" in " ".join((ROOT / "README.md").read_text().split())


AFFILIATE = re.compile(
    r"[?&](aff\w*|affiliate\w*|ref|referral\w*|irclickid|ranmid|ranEAID|coupon\w*|tag)=",
    re.IGNORECASE,
)


def test_no_link_earns_anything(knowledge: Knowledge) -> None:
    base = {name: node for name, node in knowledge.document.items() if name not in READ_LATER}
    base |= {name: table(knowledge.document, name) for name in READ_LATER}
    assert len(list(urls(base))) > 300
    earning = [url for url in urls(base) if AFFILIATE.search(url)]
    assert earning == []


def urls(node: Any) -> Iterator[str]:
    return (text for text in strings(node) if text.startswith("http"))


def test_an_affiliate_link_would_be_seen() -> None:
    assert AFFILIATE.search("https://example.org/course?x=1&affcode=7")
    assert not AFFILIATE.search("https://example.org/course?page=2")


# ── how hard it is to read (G21) ───────────────────────────────────────────────────────────────

HIGHEST_GRADE = 9.0
"""On average, for each group of texts."""

HARDEST_SENTENCE = 14.0
"""No single sentence is harder; what stands in parentheses is names, and left out."""

FEWEST_WORDS = 8
"""Of a shorter sentence the grade says only that one of its words is long."""


def strings(node: Any) -> list[str]:
    return [value for value in leaves(node) if isinstance(value, str)]


def groups(knowledge: Knowledge) -> dict[str, list[str]]:
    document = knowledge.document
    questions, rules = document["questions"], document["rules"]
    told = ("what", "gives", "week", "speaks_for", "speaks_against", "wrong_for")
    answers = table(document, "faq")
    return {
        "questions: prompt": [row["prompt"] for row in questions],
        "questions: why": [row["why"] for row in questions],
        "questions: find out": [row.get("find_out", "") for row in questions],
        "questions: hint": [row.get("hint", "") for row in questions],
        "rules: because": [row["because"] for row in rules],
        "rules: way out": [row.get("way_out", "") for row in rules],
        "options": [
            text for row in document["options"] for text in strings([row[k] for k in told])
        ],
        "faq": [text for row in answers for text in (row["question"], row["answer"])],
        **{f"texts: {name}": strings(node) for name, node in knowledge.texts.items()},
    }


def test_every_group_of_texts_reads_at_school_grade(knowledge: Knowledge) -> None:
    offers = [
        text
        for offer in knowledge.offers
        for text in (offer.summary, offer.typical_week, *offer.strengths, *offer.caveats)
    ]
    told = {**groups(knowledge), "programs and certificates": offers}
    grades = {name: round(grade(texts), 1) for name, texts in told.items()}
    assert {name: each for name, each in grades.items() if each > HIGHEST_GRADE} == {}


def test_no_single_sentence_is_too_hard(knowledge: Knowledge) -> None:
    hard = [
        (round(grade([sentence]), 1), name, sentence)
        for name, texts in groups(knowledge).items()
        for text in texts
        for sentence in sentences(re.sub(r"\([^)]*\)", "", text))
        if len(words(sentence)) >= FEWEST_WORDS and grade([sentence]) > HARDEST_SENTENCE
    ]
    assert sorted(hard, reverse=True) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat. The dog ran off.", -2, 2),
        ("Students who finish early may apply their credit toward the degree.", 5, 10),
        ("Institutional considerations habitually underestimate responsibilities.", 25, 60),
    ],
)
def test_the_grade_tells_easy_from_hard(text: str, low: float, high: float) -> None:
    assert low <= grade([text]) <= high
