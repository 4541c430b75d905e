"""The paths in the shareable report: ranking, reasons, what each is like, what is ruled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mladvisor.recommendation.document import Contribution, RankedPath
from mladvisor.report import phrases
from mladvisor.report.content.blocks import (
    Bar,
    Bars,
    Block,
    Cell,
    Dot,
    Extent,
    Items,
    Line,
    Paragraph,
    Part,
    Scatter,
    Section,
    Table,
)
from mladvisor.report.content.told import Told

HEAD = ("No.", "Path", "Kind", "Fit", "Points", "Own cost, USD", "Months", "Hours", "To the end")
NAMES, POINTS, CHANCE, EXTRA = 1, 4, 8, (0, 2, 8)
REGRET_HEAD = "Regret"

BRIEF_HEAD = ("Path", "Fit", "Points", "Own cost, USD", "Months", "Hours", "Chance")
BRIEF_NAMES, BRIEF_POINTS, BRIEF_EXTRA = 0, 2, (5,)

SELDOM_WITHIN = 0.5
"""Paths that limits leave open in a smaller share of readings are marked."""


def ranking(told: Told) -> Section:
    """Return the ranked paths as a table, and cost against time as a picture."""
    if not told.depth.whole:
        return _brief_ranking(told)
    document = told.document
    caption = told.text("ranking_caption", count=document.paths_considered)
    title = told.text("ranking_title", count=document.paths_considered)
    table = _ranked(document.ranking, caption, told)
    notes = _notes(table, told)
    return Section("ranking", title, [table, *notes, _scatter(told)])


def _brief_ranking(told: Told) -> Section:
    """Return what a reader compares, and how many more there are."""
    document, shown = told.document, told.compared
    rest = told.text("ranking_more", more=told.only_whole) if told.only_whole else ""
    title = told.text("ranking_best", count=document.paths_considered) + rest
    regret = phrases.regret(document)
    notes = [Paragraph(Line(f"{regret}."), "quiet")] if regret else []
    return Section("ranking", title, [_ranked(shown, told.text("ranking_legend"), told), *notes])


def _ranked(paths: Sequence[RankedPath], caption: str, told: Told) -> Table:
    cautious = told.document.verdict.cautious is not None
    whole = told.depth.whole
    head = [*(HEAD if whole else BRIEF_HEAD), *([REGRET_HEAD] if cautious else [])]
    points = POINTS if whole else BRIEF_POINTS
    row = _row if whole else _brief_row
    regret = [[f"{path.high_regret:.1f}"] if cautious else [] for path in paths]
    seldom = (at for at, path in enumerate(paths) if path.open_share < SELDOM_WITHIN)
    return Table(
        caption=caption,
        head=head,
        rows=[[*row(path, told), *last] for path, last in zip(paths, regret, strict=True)],
        numbers=frozenset({*({0} if whole else ()), points - 1, *range(points + 1, len(head))}),
        names=NAMES if whole else BRIEF_NAMES,
        picked=paths.index(told.winner),
        extra=EXTRA if whole else BRIEF_EXTRA,
        short=not whole,
        marked=frozenset(seldom),
        mark_text=told.text("ranking_seldom"),
    )


def _notes(table: Table, told: Told) -> Iterator[Paragraph]:
    """Yield what the columns mean."""
    yield Paragraph(Line(f"{phrases.FIT}{told.text('points_sides')}."), "quiet")
    yield Paragraph(Line(f"{told.text('to_the_end')}."), "quiet", explains=(table, CHANCE))
    if regret := phrases.regret(told.document):
        yield Paragraph(Line(f"{regret}."), "quiet")


def _row(path: RankedPath, told: Told) -> list[Cell]:
    title, *figures, _chance = _brief_row(path, told)
    number, kind = str(told.document.ranking.index(path) + 1), told.kind(path.kind)
    return [number, title, kind, *figures, phrases.to_the_end(path)]


def _brief_row(path: RankedPath, _told: Told) -> list[Cell]:
    return [
        path.title,
        phrases.signed(path.fit),
        for_and_against(path),
        phrases.cost(path).removesuffix(" USD"),
        str(path.months),
        f"{path.hours:,}",
        phrases.of_100(path),
    ]


def for_and_against(path: RankedPath) -> Extent:
    """Return a path's points for and against, summed from its criteria as they are shown."""
    points = [round(part.points, 1) for part in path.contributions]
    gains = sum(each for each in points if each > 0)
    losses = sum(each for each in points if each < 0)
    return Extent(f"{phrases.signed(gains)} {phrases.signed(losses)}", losses, gains)


def _scatter(told: Told) -> Scatter:
    texts = told.texts["report"]
    dots = [
        Dot(at, path.title, path.months, path.cost_usd.low, path.cost_usd.high, path is told.winner)
        for at, path in enumerate(told.document.ranking, start=1)
    ]
    return Scatter(texts["scatter_title"], texts["scatter_text"], dots)


def reasons(told: Told) -> Section:
    """Return why the recommended path, in points by criterion, largest first."""
    blocks = list(_reasons(told.winner, told, full=True))
    return Section("why", f"Why: {told.winner.title}", blocks)


def others(told: Told) -> Section | None:
    """Return the reasons for and against the best path of every other kind."""
    rest = [path for path in told.best_of_each_kind if path is not told.winner]
    parts = [Part(_named(path, told), list(_reasons(path, told))) for path in rest if path.hours]
    return Section("others", "The best of every other kind", parts) if parts else None


