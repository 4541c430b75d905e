"""The rows of a comparison: one cell for each path, and which cell of a row is best or worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np

from mladvisor.axes import of_path
from mladvisor.knowledge.load import Knowledge
from mladvisor.paths.path import Path
from mladvisor.recommendation.comparison import Cell, Row
from mladvisor.recommendation.document import RankedPath
from mladvisor.recommendation.money_document import Amount, Money
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.ranges import printed_range
from mladvisor.recommendation.words import of_100, rounded
from mladvisor.scoring.model import Scores

Better = Literal["more", "less"]


class RowWriter:
    """Writes the rows for the paths in these columns."""

    def __init__(
        self,
        scores: Scores,
        columns: Sequence[int],
        ranked: Sequence[RankedPath],
        money: Sequence[Money],
        knowledge: Knowledge,
    ) -> None:
        self.scores = scores
        self.columns = columns
        self.ranked = ranked
        self.money = money
        self.knowledge = knowledge
        self.texts: Any = knowledge.texts["compare"]

    def rows(self) -> Iterator[Row]:
        """Yield all rows, what it is first, the fit last."""
        for part in (self._what, self._costs, self._time, self._chances, self._gains, self._fit):
            yield from part()

    @property
    def _paths(self) -> list[Path]:
        return [self.scores.paths[at] for at in self.columns]

    def _row(
        self, name: str, cells: Sequence[Cell], unit: str = "", better: Better | None = None
    ) -> Row:
        money = self.money[0]
        label = self.texts["rows"][name].format(
            years=money.span_years, courses=money.stopping.courses
        )
        return marked(Row(id=name, label=label, unit=unit, better=better, cells=list(cells)))

    def _what(self) -> Iterator[Row]:
        kinds, grants = self.knowledge.texts["kinds"], self.texts["grants"]
        words = self.texts["words"]
        yield self._row("kind", [Cell(value=kinds[path.kind]) for path in self._paths])
        yield self._row("grants", [Cell(value=grants[path.grants]) for path in self._paths])
        yield self._row("credential", [_credential(path, words) for path in self._paths])
        yield self._row("delivery", [_delivery(path, words) for path in self._paths])
        yield self._row("admission", [_admission(path, words) for path in self._paths])

    def _costs(self) -> Iterator[Row]:
        yield self._usd("price", [money.price_usd for money in self.money])
        yield self._usd("own_in_span", [money.net_in_span_usd for money in self.money])
        if any(rounded(money.later.paid_usd.high) for money in self.money):
            yield self._usd("own_later", [money.later.paid_usd for money in self.money])
        if any(money.net_cost_usd != money.net_in_span_usd for money in self.money):
            yield self._usd("net_cost", [money.net_cost_usd for money in self.money])
        yield self._usd("foregone", [money.total.foregone_pay_usd for money in self.money])
        rises = [_rise(money, self.texts["words"]) for money in self.money]
        yield self._row("rise_needed", rises, "USD", "less")
        yield self._row("stopping_lost", [_lost(money) for money in self.money], "USD", "less")

    def _usd(self, name: str, ranges: Sequence[Range | Amount]) -> Row:
        return self._row(name, [_cell(one) for one in ranges], "USD", "less")

    def _time(self) -> Iterator[Row]:
        months = [_cell(self._range("months", at)) for at in self.columns]
        yield self._row("months", months, "months", "less")
        hours = [_cell(self._range("hours", at, plus="bridge_hours")) for at in self.columns]
        yield self._row("hours", hours, "hours", "less")
        prepared = [_cell(self._range("bridge_hours", at)) for at in self.columns]
        yield self._row("preparation", prepared, "hours", "less")

    def _range(self, name: str, at: int, plus: str | None = None) -> Range:
        values = of_path(self.scores.figures.values[name], at)
        if plus is not None:
            values = values + of_path(self.scores.figures.values[plus], at)
        return printed_range(values)

    def _chances(self) -> Iterator[Row]:
        words, figures = self.texts["words"], self.scores.figures
        published = [_published(path, words) for path in self._paths]
        yield self._row("published_rate", published, "of 100", "more")
        cells = [_cell(printed_range(100 * figures.get_in(at))) for at in self.columns]
        yield self._row("get_in", cells, "of 100", "more")
        cells = [
            Cell(value=self._finish(at)) if path.hours else Cell(value=words["nothing_to_finish"])
            for at, path in zip(self.columns, self.ranked, strict=True)
        ]
        yield self._row("finish", cells, "of 100", "more")

    def _finish(self, at: int) -> int:
        """Return how many of 100 who get in reach the end, with what rules add to the chance."""
        both, get_in = self.scores.chance[:, at].mean(), self.scores.figures.get_in(at).mean()
        return round(100 * float(both / get_in))

    def _gains(self) -> Iterator[Row]:
        """Yield for each benefit what holds after the path; today's value stands in the label."""
        labels = self.texts["after"]
        for place, criterion in enumerate(self.scores.criteria):
            if criterion.kind != "benefit":
                continue
            parts = [path.contributions[place] for path in self.ranked]
            today = of_100(parts[0].value_today)
            label = labels.get(criterion.id, labels["other"]).format(
                label=criterion.label, today=today
            )
            cells = [Cell(value=of_100(part.value_after)) for part in parts]
            yield marked(
                Row(
                    id=f"after_{criterion.id}",
                    label=label,
                    unit="of 100",
                    better="more",
                    today=today,
                    cells=cells,
                )
            )

    def _fit(self) -> Iterator[Row]:
        limits = [Cell(value=round(100 * path.open_share)) for path in self.ranked]
        yield self._row("within_limits", limits, "of 100", "more")
        for place, criterion in enumerate(self.scores.criteria):
            points = [path.contributions[place].points for path in self.ranked]
            label = self.texts["rows"]["points"].format(label=criterion.label)
            yield marked(
                Row(
                    id=f"points_{criterion.id}",
                    label=label,
                    unit="points",
                    better="more",
                    cells=self._points(points),
                )
            )
        yield self._row("fit", self._points([path.fit for path in self.ranked]), "points", "more")

    def _points(self, points: Sequence[float]) -> list[Cell]:
        """Return points; a path that is ruled out has none, which is not the same as 0."""
        return [
            Cell(value=round(each, 1) if path.open_share else self.texts["words"]["ruled_out"])
            for each, path in zip(points, self.ranked, strict=True)
        ]


