"""A page as HTML: one file that fetches nothing, in markup that is XML as well."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mladvisor.report.content.blocks import Chart, Page
from mladvisor.report.html.charts import drawn

HERE = Path(__file__).parent

MARKS = {"for": ("+", "For"), "against": ("−", "Against"), "mind": ("!", "Mind")}
"""Sign and name of a line's mark: a screen reader says the name."""


def as_html(page: Page) -> str:
    """Return the page as one HTML file; every text in it is escaped."""
    names = count(1)

    def picture(chart: Chart) -> Markup:
        return Markup(drawn(chart, f"chart-{next(names)}"))

    style = Markup((HERE / "style.css").read_text(encoding="utf-8"))
    numbers = count(1)
    template = _environment().get_template("page.html.jinja")
    return template.render(
        page=page,
        picture=picture,
        style=style,
        marks=MARKS,
        new_id=lambda: f"table-{next(numbers)}",
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
