"""Keeping the knowledge base: a user's own files, figures that are due, new entries."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from mladvisor.errors import InputError, KnowledgeError
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.knowledge.stale import months_between, stale
from mladvisor.knowledge.template import KINDS, template
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.document import Recommendation
from mladvisor.scoring.model import score
from tests.commands import run
from tests.test_advise import document

CHECKED = date(2026, 11, 22)


def own(folder: Path, name: str, text: str) -> str:
    """Write one file of a user's own data and return the folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return str(folder)


CORRECTION = """
id = "gatech-omscs"
[facts]
cost_usd = { value = 12345, source = "letter" }
[sources.letter]
title = "A letter from the school"
kind = "official"
as_of = "2026-11"
checked_on = "2026-11-23"
"""


def test_a_correction_decides_and_what_stood_there_stays_beside_it(tmp_path: Path) -> None:
    knowledge = load(own(tmp_path, "programs/gatech-omscs.toml", CORRECTION))
    offer = next(offer for offer in knowledge.offers if offer.id == "gatech-omscs")
    assert offer.facts["cost_usd"].value == 12345
    assert offer.short_name == "Georgia Tech OMSCS", "what was not corrected stays"
    beside = knowledge.evidence("programs/gatech-omscs", "cost_usd")
    assert (beside[0].low, beside[0].high) == (9113, 9473)


@pytest.mark.parametrize(
    ("file", "text", "table", "name"),
    [
        ("programs/gatech-omsa.toml", 'id = "gatech-omsa"\noff = true', "offers", "gatech-omsa"),
        ("courses/d2l.toml", 'id = "d2l"\noff = true', "courses", "d2l"),
        ("rules/mine.toml", '[[rules]]\nid = "over-budget"\noff = true', "rules", "over-budget"),
    ],
)
def test_an_entry_can_be_switched_off(
    tmp_path: Path, file: str, text: str, table: str, name: str, knowledge: Knowledge
) -> None:
    local = load(own(tmp_path, file, text))
    assert name in {row.id for row in getattr(knowledge, table)}
    assert name not in {row.id for row in getattr(local, table)}
    answers = make_profile(local, {"goal": "data-job"})
    assert recommend(score(answers, local, CHECKED), local, today=CHECKED).ranking


def test_an_own_rule_works_and_the_report_says_that_own_data_took_part(tmp_path: Path) -> None:
    rule = """
[[rules]]
id = "no-online-for-me"
paths = "delivery == 'online' and grants_degree"
then.exclude = true
because = "You do not want to study online."
sources = ["judgement"]
"""
    folder = own(tmp_path, "rules/mine.toml", rule)
    result = document("--goal", "ml-job", "--data", folder)
    assert result["about"]["local_data"] == [folder]
    assert "no-online-for-me" in {row["rule"] for row in result["excluded"]}
    text = run("advise", "--goal", "ml-job", "--data", folder).stdout
    assert "Your own data took part" in text


def test_faults_in_own_data_are_the_knowledge_bases_fault(tmp_path: Path) -> None:
    folder = own(tmp_path, "programs/mine.toml", 'id = "mine"\nnaem = "x"\n')
    result = run("advise", "--goal", "phd", "--data", folder)
    assert (result.returncode, result.stdout) == (3, "")
    assert "data/programs/mine.toml: naem" in result.stderr
    assert "data/programs/mine.toml: summary" in result.stderr, "all at once"
    with pytest.raises(InputError, match="is no folder"):
        load("/no/such/folder")
    with pytest.raises(KnowledgeError, match="not valid TOML"):
        load(own(tmp_path, "faq.toml", "[[faq"))


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2024, 12, 27), []),
        (date(2024, 12, 28), ["a-year"]),
        (date(2025, 3, 28), ["a-month", "a-year"]),
        (date(2025, 6, 1), ["a-month", "a-year"]),
        (date(2025, 6, 2), ["a-month", "a-year", "undated"]),
    ],
)
def test_a_price_is_as_old_as_what_its_page_speaks_for(
    knowledge: Knowledge, today: date, due: list[str]
) -> None:
    dates = {"a-year": "2023", "a-month": "2024-03", "undated": "undated"}
    rows = [
        {"id": name, "facts": {"cost_usd": {"value": 1, "source": "page", "as_of": as_of}}}
        for name, as_of in dates.items()
    ]
    page = {"kind": "official", "as_of": "2020", "checked_on": "2024-06-02", "title": "Fees"}
    price = {"id": "price", "months": 12, "figures": ["cost_usd"]}
    document = {
        **knowledge.document, "programs": rows, "certificates": [], "routes": [], "courses": [],
        "roles": [], "sources": {"page": page}, "staleness": [price],
    }  # fmt: skip
    found = stale(Knowledge(document), today)
    assert sorted(row.entity.removeprefix("programs/") for row in found) == due


