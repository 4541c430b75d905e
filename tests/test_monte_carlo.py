"""An independent reckoning: the shares of first places, by plain Monte Carlo.

Open answers, weights and uncertain figures are drawn here from numpy's generator, and points are
added up as docs/method.md says, in plain loops and double precision. Of the program only the
knowledge base, its facts as ranges (`PathBuilder`), the planner and the parser of rules are used.
What an employer pays is set to nothing: that money has tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from mladvisor.curriculum.catalog import BY_HOURS, FREE_ONLY
from mladvisor.curriculum.plan import make_plan
from mladvisor.insight.robustness import ranked
from mladvisor.knowledge.load import Knowledge, compiled
from mladvisor.knowledge.rows import Question
from mladvisor.paths.offers import PathBuilder
from mladvisor.paths.path import FLAG_COLUMNS, NUMBER_COLUMNS, WORD_COLUMNS, Path
from mladvisor.profile import choices_of, make_profile
from mladvisor.rules.expression import code, parse
from mladvisor.scenarios import profile_vocabulary
from mladvisor.scoring.model import checked_rules, score_whole
from tests.conftest import ROOT

KNOWLEDGE = Knowledge(compiled(ROOT / "data"))
TODAY = date(2026, 11, 22)
NUMBERS = KNOWLEDGE.settings.numbers
DRAWS, PART = 100_000, 4_000
ENGINE_SCENARIOS = 24_000
TOLERANCE = 0.01

PEOPLE: dict[str, dict[str, Any]] = {
    "engineer": {
        "goal": "ml-job", "role": "ml-engineer", "education": "bachelor-cs", "seniority": "mid",
        "programming": "strong", "math": "working", "budget_usd": 15000, "hours_per_week": 10,
    },
    "research": {
        "goal": "research-job", "role": "applied-scientist", "education": "master-quant",
        "structure": "medium",
        "research_experience": "some", "country": "US", "us_state": "GA",
        "priorities": ["research", "time"],
    },
    "analyst": {
        "goal": "data-job", "education": "bachelor-nonquant", "technical_job": False,
        "math": "rusty", "programming": "rusty", "deadline_months": 40,
        "knows": {"sql": 2, "statistics": 1}, "needs_us_visa": False,
    },
}  # fmt: skip

Floats = npt.NDArray[np.float64]


class Reading:
    """Readings of one person: answers as given or drawn, (draws,), words as their codes."""

    def __init__(self, answers: dict[str, Any], count: int, chance: np.random.Generator) -> None:
        self.answers, self.count, self.chance = answers, count, chance
        self.values: dict[str, Any] = {}
        for field in KNOWLEDGE.questions:
            self.fill(field)
        self.screens = self.demanded()

    def fill(self, field: str) -> None:
        question = KNOWLEDGE.questions[field]
        if field in self.values or question.type in ("depths", "date"):
            return
        if question.type == "choices":
            named = self.answers.get(field, ())
            words = choices_of(question, KNOWLEDGE)
            self.values[field] = {word: np.full(self.count, word in named) for word in words}
        elif field in self.answers:
            answer = self.answers[field]
            self.values[field] = np.full(
                self.count, code(answer) if isinstance(answer, str) else answer
            )
        else:
            self.values[field] = self.draw(question)

    def draw(self, question: Question) -> Any:
        drawn, left = None, np.ones(self.count, dtype=bool)
        for prior in question.prior:
            condition = parse(prior.when, profile_vocabulary(KNOWLEDGE))
            for name in condition.names:
                self.fill(name)
            here = left & condition(self.values)
            left &= ~here
            if prior.quantiles is not None:
                shares, points = zip(*prior.quantiles, strict=True)
                new: Any = np.interp(self.chance.random(self.count), shares, points)
            elif prior.screens:
                new = self.degree_filter()
            else:
                new = self.words(question, prior.weights or {})
            drawn = new if drawn is None else np.where(here, new, drawn)
        return drawn

    def words(self, question: Question, weights: dict[str, float]) -> Any:
        words = list(weights)
        share = np.array([weights[word] for word in words])
        picked = self.chance.choice(len(words), self.count, p=share / share.sum())
        if question.type == "flag":
            return np.array([word == "yes" for word in words])[picked]
        return np.array([code(word) for word in words])[picked]

    def degree_filter(self) -> Any:
        for name in ("role", "employer", "seniority"):
            self.fill(name)
        demanded = self.demanded()
        hard = demanded["master"]
        soft = np.minimum(demanded["prefer_master"], 1 - hard)
        u = self.chance.random(self.count)
        return np.where(
            u < hard, code("hard"), np.where(u < hard + soft, code("soft"), code("none"))
        )

    def demanded(self) -> dict[str, Floats]:
        """The screens of each reading: the same level and employer, or the nearest row there is."""
        rows = {(row.role, row.employer, row.seniority): row for row in KNOWLEDGE.screens}
        names = ("role", "employer", "seniority")
        words = {code(w): w for n in names for w in choices_of(KNOWLEDGE.questions[n], KNOWLEDGE)}
        found = {name: np.zeros(self.count) for name in ("bachelor", "master", "phd")}
        found["prefer_master"] = np.zeros(self.count)
        columns = np.stack([self.values[name] for name in names], axis=1)
        for combination in set(map(tuple, columns.tolist())):
            role, employer, level = (words[number] for number in combination)
            tried = [(role, employer, each) for each in (level, "mid", "entry", "senior")]
            row = next((rows[key] for key in tried if key in rows), None)
            row = row or rows[role, "any", level]
            here = (columns == combination).all(axis=1)
            for name, shares in found.items():
                shares[here] = getattr(row, name)
        return found

    def table(self, field: str, rows: dict[str, float], otherwise: float = 0.0) -> Floats:
        numbers = np.full(self.count, otherwise)
        for word, number in rows.items():
            numbers[self.values[field] == code(word)] = number
        return numbers

    def known(self) -> list[dict[str, int]]:
        """What is known in each reading: the deepest of the coarse levels, then single skills."""
        fields = list(KNOWLEDGE.settings.levels)
        columns = np.stack([self.values[field] for field in fields], axis=1).tolist()
        made: dict[tuple[int, ...], dict[str, int]] = {}
        for key in set(map(tuple, columns)):
            skills: dict[str, int] = {}
            for field, number in zip(fields, key, strict=True):
                for level, depths in KNOWLEDGE.settings.levels[field].items():
                    for name, depth in depths.items() if code(level) == number else ():
                        skills[name] = max(skills.get(name, 0), depth)
            made[key] = {**skills, **self.answers.get("knows", {})}
        return [made[tuple(key)] for key in columns]


def depths(skills: dict[str, int]) -> npt.NDArray[np.int64]:
    return np.array([skills.get(name, 0) for name in KNOWLEDGE.competencies])


STUDY = np.array([(0.0, *row.hours) for row in KNOWLEDGE.competencies.values()])
SKILLS = np.arange(len(STUDY))


def study_hours(target: Any, known: Any) -> Any:
    """Judged hours of study from what is known to a target, both (…, skills)."""
    gap = STUDY[SKILLS, target] - STUDY[SKILLS, known]
    return np.maximum(gap, 0).sum(axis=-1)


class Person:
    """The paths of one person, with plans made for the middle of what they may know."""

    def __init__(self, sample: Reading) -> None:
        known = np.array([depths(each) for each in sample.known()])
        middle = np.sort(known, axis=0)[len(known) // 2]
        self.middle = middle
        held = {name: int(d) for name, d in zip(KNOWLEDGE.competencies, middle, strict=True) if d}
        roles = list(KNOWLEDGE.roles)
        counts = [int((sample.values["role"] == code(role)).sum()) for role in roles]
        self.role = roles[int(np.argmax(counts))]
        builder = PathBuilder(KNOWLEDGE, TODAY)
        row = KNOWLEDGE.roles[self.role]
        self.paths: list[Path] = [*builder.paths()]
        kinds = KNOWLEDGE.settings.course_plans
        plans = [
            make_plan(
                KNOWLEDGE,
                {n.competency: n.depth for n in row.competencies if n.weight >= kind.least_weight},
                held,
                row.projects[: kind.projects],
                FREE_ONLY if kind.free_only else BY_HOURS,
            )
            for kind in kinds
        ]
        if plans[-1].courses in [plan.courses for plan in plans[:-1]]:
            plans.pop()
        self.paths += [
            builder.course_plan(self.role, plan, kind)
            for plan, kind in zip(plans, kinds, strict=False)
        ]
        self.bridges = []
        for path in self.paths:
            gap = {name: d for name, d in path.requires.items() if d > held.get(name, 0)}
            self.bridges.append(make_plan(KNOWLEDGE, gap, held))
        need = np.array([self.needed(role)[0] for role in roles])
        by_role = need[[roles.index(name) for name in self.role_names(sample)]]
        self.usual_hours = float(np.sort(study_hours(by_role, known))[len(known) // 2])

    @staticmethod
    def role_names(reading: Reading) -> list[str]:
        names = {code(role): role for role in KNOWLEDGE.roles}
        return [names[number] for number in reading.values["role"].tolist()]

    @staticmethod
    def needed(role: str) -> tuple[Any, Floats]:
        """Depths that a role needs, and the weights of its skills."""
        needs = {need.competency: need for need in KNOWLEDGE.roles[role].competencies}
        total = sum(need.weight for need in needs.values())
        needed = depths({name: need.depth for name, need in needs.items()})
        weight = [needs[n].weight / total if n in needs else 0.0 for n in KNOWLEDGE.competencies]
        return needed, np.array(weight)


def column(paths: list[Path], field: str) -> Any:
    return np.array([getattr(path, field) for path in paths])[None, :]


def fits(person: Person, reading: Reading) -> Floats:
    """The fit of every path in every reading, (readings, paths)."""
    paths, values = person.paths, {n: _tall(v) for n, v in reading.values.items()}
    figures = figures_of(person, reading, values)
    rules = checked_rules(KNOWLEDGE)
    facts = {**values, **figures}
    shape = (reading.count, len(paths))
    holds = {
        checked.rule.id: np.broadcast_to(
            np.logical_and(checked.when(facts), checked.paths(facts)), shape
        )
        for checked in rules
    }
    chance, get_in = chances(person, reading, figures, holds)
    part: dict[str, float] = {row.kind: row.partial for row in KNOWLEDGE.settings.finish}
    done = chance + np.maximum(get_in - chance, 0) * np.array([[part[p.kind] for p in paths]])
    allowed = np.ones(shape, dtype=bool)
    for checked in rules:
        if checked.rule.then.exclude:
            allowed &= ~holds[checked.rule.id]
    weight = weights(reading, holds)
    gains = gained(person, reading, values, figures)
    total = np.zeros(shape)
    for at, criterion in enumerate(KNOWLEDGE.criteria):
        gain = gains[criterion.id]
        for checked in rules:
            added = (checked.rule.then.value or {}).get(criterion.id)
            if added is not None:
                gain = gain + added * holds[checked.rule.id]
        sign = 1 if criterion.kind == "benefit" else -1
        applies = done if criterion.id in ("skills", "cost", "time") else chance
        total += sign * 100 * weight[:, [at]] * applies * gain * allowed
    return total


def _tall(values: Any) -> Any:
    if isinstance(values, dict):
        return {word: flags[:, None] for word, flags in values.items()}
    return values[:, None]


def figures_of(person: Person, reading: Reading, values: dict[str, Any]) -> dict[str, Any]:
    paths = person.paths

    def drawn(field: str) -> Floats:
        low, high = np.array([getattr(path, field) for path in paths]).T
        among: Floats = low + reading.chance.random((reading.count, 1)) * (high - low)
        return among

    known = np.array([depths(each) for each in reading.known()])
    needed = np.array([person.needed(role)[0] for role in person.role_names(reading)])
    a_month = values["hours_per_week"] * NUMBERS["weeks_per_month"]
    hours = drawn("hours")
    bridge = np.zeros_like(hours)
    courses = np.zeros_like(hours)
    for at, path in enumerate(paths):
        if path.plan is not None:
            hours[:, at] *= study_hours(needed, known) / person.usual_hours
            courses[:, [at]] += path.plan.cost_usd(a_month)
        if path.requires:
            entry = depths(dict(path.requires))
            more = study_hours(entry, known) - study_hours(entry, person.middle)
            bridge[:, at] = np.maximum(person.bridges[at].hours + more, 0)
            courses[:, [at]] += person.bridges[at].cost_usd(a_month)
    full_time = column(paths, "full_time")
    months = np.maximum(column(paths, "months_min"), hours / a_month)
    months = np.where(full_time, column(paths, "months_typical"), months)
    by_limit = hours / (column(paths, "months_max") * NUMBERS["weeks_per_month"])
    state = np.array([[code(path.us_state) for path in paths]])
    at_home = state == values["us_state"]
    cost = np.where(at_home, drawn("cost_in_state_usd"), drawn("cost_usd")) + courses
    assert not values["employer_pays_usd_per_year"].any()
    figures: dict[str, Any] = {
        name: np.array([[code(getattr(path, field)) for path in paths]])
        for name, field in WORD_COLUMNS.items()
    }
    for fields in (FLAG_COLUMNS, NUMBER_COLUMNS):
        figures |= {name: column(paths, field) for name, field in fields.items()}
    return {
        **figures,
        "grants_degree": np.array([[path.grants in ("master", "phd") for path in paths]]),
        "carrying_on": np.array([[path.id == "carry-on" for path in paths]]),
        "cost_usd": cost,
        "net_cost_usd": cost,
        "hours": hours,
        "bridge_hours": bridge,
        "months": months + bridge / a_month,
        "own_months": months,
        "hours_per_week_needed": np.where(full_time, NUMBERS["full_time_hours_per_week"], by_limit),
        "recognition": drawn("recognition"),
        "signal": drawn("signal"),
        "acceptance": drawn("acceptance"),
        "finish": drawn("finish"),
        "pays_usd_per_year": drawn("pays_usd_per_year"),
    }


def chances(
    person: Person, reading: Reading, figures: dict[str, Any], holds: dict[str, Any]
) -> tuple[Floats, Floats]:
    """The chance to get in and finish, moved by rules, and the chance to get in."""
    get_in = 1 - (1 - figures["acceptance"]) ** NUMBERS["applications"]
    chance = get_in * figures["finish"]
    added: Any = 0.0
    for checked in checked_rules(KNOWLEDGE):
        if checked.rule.then.chance is not None:
            added = added + checked.rule.then.chance * holds[checked.rule.id]
    bounded = np.clip(chance + added, NUMBERS["chance_low"], NUMBERS["chance_high"])
    return np.minimum(bounded, get_in + np.maximum(added, 0)), get_in


def weights(reading: Reading, holds: dict[str, Any]) -> Floats:
    """Weights of the criteria in every reading; they sum to 1."""
    names = [criterion.id for criterion in KNOWLEDGE.criteria]
    rows = np.stack(
        [reading.table("goal", dict(criterion.weights)) for criterion in KNOWLEDGE.criteria], axis=1
    )
    rows /= rows.sum(axis=1, keepdims=True)
    ranked = [name for name in reading.answers.get("priorities", ()) if name in names]
    if ranked:
        count = len(names)
        centroid = [sum(1 / k for k in range(i, count + 1)) / count for i in range(1, count + 1)]
        rest = float(np.mean(centroid[len(ranked) :]))
        own = [centroid[ranked.index(n)] if n in ranked else rest for n in names]
        blend = NUMBERS["priority_blend"]
        rows = (1 - blend) * rows + blend * np.array(own)
    for checked in checked_rules(KNOWLEDGE):
        for name, factor in (checked.rule.then.weigh or {}).items():
            here = holds[checked.rule.id][:, 0]
            rows[:, names.index(name)] *= np.where(here, factor, 1.0)
    noise = reading.chance.logistic(size=rows.shape) * np.sqrt(3) / np.pi
    rows = rows * np.exp(NUMBERS["weight_spread"] * np.clip(noise, -3, 3))
    spread: Floats = rows / rows.sum(axis=1, keepdims=True)
    return spread


def gained(
    person: Person, reading: Reading, values: dict[str, Any], figures: dict[str, Any]
) -> dict[str, Any]:
    """What each path adds to each criterion's value of today; of a burden, the burden."""
    settings, paths = KNOWLEDGE.settings, person.paths
    portfolio = {role.id: settings.portfolio[role.portfolio] for role in KNOWLEDGE.roles.values()}
    shown = reading.table("production", settings.proof_held)
    at_work = np.where(reading.values["ml_at_work"], settings.proof_held["ml-at-work"], 0.0)
    shown = np.maximum(shown, at_work)[:, None]
    researched = reading.table("research_experience", settings.research_held)
    doctor = reading.values["education"] == code("phd")
    researched = np.maximum(researched, NUMBERS["doctorate_research"] * doctor)[:, None]
    opened = [
        NUMBERS["doctorate_research"]
        if path.grants == "phd"
        else settings.lab_access[path.lab_access] + NUMBERS["thesis_research"] * path.thesis
        for path in paths
    ]
    met = np.array([[settings.network[path.network] for path in paths]])
    net = figures["net_cost_usd"]
    of_budget = np.minimum(net / np.maximum(values["budget_usd"], 1), 1)
    of_scale = np.minimum(net / NUMBERS["cost_scale_usd"], 1)
    share = NUMBERS["cost_budget_share"]
    lost = np.minimum(foregone(person, values, figures) / NUMBERS["foregone_scale_usd"], 1)
    of_deadline = np.minimum(figures["months"] / values["deadline_months"], 1)
    all_hours = (figures["hours"] + figures["bridge_hours"]) / NUMBERS["hours_scale"]
    by_months = NUMBERS["months_share"]
    return {
        "credential": credential(person, reading, figures),
        "skills": skills(person, reading),
        "proof": reading.table("role", portfolio)[:, None]
        * np.maximum(column(paths, "proof") - shown, 0),
        "research": np.maximum(np.minimum([opened], 1.0) - researched, 0),
        "network": np.maximum(met - settings.network["none"], 0),
        "cost": share * of_budget + (1 - share) * of_scale + NUMBERS["foregone_share"] * lost,
        "time": by_months * of_deadline + (1 - by_months) * np.minimum(all_hours, 1),
    }


