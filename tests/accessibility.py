"""Look at the HTML reports in a real browser: axe-core's rules, in light and dark, at two widths.

Needs a Chromium and axe-core, which the project does not depend on:

    apt-get install chromium; npm install axe-core; pip install playwright
    PYTHONPATH=src python -m tests.accessibility node_modules/axe-core/axe.min.js [FOLDER]

Prints each violation and ends with 1 if there is any. With FOLDER it leaves screenshots and PDF
files (A4 and Letter) there, to be looked at.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mladvisor.browse.options import all_options
from mladvisor.knowledge.load import Knowledge, load
from mladvisor.report.content.comparison import comparison_page
from mladvisor.report.content.options import options_page
from mladvisor.report.content.recommendation import recommendation_page
from mladvisor.report.content.study import study_page
from mladvisor.report.html.page import as_html
from tests.test_compare import compared
from tests.test_people import FOUR, TODAY, advise
from tests.test_plan import planned

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCHEMES = ("light", "dark")
WIDTHS = (400, 1200)
PAPERS = ("A4", "Letter")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def browser_path() -> str | None:
    """Return where a browser is installed, if one is."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pages(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of four people's reports, the options, a plan and a comparison."""
    options = all_options(knowledge, TODAY)
    for name in FOUR:
        page = recommendation_page(advise(name, knowledge), knowledge.texts, options)
        yield name, as_html(page)
    yield "options", as_html(options_page(options, knowledge.texts["options"]))
    plan = planned(knowledge, {"role": "ml-engineer", "budget_usd": 100}, like="gatech-omscs")
    yield "plan", as_html(study_page(plan, knowledge.texts["study"]))
    yield "compare", as_html(comparison_page(compared(knowledge), knowledge.texts["compare"]))


def violations(playwright: Any, axe: str, name: str, html: str, folder: Path | None) -> list[str]:
    """Return what axe-core finds wrong with a page, and leave pictures of it in the folder."""
    found: list[str] = []
    browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
            page.on("request", lambda asked, to=found: to.append(f"fetches {asked.url}"))
            page.set_content(html)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{width} px: page is {wide} px wide"] if wide > width else []
            page.evaluate(axe)
            result = page.evaluate("rules => axe.run(document, rules)", RULES)
            for violation in result["violations"]:
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                found.append(f"{scheme} {width}: {violation['id']}: {violation['help']}: {nodes}")
            if folder is not None:
                page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=True)
            page.close()
    if folder is not None:
        page = browser.new_page()
        page.set_content(html)
        for paper in PAPERS:
            page.pdf(path=folder / f"{name}-{paper}.pdf", format=paper)
    browser.close()
    return found


def main(axe_file: str, folder: str | None = None) -> int:
    """Check every page and say what is wrong."""
    from playwright.sync_api import sync_playwright

    axe = Path(axe_file).read_text(encoding="utf-8")
    pictures = Path(folder) if folder is not None else None
    wrong = 0
    with sync_playwright() as playwright:
        for name, html in pages(load()):
            found = violations(playwright, axe, name, html, pictures)
            wrong += len(found)
            print(f"{name}: {len(found)} violations", *found, sep="\n  ")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
