"""What keeps the knowledge base right: the shipped data passes, and each fault is found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mladvisor.checks import CHECKS, Base, run
from mladvisor.checks.claims import CLAIMS
from mladvisor.errors import Problem
from mladvisor.knowledge.load import Knowledge, compiled
from tests.conftest import ROOT

TODAY = date(2026, 11, 27)
OMSCS = "programs/gatech-omscs.toml"

KNOTS = """[[competencies]]
id = "knots"
label = "knots"
stage = "applied"
hours = [1, 2, 3]

"""

Break = Callable[[str, str, str], Path]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Replace a text in one file of a copy of the data, again and again if need be."""

    def change(file: str, right: str, wrong: str) -> Path:
        folder = tmp_path / "data"
        if not folder.exists():
            shutil.copytree(ROOT / "data", folder)
        text = (folder / file).read_text()
        assert right in text
        (folder / file).write_text(text.replace(right, wrong, 1))
        return folder

    return change


def base_of(*folders: Path) -> Base:
    document = compiled(*folders)
    return Base(document, Knowledge(document), folders, TODAY)


def found(name: str, *folders: Path) -> list[Problem]:
    return list(CHECKS[name](base_of(*folders)))


def line_of(problem: Problem, folder: Path) -> tuple[str, str]:
    """The file and the text of the line that a problem names."""
    place = re.fullmatch(r"data/(.+):(\d+)", problem.where)
    assert place, problem
    return place[1], (folder / place[1]).read_text().splitlines()[int(place[2]) - 1]


@pytest.mark.parametrize("name", CHECKS)
def test_the_shipped_data_passes(name: str) -> None:
    assert found(name, ROOT / "data") == []


FAULTS = [
    ("prices", OMSCS, 'low = 9113, high = 9473, source = "bursar-2026", note',
     'low = 3000, high = 3100, source = "bursar-2026" }, #', "cost_usd", "make 6810 to 7440"),
    ("hours", "certificates/harvard-extension-ds-grad-cert.toml", "low = 600, high = 900",
     "low = 60, high = 90", "hours", "make 400 to 1080"),
    ("ranges", "programs/dsu-msai.toml", 'credits = { value = 30, source = "recall"',
     'credits = { low = 14, high = 30, source = "tuition-2022" } #', "credits", "14 to 30"),
    ("ranges", OMSCS, 'low = 5900, high = 6400', "low = 900, high = 6400", "cost_usd", "900 to"),
    ("dates", "money.toml", 'source = "limit", as_of = "2026"', 'source = "limit", as_of = "2027"',
     'id = "employer-tax-free"', "lies after today, 2026-11-27"),
    ("dates", OMSCS, 'as_of = "2026-07-29"', 'as_of = "2026-12"', "[sources.bursar-2026]",
     "lies after today, 2026-11-27"),
    ("dates", OMSCS, 'as_of = "2015-12"', 'as_of = "2015-13"', "[sources.cse-2015]", "accepted"),
    ("dates", OMSCS, "value = 3.0,", 'value = 3.0, as_of = "spring",', "gpa_min", "accepted"),
    ("dates", "sources.toml", 'as_of = "2020-04"', 'as_of = "2030"', "[ads-2020]", "lies after"),
    ("dates", "version.toml", '"2026-11-22"', '"2027-01-01"', "checked_on", "lies after"),
    ("conditions", "questions.toml", "asked_when = \"country == 'US'\"",
     "asked_when = \"county == 'US'\"", 'field = "us_state"', 'did you mean "country"?'),
    ("conditions", "questions.toml", "goal == 'data-job'", "goal == 'data-jobs'",
     'field = "role"', 'did you mean "data-job"?'),
    ("conditions", "rules/fit.toml", "budget_usd < 5000", "budget_usd < 'little'",
     'id = "money-is-short"', "can't compare a number with a word"),
    ("conditions", "criteria.toml", 'reads = ["research_experience"', 'reads = ["researches"',
     'id = "research"', "no question"),
    ("conditions", "criteria.toml", 'field = "acceptance"', 'field = "admission"',
     'field = "admission"', "is no range; accepted: cost_usd"),
    ("sources", "faq.toml", 'sources = ["guide:faq-respected"', "sources = [] #",
     'id = "faq-respected"', "no source"),
    ("sources", "curricula/guide-stages.toml", 'sources = ["guide"]', "sources = []",
     "sources", "no source"),
    ("claims", "faq.toml", '"guide:faq-respected"', '"guide:faq-respectet"', "sources =",
     "no claim of the guide"),
    ("claims", OMSCS, '"omscs-rigour"', '"omscs-vigour"', "guide =", "no claim of the guide"),
    ("competencies", "competencies.toml", "[[competencies]]", KNOTS + "[[competencies]]",
     'id = "knots"', "no active course teaches knots"),
    ("judgement", "courses/d2l.toml", ', note = "about 25', " } #", "hours", "says from what"),
    ("judgement", "criteria.toml", 'note = "no figure was found; it is put ab', "#",
     "[[finish]]", "says from what"),
    ("judgement", "screens.toml", '"judgement"\nnote', '"judgement"\n#', "[[screens]]",
     "says from what"),
    ("prose", OMSCS, "It suits", "It  suits", "summary", "two spaces"),
    ("prose", OMSCS, "no thesis, little", "no thesis \N{EM DASH} little", "caveats", "an em dash"),
    ("prose", OMSCS, "an upper limit: the", "an upper limit:  the", "cost_usd", "two spaces"),
    ("prose", "rules/advice.toml", '"Ask two', '"' + "x" * 400, "because", "at most 400"),
    ("prose", "faq.toml", 'answer = """\n', 'answer = """\n' + "word " * 150, "answer",
     "at most 800"),
    ("prose", "sources.toml", '"Our count', '"Our  count', "[ads-2020]", "two spaces"),
    ("prose", "questions.toml", '"I am exploring"', '"I  explore"', "choices", "two spaces"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "right", "wrong", "line", "said"), FAULTS)
