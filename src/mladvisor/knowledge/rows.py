"""The shape of what steers the advice: questions, rules, criteria and the model's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from mladvisor.knowledge.compile import flag_names
from mladvisor.knowledge.models import Fact, Interval, Model, PathKind, Share, midpoint


class Choice(Model):
    """One answer a person can pick; `label` is what they read, `short` stands in sentences."""

    value: str
    label: str
    short: str = ""


class Prior(Model):
    """What an unanswered question is drawn from, for the people `when` is true of.

    `weights` for choices and yes/no ("yes", "no"); `quantiles` for numbers: [share, value] pairs
    joined by straight lines; `screens = true` draws from the table of what employers' ads demand.
    """

    when: str = "True"
    weights: dict[str, float] | None = None
    quantiles: tuple[tuple[Share, float], ...] | None = None
    screens: bool = False
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Prior:
        if [self.weights is not None, self.quantiles is not None, self.screens].count(True) != 1:
            raise ValueError("give exactly one of: weights; quantiles; screens")
        return self


class Question(Model):
    """One field of the profile: how it is asked, why, what it takes, what stands in for it.

    type: choice (one of `choices`) · number · integer · flag (yes/no) · choices (a ranking) ·
    depths (competency=depth pairs) · place (one of the list `places`) · date (`low`, `high`: years
    from today). `flag` = a shorter flag; `group` = its heading in help texts. `name` and `says`
    (`says_not` for "no") put an answer into a sentence. `changeable`: other answers are tried,
    numbers between the ends of `plausible` to the nearest `step`, in the question's unit.
    """

    field: str = Field(pattern=r"^[a-z_]+$")
    group: str
    flag: str | None = None
    type: Literal["choice", "number", "integer", "flag", "choices", "depths", "place", "date"]
    prompt: str
    why: str
    name: str
    says: str
    says_not: str = ""
    changeable: Literal["can change", "could be wrong"] | None = None
    plausible: tuple[float, float] | None = None
    step: float | None = Field(default=None, gt=0)
    help: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["roles"] | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    places: str | None = None
    asked: bool = True
    asked_when: str = "True"
    first: bool = False
    find_out: str = ""
    find_out_minutes: int | None = Field(default=None, ge=1)
    prior: tuple[Prior, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that answer it, the usual one first."""
        return flag_names(self.field, self.flag)

    @model_validator(mode="after")
    def _whole(self) -> Question:
        tried = self.changeable is not None and self.type in ("number", "integer")
        if tried and (self.plausible is None or self.step is None):
            raise ValueError("a changeable number needs plausible = [low, high] and a step")
        if (self.type == "place") != (self.places is not None):
            raise ValueError("a place needs places = the id of a list in places.toml")
        return self


class Then(Model):
    """What a rule does: exactly one of these."""

    exclude: bool = False
    weigh: dict[str, float] | None = None
    value: dict[str, float] | None = None
    chance: float | None = None
    advise: Literal["do", "check", "clash"] | None = None

    @model_validator(mode="after")
    def _one_outcome(self) -> Then:
        given = [self.exclude, self.weigh is not None, self.value is not None]
        given += [self.chance is not None, self.advise is not None]
        if sum(given) != 1:
            raise ValueError("give exactly one of: exclude, weigh, value, chance, advise")
        return self


