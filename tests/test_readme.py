"""The documentation says what is: a real screen, a rule and counts as they are in the data."""

from __future__ import annotations

import os
import re
import tomllib

import pytest

from mladvisor.knowledge.load import Knowledge
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_screen_is_a_real_one() -> None:
    name, lines = re.findall(r"<!-- screen: (\S+), first (\d+) lines -->", README)[0]
    golden = (ROOT / "tests" / "screens" / f"{name}.txt").read_text().splitlines()
    real = "\n".join(golden[: int(lines)]) + "\n"
    shown = blocks("text")[0]
    if os.environ.get("UPDATE_SCREENS"):
        (ROOT / "README.md").write_text(README.replace(shown, real))
        shown = real
    assert shown == real, "look at it; if it is right: UPDATE_SCREENS=1 pytest"


def test_the_rule_shown_is_a_rule_of_the_data(knowledge: Knowledge) -> None:
    shown = tomllib.loads(blocks("toml")[0])["rules"][0]
    rule = next(rule for rule in knowledge.document["rules"] if rule["id"] == shown["id"])
    assert {key: rule[key] for key in shown} == shown


def test_sections_come_in_the_promised_order() -> None:
    titles = re.findall(r"^## (.+)$", README, flags=re.MULTILINE)
    assert titles == [
        "What it looks like",
        "Run it",
        "Test it",
        "Script it",
        "How it decides",
        "What it does not do",
        "Add a fact or a rule",
    ]


def test_counts_in_the_text_are_those_of_the_data(knowledge: Knowledge) -> None:
    programs = int(re.findall(r"(\d+) degree\s+programs", README)[0])
    offered = [offer for offer in knowledge.offers if offer.kind == "degree"]
    assert programs == len([offer for offer in offered if offer.file.startswith("programs/")])


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/method.md",
        "docs/scripting.md",
        "docs/trust.md",
        "data/README.md",
    ],
)
def test_links_inside_the_project_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / target).exists(), f"{document}: {target}"
