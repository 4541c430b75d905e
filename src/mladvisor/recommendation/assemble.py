"""Put the document together from the scores; nothing is decided here that was not computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mladvisor import __version__
from mladvisor.axes import Array, of_path
from mladvisor.insight.find_out import open_questions
from mladvisor.insight.robustness import CARRY_ON, PickRule, Standing, standing, standings
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.rows import Question
from mladvisor.recommendation import document as doc
from mladvisor.recommendation.advice import advice, clashes
from mladvisor.recommendation.contrasts import Contraster
from mladvisor.recommendation.dead_ends import nothing_left
from mladvisor.recommendation.limits import excluded_paths
from mladvisor.recommendation.money import write_money
from mladvisor.recommendation.named_paths import column_of
from mladvisor.recommendation.offers import PathWriter
from mladvisor.recommendation.shown import BlockShown, Shown, shown_alone
from mladvisor.recommendation.sources import source_rows
from mladvisor.recommendation.verdict import preparation_hours, verdict
from mladvisor.recommendation.what_ifs import explored
from mladvisor.scoring.model import Block, Scores

TOP = 8
"""Paths that are listed, unless told otherwise."""


def recommend(
    scores: Scores,
    knowledge: Knowledge,
    *,
    today: date,
    top: int = TOP,
    span_years: int | None = None,
    rule: PickRule = "mean",
    versus: str | None = None,
    explore: bool = True,
) -> doc.Recommendation:
    """Return the whole recommendation; `top` paths are listed, and the best of every kind.

    `span_years`: how long the money is looked at; None = what the knowledge base says. `rule` says
    how the pick is made; `versus` names a path that it is set against, too (InputError if there is
    none such). `explore=False` leaves out what would change the advice, for that takes many scores.
    """
    ranks = standing(scores, knowledge.settings, rule)
    named = column_of(versus, "--versus", scores, ranks) if versus is not None else None
    columns = _listed(ranks, scores.ever_open, top)
    person = _Person(
        shown_alone(scores, ranks, columns, knowledge.settings, named),
        excluded_paths(scores.block)[scores.person],
        open_questions(scores.block, knowledge)[scores.person],
    )
    return _document(person, knowledge, today, explore, span_years)


def recommend_block(
    block: Block, knowledge: Knowledge, *, today: date, top: int = TOP, explore: bool = True
) -> Iterator[doc.Recommendation]:
    """Yield what `recommend` returns for each person of a block that was scored with `explain`.

    What is much the same for all of them is worked out at once.
    """
    paths, settings = block.figures.people.paths, knowledge.settings
    ranks = standings(block.totals, paths, settings)
    people = range(len(paths))
    columns = [_listed(ranks[person], block.ever_open[:, person], top) for person in people]
    shown = BlockShown(block, people, ranks, columns, settings)
    excluded, questions = excluded_paths(block), open_questions(block, knowledge)
    for at in people:
        person = _Person(shown.of(at, block.of(at)), excluded[at], questions[at])
        yield _document(person, knowledge, today, explore)


@dataclass(frozen=True, eq=False)
class _Person:
    """What is written about: the paths shown, those ruled out, and the questions left open."""

    shown: Shown
    excluded: list[doc.Excluded]
    questions: list[Question]


def _document(
    person: _Person,
    knowledge: Knowledge,
    today: date,
    explore: bool,
    span_years: int | None = None,
) -> doc.Recommendation:
    shown = person.shown
    scores, ranks = shown.scores, shown.ranks
    writer = PathWriter(shown, knowledge, today)
    ranking = writer.ranked()
    parts: dict[str, Any] = {
        "verdict": verdict(
            ranks, scores.paths, _preparation(scores, ranks.pick, knowledge), knowledge
        ),
        "ranking": ranking,
        "excluded": person.excluded,
        "plan": writer.plan(),
        "money": write_money(scores, ranks.pick, knowledge, span_years),
        "clashes": clashes(shown, knowledge),
        "next_steps": advice(shown, "do", knowledge),
        "check_before_committing": advice(shown, "check", knowledge),
    }
    others = explored(scores, ranks, person.questions, knowledge, today if explore else None)
    return doc.Recommendation(
        schema_version=doc.SCHEMA_VERSION,
        data_version=knowledge.data_version,
        today=today.isoformat(),
        profile=scores.profile.model_dump(mode="json", exclude_none=True),
        unknown=[question.field for question in person.questions],
        question=knowledge.texts["report"]["question"].format(today=today.isoformat()),
        paths_considered=len(scores.paths),
        versus=list(Contraster(shown, knowledge, person.excluded).all()),
        dead_end=nothing_left(scores, ranks, knowledge, today, others["what_would_change"]),
        **others,
        sources=list(source_rows(sorted(writer.cited().union(*_cited(parts))), knowledge)),
        about=_about(scores, knowledge, explore),
        **parts,
    )


def _preparation(scores: Scores, pick: int, knowledge: Knowledge) -> int:
    bridge_hours = of_path(scores.figures.values["bridge_hours"], pick)
    return preparation_hours(scores.paths[pick], bridge_hours, scores.skills, knowledge)


STATEMENTS = ("common", "drawn", "statements")
"""Tables of texts.toml with what every report, every reading and this document rests on."""


def _about(scores: Scores, knowledge: Knowledge, tried: bool) -> doc.About:
    texts = knowledge.texts["about"]
    not_tried = [] if tried else [texts["not_tried"]]
    return doc.About(
        program_version=__version__,
        scenarios=scores.scenarios.size,
        other_answers_tried=tried,
        local_data=list(knowledge.local),
        checked_on=knowledge.checked_on,
        statements=[*not_tried, *(line for part in STATEMENTS for line in texts[part])],
    )


def _listed(ranks: Standing, open_: Array, top: int) -> list[int]:
    """Return the columns to list, in order: the first `top`, and the best of each open kind."""
    keep = {at for at in ranks.order[:top] if open_[at]} | {ranks.pick, CARRY_ON}
    keep |= {at for at in ranks.best_of_kind.values() if open_[at]}
    return [at for at in ranks.order if at in keep]


def _cited(parts: Mapping[str, Any]) -> Iterator[Iterable[str]]:
    """Yield the sources of each part but the ranking."""
    yield parts["money"].sources
    for name in ("excluded", "clashes", "next_steps", "check_before_committing"):
        yield from (row.sources for row in parts[name])