def foregone(person: Person, values: dict[str, Any], figures: dict[str, Any]) -> Any:
    monthly = np.where(
        values["technical_job"],
        NUMBERS["pay_technical_usd_per_month"],
        NUMBERS["pay_other_usd_per_month"],
    )
    monthly = monthly * (1 + NUMBERS["pay_per_experience_year"] * values["experience_years"])
    given_up = np.maximum(monthly - figures["pays_usd_per_year"] / 12, 0)
    return np.where(column(person.paths, "full_time"), figures["own_months"] * given_up, 0.0)


def credential(person: Person, reading: Reading, figures: dict[str, Any]) -> Any:
    """How many more of the target employers' screens are passed."""
    n, demanded = NUMBERS, reading.screens
    hard = reading.values["degree_filter"] == code("hard")
    soft = reading.values["degree_filter"] == code("soft")
    soft_pass = reading.table(
        "seniority",
        {"entry": n["soft_pass_entry"], "senior": n["soft_pass_senior"]},
        n["soft_pass_mid"],
    )
    below = np.where(hard, n["hard_pass_without"], np.where(soft, soft_pass, 1.0))
    with np.errstate(invalid="ignore"):
        doctor_wanted = np.where(demanded["master"] > 0, demanded["phd"] / demanded["master"], 0)
    master = np.where(hard, 1 - doctor_wanted, 1.0)
    years = np.minimum(
        n["equivalent_experience_per_year"] * reading.values["experience_years"],
        n["equivalent_experience_max"],
    )
    without = (1 - demanded["bachelor"]) + demanded["bachelor"] * years
    without = without * np.where(
        hard, n["hard_pass_without"], np.where(soft, n["no_degree_soft_share"], 1.0)
    )
    bachelor = below * n["quant_bachelor_pass"]
    passes = {
        "none": without,
        "bachelor-nonquant": below * n["nonquant_bachelor_pass"],
        "bachelor-quant": bachelor,
        "bachelor-cs": below,
        "master-nonquant": below + (master - below) * n["nonquant_master_pass"],
        "master-quant": master,
        "phd": np.ones(reading.count),
    }
    held = np.zeros(reading.count)
    for degree, share in passes.items():
        here = reading.values["education"] == code(degree)
        held[here] = share[here]
    gains = np.zeros((reading.count, len(person.paths)))
    for at, path in enumerate(person.paths):
        after = {
            "master": figures["recognition"][:, at] * (master - held),
            "phd": 1 - held,
            "bachelor": bachelor - held,
        }
        signal = figures["signal"][:, at] * np.where(hard, n["hard_signal_share"], 1.0)
        gains[:, at] = np.maximum(after.get(path.grants, signal * (master - held)), 0)
    return gains