def _named(path: RankedPath, told: Told) -> str:
    """Return kind and title, the kind left out where the title begins with it."""
    kind = told.kind(path.kind)
    kind = f"{kind[:1].upper()}{kind[1:]}"
    return path.title if path.title.startswith(kind) else f"{kind}: {path.title}"


def _reasons(path: RankedPath, told: Told, *, full: bool = False) -> Iterator[Block]:
    ordered = phrases.by_size(path)
    least = told.depth.least_share * max((abs(part.points) for part in ordered), default=0)
    large = [part for part in ordered if abs(part.points) > least or told.depth.whole]
    parts = [part for part in large if full or round(part.points, 1)]
    if parts and told.depth.whole:
        yield _bars(path, parts, told)
    lines = [_criterion(part, told) for part in parts]
    small = [f"{part.label} {phrases.signed(part.points)}" for part in ordered if part not in large]
    if small:
        lines.append(Line(told.text("small_points", points=", ".join(small))))
    if path.hours:
        lines.append(_chance(path, told))
    yield Items(lines, scale=_scale(told), most_lines=told.depth.lines)
    if told.depth.whole and (limits := phrases.within_limits(path)):
        yield Paragraph(Line(limits))


def _bars(path: RankedPath, parts: Sequence[Contribution], told: Told) -> Bars:
    bars = [Bar(part.label, round(part.points, 1)) for part in parts]
    title = told.text("bars_title", title=path.title)
    low, high = _scale(told)
    return Bars(title, told.text("bars_text"), bars, max(-low, high) or 1.0)


def _criterion(part: Contribution, told: Told) -> Line:
    base, points = part.reasons[0], round(part.points, 1)
    return Line(
        base.text,
        lead=part.label,
        cites=told.citations.of(base.sources),
        under=tuple(map(told.rule, phrases.moving(part))) if told.depth.whole else (),
        points=Extent(phrases.signed(points), min(points, 0.0), max(points, 0.0)),
    )


def _chance(path: RankedPath, told: Told) -> Line:
    """Return the chance to reach the end, and what moved it or how often the limits allow it."""
    said = told.texts["report"]["chances"]
    text = said.get(path.kind, said["other"]).format(chance=phrases.to_the_end(path))
    if told.depth.whole:
        moved = [row for row in path.chance_reasons if phrases.tells(row)]
        return Line(text, under=tuple(map(told.rule, moved)))
    if path.open_share < 1:
        text += told.text("chance_limits", share=round(100 * path.open_share))
    return Line(text)


def _scale(told: Told) -> tuple[float, float]:
    """Return the least and most points of all paths shown, so that their bars can be compared."""
    shown = told.best_of_each_kind if told.depth.whole else [told.winner]
    points = [part.points for path in shown for part in path.contributions]
    return min([0.0, *points]), max([0.0, *points])


def weights(told: Told) -> Section:
    """Return how much each criterion counts for this person, and the rules that changed it."""
    parts = sorted(told.winner.contributions, key=lambda part: -part.weight)
    table = Table(
        caption=told.texts["report"]["weights_caption"],
        head=("Criterion", "Weight, %", ""),
        rows=[
            (part.label, str(round(100 * part.weight)), Extent("", 0, part.weight))
            for part in parts
        ],
        numbers=frozenset({1}),
    )
    lines = [
        Line(line.text, lead=f"{part.label}.", cites=line.cites)
        for part in parts
        for line in map(told.rule, phrases.weighing(part))
    ]
    return Section("weights", "What counts for you", [table, *([Items(lines)] if lines else [])])


def one(path: RankedPath, told: Told) -> Section:
    """Return one path by itself: its reasons, and what it is like."""
    title = f"Why: {path.title} (fit {phrases.signed(path.fit)})"
    like = Part(_named(path, told), _described(path, told))
    return Section("path", title, [*_reasons(path, told, full=True), like])


def described(told: Told) -> Section:
    """Return what living with each is like: good and bad in the same fields, ranking aside."""
    paths = sorted(told.best_of_each_kind, key=lambda path: path.title)
    parts = [Part(_named(path, told), _described(path, told)) for path in paths]
    return Section("like", "What they are like", parts)


def _described(path: RankedPath, told: Told) -> list[Block]:
    lines = [Line(text, mark="for") for text in path.strengths]
    lines += [Line(text, mark="against") for text in path.caveats]
    lines += [Line(text, mark="mind") for text in phrases.minded(path, told.figures)]
    url = phrases.web_page(path.url)
    page = [Paragraph(Line(f"The page of {path.title}", href=url))] if url else []
    return [
        Paragraph(Line(path.summary)),
        Paragraph(Line(path.typical_week, lead="A week:")),
        Items(lines),
        *page,
    ]


def ruled_out(told: Told) -> Section | None:
    """Return what limits rule out: a few paths for each limit and kind, and how many more."""
    rows = told.document.excluded
    if not rows:
        return None
    lines: list[Line] = []
    for group in phrases.ruled_out(rows):
        for row in group.named:
            cites = told.citations.of(row.sources)
            lines.append(Line(phrases.ruled_out_text(row), lead=f"{row.title}:", cites=cites))
        if group.more:
            kind = told.kind(group.kind)
            lines.append(Line(f"And {group.more} more ({kind}) by the same limit."))
    return Section("out", f"Ruled out ({len(rows)})", [Items(lines)])