def test_a_fault_is_found_and_said_with_file_and_line(
    broken: Break, name: str, file: str, right: str, wrong: str, line: str, said: str
) -> None:
    folder = broken(file, right, wrong)
    (problem,) = found(name, folder)
    assert said in problem.message
    named, text = line_of(problem, folder)
    assert named == file
    assert text.startswith(line)


def test_a_note_excuses_a_price_and_hours_that_were_found_but_not_judged_ones(
    broken: Break,
) -> None:
    folder = broken(OMSCS, "low = 9113, high = 9473", "low = 3000, high = 3100")
    assert found("prices", folder) == []
    file = "certificates/harvard-extension-ds-grad-cert.toml"
    broken(file, 'low = 600, high = 900, source = "judgement"', 'value = 60, source = "zyabkina"')
    assert found("hours", folder) == []
    broken(file, 'value = 60, source = "zyabkina"', 'value = 60, source = "judgement"')
    assert len(found("hours", folder)) == 1


def test_courses_that_need_each_other_are_found_and_so_is_what_nobody_teaches() -> None:
    base = base_of(ROOT / "data")
    template = {**base.document["courses"][0], "status": "active", "requires": {}}
    courses = [
        {**template, "id": "open", "teaches": {"python": 2}},
        {**template, "id": "egg", "teaches": {"sql": 1}, "requires": {"python": 1, "cloud": 1}},
        {**template, "id": "hen", "teaches": {"cloud": 1}, "requires": {"sql": 1}},
        {**template, "id": "moon", "teaches": {"nlp": 1}, "requires": {"python": 3}},
    ]
    document = {**base.document, "courses": courses}
    problems = CHECKS["prerequisites"](
        replace(base, document=document, knowledge=Knowledge(document))
    )
    assert [problem.message for problem in problems] == [
        "egg requires cloud 1, taught only by courses that can't be started either: hen",
        "hen requires sql 1, taught only by courses that can't be started either: egg",
        "moon requires python 3, which no active course teaches",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("courses/d2l.toml", "courses/islp-book.toml"),
        ("certificates/aws-mla-c01.toml", "certificates/google-cloud-pmle.toml"),
        (OMSCS, "programs/cmu-mcds.toml"),
    ],
)
def test_two_entities_with_one_page_are_found(broken: Break, one: str, other: str) -> None:
    for file in (one, other):
        folder = broken(file, '\nurl = "', '\nurl = "https://example.edu/" # "')
    (problem,) = found("urls", folder)
    assert line_of(problem, folder)[1].startswith('url = "https://example.edu/"')


