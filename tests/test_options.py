"""The neutral account: every option in the same fields, in equal detail, without a ranking."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from mladvisor.browse.options import FIGURES, Option, Options, all_options
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.knowledge.models import PathKind
from mladvisor.knowledge.rows import PathOption
from mladvisor.paths.offers import PathBuilder
from mladvisor.report.content.blocks import Fields, Page
from mladvisor.report.content.options import options_page
from mladvisor.report.terminal.page import print_page
from tests.commands import run

TODAY = date(2026, 11, 22)

BALANCE = 1.35
"""How many times the words of one side may be those of the other."""

DETAIL = 1.6
"""How many times the words of the longest option may be those of the shortest."""


@pytest.fixture(scope="module")
def document(knowledge: Knowledge) -> Options:
    return all_options(knowledge, TODAY)


@pytest.fixture(scope="module")
def page(document: Options, knowledge: Knowledge) -> Page:
    return options_page(document, knowledge.texts["options"])


def words(*texts: str) -> int:
    return len(" ".join(texts).split())


def test_every_option_has_every_field_in_one_order(page: Page) -> None:
    fields = [block for section in page.sections for block in section.blocks]
    told = [block for block in fields if isinstance(block, Fields)]
    assert len(told) == len(page.sections) == len(fields)
    labels = {tuple(label for label, _ in block.rows) for block in told}
    assert len(labels) == 1
    for block in told:
        for label, lines in block.rows:
            assert lines, label
            assert all(line.text.strip(". ") for line in lines), label


def test_the_fields_are_all_that_is_known_of_an_option(knowledge: Knowledge) -> None:
    names = [field["name"] for field in knowledge.texts["options"]["fields"]]
    assert set(FIGURES) <= set(names)
    assert len(names) == len(set(names))


def test_good_and_bad_sides_are_told_in_equal_detail(knowledge: Knowledge) -> None:
    points = {
        (len(each.speaks_for), len(each.speaks_against), len(each.wrong_for))
        for each in knowledge.options
    }
    assert len(points) == 1, "as many points for and against for every option"
    assert all(good == bad for good, bad, _ in points)
    for option in knowledge.options:
        good, bad = words(*option.speaks_for), words(*option.speaks_against)
        assert max(good, bad) <= BALANCE * min(good, bad), option.id


def test_no_option_is_told_at_greater_length(knowledge: Knowledge) -> None:
    def length(option: PathOption) -> int:
        sides = (*option.speaks_for, *option.speaks_against, *option.wrong_for)
        return words(option.what, option.gives, option.week, *sides)

    lengths = [length(option) for option in knowledge.options]
    assert max(lengths) <= DETAIL * min(lengths)


def test_there_is_no_ranking(document: Options) -> None:
    titles = [option.title for option in document.options]
    assert titles == sorted(titles)
    assert not {"fit", "rank", "points", "score"} & set(Option.model_fields)


def test_every_kind_and_every_path_belongs_to_an_option(knowledge: Knowledge) -> None:
    kinds = {option.kind for option in knowledge.options}
    assert set(get_args(PathKind)) <= kinds
    for path in PathBuilder(knowledge, TODAY).paths():
        of = [
            option.id
            for option in knowledge.options
            if option.kind == path.kind and (not option.paths or path.id in option.paths)
        ]
        assert len(of) == 1, f"{path.id}: {of}"


def test_figures_name_their_group_and_date(document: Options) -> None:
    for option in document.options:
        assert option.group
        for figure in option.figures:
            told = figure.low is not None or figure.words is not None
            assert told or figure.unknown or figure.known == 0
            if figure.name == "finish" and figure.low is not None:
                assert figure.note, f"{option.id}: who was counted"
                assert figure.source, f"{option.id}: by whom"
                assert figure.evidence, f"{option.id}: when, or that it is undated"


def test_unknown_is_said_and_never_zero(page: Page, document: Options) -> None:
    labels = {each.title: dict(section_rows(page, each.title)) for each in document.options}
    for option in document.options:
        for figure in option.figures:
            shown = labels[option.title][figure.name]
            if figure.low is None and figure.words is None and not figure.open_to_all:
                assert (figure.unknown or "not known") in shown.lower(), option.id
                assert not shown.startswith("0")


def section_rows(page: Page, title: str) -> list[tuple[str, str]]:
    section = next(section for section in page.sections if section.title == title)
    block = section.blocks[0]
    assert isinstance(block, Fields)
    names = [field["name"] for field in load().texts["options"]["fields"]]
    return [
        (name, " ".join(line.text for line in lines))
        for name, (_, lines) in zip(names, block.rows, strict=True)
    ]


def test_figures_are_computed_from_the_data(tmp_path: Path, document: Options) -> None:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "gatech-omscs.toml").write_text(
        'id = "gatech-omscs"\n[facts]\n'
        'cost_usd = { value = 250000, source = "judgement", note = "a test" }\n'
    )
    changed = all_options(load(str(tmp_path)), TODAY)
    before, after = (
        next(
            f for o in each.options if o.id == "degree" for f in o.figures if f.name == "price_usd"
        )
        for each in (document, changed)
    )
    assert before.high is not None
    assert before.high < 250000
    assert after.high == 250000
    assert after.known == before.known


def test_an_option_needs_an_origin_of_its_figures(tmp_path: Path) -> None:
    (tmp_path / "options.toml").write_text('[[options]]\nid = "degree"\ncourse_level = "intro"\n')
    result = run("options", "--data", str(tmp_path))
    assert result.returncode == 3
    assert "exactly one of: kind, course_level" in result.stderr


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_it_reads_without_an_answer(format_: str, document: Options) -> None:
    result = run("options", "--format", format_, "--today", "2026-11-22")
    assert result.returncode == 0
    flat = " ".join(result.stdout.replace("&#39;", "'").split())
    for option in document.options:
        assert option.title in flat
    if format_ == "json":
        assert json.loads(result.stdout)["today"] == "2026-11-22"


@pytest.mark.parametrize("width", ["40", "60", "100"])
def test_it_fits_a_narrow_terminal(width: str, page: Page) -> None:
    stream = io.StringIO()
    print_page(page, stream, width=int(width))
    assert max(map(len, stream.getvalue().splitlines())) <= int(width)
