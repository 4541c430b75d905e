"""Help as it is read: examples first, flags in groups, topics that say what the program does."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from mladvisor.cli.help import examples_of
from mladvisor.cli.topics import FOLDER, page, summaries
from mladvisor.knowledge.index import flags
from mladvisor.knowledge.load import Knowledge
from tests.commands import COMMANDS, help_of, run
from tests.conftest import ROOT

COMMAND_IDS = [" ".join(command) or "mladvisor" for command in COMMANDS]


@pytest.mark.parametrize("command", COMMANDS, ids=COMMAND_IDS)
def test_help_says_what_it_does_then_examples_then_usage(command: tuple[str, ...]) -> None:
    blocks = help_of(*command).split("\n\n")
    path = " ".join(("mladvisor", *command))
    assert blocks[0][0].isupper()
    assert blocks[1].startswith("Examples:\n")
    assert path in blocks[1]
    assert blocks[2].startswith(f"Usage: {path}")
    assert blocks[-1].strip().startswith(("Flags:", "Input and output:", "Commands:", "Read more"))


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("command", COMMANDS, ids=COMMAND_IDS)
def test_help_keeps_to_the_width(command: tuple[str, ...], columns: int) -> None:
    wide = [line for line in help_of(*command, columns=columns).splitlines() if len(line) > columns]
    # Only what can't be broken may stick out: one word, such as a flag or quoted JSON.
    words = [shlex.split(line.rstrip(" \\")) for line in wide]
    assert all(len(parts) <= 2 for parts in words), wide


@pytest.mark.parametrize("command", ["advise", "plan"])
def test_the_flag_of_every_question_stands_in_its_group(command: str) -> None:
    blocks = help_of(command).split("\n\n")
    for flag in flags():
        block = next(block for block in blocks if block.startswith(f"{flag.group}:\n"))
        assert re.search(rf"{flag.names[0][2:]}\s", block), flag.field


@pytest.mark.parametrize("topic", summaries())
@pytest.mark.parametrize("columns", [80, 40])
def test_a_topic_begins_with_what_it_is_about_and_keeps_to_the_width(
    topic: str, columns: int
) -> None:
    result = run("help", topic, COLUMNS=str(columns))
    assert (result.returncode, result.stderr) == (0, "")
    assert " ".join(result.stdout.split()).startswith(summaries()[topic])
    assert max(map(len, result.stdout.splitlines())) <= columns


def test_help_alone_lists_commands_and_topics() -> None:
    listed = run("help").stdout
    assert listed == help_of()
    assert all(f"\n  {topic} " in listed for topic in summaries())


@pytest.mark.parametrize("command", ["advise", "plan"])
def test_help_explains_a_command_too(command: str) -> None:
    assert run("help", command).stdout == help_of(command)


def test_a_topic_that_is_a_command_too_is_followed_by_its_help() -> None:
    both = run("help", "data").stdout
    assert both.startswith(summaries()["data"])
    assert both.endswith(help_of("data"))


@pytest.mark.parametrize(
    ("word", "near"), [("format", "formats"), ("advice", "advise"), ("zzz", None)]
)
def test_an_unknown_topic_is_an_error_that_lists_the_known_ones(
    word: str, near: str | None
) -> None:
    result = run("help", word)
    assert (result.returncode, result.stdout) == (2, "")
    assert all(topic in result.stderr for topic in summaries())
    assert (near is None) == ("did you mean" not in result.stderr)
    assert near is None or f'did you mean "{near}"?' in result.stderr


@pytest.mark.parametrize("width", [30, 40, 60, 80])
@pytest.mark.parametrize(
    "line",
    [
        "mladvisor advise --goal ml-job --role ml-engineer --budget 3000 --hours-per-week 10",
        """echo '{"goal": "phd", "gpa": 3.9}' | mladvisor advise --profile - --json""",
        "mladvisor plan --role data-scientist --knows sql=2 --format markdown > plan.md",
    ],
)
def test_an_example_on_several_lines_is_still_the_same_command(line: str, width: int) -> None:
    (shown,) = examples_of([line], width)
    assert shlex.split(shown.replace("\\\n", " ")) == shlex.split(line)


@pytest.mark.parametrize(("topic", "heading"), [("exit-codes", "exit code"), ("keys", "key")])
def test_a_topic_and_the_readme_say_the_same(topic: str, heading: str) -> None:
    readme = (ROOT / "README.md").read_text()
    table = re.findall(rf"^\| {heading} \|.*\n\| --- .*\n((?:\|.*\n)+)", readme, re.MULTILINE)[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", table.replace("`", ""), re.MULTILINE)
    shown = re.findall(r"^  (\S.*?)  (.+)$", (FOLDER / f"{topic}.txt").read_text(), re.MULTILINE)
    assert shown[: len(rows)] == rows


def test_the_keys_topic_names_the_keys_after_the_result(knowledge: Knowledge) -> None:
    texts = knowledge.texts["after"].items()
    keys = {(name[-1], text) for name, text in texts if re.fullmatch("key_[a-z]", name)}
    topic = (FOLDER / "keys.txt").read_text()
    assert keys
    assert keys <= set(re.findall(r"^  ([a-z])  (.+)$", topic, re.MULTILINE))


LIBRARIES_READ = {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"}
"""Variables that rich and the standard library read for us."""

OF_SHELLS = {"COMP_WORDS", "_TYPER_COMPLETE_ARGS", "_MLADVISOR_COMPLETE"}
"""Variables between a shell and its completion script; nobody sets them by hand."""


def test_the_environment_topic_names_what_the_code_reads() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.\w+)?[\[(]\s*\"([A-Z_]+)\"", sources))
    topic = (FOLDER / "environment.txt").read_text()
    named = set(re.findall(r"^  ([A-Z_]+)  ", topic, re.MULTILINE))
    assert named == (read | LIBRARIES_READ) - OF_SHELLS


def test_the_formats_topic_names_every_part_of_the_document() -> None:
    schema = json.loads(run("schema", "recommendation").stdout)
    text = page("formats", 1000)
    missing = [name for name in schema["properties"] if not re.search(rf"\b{name}\b", text)]
    assert not missing


def test_the_manual_page_holds_every_help_text_and_topic() -> None:
    page_text = run("help", "--man").stdout
    assert page_text.startswith(".TH MLADVISOR 1")
    assert page_text.count("\n.nf\n") == page_text.count("\n.fi\n") > len(COMMANDS)
    shown = page_text.replace("\\-", "-").replace("\\e", "\\")
    assert all(f"\n.SS {' '.join(('mladvisor', *name))}\n" in shown for name in COMMANDS[1:])
    assert all(summary in shown for summary in summaries().values())
    assert all(flag.names[0][2:] in shown for flag in flags())
    assert not [line for line in page_text.splitlines() if line[:1] == "'"]
