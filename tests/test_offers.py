"""What a path brings and asks beyond what its page says, and how far rules move a chance."""

from __future__ import annotations

from datetime import date
from typing import Any

from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.readings import Readings
from mladvisor.profile import make_profile
from mladvisor.scoring.model import score

TODAY = date(2026, 11, 22)


def test_a_degree_brings_what_its_credit_courses_rest_on(knowledge: Knowledge) -> None:
    read = Readings(knowledge, TODAY)
    for offer in knowledge.offers:
        brought = read.covers(offer)
        assert all(brought[skill] >= depth for skill, depth in offer.covers.items())
        if not offer.academic_credit:
            assert brought == offer.covers, "a certificate names its skills itself"
        elif offer.covers.get("classification", 0) >= 2:
            assert brought["python"] >= 2
            assert brought["model-evaluation"] >= 2


def test_a_masters_that_asks_for_nothing_assumes_a_first_course(knowledge: Knowledge) -> None:
    read = Readings(knowledge, TODAY)
    least = knowledge.settings.degree_requires
    for offer in knowledge.offers:
        asked = read.requires(offer)
        if offer.grants == "master":
            assert all(asked[skill] >= depth for skill, depth in least.items())
        else:
            assert asked == offer.requires


def test_research_done_lifts_a_doctorate_over_the_usual_admission(knowledge: Knowledge) -> None:
    def chance(research: str) -> float:
        answers: dict[str, Any] = {
            "goal": "phd", "education": "master-quant", "country": "US",
            "research_experience": research,
        }  # fmt: skip
        scores = score(make_profile(knowledge, answers), knowledge, TODAY)
        at = [path.grants for path in scores.paths].index("phd")
        return float(scores.chance[:, at].mean())

    assert chance("none") < chance("some") < chance("published")
