"""People, the advice that is fair to them, and the screens they see."""

from __future__ import annotations

import io
import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mladvisor.knowledge.load import Knowledge
from mladvisor.profile import make_profile
from mladvisor.recommendation.assemble import recommend
from mladvisor.recommendation.document import Recommendation
from mladvisor.report.content.recommendation import brief_page, recommendation_page
from mladvisor.report.terminal.page import print_page
from mladvisor.scoring.model import score

HERE = Path(__file__).parent
PEOPLE = {path.stem: path for path in sorted((HERE / "people_cases").glob("*.toml"))}
FOUR = ("engineer-no-filter", "graduate-big-tech", "phd-hopeful", "career-changer")
TODAY = date(2026, 11, 22)


def case(name: str) -> dict[str, Any]:
    return tomllib.loads(PEOPLE[name].read_text())


def advise(name: str, knowledge: Knowledge) -> Recommendation:
    profile = make_profile(knowledge, case(name)["profile"])
    return recommend(score(profile, knowledge, TODAY), knowledge, today=TODAY)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_advice_is_fair_to(name: str, knowledge: Knowledge) -> None:
    document, expect = advise(name, knowledge), case(name)["expect"]
    verdict = document.verdict
    best = next(path for path in document.ranking if path.path == verdict.path)
    if "kinds" in expect:
        assert verdict.kind in expect["kinds"]
    if "firmness" in expect:
        assert verdict.firmness.label in expect["firmness"]
    if "first_step" in expect:
        assert verdict.first_step == expect["first_step"]
    if "largest_reason" in expect:
        largest = max(best.contributions, key=lambda part: part.points)
        assert largest.criterion == expect["largest_reason"]
    if "delivery" in expect:
        offer = next(offer for offer in knowledge.offers if offer.id == verdict.path)
        assert offer.delivery in expect["delivery"]
    rules = {row.rule for row in document.excluded}
    assert set(expect.get("excluded_by", ())) <= rules


FORMS = {"": brief_page, "-full": recommendation_page}
"""What a golden screen's name ends with, by the form of the report."""


@pytest.mark.parametrize(
    ("name", "form", "width"),
    [
        *((name, "", width) for name in FOUR for width in (100, 80, 60)),
        ("career-changer", "-full", 100),
        ("career-changer", "-full", 60),
    ],
)
def test_the_screen_of(name: str, form: str, width: int, knowledge: Knowledge) -> None:
    stream = io.StringIO()
    print_page(FORMS[form](advise(name, knowledge), knowledge.texts), stream, width=width)
    shown = stream.getvalue()
    golden = HERE / "screens" / f"{name}{form}-{width}.txt"
    if os.environ.get("UPDATE_SCREENS"):
        golden.write_text(shown)
    assert shown == golden.read_text(), "look at it; if it is right: UPDATE_SCREENS=1 pytest"


def numbers_in(text: str) -> set[str]:
    import re

    return {number.replace(",", "") for number in re.findall(r"\d[\d,]*", text)}


@pytest.mark.parametrize("name", FOUR)
def test_every_number_in_a_reason_comes_from_the_result(name: str, knowledge: Knowledge) -> None:
    """The criteria's own sentences hold no number that the document does not hold beside them."""
    document = advise(name, knowledge)
    for path in document.ranking:
        known = {str(path.months), str(path.hours), str(path.bridge.hours), "100"}
        for part in path.contributions:
            values = {str(round(100 * part.value_today)), str(round(100 * part.value_after))}
            if part.criterion in ("credential", "skills", "proof", "research", "network"):
                near = {str(int(v) + d) for v in values for d in (-1, 0, 1)}
                assert numbers_in(part.reasons[0].text) <= near | known, part.reasons[0].text
            if part.criterion == "time" and path.hours:
                near = {str(int(k) + d) for k in known for d in (-1, 0, 1)}
                assert numbers_in(part.reasons[0].text) <= near, part.reasons[0].text