def test_classes_of_figures_come_due_at_their_own_time(knowledge: Knowledge) -> None:
    before, after = stale(knowledge, date(2027, 11, 21)), stale(knowledge, date(2027, 11, 22))
    assert {row.stale_class for row in before} == {"price", "curriculum"}
    assert {row.stale_class for row in set(after) - set(before)} == {"price", "law"}
    months = [row.months for row in after]
    assert months == sorted(months, reverse=True), "oldest first"
    assert all(row.months >= row.limit_months for row in after)


@pytest.mark.parametrize(
    ("checked_on", "today", "months"),
    [
        ("2026-11-22", date(2026, 11, 22), 0),
        ("2026-11-22", date(2026, 12, 21), 0),
        ("2026-11-22", date(2026, 12, 22), 1),
        ("2026-11-22", date(2027, 11, 22), 12),
    ],
)
def test_months_are_whole_months(checked_on: str, today: date, months: int) -> None:
    assert months_between(checked_on, today) == months


def advised(knowledge: Knowledge, today: date) -> Recommendation:
    profile = make_profile(knowledge, {"goal": "ml-job", "employer_pays_usd_per_year": 0.0})
    return recommend(score(profile, knowledge, today), knowledge, today=today, top=60)


def test_stale_figures_widen_the_range_and_show_their_age(knowledge: Knowledge) -> None:
    fresh, old = advised(knowledge, CHECKED), advised(knowledge, date(2030, 1, 1))
    for advice in (fresh, old):
        assert advice.ranking, "an old copy goes on working"
    before = next(path for path in fresh.ranking if path.path == "gatech-omscs")
    after = next(path for path in old.ranking if path.path == "gatech-omscs")
    assert before.stale == []
    assert any(line.startswith("cost_usd (2026") for line in after.stale)
    assert after.cost_usd.low < before.cost_usd.low
    assert after.cost_usd.high > before.cost_usd.high


def test_figures_from_memory_are_said_and_widened(knowledge: Knowledge) -> None:
    document = advised(knowledge, CHECKED)
    offers = {offer.id: offer for offer in knowledge.offers}
    path = next(p for p in document.ranking if p.path in offers and "cost_usd" in p.recalled)
    offer = offers[path.path]
    bounds = offer.facts["cost_usd"].interval()
    assert bounds is not None
    assert knowledge.source(str(offer.facts["cost_usd"].source)).kind == "recall"
    assert path.cost_usd.low < bounds[0]


def test_the_stale_list_names_pages_to_open() -> None:
    rows = json.loads(run("data", "stale", "--today", "2028-01-01", "--json").stdout)
    assert len(rows) > 50
    # One source without a page, the price of Coursera Plus, stands in every course there.
    assert sum(bool(row["url"]) for row in rows) > 0.8 * len(rows)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_toml_that_names_every_key(kind: str) -> None:
    text = template(kind, "mine")
    content = tomllib.loads(text)
    assert content["id"] == "mine"
    for field in KINDS[kind][1].model_fields:
        assert field in text or field == "file"


def test_a_filled_template_is_an_entry(tmp_path: Path) -> None:
    assert run("data", "new", "program", "mine", "--data", str(tmp_path)).returncode == 0
    path = tmp_path / "programs" / "mine.toml"
    unfilled = run("list", "programs", "--data", str(tmp_path))
    assert unfilled.returncode == 3, "a price that is not there is not taken as zero"
    assert "facts.cost_usd: expected a value or a range" in unfilled.stderr
    again = run("data", "new", "program", "mine", "--data", str(tmp_path))
    assert again.returncode == 2
    assert "it was not touched" in again.stderr
    filled = path.read_text().replace('short_name = ""', 'short_name = "My School"')
    filled = filled.replace("# cost_usd = { low = 9000", "cost_usd = { low = 9000")
    figures = "\n".join(
        f'{name} = {{ value = {value}, source = "judgement", note = "a guess" }}'
        for name, value in (("months_typical", 24), ("hours", 2000), ("recognition", 0.9))
    )
    path.write_text(filled.replace("[sources.prices-2026]", f"{figures}\n\n[sources.prices-2026]"))
    shown = run("show", "mine", "--data", str(tmp_path))
    assert shown.returncode == 0, shown.stderr
    assert "9,000 to 9,500" in shown.stdout


def test_data_check_passes_and_fails_with_exit_3(tmp_path: Path) -> None:
    assert run("data", "check").returncode == 0
    folder = own(tmp_path, "rules/mine.toml", DEAD_RULE)
    result = run("data", "check", "--data", folder)
    assert (result.returncode, result.stdout) == (3, "")
    assert "rules/mine.toml:2: rule never: dead" in result.stderr


DEAD_RULE = """[[rules]]
id = "never"
when = "goal == 'phd' and goal == 'ml-job'"
then.advise = "check"
because = "Nobody has two goals."
sources = ["judgement"]
"""
