"""Every page, light and dark, for those who do not see it, or not well: one title, names, axe."""

import json
from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.rounds import PAGES, STATELESS, Visit

AXE = Path(__file__).parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"
APP = "Optimizer Playground"
PATHS = ["", *(name for name in (*STATELESS, *PAGES) if name != "home")]
FAULTS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => [impact, id, html, failureSummary]));
}"""
CHARTS = """charts => charts.filter(({ layout }) => layout).map((chart) =>
  ["role", "aria-label", "aria-description"].map((name) => chart.getAttribute(name)))"""
TYPESET = r"""() => [...document.querySelectorAll("[aria-label]")]
  .map((found) => found.getAttribute("aria-label"))
  .filter((label) => /[$\\]|[_^]\{|<\w+>/.test(label))"""


GROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"


@pytest.fixture(scope="module")
def visit(browser, serve):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield Visit(context.new_page(), serve("streamlit_app.py"))
    context.close()


@pytest.fixture(scope="module")
def titles():
    """Of the pages looked at so far."""
    return set()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "home")
def test_a_page_can_be_used_without_seeing_it(visit, titles, path):
    page = visit.page
    page.emulate_media(color_scheme="light")
    visit.open(path)
    assert page.locator("h1").count() == 1
    assert page.title().endswith(f" · {APP}" if path else APP)
    assert page.title() not in titles
    titles.add(page.title())
    charts = page.locator("[data-testid=stPlotlyChart]:visible .js-plotly-plot")
    for role, name, words in charts.evaluate_all(CHARTS):
        assert role == "img"
        assert name
        assert words
    assert page.evaluate(TYPESET) == []
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci --prefix tests/js`")
    page.evaluate(AXE.read_text("utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"{GROUND} === '{scheme}'")
        faults = page.evaluate(FAULTS)
        assert not faults, f"{scheme}: {json.dumps(faults, indent=1)}"