class Rule(Model):
    """A rule of advice: for whom (`when`), on which paths, what it does, and because of what.

    `place`: where a thing to do or to check stands among the others, the smallest first.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    file: str
    when: str = "True"
    paths: str = "True"
    then: Then
    place: int = Field(default=50, ge=1)
    because: str
    needs: str | None = None
    has: str | None = None
    unit: str = ""
    way_out: str = ""
    sources: tuple[str, ...] = Field(min_length=1)


class Criterion(Model):
    """One criterion: what it asks, and its weight by goal (swing weights, any common scale).

    `reads`: the answers its value is computed from, those that move it most first.
    """

    id: str
    label: str
    kind: Literal["benefit", "burden"]
    asks: str
    best: str
    worst: str
    reads: tuple[str, ...] = ()
    weights: dict[str, float]


class Staleness(Model):
    """After how many months a class of figures, or of sources, counts as old."""

    id: str
    months: int = Field(ge=1)
    figures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Platform(Model):
    """What a provider of courses asks for all of them at once, in USD."""

    id: str
    provider: str
    month: Fact
    year: Fact

    @property
    def usd_per_month(self) -> float:
        """Price of a month, the middle of a range."""
        return midpoint(self.month) or 0.0

    @property
    def usd_per_year(self) -> float:
        """Price of a year paid at once."""
        return midpoint(self.year) or 0.0


class MoneyFigure(Model):
    """A figure of law, of a loan or of a study that the money of every path is reckoned with.

    `others`: rows beside the one that decides. `steps`: [from USD, value] where the figure depends
    on an amount. `kinds` and `who`: the paths and people that a measured gain speaks for.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    about: Literal["span", "employer", "credit", "loan", "stopping", "gain"]
    label: str
    unit: str
    figure: Fact
    others: tuple[Fact, ...] = ()
    steps: tuple[tuple[float, float], ...] = ()
    kinds: tuple[PathKind, ...] = ()
    who: str = ""

    def interval(self) -> Interval:
        """Return (low, high) of a figure that is reckoned with, so can't be unknown."""
        bounds = self.figure.interval()
        if bounds is None:
            raise ValueError(f"{self.id} is unknown: {self.figure.unknown}")
        return bounds


OptionFigure = Literal["price_usd", "months", "hours", "beside_job", "get_in", "finish"]
"""What is told of every option in figures, in this order; chances are shares."""


class PathOption(Model):
    """One kind of thing to do, told neutrally: good and bad in the same fields as all others.

    Figures are computed from the paths of `kind` (only `paths`, if any are named) or from the
    courses of `course_level`; a row under `facts` stands in. `group` says whom or what they cover.
    """

    id: str
    title: str
    kind: PathKind | None = None
    paths: tuple[str, ...] = ()
    course_level: Literal["intro", "intermediate", "graduate"] | None = None
    group: str
    what: str
    gives: str
    week: str
    speaks_for: tuple[str, ...] = Field(min_length=1)
    speaks_against: tuple[str, ...] = Field(min_length=1)
    wrong_for: tuple[str, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)
    facts: Mapping[OptionFigure, Fact] = {}

    @model_validator(mode="after")
    def _one_origin(self) -> PathOption:
        if (self.kind is None) == (self.course_level is None):
            raise ValueError("give exactly one of: kind, course_level")
        faults = [f"facts.{name}: {fact.fault()}" for name, fact in self.facts.items()]
        if wrong := [fault for fault in faults if not fault.endswith(": None")]:
            raise ValueError("; ".join(wrong))
        return self


class KindFinish(Model):
    """How often people finish a kind of path; `partial` = what those who stop have done by then."""

    kind: PathKind
    low: Share
    high: Share
    partial: Share
    source: str
    note: str = ""


class FindableFigure(Model):
    """A figure drawn from a range, and how to find out where in it the truth lies.

    `with_it`: figures that are then known as well; `find_out_by_kind`: for kinds of path that it
    is found out of otherwise.
    """

    field: str
    with_it: tuple[str, ...] = ()
    name: str
    find_out: str
    find_out_by_kind: dict[PathKind, str] = Field(default_factory=dict)
    find_out_minutes: int = Field(ge=1)


class CoursePlanKind(Model):
    """One of the course plans offered to a person; the first is the whole one.

    `least_weight`: the role's skills that count at least so much are planned for; `projects`: at
    most so many end it; `proof`: what they leave to show.
    """

    id: str
    free_only: bool = False
    least_weight: Share = 0.0
    projects: int = Field(default=9, ge=1)
    proof: Share


class Settings(Model):
    """The numbers of the scoring model, each a judgement or a figure with its source."""

    finish: tuple[KindFinish, ...]
    levels: dict[str, dict[str, dict[str, int]]]
    taught_along: dict[str, dict[str, int]]
    degree_requires: dict[str, int]
    portfolio: dict[str, Share]
    network: dict[str, Share]
    course_plans: tuple[CoursePlanKind, ...] = Field(min_length=1)
    project_proof: dict[str, Share]
    project_least: dict[str, int]
    lab_access: dict[str, Share]
    research_held: dict[str, Share]
    proof_held: dict[str, Share]
    course_hours: dict[str, float]
    figures: tuple[FindableFigure, ...]
    numbers: dict[str, float]
    notes: dict[str, str]
