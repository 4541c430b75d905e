"""`mladvisor compare`: paths side by side, in equal units, with what is unknown said."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from mladvisor.errors import InputError
from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.recommendation.compare import compare
from mladvisor.recommendation.compare_rows import marked
from mladvisor.recommendation.comparison import Cell, Comparison, Row
from mladvisor.report.comparison import cell_text, print_comparison
from mladvisor.report.content.comparison import comparison_page
from mladvisor.report.markdown import as_markdown
from mladvisor.scoring.model import score
from tests.commands import run

TODAY = date(2026, 11, 22)
FIVE = (
    "gatech-omscs",
    "courses",
    "gt-micromasters-analytics+gatech-omsa",
    "phd-direct",
    "carry-on",
)
ANSWERS = {"goal": "ml-job", "budget_usd": 12_000, "country": "US", "hours_per_week": 12.0}


def compared(
    knowledge: Knowledge, names: tuple[str, ...] = FIVE, years: int | None = None, **answers: Any
) -> Comparison:
    scores = score(make_profile(knowledge, {**ANSWERS, **answers}), knowledge, TODAY)
    return compare(scores, names, knowledge, today=TODAY, span_years=years)


def row(document: Comparison, name: str) -> Row:
    return next(row for row in document.rows if row.id == name)


def printed(document: Comparison, knowledge: Knowledge, width: int) -> str:
    stream = io.StringIO()
    print_comparison(document, knowledge.texts["compare"], stream, width=width)
    return stream.getvalue()


def test_five_paths_of_five_kinds_have_the_same_rows(knowledge: Knowledge) -> None:
    document = compared(knowledge)
    assert [path.kind for path in document.paths] == ["degree", "courses", "hybrid", "phd", "work"]
    assert all(len(row.cells) == 5 for row in document.rows)
    assert len({row.id for row in document.rows}) == len(document.rows) >= 30
    after = [row for row in document.rows if row.today is not None]
    assert [row.cells[-1].value for row in after] == [row.today for row in after], "carrying on"
    for each in document.rows:
        for cell in each.cells:
            given = [cell.value is not None, cell.low is not None, cell.unknown is not None]
            assert sum(given) == 1, each.id
            assert each.better is not None or cell.mark is None


def test_it_says_the_same_as_the_recommendation(knowledge: Knowledge) -> None:
    from mladvisor.recommendation.assemble import recommend

    profile = make_profile(knowledge, ANSWERS)
    scores = score(profile, knowledge, TODAY)
    advice = recommend(scores, knowledge, today=TODAY, top=200)
    document = compare(scores, FIVE, knowledge, today=TODAY)
    for at, path in enumerate(document.paths):
        ranked = next((each for each in advice.ranking if each.path == path.path), None)
        if ranked is None:
            out = next(each for each in advice.excluded if each.path == path.path)
            assert path.ruled_out == out
            assert row(document, "fit").cells[at].value == "ruled out"
            continue
        assert path.ruled_out is None
        assert row(document, "fit").cells[at].value == round(ranked.fit, 1)
        assert path.money.own_usd.low == pytest.approx(ranked.cost_usd.low, abs=1)
        assert path.money.own_usd.high == pytest.approx(ranked.cost_usd.high, abs=1)
        assert path.money.foregone_pay_usd == pytest.approx(ranked.foregone_pay_usd, abs=1)


def test_courses_is_the_persons_own_plan(knowledge: Knowledge) -> None:
    document = compared(knowledge, ("courses", "carry-on"), role="data-engineer")
    assert document.paths[0].path.startswith("courses:data-engineer")


def test_one_span_of_years_for_all(knowledge: Knowledge) -> None:
    for years in (2, 8):
        document = compared(knowledge, years=years)
        assert {path.money.span_years for path in document.paths} == {years}
        assert str(years) in row(document, "own_in_span").label
    ends = row(compared(knowledge, years=2), "rise_needed").cells[0].value
    assert ends == "ends too late"


def test_unknown_is_said_and_is_never_zero(knowledge: Knowledge) -> None:
    document = compared(knowledge, ("phd-direct", "stanford-ai-grad-cert+stanford-mscs-hcp"))
    lost = row(document, "stopping_lost").cells[0]
    assert lost.value is None
    assert cell_text(lost, row(document, "stopping_lost")).startswith("unknown: not published")
    rate = row(document, "published_rate")
    assert cell_text(rate.cells[1], rate).startswith("unknown: not")


MARKED = [
    ("less", [3.0, 1.0, 2.0], ["worst", "best", None]),
    ("more", [3.0, 1.0, 3.0], ["best", "worst", "best"]),
    ("less", [1.0, 1.0, 1.0], [None, None, None]),
    ("less", [1.0, None, 1.0], [None, None, None]),
    (None, [1.0, 2.0, 3.0], [None, None, None]),
]


@pytest.mark.parametrize(("better", "values", "marks"), MARKED)
def test_the_best_and_the_worst_of_a_row_are_marked_where_paths_differ(
    better: Any, values: list[float | None], marks: list[str | None]
) -> None:
    cells = [Cell(unknown="not published") if v is None else Cell(value=v) for v in values]
    made = marked(Row(id="x", label="x", unit="months", better=better, cells=cells))
    assert [cell.mark for cell in made.cells] == marks


def test_what_prints_the_same_is_equal() -> None:
    cells = [Cell(low=9113, high=9473), Cell(value=9280.0), Cell(value=20_000.0)]
    made = marked(Row(id="x", label="x", unit="USD", better="less", cells=cells))
    assert [cell.mark for cell in made.cells] == ["best", "best", "worst"]


@pytest.mark.parametrize("width", [100, 72, 60, 40])
def test_the_screen_fits_and_holds_every_cell(width: int, knowledge: Knowledge) -> None:
    document = compared(knowledge)
    shown = printed(document, knowledge, width)
    assert max(map(len, shown.splitlines())) <= width
    assert not any(line.endswith(" ") for line in shown.splitlines())
    plain = " ".join(shown.split())
    assert all(label in plain for label in ("fit, points", "* best of the row, ! worst"))
    if width < 72:
        for each in document.rows:
            for letter, cell in zip("ABCDE", each.cells, strict=True):
                assert f"{letter} {cell_text(cell, each)}" in plain
    assert "Ruled out for you" in plain


def test_markdown_is_one_table(knowledge: Knowledge) -> None:
    document = compared(knowledge)
    lines = as_markdown(comparison_page(document, knowledge.texts["compare"])).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == len(document.rows) + 2
    assert {line.replace("\\|", "").count("|") for line in table} == {7}


def test_json_fits_the_published_schema() -> None:
    flags = ["--goal", "ml-job", "--today", "2026-11-22"]
    result = run("compare", *FIVE, *flags, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    TypeAdapter(Comparison).validate_python(document)
    assert run("compare", *FIVE, *flags, "--format", "json").stdout == result.stdout
    schema = json.loads(run("schema", "comparison").stdout)
    assert set(schema["properties"]) == set(document)
    listed = {source["id"] for source in document["sources"]}
    assert {name for path in document["paths"] for name in path["money"]["sources"]} <= listed


BAD = [
    (["gatech-omsc", "courses"], ['no path "gatech-omsc"', "nearest: gatech-omscs"]),
    (["xyzzy", "quux"], ['no path "xyzzy"', 'no path "quux"', "mladvisor list programs"]),
    (["gatech-omscs"], ["got 1", "2 to 5"]),
    (["gatech-omscs"] * 6, ["got 6", "2 to 5"]),
    (["courses", "courses", "carry-on"], ["is named twice"]),
    (["gatech-omscs", "courses", "--goal", "x"], ["--goal"]),
    (["gatech-omscs", "courses", "--years", "0"], ["--years"]),
]


@pytest.mark.parametrize(("arguments", "said"), BAD)
def test_bad_input_is_said_and_nothing_is_printed(arguments: list[str], said: list[str]) -> None:
    result = run("compare", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_path_named_by_two_names_is_named_twice(knowledge: Knowledge) -> None:
    plan = compared(knowledge, ("courses", "carry-on")).paths[0].path
    with pytest.raises(InputError, match="named twice"):
        compared(knowledge, ("courses", plan))


def test_examples_of_the_help_run(tmp_path: Any) -> None:
    (tmp_path / "me.json").write_text('{"goal": "ml-job"}')
    shown = run("compare", "--help").stdout
    examples = [line.split() for line in shown.splitlines() if "mladvisor compare " in line]
    found = [words[1:] for words in examples if words[0] == "mladvisor"]
    assert len(found) == 3
    for words in found:
        arguments = [str(tmp_path / word) if word == "me.json" else word for word in words]
        result = run(*arguments)
        assert result.returncode == 0, result.stderr
        assert "best of the row" in result.stdout
