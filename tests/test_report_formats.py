"""The shareable report: the same advice in every format, accessible and escaped."""

from __future__ import annotations

import io
import json
import os
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from mladvisor.browse.options import Options, all_options
from mladvisor.cli.options import Format
from mladvisor.cli.output import Result, rendered
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.recommendation.document import Recommendation
from mladvisor.report.content.blocks import Bars, Items, Page, Part, Scatter, Table, Timeline
from mladvisor.report.content.recommendation import brief_page, recommendation_page
from mladvisor.report.html.page import as_html
from mladvisor.report.html.svg import ticks
from mladvisor.report.markdown import as_markdown, escaped
from mladvisor.report.phrases import signed, web_page
from mladvisor.report.terminal.page import page_text
from tests import accessibility
from tests.commands import run
from tests.test_advise import ENGINEER
from tests.test_people import FOUR, TODAY
from tests.test_people import advise as advised

EVIL = "<script>alert(\"x\")</script> | *b* [l](javascript:alert(1)) `c` & 'q'"


@pytest.fixture(scope="module")
def options(knowledge: Knowledge) -> Options:
    return all_options(knowledge, TODAY)


@pytest.fixture(scope="module")
def documents(knowledge: Knowledge) -> dict[str, Recommendation]:
    return {name: advised(name, knowledge) for name in FOUR}


@pytest.fixture(scope="module")
def pages(
    documents: dict[str, Recommendation], options: Options, knowledge: Knowledge
) -> dict[str, Page]:
    return {
        name: recommendation_page(document, knowledge.texts, options)
        for name, document in documents.items()
    }


@pytest.fixture(scope="module")
def trees(knowledge: Knowledge) -> dict[str, Element]:
    """Every page, parsed strictly: it is XML as well."""
    return {name: fromstring(html) for name, html in accessibility.pages(knowledge)}


@pytest.fixture(params=(*FOUR, "options", "plan", "compare"))
def tree(request: pytest.FixtureRequest, trees: dict[str, Element]) -> Element:
    return trees[request.param]


def text_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


class _Tags(HTMLParser):
    """Counts tags that are opened and not closed, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        """Void elements, and those of a picture, end where they begin."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_browser_reads_the_tags_as_they_are_meant(pages: dict[str, Page]) -> None:
    html = as_html(pages["career-changer"])
    assert html.startswith("<!DOCTYPE html>\n")
    reader = _Tags()
    reader.feed(html)
    assert reader.open == []


def test_ids_are_unique_and_links_inside_lead_somewhere(tree: Element) -> None:
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    inside = [href for a in tree.iter("a") if (href := a.get("href", "")).startswith("#")]
    assert {href[1:] for href in inside} <= set(ids)
    named = [name for each in tree.iter() for name in each.get("aria-labelledby", "").split()]
    assert set(named) <= set(ids)


def test_nothing_is_fetched(tree: Element) -> None:
    assert not [each.tag for each in tree.iter() if each.tag in ("script", "link", "img", "iframe")]
    for each in tree.iter():
        assert not {"src", "srcset", "style", "xlink:href"} & set(each.attrib), each.tag
        assert each.tag == "a" or "href" not in each.attrib
        assert not [name for name in each.attrib if name.startswith("on")]
    style = "".join(each.text or "" for each in tree.iter("style"))
    assert "url(" not in style
    assert "@import" not in style


def test_links_outside_are_web_pages(tree: Element) -> None:
    hrefs = [a.get("href", "") for a in tree.iter("a")]
    assert all(href.startswith(("#", "https://", "http://")) for href in hrefs)
    assert any(href.startswith("https://") for href in hrefs)