def skills(person: Person, reading: Reading) -> Any:
    """How much more of the role's skills a path brings, no more than its hours can teach."""
    known = np.array([depths(each) for each in reading.known()])
    roles = np.array(list(KNOWLEDGE.roles))
    at_role = [list(roles).index(role) for role in person.role_names(reading)]
    needed = np.array([person.needed(role)[0] for role in roles])[at_role]
    weight = np.array([person.needed(role)[1] for role in roles])[at_role]
    share = weight / np.maximum(needed, 1)
    useful = np.minimum(known, needed)
    today = (useful * share).sum(axis=1)
    gains = np.zeros((reading.count, len(person.paths)))
    for at, path in enumerate(person.paths):
        brought = np.maximum(depths(dict(path.covers)), depths(dict(path.requires)))
        if path.plan is not None:  # a plan is made anew for whatever role it turns out to be
            own, counts = person.needed(person.role)
            reached = (np.minimum(brought, own) * counts / np.maximum(own, 1)).sum()
            gains[:, at] = np.maximum(reached - today, 0)
            continue
        deeper = np.maximum(np.minimum(brought, needed), useful)
        wanted = study_hours(deeper, useful)
        has = sum(path.hours) / 2 + person.bridges[at].hours
        taught = np.minimum(1, has / np.maximum(wanted, 1e-9))
        gains[:, at] = taught * ((deeper * share).sum(axis=1) - today)
    return gains


