"""The shipped knowledge base: complete, sourced, and faults in it said with file and key."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from mladvisor.errors import KnowledgeError
from mladvisor.knowledge.compile import compile_folders, write
from mladvisor.knowledge.document import read, table
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.validate import cited_sources, validate
from mladvisor.profile import choices_of
from mladvisor.scoring.model import checked_rules
from tests.conftest import ROOT

GUIDE_CLAIMS = ROOT / "tests" / "guide_claims.txt"


def test_the_shipped_data_has_no_fault(knowledge: Knowledge) -> None:
    assert validate(knowledge.document) == []
    assert checked_rules(knowledge)


def test_it_holds_what_it_promises(knowledge: Knowledge) -> None:
    tables = knowledge.document
    assert len(tables["programs"]) >= 85
    assert len(tables["certificates"]) >= 35
    assert len(tables["courses"]) >= 200
    assert len(tables["roles"]) == 18
    assert len(tables["faq"]) >= 26


def test_every_claim_of_the_guide_is_cited(knowledge: Knowledge) -> None:
    cited = {name.removeprefix("guide:") for _, name in cited_sources(knowledge.document)}
    for content in knowledge.document.values():
        for row in content if isinstance(content, list) else []:
            cited |= set(row.get("guide", ()))
            cited |= {claim for stage in row.get("stages", ()) for claim in stage.get("guide", ())}
    assert set(GUIDE_CLAIMS.read_text().split()) <= cited


def test_every_claim_about_the_decision_works_through_a_rule(knowledge: Knowledge) -> None:
    """The first claims of the list are the guide's "decision": each must act, not only be cited."""
    claims = GUIDE_CLAIMS.read_text().split("\n\n", maxsplit=1)[0].split()
    acting = {name for rule in knowledge.rules for name in rule.sources}
    assert {f"guide:{claim}" for claim in claims} <= acting


def facts(knowledge: Knowledge) -> list[tuple[str, str, dict[str, Any]]]:
    rows = []
    for name in ("programs", "certificates", "routes", "courses", "roles"):
        for entity in knowledge.document[name]:
            for field, row in entity["facts"].items():
                rows.append((f"{name}/{entity['id']}", field, row))
    return rows


def test_every_figure_is_known_with_source_date_and_kind_or_unknown_with_a_reason(
    knowledge: Knowledge,
) -> None:
    for entity, field, row in facts(knowledge):
        if "unknown" in row:
            assert len(row["unknown"]) > 5, (entity, field)
            continue
        source = knowledge.source(row["source"])
        assert source.as_of, (entity, field)
        if source.kind in ("judgement", "recall"):
            assert row.get("note"), f"{entity} {field}: a {source.kind} says from what"


def test_where_sources_disagree_the_better_kind_decides(knowledge: Knowledge) -> None:
    for entity, claim in (("programs/cmu-mcds", "online"), ("programs/uw-msds", "online")):
        row = next(r for e, f, r in facts(knowledge) if (e, f) == (entity, "delivery"))
        assert row["value"] != claim
        assert claim in [other.value for other in knowledge.evidence(entity, "delivery")]


def test_a_question_offers_what_its_priors_draw(knowledge: Knowledge) -> None:
    for question in knowledge.questions.values():
        words = set(choices_of(question, knowledge))
        for prior in question.prior:
            if words and prior.weights is not None:
                assert set(prior.weights) <= words, question.field


def test_weights_name_every_goal(knowledge: Knowledge) -> None:
    goals = set(choices_of(knowledge.questions["goal"], knowledge))
    for criterion in knowledge.criteria:
        assert set(criterion.weights) == goals


def test_the_written_document_is_the_same_when_read_back(tmp_path: Path) -> None:
    document = compile_folders(ROOT / "data")
    write(document, tmp_path / "knowledge.json")
    again = read(tmp_path / "knowledge.json")
    assert list(again) == list(document)
    for name, content in document.items():  # as text, for the order of keys must be the same too
        same = again[name] if isinstance(content, str) else table(again, name)
        assert json.dumps(same) == json.dumps(content), name


FAULTS = [
    ("programs/gatech-omscs.toml", 'delivery = "online"', 'delivery = "onlin"', "delivery"),
    ("programs/gatech-omscs.toml", 'country = "US"', 'countri = "US"', "countri"),
    ("programs/gatech-omscs.toml", "low = 9113", "low = 99113", "facts.cost_usd"),
    ("programs/gatech-omscs.toml", "linear-algebra = 1", "liner-algebra = 1", "liner-algebra"),
    ("programs/gatech-omscs.toml", 'source = "pbs"', 'source = "pbz"', "pbz"),
    ("programs/gatech-omscs.toml", 'id = "gatech-omscs"', 'id = "omscs"', "as the file is named"),
    ("questions.toml", 'type = "flag"', 'type = "flga"', "type"),
    ("criteria.toml", 'kind = "benefit"', 'kind = "benefits"', "kind"),
    ("roles/ml-engineer.toml", "depth = 2", "depth = 7", "depth"),
    ("faq.toml", "[[faq]]", "[faq", "not valid TOML"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "named"), FAULTS)
def test_a_fault_is_said_with_its_file_and_key(
    tmp_path: Path, file: str, right: str, wrong: str, named: str
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    broken = tmp_path / "data" / file
    text = broken.read_text()
    assert right in text
    broken.write_text(text.replace(right, wrong, 1))
    try:
        problems = validate(compiled(tmp_path / "data"))
    except KnowledgeError as error:
        problems = list(error.problems)
    said = [str(problem) for problem in problems]
    assert any(f"data/{file}" in line and named in line for line in said), said


def test_a_rule_that_names_nothing_real_is_refused(knowledge: Knowledge) -> None:
    document = json.loads(json.dumps(knowledge.document))
    document["rules"][0]["when"] = "gaol == 'phd'"
    document["rules"][1]["then"] = {"weigh": {"fame": 2.0}}
    with pytest.raises(KnowledgeError) as refused:
        checked_rules(Knowledge(document))
    said = str(refused.value)
    assert 'unknown name "gaol"' in said
    assert '"fame" is no criterion' in said
    assert re.search(r"data/rules/\w+\.toml: rule [a-z-]+", said)


def test_a_later_folder_lays_its_files_over(tmp_path: Path) -> None:
    (tmp_path / "programs").mkdir()
    text = (ROOT / "data" / "programs" / "gatech-omscs.toml").read_text()
    changed = text.replace('short_name = "Georgia Tech OMSCS"', 'short_name = "Mine"')
    (tmp_path / "programs" / "gatech-omscs.toml").write_text(changed)
    programs = compile_folders(ROOT / "data", tmp_path)["programs"]
    assert [p["short_name"] for p in programs if p["id"] == "gatech-omscs"] == ["Mine"]
