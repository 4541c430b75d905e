"""`mladvisor advise` as scripts see it: a document on stdout, problems on stderr, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.typed_numbers import read_number
from tests.commands import run

ENGINEER = [
    "--goal",
    "ml-job",
    "--role",
    "ml-engineer",
    "--seniority",
    "mid",
    "--employer",
    "startup",
    "--education",
    "bachelor-cs",
    "--programming",
    "strong",
    "--math",
    "working",
    "--budget",
    "3000",
    "--hours-per-week",
    "10",
]


def document(*arguments: str, stdin: str | None = "") -> dict[str, Any]:
    result = run("advise", "--json", "--today", "2026-11-22", *arguments, stdin=stdin)
    assert result.returncode == 0, result.stderr
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


def test_flags_give_one_json_document_and_nothing_else() -> None:
    result = run("advise", *ENGINEER, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    contract = {
        "schema_version", "data_version", "today", "profile", "unknown", "verdict", "ranking",
        "excluded", "versus", "what_would_change", "find_out_first", "plan", "money",
        "next_steps", "check_before_committing", "sources",
    }  # fmt: skip
    assert contract <= set(json.loads(result.stdout))


def test_another_employer_and_a_hard_filter_give_another_kind_and_the_reasons_say_why() -> None:
    startup = document(*ENGINEER)
    lab_flags = [
        *ENGINEER,
        "--employer",
        "research-lab",
        "--degree-filter",
        "hard",
        "--budget",
        "12000",
    ]
    lab = document(*lab_flags)
    assert startup["verdict"]["kind"] == "courses"
    assert lab["verdict"]["kind"] == "degree"
    out = {row["rule"] for row in lab["excluded"] if row["kind"] == "courses"}
    assert out == {"hard-filter-needs-degree"}
    best = next(path for path in lab["ranking"] if path["path"] == lab["verdict"]["path"])
    credential = next(part for part in best["contributions"] if part["criterion"] == "credential")
    assert credential["points"] == max(part["points"] for part in best["contributions"])
    weigh = next(
        r for r in credential["reasons"] if r["rule"] == "filters-in-research-and-promotion"
    )
    assert weigh["read"] == {"employer": "research-lab", "goal": "ml-job"}


def test_a_file_stdin_and_flags_say_the_same(tmp_path: Path) -> None:
    answers = {
        "goal": "data-job",
        "budget_usd": 9000,
        "technical_job": True,
        "priorities": ["cost"],
    }
    as_json, as_toml = tmp_path / "me.json", tmp_path / "me.toml"
    as_json.write_text(json.dumps(answers))
    as_toml.write_text(
        'goal = "data-job"\nbudget_usd = 9000\ntechnical_job = true\npriorities = ["cost"]\n'
    )
    flags = ["--goal", "data-job", "--budget", "$9,000", "--technical-job", "--priorities", "cost"]
    ways = [
        document("--profile", str(as_json)),
        document("--profile", str(as_toml)),
        document("--profile", "-", stdin=json.dumps(answers)),
        document(*flags),
    ]
    assert ways[0] == ways[1] == ways[2] == ways[3]


def test_a_flag_wins_over_the_file_and_not_sure_is_an_answer() -> None:
    stdin = '{"goal": "phd", "role": "data-scientist"}'
    both = document("--profile", "-", "--goal", "ml-job", "--role", "not-sure", stdin=stdin)
    assert both["profile"] == {"goal": "ml-job"}
    assert document("--goal", "unsure")["profile"] == {}


def test_nothing_answered_is_answered_humbly() -> None:
    humble = document()
    assert humble["profile"] == {}
    assert humble["verdict"]["firmness"]["label"] != "firm"
    assert len(humble["find_out_first"]) >= 2


@pytest.mark.parametrize(
    ("named", "code"),
    [("Nigeria", "NG"), ("germany", "DE"), ("turkey", "TR"), ("The Netherlands", "NL"),
     ("cote d'ivoire", "CI"), ("UK", "GB"), ("u.s.a.", "US"), ("in", "IN")],
)  # fmt: skip
def test_a_place_is_taken_by_code_or_name(named: str, code: str, knowledge: Knowledge) -> None:
    assert make_profile(knowledge, {"country": named}).answers() == {"country": code}


def test_places_are_those_of_the_standard_and_no_name_means_two(knowledge: Knowledge) -> None:
    assert {name: len(each.names) for name, each in knowledge.places.items()} == {
        "countries": 249,
        "us-states": 51,
    }
    for each in knowledge.places.values():
        for code, names in each.names.items():
            assert {each.code(name) for name in (code, *names)} == {code}
    offered = {offer.country for offer in knowledge.offers if offer.country}
    assert offered <= set(knowledge.places["countries"].names)


def test_saved_answers_give_the_same_result(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    first = document(*ENGINEER, "--save", str(kept))
    assert document("--profile", str(kept)) == first
    assert kept.stat().st_mode & 0o077 == 0, "readable only by the user"


def test_top_lists_more_paths_with_the_same_fits() -> None:
    few, many = document(*ENGINEER, "--top", "3"), document(*ENGINEER, "--top", "40")
    fits = {path["path"]: path["fit"] for path in many["ranking"]}
    assert len(many["ranking"]) > len(few["ranking"]) >= 3
    assert all(fits[path["path"]] == path["fit"] for path in few["ranking"])


def test_a_path_ruled_out_says_both_numbers_and_the_way_out() -> None:
    rows = document(*ENGINEER)["excluded"]
    over = next(row for row in rows if row["rule"] == "over-budget")
    assert over["has"] == 3000
    assert over["needs"] > 3000
    assert f"{over['needs']:,.0f} USD" in over["text"]
    assert "3,000 USD" in over["text"]
    assert over["way_out"]


@pytest.mark.parametrize("name", ["profile", "recommendation"])
def test_schemas_are_json_schemas(name: str) -> None:
    schema = json.loads(run("schema", name).stdout)
    assert schema["type"] == "object"
    assert "goal" in schema["properties"] or "verdict" in schema["properties"]


def test_the_document_fits_its_schema() -> None:
    from mladvisor.recommendation.document import Recommendation

    TypeAdapter(Recommendation).validate_python(document(*ENGINEER))


BAD_INPUT = [
    (
        ["--goal", "ml-jb"],
        None,
        ['--goal: got "ml-jb"', 'did you mean "ml-job"', "accepted: one of"],
    ),
    (["--budget", "-5"], None, ["--budget: got -5", "from 0 to 1,000,000 (USD)"]),
    (["--hours-per-week", "300"], None, ["--hours-per-week: got 300", "from 1 to 80"]),
    (["--hours-per-week", "7,5"], None, ['got "7,5"', "write 7.5", "from 1 to 80"]),
    (["--gpa", "3,5"], None, ["--gpa", "write 3.5"]),
    (["--budget", "6.000"], None, ["--budget", "write 6000 or 6;"]),
    (["--budget", "60,00"], None, ["write 60.00"]),
    (["--budget", "1,2345"], None, ['got "1,2345"']),
    (["--budget", "1.234,5"], None, ["digits only"]),
    (["--budget", "6k"], None, ['got "6k"', "digits only, as 6000"]),
    (["--budget", "10 00"], None, ["digits only", "6 000", "6000 USD"]),
    (["--budget", "6.000 USD"], None, ["write 6000 or 6;"]),
    (["--budget", "6000 EUR"], None, ["digits only"]),
    (["--budget", "lots"], None, ['--budget: got "lots"', "accepted: a number"]),
    (["--knows", "python"], None, ['--knows: got "python"', "as linear-algebra=2"]),
    (["--knows", "pyton=2"], None, ["--knows", "as linear-algebra=2"]),
    (["--knows", "lerning-theory=2"], None, ['did you mean "learning-theory"?']),
    (["--knows", "foo=2"], None, ['"foo"', "all skills: mladvisor schema profile"]),
    (
        ["--start", "2026-11-21", "--today", "2026-11-22"],
        None,
        ["--start: got 2026-11-21; accepted: a date from 2026-11-22 to 2036-11-22"],
    ),
    (["--start", "2061-01-01", "--today", "2028-02-29"], None, ["2028-02-29 to 2038-02-28"]),
    (["--profile", "-"], '{"start": "1990-01-01"}', ["start: got 1990-01-01; accepted"]),
    (["--priorities", "cost,time,cost"], None, ['--priorities: "cost" stands more than once']),
    (["--profile", "-"], '{"priorities": ["time", "time"]}', ["priorities", "name each once"]),
    (["--knows", "python=2", "--knows", "python=1"], None, ["--knows: python", "2 and 1"]),
    (["--json", "--format", "html"], None, ["--json", "--format html", "one of the two"]),
    (["--start", "soon"], None, ["--start", "accepted: a date as YYYY-MM-DD"]),
    (["--today", "soon"], None, ["--today", "accepted: a date as YYYY-MM-DD"]),
    (["--country", "XX"], None, ['--country: got "XX"', "ISO 3166"]),
    (["--country", "Germny"], None, ['did you mean "Germany"?']),
    (["--us-state", "ZZ"], None, ['--us-state: got "ZZ"', "as WA or Washington"]),
    (["--profile", "-"], '{"country": "elsewhere"}', ["country", "ISO 3166"]),
    (["--priorities", "cost,fame"], None, ["--priorities", '"fame"', "accepted: some of"]),
    (["--profile", "-"], '{"gaol": "phd"}', ["gaol", "unknown key", 'did you mean "goal"']),
    (["--profile", "-"], '{"budget_usd": "9"}', ["budget_usd", 'got "9"', "accepted: a number"]),
    (["--profile", "-"], '{"budget_usd": true}', ["budget_usd", "got true", "accepted: a number"]),
    (["--profile", "-"], '{"technical_job": "y"}', ["technical_job", "true or false"]),
    (["--profile", "-"], '{"goal": 3}', ["goal", "got 3", "accepted: one of"]),
    (["--profile", "-"], '{"priorities": "cost"}', ["priorities", "accepted: some of"]),
    (["--profile", "-"], '{"budget_usd": NaN}', ["NaN"]),
    (["--profile", "-"], '{"goal": "phd", "goal": "ml-job"}', ["names goal twice"]),
    (["--profile", "-"], r'{"\u001b]0;x\u0007evil": 1}', [r"\x1b]0;x\x07evil: unknown key"]),
    (["--profile", "-"], r'{"goal": "\u202e\n\u009b2j"}', [r'got "\u202e\n\x9b2j"']),
    (["--profile", "-"], "goal: phd", ["standard input", "is not JSON", "line 1"]),
    (["--profile", "-"], "[1]", ["standard input", "holds a list", "expected an object"]),
    (["--profile", "-"], "null", ["standard input: holds null; expected an object"]),
    (["--profile", "-"], '"x"', ["holds a text; expected an object"]),
    (["--profile", "-"], f'{{"gpa": {"9" * 5001}}}', ["a number of 5,001 digits; expected"]),
    (["--profile", "-"], f'{{"gpa": {"9" * 400}}}', ["gpa: got 999", "…; accepted: a number"]),
    (["--profile", "-"], "", ["standard input", "is empty"]),
    (["--profile", "no-such.json"], None, ["no-such.json", "can't be read", "no such file"]),
    (["--profile", "."], None, [".: can't be read"]),
    (["--save", "no/such/folder/me.json"], None, ["can't be written"]),
    (["--no-such-flag"], None, ["no such flag"]),
]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("6000", 6000),
        ("6,000", 6000),
        ("$12,345.50", 12345.5),
        ("7.5", 7.5),
        ("0.125", 0.125),
        ("10 000", 10000),
        ("1\u202f000\u202f000", 1e6),
        ("10\u00a0000.50", 10000.5),
        ("10000 USD", 10000),
        ("10,000 usd", 10000),
        ("3000$", 3000),
        ("500 dollars", 500),
    ],
)
def test_a_typed_number_is_read_as_it_is_meant(text: str, read: float) -> None:
    assert read_number(text, high=1_000_000) == read


def test_three_digits_after_the_dot_are_decimals_where_thousands_make_no_sense() -> None:
    assert document("--gpa", "3.875")["profile"] == {"gpa": 3.875}
    assert document("--gpa", "unknown")["profile"] == {}


@pytest.mark.parametrize(("arguments", "stdin", "said"), BAD_INPUT)
def test_bad_input_is_said_in_one_line_and_nothing_is_printed(
    arguments: list[str], stdin: str | None, said: list[str]
) -> None:
    result = run("advise", *arguments, stdin=stdin)
    assert (result.returncode, result.stdout) == (2, "")
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert all(line.isprintable() for line in result.stderr.splitlines())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments",
    ["advise --goal ml-job", "advise --goal ml-job --json", "options", "faq", "schema profile",
     "plan --format html", "batch - --fields kind"],
)  # fmt: skip
def test_an_output_that_takes_no_more_is_said_and_no_fault_of_the_program(arguments: str) -> None:
    shell = f"echo '{{}}' | {sys.executable} -m mladvisor {arguments} > /dev/full"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "mladvisor: can't write the output: no space left on device\n"


@pytest.mark.parametrize(
    "arguments",
    ["advise --goal ml-job", "advise --goal ml-job --json", "options", "faq", "schema profile",
     "plan --format html", "batch - --fields kind", "advise --help", "--version"],
)  # fmt: skip
def test_a_closed_output_is_said_and_a_closed_stream_for_messages_is_not_missed(
    arguments: str,
) -> None:
    command = f"echo '{{}}' | {sys.executable} -m mladvisor {arguments}"
    shell = ["bash", "-c", f"{command} >&-"]
    result = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "mladvisor: can't write the output: standard output is closed\n"
    silent = subprocess.run(["bash", "-c", f"{command} 2>&-"], capture_output=True, check=False)
    heard = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (silent.returncode, silent.stdout) == (heard.returncode, heard.stdout) != (0, b"")


def test_a_report_to_a_file_needs_no_open_stream(tmp_path: Path) -> None:
    command = f"{sys.executable} -m mladvisor advise --goal phd --json -o {tmp_path}/me.json"
    shell = ["bash", "-c", f"{command} <&- >&- 2>&-"]
    assert subprocess.run(shell, check=False).returncode == 0
    assert json.loads((tmp_path / "me.json").read_text())["profile"] == {"goal": "phd"}


def test_all_problems_come_at_once_each_on_its_line() -> None:
    stdin = '{"gaol": 1, "math": "good", "gpa": 9}'
    flags = ["--goal", "x", "--budget", "much", "--hours-per-week", "300"]
    lines = run("advise", "--profile", "-", *flags, stdin=stdin).stderr.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("mladvisor: ") for line in lines)


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m mladvisor advise --goal phd"
    for script in (f"{command} | head -1", f"{command} --json | head -c 10"):
        shell = f"set -o pipefail; {script}"
        result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")


def test_the_interview_needs_a_terminal() -> None:
    result = run()
    assert result.returncode == 2
    assert "mladvisor advise --help" in result.stderr


def test_version() -> None:
    assert run("--version").stdout.startswith("mladvisor ")
