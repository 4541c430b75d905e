"""`mladvisor batch`: lines in, lines out, in order; a bad line spoils no other."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks.batch import people

from mladvisor.batch.rows import Request, answer_lines
from mladvisor.batch.stream import LINES_AT_ONCE, answer_stream
from mladvisor.knowledge.load import load
from mladvisor.paths import plans
from mladvisor.recommendation.document import Recommendation
from mladvisor.report.content.recommendation import recommendation_page
from mladvisor.report.terminal.page import page_text

PEOPLE: list[dict[str, Any]] = [
    {"goal": "ml-job", "role": "ml-engineer", "education": "bachelor-cs", "budget_usd": 3000},
    {"goal": "phd", "research_experience": "some", "id": "two"},
    {"goal": "data-job", "degree_filter": "hard", "employer_pays_usd_per_year": 5250, "id": 3},
    {},
]
GOOD = [json.dumps(person) for person in PEOPLE]
FEW = ("--scenarios", "40", "--today", "2026-11-22")
COMMAND = [sys.executable, "-m", "mladvisor", "batch"]
ENVIRONMENT = {**os.environ, "NO_COLOR": "1"}


def batch(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, text=True, env=ENVIRONMENT,
        check=False,
    )  # fmt: skip


def advise(person: dict[str, Any]) -> dict[str, Any]:
    given = json.dumps({key: value for key, value in person.items() if key != "id"})
    run = subprocess.run(
        [sys.executable, "-m", "mladvisor", "advise", "--profile", "-", "--json",
         "--today", "2026-11-22"],
        input=given, capture_output=True, text=True, env=ENVIRONMENT, check=True,
    )  # fmt: skip
    document: dict[str, Any] = json.loads(run.stdout)
    return document


def test_explored_documents_are_those_of_advise_in_order(tmp_path: Path) -> None:
    source, target = tmp_path / "people.jsonl", tmp_path / "advice.jsonl"
    source.write_text("\n".join(GOOD) + "\n")
    run = batch(str(source), "-o", str(target), "--today", "2026-11-22", "--scenarios", "1000",
                "--explore")  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    documents = [json.loads(line) for line in target.read_text().splitlines()]
    assert [document.pop("id", None) for document in documents] == [None, "two", 3, None]
    assert documents == [advise(person) for person in PEOPLE]


TRIED = (
    "what_would_change", "would_not_change", "weights_that_would_change", "find_out_first",
)  # fmt: skip
"""What takes trying other answers, weights and figures."""


def test_documents_say_that_other_answers_were_not_tried_and_differ_in_nothing_else() -> None:
    run = batch("-", "--scenarios", "1000", "--today", "2026-11-22", stdin="\n".join(GOOD))
    assert (run.returncode, run.stderr) == (0, "")
    for line, person in zip(run.stdout.splitlines(), PEOPLE, strict=True):
        document, whole = json.loads(line), advise(person)
        Recommendation.model_validate({k: v for k, v in document.items() if k != "id"})
        assert document.pop("id", None) == person.get("id")
        assert [document[name] for name in TRIED[:-1]] == [[], [], []]
        assert all(row["chance_to_change"] == 0 for row in document["find_out_first"])
        tried, about = whole["about"].pop("other_answers_tried"), document["about"]
        assert (tried, about.pop("other_answers_tried")) == (True, False)
        assert "Not looked for here" in about["statements"].pop(0)
        for name in TRIED:
            del document[name], whole[name]
        assert document == whole


def test_a_report_of_such_a_document_does_not_say_that_nothing_changes_it() -> None:
    request = Request(date(2026, 11, 22), 40)
    answered = answer_lines([GOOD[0]], request)[0].text
    assert answered is not None
    document = Recommendation.model_validate_json(answered)
    shown = page_text(recommendation_page(document, load().texts))
    assert "Other answers and weights were not tried." in shown
    assert "that was tried changes the kind" not in shown


@pytest.mark.parametrize("kind", [{}, {"fields": ("kind", "share")}, {"explore": True}])
def test_what_lines_leave_behind_is_freed_at_once(kind: dict[str, Any]) -> None:
    """Arrays of whole blocks that wait for the next search for garbage add up."""
    lines = [json.dumps(person) for person in people(4)]
    request = Request(date(2026, 11, 22), 40, **kind)
    answer_lines(lines[:2], request)
    gc.collect()
    gc.disable()
    try:
        answer_lines(lines[2:], request)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_nothing_is_printed_as_minus_nothing() -> None:
    lines = [json.dumps(person) for person in people(8)]
    for one in answer_lines(lines, Request(date(2026, 11, 22), 40)):
        assert one.text is not None
        assert "-0.0," not in one.text
        assert "-0.0}" not in one.text


def test_a_document_lists_as_many_paths_as_are_wanted_and_the_best_of_each_kind() -> None:
    def listed(top: int) -> list[str]:
        text = answer_lines([GOOD[0]], Request(date(2026, 11, 22), 40, top=top))[0].text
        assert text is not None
        return [path["path"] for path in json.loads(text)["ranking"]]

    everything, few = listed(1000), listed(2)
    assert few[:2] == everything[:2]
    assert 2 < len(few) < len(listed(8)) < len(everything)
    assert [path for path in everything if path in few] == few


def test_rows_give_the_verdict_of_advise_with_as_many_scenarios() -> None:
    fields = "kind,path,title,headline,first_step,label,share,runner_up,fit"
    run = batch("-", "--fields", fields, "--scenarios", "1000", "--today", "2026-11-22",
                stdin="\n".join(GOOD))  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    for line, person in zip(run.stdout.splitlines(), PEOPLE, strict=True):
        row, document = json.loads(line), advise(person)
        verdict = document["verdict"]
        best = next(each for each in document["ranking"] if each["path"] == verdict["path"])
        assert row.pop("id", None) == person.get("id")
        assert row.pop("fit") == best["fit"]
        assert (row.pop("label"), row.pop("share")) == (
            verdict["firmness"]["label"],
            verdict["firmness"]["share"],
        )
        assert row == {name: verdict[name] for name in row}
        assert list(row) == ["kind", "path", "title", "headline", "first_step", "runner_up"]


BAD = {
    "not json": "is not JSON",
    "[1, 2]": "holds a list; expected an object",
    '{"goal": "ml-jobs"}': 'goal: got "ml-jobs"; did you mean "ml-job"?',
    '{"gaol": "phd", "budget_usd": -1}': 'gaol: unknown key; did you mean "goal"?',
    '{"budget_usd": NaN}': "holds NaN",
    '{"country": "XX"}': 'country: got "XX"; accepted: a country',
    '{"start": "2026-11-21"}': "start: got 2026-11-21; accepted: a date from 2026-11-22",
    '{"goal": "phd", "goal": "personal"}': "names goal twice",
}


def test_a_bad_line_is_reported_with_its_number_and_left_out(tmp_path: Path) -> None:
    lines = [GOOD[0], *BAD, "", GOOD[1]]
    run = batch("-", "--fields", "kind", *FEW, stdin="\n".join(lines))
    assert run.returncode == 2
    assert [list(json.loads(line)) for line in run.stdout.splitlines()] == [
        ["kind"], ["id", "kind"],
    ]  # fmt: skip
    said = run.stderr.splitlines()
    for number, message in enumerate(BAD.values(), start=2):
        assert any(f"line {number}" in line and message in line for line in said), message
    assert said[-1] == f"mladvisor: {len(BAD)} of {len(lines)} lines were left out"


def test_bytes_that_are_no_text_spoil_no_other_line(tmp_path: Path) -> None:
    source = tmp_path / "people.jsonl"
    source.write_bytes(b'{"goal": "phd"}\n\xff\xfe\n{"goal": "personal"}')
    run = batch(str(source), "--fields", "kind", *FEW)
    assert (run.returncode, len(run.stdout.splitlines())) == (2, 2)
    assert "line 2: is not UTF-8 text" in run.stderr


def test_strict_stops_at_the_first_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "advice.jsonl"
    target.write_text("old\n")
    run = batch("-", "-o", str(target), "--fields", "kind", "--strict", *FEW,
                stdin=f"{GOOD[0]}\nnot json\n")  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.startswith("mladvisor: line 2: is not JSON")
    assert target.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [target], "nothing half-written is left"


def test_csv_has_a_header_and_quotes_what_needs_it() -> None:
    people = [{"id": 'a, "b"', "goal": "phd"}, {"goal": "personal"}]
    run = batch("-", "--format", "csv", "--fields", "path,headline", *FEW,
                stdin="\n".join(map(json.dumps, people)))  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert [row["id"] for row in rows] == ['a, "b"', ""]
    assert all(row["headline"] and row["path"] for row in rows)
    usual = batch("-", "--format", "csv", *FEW, stdin=GOOD[0])
    assert usual.stdout.splitlines()[0] == "id,kind,path,share,label,fit"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--explore", "--fields", "kind"], "--explore: belongs to whole documents"),
        (["-", "--top", "3", "--format", "csv"], "--top: belongs to whole documents"),
        (["nowhere.jsonl"], "nowhere.jsonl: can't be read"),
        (["-", "--fields", "kinds"], '--fields: got "kinds"; did you mean "kind"?'),
        (["-", "--fields", ","], "--fields: names none; accepted: kind,"),
        (["-", "-o", "no/such/folder/x"], "no/such/folder/x: can't be written"),
        (["-", "--data", "nowhere"], '"nowhere" is no folder'),
    ],
)
def test_what_can_not_be_used_is_said(arguments: list[str], message: str) -> None:
    run = batch(*arguments, stdin=GOOD[0])
    assert run.returncode == 2
    assert message in run.stderr


def many(count: int) -> list[bytes]:
    goals = ("ml-job", "phd", "personal")
    people = [{"id": at, "goal": goals[at % 3], "role": "ml-engineer"} for at in range(count)]
    return [json.dumps(person).encode() for person in people]


def test_several_processes_give_the_same_lines_in_order() -> None:
    request = Request(date(2026, 11, 22), 10, ("kind", "share"))
    lines = many(2 * LINES_AT_ONCE[False] + 7)
    lines[600] = b"not json"

    def answered(jobs: int) -> tuple[list[str], list[int]]:
        out: list[str] = []
        refused: list[int] = []
        tally = answer_stream(
            lines, out.append, lambda number, _: refused.append(number), request, jobs=jobs
        )
        assert (tally.read, tally.refused) == (len(lines), 1)
        return out, refused

    one, refused = answered(1)
    assert refused == [601]
    assert [json.loads(line)["id"] for line in one] == [at for at in range(len(lines)) if at != 600]
    assert answered(2) == (one, refused)


def test_an_engine_can_map_the_function_over_partitions() -> None:
    request = Request(date(2026, 11, 22), 10, ("kind", "path"))
    mapped = pickle.loads(pickle.dumps(answer_lines))
    whole = answer_lines(GOOD, pickle.loads(pickle.dumps(request)))
    apart = [mapped([line], request)[0] for line in GOOD]
    assert pickle.loads(pickle.dumps(whole)) == apart


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    source = tmp_path / "people.jsonl"
    source.write_bytes(b"\n".join(many(3000)))
    command = f"{' '.join(COMMAND)} {source} --fields headline --scenarios 10 --jobs 2 | head -1"
    run = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["id"] == 0


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    source, target = tmp_path / "people.jsonl", tmp_path / "advice.jsonl"
    source.write_bytes(b"\n".join(many(5000)))
    run = subprocess.Popen(
        [*COMMAND, str(source), "-o", str(target), "--jobs", "2"],
        stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, start_new_session=True,
    )  # fmt: skip
    partial = tmp_path / ".advice.jsonl.partial"
    deadline = time.monotonic() + 60
    while not (partial.exists() and partial.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == [source]


def test_what_was_answered_before_changes_no_line() -> None:
    """Also where a table of course plans is full, prices are forgotten, and all is made anew."""
    request = Request(date(2026, 11, 22), 40, ("kind", "path", "share", "fit"))
    lines: list[bytes | str] = [*GOOD, *many(40)]
    alone = [answer_lines([line], request)[0] for line in lines]
    before = plans.MOST_PRICES
    plans.MOST_PRICES = 0
    try:
        assert [answer_lines([line], request)[0] for line in reversed(lines)] == alone[::-1]
    finally:
        plans.MOST_PRICES = before
    assert answer_lines(lines, request) == alone


@pytest.mark.parametrize("fields", [None, ("kind", "path", "share")])
def test_an_answer_is_the_same_alone_and_among_others(fields: tuple[str, ...] | None) -> None:
    request = Request(date(2026, 11, 22), 100, fields)
    lines = [json.dumps(person) for person in people(60)]
    among = answer_lines(lines, request)
    assert [answer_lines([line], request)[0] for line in lines] == among
