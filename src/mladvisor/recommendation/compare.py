"""Put paths side by side: the same rows, units and time span for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mladvisor.errors import InputError, Problem
from mladvisor.insight.find_out import open_questions
from mladvisor.insight.robustness import Standing, standing
from mladvisor.knowledge.load import Knowledge
from mladvisor.recommendation.compare_rows import RowWriter
from mladvisor.recommendation.comparison import SCHEMA_VERSION, ComparedPath, Comparison
from mladvisor.recommendation.limits import excluded_paths
from mladvisor.recommendation.money import write_money
from mladvisor.recommendation.named_paths import columns_by_name, unknown_path
from mladvisor.recommendation.offers import PathWriter
from mladvisor.recommendation.shown import shown_alone
from mladvisor.recommendation.sources import source_rows
from mladvisor.recommendation.words import counted
from mladvisor.scoring.model import Scores

FEWEST, MOST = 2, 5
"""How many paths are compared: more do not fit beside each other."""


def compare(
    scores: Scores,
    names: Sequence[str],
    knowledge: Knowledge,
    *,
    today: date,
    span_years: int | None = None,
) -> Comparison:
    """Return the comparison of the named paths, in the order named.

    Raises InputError for too few or too many, for names that are no path, and for one named twice.
    """
    ranks = standing(scores, knowledge.settings)
    columns = find_columns(names, scores, ranks)
    shown = shown_alone(scores, ranks, columns, knowledge.settings)
    writer = PathWriter(shown, knowledge, today)
    ranked = writer.ranked()
    money = [write_money(scores, at, knowledge, span_years) for at in columns]
    rows = list(RowWriter(scores, columns, ranked, money, knowledge).rows())
    questions = open_questions(scores.block, knowledge)[scores.person]
    ruled_out = {row.path: row for row in excluded_paths(scores.block)[scores.person]}
    paths = [
        ComparedPath(
            path=path.path,
            kind=path.kind,
            title=path.title,
            url=path.url,
            ruled_out=ruled_out.get(path.path),
            money=account,
        )
        for path, account in zip(ranked, money, strict=True)
    ]
    cited = list(writer.explainer.cited)
    cited += [name for path in paths for name in path.money.sources]
    cited += [name for path in paths if path.ruled_out for name in path.ruled_out.sources]
    return Comparison(
        schema_version=SCHEMA_VERSION,
        data_version=knowledge.data_version,
        checked_on=knowledge.checked_on,
        today=today.isoformat(),
        profile=scores.profile.model_dump(mode="json", exclude_none=True),
        unknown=[question.field for question in questions],
        span_years=money[0].span_years,
        scenarios=scores.scenarios.size,
        statements=[*knowledge.texts["about"]["common"], *knowledge.texts["about"]["drawn"]],
        paths=paths,
        rows=rows,
        sources=list(source_rows(sorted(cited), knowledge)),
    )


def find_columns(names: Sequence[str], scores: Scores, ranks: Standing) -> list[int]:
    """Return the column of each named path; `courses` is the best course plan of this person."""
    if not FEWEST <= len(names) <= MOST:
        message = f"got {counted(len(names), 'path')}; accepted: {FEWEST} to {MOST} ids of paths"
        raise InputError([Problem("compare", message)])
    column = columns_by_name(scores, ranks)
    problems = [unknown_path(name, "compare", column) for name in names if name not in column]
    problems += _twice([column[name] for name in names if name in column], scores)
    if problems:
        raise InputError(problems)
    return [column[name] for name in names]


def _twice(columns: Sequence[int], scores: Scores) -> Iterator[Problem]:
    for at in sorted({at for at in columns if columns.count(at) > 1}):
        yield Problem("compare", f"{scores.paths[at].id} is named twice; expected each path once")