def test_a_series_and_one_institution_may_share_a_page(broken: Break) -> None:
    folder = broken("courses/d2l.toml", '\nurl = "', '\nurl = "https://example.edu/" # "')
    broken("courses/islp-book.toml", '\nurl = "', '\nurl = "https://example.edu/" # "')
    broken("courses/d2l.toml", 'status = "active"', 'status = "active"\npart_of = "islp-book"')
    for file in ("programs/penn-mcit.toml", "programs/penn-mse-ai.toml"):
        broken(file, '\nurl = "', '\nurl = "https://example.edu/penn" # "')
    assert found("urls", folder) == []


def test_rules_that_change_nothing_are_found(broken: Break) -> None:
    file = "rules/fit.toml"
    broken(file, "budget_usd < 5000", "budget_usd < 5000 and budget_usd > 6000")
    broken(file, "kind == 'hybrid'", "kind == 'courses'")
    broken(file, "deadline_months <= 12", "deadline_months > 0")
    condition = "technical_job and goal == 'current-job-skills' and 'credential' not in priorities"
    folder = broken(file, f'when = "{condition}"\n', "")
    said = {line_of(problem, folder)[1]: problem.message for problem in found("rules", folder)}
    assert "nobody drawn has" in said['id = "money-is-short"']
    assert "on no path of those" in said['id = "try-credit-first"']
    assert "holds for everybody: leave `when` out" in said['id = "little-time-to-lose"']
    assert "tells nothing apart" in said['id = "employed-needs-skills"']
    assert len(said) == 4


def test_a_claim_of_the_guide_that_nothing_cites_is_found(broken: Break) -> None:
    folder = broken(OMSCS, "omscs-demand", "omscs-demand")
    for path in folder.rglob("*.toml"):
        path.write_text(path.read_text().replace("omscs-demand", "omscs-cost"))
    (problem,) = found("claims", folder)
    assert "omscs-demand" in problem.message


def test_the_checks_and_the_tests_know_the_same_claims() -> None:
    assert CLAIMS.read_text() == (ROOT / "tests" / "guide_claims.txt").read_text()


def test_the_whole_run_is_clean_on_the_shipped_data() -> None:
    assert run([ROOT / "data"], TODAY) == []


def test_one_run_says_everything_by_file_and_line(broken: Break) -> None:
    broken(OMSCS, 'as_of = "2015-12"', 'as_of = "2015-13"')
    broken(OMSCS, "It suits", "It  suits")
    broken("courses/d2l.toml", ', note = "about 25', " } #")
    folder = broken("rules/fit.toml", "budget_usd < 5000", "budget_usd < 0")
    places = [line_of(problem, folder) for problem in run([folder], TODAY)]
    assert [(file, line.split(" = {")[0]) for file, line in places] == [
        ("courses/d2l.toml", "hours"),  # judged without a note,
        ("courses/d2l.toml", "hours"),  # and wide without a note
        (OMSCS, 'summary = """'),
        (OMSCS, "[sources.cse-2015]"),
        ("rules/fit.toml", 'id = "money-is-short"'),
    ]


def test_what_is_invalid_is_said_alone(broken: Break) -> None:
    broken(OMSCS, "It suits", "It  suits")
    folder = broken(OMSCS, 'source = "pbs"', 'source = "pbz"')
    assert ["pbz" in problem.message for problem in run([folder], TODAY)] == [True]
    broken("faq.toml", "[[faq]]", "[faq")
    assert ["not valid TOML" in problem.message for problem in run([folder], TODAY)] == [True]


def test_a_later_folder_is_the_one_that_is_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "courses").mkdir(parents=True)
    text = (ROOT / "data" / "courses" / "d2l.toml").read_text()
    (mine / "courses" / "d2l.toml").write_text(text.replace("A runnable", "A  runnable"))
    (problem,) = found("prose", ROOT / "data", mine)
    assert re.fullmatch(r"mine/courses/d2l\.toml:\d+", problem.where)
