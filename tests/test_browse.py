"""Looking things up: tables with filters, entries with their evidence, answered questions."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from mladvisor.browse.entry import faq, find, ids
from mladvisor.browse.tables import TABLES, Filters, may_pass, rows
from mladvisor.errors import InputError
from mladvisor.knowledge.load import Knowledge
from mladvisor.report.entries import print_rows
from tests.commands import run


@pytest.mark.parametrize("table", TABLES)
def test_every_table_lists_every_entry(table: str, knowledge: Knowledge) -> None:
    found = rows(table, knowledge, Filters())
    assert len(found) == len(knowledge.document[table])
    assert len({tuple(row) for row in found}) <= 5, "rows of a table have the same columns"
    assert all(row["id"] and row["name"] for row in found)


FILTERS = [
    ("programs", Filters(max_cost_usd=15000), lambda row: row["cost_usd_low"] <= 15000),
    ("programs", Filters(online=True), lambda row: row["delivery"].startswith("online")),
    ("programs", Filters(no_gre=True), lambda row: row["gre"] in ("none", "optional")),
    ("programs", Filters(field="data science"), lambda row: "data science" in row["field"]),
    ("programs", Filters(country="united kingdom"), lambda row: row["country"] == "GB"),
    ("courses", Filters(free=True), lambda row: row["price"] == "free"),
    ("courses", Filters(stage="supervised"), lambda row: row["stage"] == "supervised"),
    ("courses", Filters(teaches=("deep-learning",)), lambda row: "deep-learning" in str(row)),
    ("courses", Filters(words=("stanford",)), lambda row: "stanford" in str(row).lower()),
    ("courses", Filters(role="data-engineer"), lambda row: row["teaches"]),
]


@pytest.mark.parametrize(("table", "filters", "holds"), FILTERS)
def test_filters_keep_what_meets_them_and_only_that(
    table: str, filters: Filters, holds: object, knowledge: Knowledge
) -> None:
    every, kept = rows(table, knowledge, Filters()), rows(table, knowledge, filters)
    assert 0 < len(kept) < len(every)
    assert all(holds(row) for row in kept)  # type: ignore[operator]


@pytest.mark.parametrize("typed", ["15,000", "15 000", "$15000", "15000 USD", "15000.0"])
def test_a_price_is_typed_as_people_write_it(typed: str) -> None:
    plain = run("list", "programs", "--max-cost", "15000", "--format", "csv")
    found = run("list", "programs", "--max-cost", typed, "--format", "csv")
    assert (found.returncode, found.stderr) == (plain.returncode, plain.stderr)
    assert found.stdout == plain.stdout
    assert len(plain.stdout.splitlines()) > 2


def test_what_is_left_out_as_unknown_is_counted(knowledge: Knowledge) -> None:
    assert may_pass("programs", knowledge, Filters(online=True)) == 0
    filters = Filters(online=True, no_gre=True)
    online = rows("programs", knowledge, Filters(online=True))
    unknown = [row for row in online if row["gre"] == "unknown"]
    assert unknown
    assert may_pass("programs", knowledge, filters) == len(unknown)
    kept = {row["id"] for row in rows("programs", knowledge, filters)}
    assert kept >= {row["id"] for row in online if row["gre"] == "optional"}
    done = run("list", "programs", "--online", "--no-gre")
    assert f"not known of them: {len(unknown)}" in done.stderr


def test_sorting_puts_unknown_last(knowledge: Knowledge) -> None:
    down = rows("programs", knowledge, Filters(), "-acceptance_rate")
    rates = [row["acceptance_rate_low"] for row in down]
    known = [rate for rate in rates if rate is not None]
    assert known == sorted(known, reverse=True)
    assert rates[: len(known)] == known
    with pytest.raises(InputError, match="fame"):
        rows("programs", knowledge, Filters(), "fame")


@pytest.mark.parametrize(
    ("name", "field", "claim"),
    [("gatech-omscs", "acceptance_rate", 0.3), ("uw-msds", "delivery", "online")],
)
def test_the_guides_claim_stands_beside_the_evidence_against_it(
    name: str, field: str, claim: object, knowledge: Knowledge
) -> None:
    figure = next(figure for figure in find(name, knowledge).figures if figure.field == field)
    assert figure.decides.source != "guide"
    assert claim in [other.value for other in figure.others if other.source == "guide"]
    shown = " ".join(run("show", name).stdout.split())
    assert "The guide" in shown
    assert figure.decides.reading in shown


def test_every_entry_can_be_shown(knowledge: Knowledge) -> None:
    for name in ids(knowledge):
        assert find(name, knowledge).fields


def test_a_wrong_id_gets_the_nearest_ones() -> None:
    result = run("show", "gatech-omsc")
    assert (result.returncode, result.stdout) == (2, "")
    assert "gatech-omscs" in result.stderr


def test_a_question_names_the_rules_that_read_it(knowledge: Knowledge) -> None:
    assert "hard-filter-needs-degree" in find("degree_filter", knowledge).used_by


def test_formats_agree() -> None:
    as_json = json.loads(run("list", "roles", "--json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(run("list", "roles", "--format", "csv").stdout)))
    assert [row["id"] for row in as_json] == [row["id"] for row in as_csv]
    markdown = run("list", "roles", "--format", "markdown").stdout.splitlines()
    assert len(markdown) == len(as_json) + 2


@pytest.mark.parametrize(
    "words", [["visa"], ["gpa"], ["loan"], ["bootcamp"], ["phd"], ["online", "diploma"]]
)
def test_people_find_their_question(words: list[str], knowledge: Knowledge) -> None:
    found = faq(words, knowledge)
    assert 0 < len(found) < len(knowledge.faq)


def test_the_faq_is_listed_answered_and_honest_about_nothing_found() -> None:
    assert len(run("faq").stdout.splitlines()) >= 26
    assert "USCIS" in run("faq", "visa", "online").stdout
    nothing = run("faq", "xyzzy")
    assert (nothing.returncode, nothing.stdout) == (2, "")


STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_list_keeps_words_whole(
    table: str, width: int, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Window(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", str(width))
    found, stream = rows(table, knowledge, Filters()), Window()
    print_rows(found, stream)
    text = STYLE.sub("", stream.getvalue())
    assert max(map(len, text.splitlines())) <= width
    words = set(text.split())
    for row in found:
        assert row["id"] in words or len(row["id"]) > width
        assert set(str(row["name"]).split()) <= words, "no name is cut inside a word"


def test_a_question_shows_its_choices_and_leaves_priors_to_json() -> None:
    text = run("show", "goal").stdout
    assert "phd: A PhD" in text
    assert "value ml-job" not in text
    assert "weights" not in text
    assert json.loads(run("show", "goal", "--json").stdout)["fields"]["prior"]
