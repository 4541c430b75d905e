"""Put the study plan together: the planner's courses on the calendar, with money and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mladvisor.curriculum.catalog import (
    FREE_ONLY,
    Objective,
    catalog,
    middle_hours,
    price_month_usd,
    price_once_usd,
)
from mladvisor.curriculum.limits import what_to_leave_out, within_budget
from mladvisor.curriculum.plan import Plan, Step
from mladvisor.curriculum.schedule import Slot, schedule
from mladvisor.knowledge.load import Knowledge
from mladvisor.knowledge.models import Fact, Offer, OfferFigure, interval, midpoint
from mladvisor.recommendation.part import Range
from mladvisor.recommendation.sources import source_rows
from mladvisor.recommendation.study import document as doc
from mladvisor.recommendation.study.request import Request
from mladvisor.recommendation.words import counted, listed, measured


def study_plan(request: Request, knowledge: Knowledge, today: date) -> doc.StudyPlan:
    """Return the plan that answers a request."""
    numbers = knowledge.settings.numbers
    hours_per_month = request.hours_per_week * numbers["weeks_per_month"]
    plan, objective = within_budget(
        knowledge, request.wish, request.objective, request.budget_usd, hours_per_month
    )
    slots = schedule(plan, request.start, request.hours_per_week, numbers["hours_for_two_courses"])
    writer = _Writer(request, knowledge, plan, slots)
    cost = float(plan.cost_usd(hours_per_month))
    weeks = plan.hours / request.hours_per_week
    return doc.StudyPlan(
        schema_version=doc.SCHEMA_VERSION,
        data_version=knowledge.data_version,
        today=today.isoformat(),
        profile=request.profile.model_dump(mode="json", exclude_none=True),
        role=request.role.id,
        role_title=request.role.title,
        title=writer.title(),
        saves=_saves(objective),
        hours_per_week=request.hours_per_week,
        assumed=list(request.assumed),
        assumptions=writer.assumptions(),
        known=dict(request.wish.have),
        hours=Range(low=plan.hours_low, high=plan.hours_high),
        hours_middle=plan.hours,
        weeks=round(weeks, 1),
        months=round(weeks / numbers["weeks_per_month"], 1),
        begins=request.start.isoformat(),
        ends=max((slot.ends for slot in slots), default=request.start).isoformat(),
        cost_usd=cost,
        subscriptions=[
            doc.Subscription(
                provider=holding.provider,
                courses=holding.courses,
                months=int(holding.months(hours_per_month)),
                cost_usd=float(holding.cost_usd(hours_per_month)),
            )
            for holding in plan.holdings
        ],
        stages=list(writer.stages()),
        limits=list(writer.limits(cost, objective, hours_per_month)),
        coverage=list(writer.coverage()),
        missing=[writer.label(name) for name in plan.missing],
        not_given=list(knowledge.texts["plan"]["not_given"]),
        degree=_beside(request.degree, request, writer.texts) if request.degree else None,
        sources=list(source_rows(writer.cited(), knowledge)),
        statements=[*knowledge.texts["plan"]["statements"], *knowledge.texts["about"]["common"]],
    )


MOST_NAMED = 4
"""Parts to leave out that a sentence names; of more it names fewer and counts the rest."""


def _saves(objective: Objective) -> Any:
    if objective.free_only:
        return "free"
    return "cost" if objective.hours_per_usd else "hours"


class _Writer:
    """Writes one plan into the document."""

    def __init__(
        self, request: Request, knowledge: Knowledge, plan: Plan, slots: Sequence[Slot]
    ) -> None:
        self.request = request
        self.knowledge = knowledge
        self.plan = plan
        self.slots: Mapping[str, Slot] = {slot.course: slot for slot in slots}
        self.texts: Mapping[str, Any] = knowledge.texts["plan"]

    def title(self) -> str:
        """Return what the plan is called."""
        if self.request.degree is not None:
            return str(self.texts["title_like"]).format(degree=self.request.degree.short_name)
        return str(self.texts["title"]).format(role=self.request.role.title)

    def assumptions(self) -> str:
        """Say which answers were left open, with what stands in for hours."""
        questions = self.knowledge.questions
        names = [questions[field].help.lower() for field in self.request.assumed]
        return str(self.texts["assumed"]).format(names=listed(names)) if names else ""

    def label(self, competency: str) -> str:
        """Return a competency in words."""
        return self.knowledge.competencies[competency].label

    def _part(self, name: str) -> str:
        """Return a competency or project in words."""
        project = catalog(self.knowledge).projects.get(name)
        return project.title if project is not None else self.label(name)

    def stages(self) -> Iterator[doc.PlannedStage]:
        """Yield the stages that hold courses, in order."""
        for rank, stage in enumerate(catalog(self.knowledge).stages):
            steps = [step for step in self.plan.steps if step.rank == rank]
            if not steps:
                continue
            slots = [self.slots[step.course.id] for step in steps]
            yield doc.PlannedStage(
                id=stage.id,
                title=stage.title,
                why=stage.why.strip(),
                hours=sum(middle_hours(step.course) for step in steps),
                first_week=round(min(slot.first_week for slot in slots), 1),
                last_week=round(max(slot.last_week for slot in slots), 1),
                begins=min(slot.begins for slot in slots).isoformat(),
                ends=max(slot.ends for slot in slots).isoformat(),
                courses=[self._course(step) for step in steps],
            )

    def _course(self, step: Step) -> doc.PlannedCourse:
        course, slot = step.course, self.slots[step.course.id]
        low, high = interval(course.facts.get("hours")) or (0.0, 0.0)
        return doc.PlannedCourse(
            id=course.id,
            title=course.title,
            provider=course.provider,
            hours=Range(low=low, high=high),
            price=course.price,
            cost_usd=price_once_usd(course) or None,
            usd_per_month=price_month_usd(course) or None,
            hands_on=course.hands_on,
            rating=midpoint(course.facts.get("rating")),
            first_week=round(slot.first_week, 1),
            last_week=round(slot.last_week, 1),
            begins=slot.begins.isoformat(),
            ends=slot.ends.isoformat(),
            alongside=list(slot.alongside),
            after=list(step.after),
            brings=dict(step.brings),
            why=self._why(step),
            caveat=course.caveats[0] if course.caveats else None,
            url=course.url,
        )

    def _why(self, step: Step) -> str:
        """Say what a course is there for, and how many later ones build on it."""
        later = [other for other in self.plan.steps if step.course.id in other.after]
        brings = listed([self.label(name) for name in step.brings])
        if not brings:
            return str(self.texts["why_project"])
        kind = "why_awaited" if len(later) > 1 else "why_awaited_once" if later else "why"
        first = later[0].course.title if later else ""
        return str(self.texts[kind]).format(brings=brings, later=len(later), first=first)

    def limits(
        self, cost_usd: float, objective: Objective, hours_per_month: float
    ) -> Iterator[doc.Limit]:
        """Yield the person's limits, and for a missed deadline what to leave out first."""
        budget, months = self.request.budget_usd, self.request.deadline_months
        if budget is not None:
            yield self._budget(budget, cost_usd, objective)
        if months is not None:
            yield self._deadline(months, objective, hours_per_month)

    def _budget(self, budget: float, cost_usd: float, objective: Objective) -> doc.Limit:
        fits = cost_usd <= budget
        changed = objective != self.request.objective
        free = objective == FREE_ONLY
        kind = "budget_free" if changed and free else "budget_cheaper" if changed else "budget_fits"
        if fits and not budget:
            kind = "budget_nothing"
        return doc.Limit(
            kind="budget",
            limit=budget,
            needs=cost_usd,
            fits=fits,
            leave_out=[],
            then_needs=None,
            text=str(self.texts[kind]).format(
                cost=measured(cost_usd, "USD"), budget=measured(budget, "USD")
            ),
        )

    def _deadline(self, months: float, objective: Objective, hours_per_month: float) -> doc.Limit:
        needs = self.plan.hours / hours_per_month
        left_out: list[str] = []
        then = needs
        if needs > months:
            left_out, smaller = what_to_leave_out(
                self.knowledge, self.request.wish, objective, months * hours_per_month
            )
            then = smaller.hours / hours_per_month
        kind = "fits" if needs <= months else "leave_out" if then <= months else "never"
        weeks_per_month = self.knowledge.settings.numbers["weeks_per_month"]
        return doc.Limit(
            kind="deadline",
            limit=months,
            needs=round(needs, 1),
            fits=needs <= months,
            leave_out=left_out,
            then_needs=round(then, 1) if left_out else None,
            text=str(self.texts[f"deadline_{kind}"]).format(
                months=measured(needs, "months"),
                limit=measured(months, "months"),
                late=counted(round((needs - months) * weeks_per_month), "week"),
                names=self._named(left_out),
                then=measured(then, "months"),
                flags=" ".join(f"--without {name}" for name in left_out),
            ),
        )

    def _named(self, parts: Sequence[str]) -> str:
        """Return competencies and projects in words: the first few, and how many more."""
        names = [f'"{self._part(name)}"' for name in parts]
        if len(names) <= MOST_NAMED:
            return listed(names)
        more = len(names) - MOST_NAMED + 1
        shown = ", ".join(names[: MOST_NAMED - 1])
        return str(self.texts["parts_more"]).format(names=shown, more=more)

    def coverage(self) -> Iterator[doc.Covered]:
        """Yield each competency that is asked for: known, reached, and by which courses."""
        have, reached = self.request.wish.have, self.plan.reaches
        for name in self.knowledge.competencies:
            asked = self.request.yardstick.get(name, 0)
            if asked:
                yield doc.Covered(
                    competency=name,
                    label=self.label(name),
                    asked=asked,
                    known=have.get(name, 0),
                    reached=reached.get(name, 0),
                    by=[step.course.id for step in self.plan.steps if name in step.brings],
                )

    def cited(self) -> Iterator[str]:
        """Yield the sources of hours and prices, of the degree, and of what the stages rest on."""
        yield "guide"
        yield from self.request.yardstick_sources
        degree = self.request.degree
        if degree is not None:
            yield from _fact_sources(degree.facts.get(name) for name in BESIDE)
        for course in self.plan.courses:
            yield from _fact_sources(course.facts.get(name) for name in ("hours", "usd_per_month"))
        for holding in self.plan.holdings:
            platform = self.knowledge.platforms.get(holding.provider)
            if holding.courses > 1 and platform is not None:
                yield from _fact_sources((platform.month, platform.year))


BESIDE: tuple[OfferFigure, ...] = ("hours", "cost_usd", "months_typical", "cost_in_state_usd")
"""Figures of a degree that stand beside a plan's."""


def _fact_sources(facts: Iterable[Fact | None]) -> Iterator[str]:
    for fact in facts:
        if fact is not None and fact.source is not None:
            yield fact.source


def _beside(degree: Offer, request: Request, texts: Mapping[str, Any]) -> doc.BesideDegree:
    return doc.BesideDegree(
        program=degree.id,
        title=degree.short_name,
        hours=_range(degree, "hours"),
        cost_usd=_range(degree, "cost_usd"),
        months=midpoint(degree.facts.get("months_typical")),
        cost_in_state_usd=_range(degree, "cost_in_state_usd"),
        yardstick=request.yardstick_title,
        note=texts["beside"],
    )


def _range(offer: Offer, field: OfferFigure) -> Range | None:
    bounds = interval(offer.facts.get(field))
    return Range(low=bounds[0], high=bounds[1]) if bounds is not None else None