def parts(answers: dict[str, Any], chance: np.random.Generator) -> Iterator[Reading]:
    for _ in range(DRAWS // PART):
        yield Reading(answers, PART, chance)


@pytest.mark.parametrize("name", PEOPLE)
def test_shares_of_first_places_agree_with_a_plain_monte_carlo(name: str) -> None:
    answers = {**PEOPLE[name], "employer_pays_usd_per_year": 0.0}
    chance = np.random.default_rng(20261122)
    person = Person(Reading(answers, 10_001, chance))
    firsts = np.zeros(len(person.paths))
    for reading in parts(answers, chance):
        first = fits(person, reading).argmax(axis=1)
        firsts += np.bincount(first, minlength=len(person.paths))
    profile = make_profile(KNOWLEDGE, answers)
    block = score_whole([profile], KNOWLEDGE, TODAY, ENGINE_SCENARIOS)
    (paths,) = block.figures.people.paths
    engine = ranked(block.totals_of(0), paths, KNOWLEDGE.settings)
    assert [path.id for path in paths] == [path.id for path in person.paths]
    shares = firsts / DRAWS
    assert sum(shares > 0.01) > 3, "several paths come first at times, or this tests little"
    apart = np.abs(shares - engine.first_share)
    worst = int(apart.argmax())
    assert apart[worst] < TOLERANCE, (
        f"{person.paths[worst].id}: {shares[worst]:.4f} here, {engine.first_share[worst]:.4f} there"
    )