def test_a_reader_who_listens_finds_the_way(tree: Element) -> None:
    assert tree.get("lang") == "en"
    assert (tree.findtext("head/title") or "").strip()
    body = tree.find("body")
    assert body is not None
    assert [each.tag for each in body] == ["a", "header", "nav", "main", "footer"]
    assert body[0].get("href") == "#main"
    levels = [int(each.tag[1]) for each in tree.iter() if re.fullmatch(r"h[1-6]", str(each.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_say_what_they_hold(tree: Element) -> None:
    tables = list(tree.iter("table"))
    captions = [text_of(caption) for table in tables for caption in table.iter("caption")]
    assert len(captions) == len(tables) == len(set(captions))
    for table in tables:
        heads = table.findall("thead/tr/th")
        assert heads
        assert all(head.get("scope") == "col" and text_of(head) for head in heads)
        for row in table.findall("tbody/tr"):
            assert [head.get("scope") for head in row.findall("th")] == ["row"]
            assert len(row) == len(heads)


def test_every_picture_has_a_name_and_a_text(tree: Element) -> None:
    for picture in tree.iter("svg"):
        assert picture.get("role") == "img"
        assert picture.findtext("title")
        assert re.search(r"\d", picture.findtext("desc") or "")


@pytest.mark.parametrize("name", FOUR)
def test_what_a_picture_shows_stands_beside_it(name: str, pages: dict[str, Page]) -> None:
    shown = 0
    for section in pages[name].sections:
        groups = [section.blocks, *(b.blocks for b in section.blocks if isinstance(b, Part))]
        for blocks in groups:
            for at, block in enumerate(blocks):
                told = told_in(blocks[at + 1 :] if not isinstance(block, Scatter) else blocks[:at])
                if isinstance(block, Bars):
                    figures = [f"{bar.label} {signed(bar.value)}" for bar in block.bars]
                elif isinstance(block, Scatter):
                    figures = [f"{dot.number} {dot.label}" for dot in block.dots]
                elif isinstance(block, Timeline):
                    figures = [span.label for span in block.spans]
                else:
                    continue
                shown += 1
                assert [figure for figure in figures if figure not in told] == []
    assert shown >= 3


def told_in(blocks: Any) -> str:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Items):
            parts += [f"{line.said} {line.text}" for line in block.lines]
        elif isinstance(block, Table):
            parts += [" ".join(row) for row in block.told]
    return "\n".join(parts)


def test_bars_stand_on_the_right_side_and_inside(tree: Element) -> None:
    for picture in tree.iter("svg"):
        width = float(picture.get("viewBox", "").split()[2])
        for box in picture.iter("rect"):
            start, length = float(box.get("x", "")), float(box.get("width", ""))
            assert 0 <= start <= start + length <= width
        axis = [line for line in picture.iter("line") if line.get("class") == "axis"]
        if axis:
            zero = float(axis[0].get("x1", ""))
            for box in picture.iter("rect"):
                start, length = float(box.get("x", "")), float(box.get("width", ""))
                if box.get("class") == "for":
                    assert start == pytest.approx(zero)
                else:
                    assert start + length == pytest.approx(zero, abs=0.11)


@pytest.mark.parametrize("highest", [0, 0.4, 7, 60, 9473, 122_000])
def test_ticks_are_round_few_and_reach_the_highest(highest: float) -> None:
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= 8


@pytest.mark.parametrize("name", FOUR)
def test_every_format_gives_the_same_advice(
    name: str, documents: dict[str, Recommendation], pages: dict[str, Page]
) -> None:
    document, page = documents[name], pages[name]
    html = text_of(fromstring(as_html(page)))
    markdown = as_markdown(page)
    terminal = " ".join(page_text(page).split())
    markdown = " ".join(re.sub(r"\\(.)", r"\1", markdown).split())
    for written in (html, markdown, terminal):
        assert document.verdict.headline in written
        assert f"How sure: {document.verdict.firmness.label}" in written
        for path in document.ranking:  # a narrow column of the terminal breaks a title
            assert set(path.title.split()) <= set(written.split())
        for row in document.versus:
            assert row.text in written
        for advice in (*document.next_steps, *document.check_before_committing):
            assert advice.text in written
        for reason in document.ranking[0].contributions:
            assert reason.reasons[0].text in written
        for source in document.sources:
            assert source.title in written
        for statement in document.about.statements:
            assert statement in written


def test_the_answer_comes_first_and_the_neutral_account_last(pages: dict[str, Page]) -> None:
    for page in pages.values():
        ids = [section.id for section in page.sections]
        assert ids[:2] == ["ranking", "why"]
        assert ids[-1] == "options"


def test_what_documents_share_is_changed_by_no_report(
    documents: dict[str, Recommendation], options: Options, knowledge: Knowledge
) -> None:
    """Documents share parts, and lists with the knowledge base."""

    def state() -> list[str]:
        return [json.dumps(knowledge.texts), *(row.model_dump_json() for row in documents.values())]

    before = state()
    for document, whole in product(documents.values(), (brief_page, recommendation_page)):
        page = partial(whole, document, knowledge.texts)
        for format_ in Format:
            assert rendered(Result(document, lambda _: page()), format_)  # noqa: B023 - used at once
    assert state() == before


def test_nothing_in_the_data_becomes_markup(
    documents: dict[str, Recommendation], options: Options, knowledge: Knowledge
) -> None:
    document = documents["career-changer"]
    path = replace(
        document.ranking[0],
        title=EVIL,
        summary=EVIL,
        strengths=[EVIL],
        url="javascript:alert(1)",
    )
    verdict = document.verdict.model_copy(update={"headline": EVIL, "path": path.path})
    sources = [row.model_copy(update={"title": EVIL, "url": "data:x"}) for row in document.sources]
    changed = document.model_copy(
        update={
            "verdict": verdict,
            "ranking": [path, *document.ranking[1:]],
            "sources": sources,
        }
    )
    page = recommendation_page(changed, knowledge.texts, options)
    tree = fromstring(as_html(page))
    assert not list(tree.iter("script"))
    assert text_of(next(tree.iter("h1"))) == EVIL
    assert not [a for a in tree.iter("a") if "script:" in a.get("href", "")]
    markdown = as_markdown(page)
    assert not re.search(r"(?<!\\)[<>]", markdown)
    assert not re.search(r"(?<!\\)\]\((?!https?://)", markdown)


def test_a_local_file_can_not_break_the_page(tmp_path: Path) -> None:
    (tmp_path / "certificates").mkdir()
    (tmp_path / "certificates" / "dlai-ml-specialization.toml").write_text(
        'id = "dlai-ml-specialization"\nshort_name = "A <script>alert(1)</script> & \\"B\\""\n'
    )
    command = ("advise", *ENGINEER, "--data", str(tmp_path), "--top", "50")
    html = run(*command, "--format", "html").stdout
    tree = fromstring(html)
    assert not list(tree.iter("script"))
    assert 'A <script>alert(1)</script> & "B"' in text_of(tree)
    assert "Your own data took part" in text_of(tree)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. first", "1\\. first"),
        ("- 0.6: less", "\\- 0.6: less"),
        ("a | b", "a \\| b"),
        ("<b>", "\\<b\\>"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_only_web_pages_are_linked() -> None:
    assert web_page("https://example.org/") == "https://example.org/"
    assert [web_page(url) for url in ("javascript:alert(1)", "file:///etc", None)] == [None] * 3


FORMATS = ("text", "markdown", "html", "json")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_holds_what_is_printed(format_: str, tmp_path: Path) -> None:
    command = ("advise", *ENGINEER, "--today", "2026-11-22", "--format", format_)
    file = tmp_path / "report"
    printed = run(*command, COLUMNS="100")
    dash = run(*command, "-o", "-", COLUMNS="100")
    written = run(*command, "-o", str(file))
    assert (printed.returncode, dash.returncode, written.returncode) == (0, 0, 0)
    assert written.stdout == ""
    assert str(file) in written.stderr
    assert file.read_text() == dash.stdout == printed.stdout


def test_json_is_short_for_its_format() -> None:
    command = ("advise", *ENGINEER, "--today", "2026-11-22")
    assert run(*command, "--json").stdout == run(*command, "--format", "json").stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_can_not_be_written_is_the_users_to_fix(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("advise", *ENGINEER, "--format", "html", "-o", str(tmp_path / "report.html"))
    assert result.returncode == 2
    assert "can't be written" in result.stderr


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "report.html"
    result = run("advise", *ENGINEER, "--format", "html", "-o", str(target))
    assert result.returncode == 2
    assert result.stdout == ""
    assert "can't be written" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_wrong_format_names_the_right_ones() -> None:
    result = run("advise", *ENGINEER, "--format", "pdf")
    assert result.returncode == 2
    for name in FORMATS:
        assert name in result.stderr


@pytest.mark.skipif(
    accessibility.browser_path() is None or "AXE_CORE" not in os.environ,
    reason="needs a browser, and AXE_CORE to name the file axe.min.js",
)
def test_no_rule_of_accessibility_is_broken() -> None:
    pytest.importorskip("playwright")
    assert accessibility.main(os.environ["AXE_CORE"]) == 0


def test_the_knowledge_base_is_read_once_for_a_report() -> None:
    """A guard on the time a report takes: the options are computed from the same tables."""
    assert all_options(load(), TODAY) == all_options(load(), TODAY)


def test_a_report_can_go_to_any_stream(pages: dict[str, Page]) -> None:
    stream = io.StringIO()
    stream.write(page_text(pages["phd-hopeful"]))
    assert max(map(len, stream.getvalue().splitlines())) <= 100