def _column(values: Any, at: int) -> Range:
    return printed_range(of_path(np.asarray(values), at))


def _cell(one: Range | Amount) -> Cell:
    if one.low == one.high:
        return Cell(value=one.low)
    return Cell(low=one.low, high=one.high)


def _credential(path: Path, words: Any) -> Cell:
    offer = path.then or path.offer
    if offer is None:
        return Cell(value=words["no_credential"])
    both = [path.offer, path.then] if path.then is not None else [offer]
    return Cell(value=", ".join(each.credential for each in both if each is not None))


def _delivery(path: Path, words: Any) -> Cell:
    if path.hours == (0.0, 0.0):
        return Cell(value=words["nothing_to_do"])
    time = words["full_time" if path.full_time else "beside_work"]
    return Cell(value=f"{words['delivery'].get(path.delivery, path.delivery)}, {time}")


def _admission(path: Path, words: Any) -> Cell:
    """Say how people get in: the model, the degree and grades it asks for, the GRE."""
    offer = path.then or path.offer
    if offer is None:
        return Cell(value=words["no_admission"])
    parts = [words["admission"][path.admission]]
    if path.bachelor_required:
        parts.append(words["bachelor"])
    if path.gpa_min:
        parts.append(words["gpa"].format(gpa=f"{path.gpa_min:g}"))
    if offer.kind != "work":
        parts.append(words["gre"][offer.admission.gre])
    return Cell(value="; ".join(parts))


def _published(path: Path, words: Any) -> Cell:
    """Return the published admission rate, or why none is known: the estimate stands below it."""
    offer = path.then or path.offer
    if offer is None or path.admission == "open":
        return Cell(value=words["no_admission" if offer is None else "all_admitted"])
    fact = offer.facts.get("acceptance_rate")
    bounds = fact.interval() if fact is not None else None
    if fact is None or bounds is None:
        reason = fact.unknown if fact is not None and fact.unknown else words["not_published"]
        if path.admission == "performance-based":
            return Cell(value=words["no_rate"])
        return Cell(unknown=reason)
    low, high = (round(100 * end) for end in bounds)
    return _cell(Range(low=low, high=high))


def _rise(money: Money, words: Any) -> Cell:
    """Return the rise in pay that pays all back by the end of the span."""
    if not money.paid_back_by:
        return Cell(value=0)
    row = next((row for row in money.paid_back_by if row.to_end_of_span), None)
    return Cell(value=words["too_late"]) if row is None else _cell(row.usd_per_year)


def _lost(money: Money) -> Cell:
    stopped = money.stopping
    if stopped.lost_usd is None:
        return Cell(unknown=stopped.unknown, value=stopped.not_applicable)
    return _cell(stopped.lost_usd)


def marked(row: Row) -> Row:
    """Return the row with its best and its worst cells marked, where the paths differ.

    Cells that read the same when printed are equal; a range counts by its middle.
    """
    places = [_place(cell, row.unit) for cell in row.cells]
    known = sorted({place for place in places if place is not None})
    if row.better is None or len(known) < 2:
        return row
    ends = (known[-1], known[0]) if row.better == "more" else (known[0], known[-1])
    marks: dict[float, Literal["best", "worst"]] = {ends[0]: "best", ends[1]: "worst"}
    cells = [
        cell.model_copy(update={"mark": marks.get(place) if place is not None else None})
        for cell, place in zip(row.cells, places, strict=True)
    ]
    return row.model_copy(update={"cells": cells})


def _place(cell: Cell, unit: str) -> float | None:
    if cell.low is not None and cell.high is not None:
        middle = (cell.low + cell.high) / 2
    elif isinstance(cell.value, (int, float)):
        middle = cell.value
    else:
        return None
    return float(rounded(middle)) if unit == "USD" else middle
