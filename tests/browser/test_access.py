"""Every page, for those who do not see it, or not well, and for those who want to be asked nothing.

One title, names, axe; and whoever looks at a page asks nobody but the server it comes from.
"""

import ast
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.rounds import PAGES, SLIDERLESS, Visit
from tests.support.part import some
from tests.support.source import ROOT, tree

AXE = Path(__file__).parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"
APP = "Optimizer Playground"
PATHS = ["", *(name for name in (*SLIDERLESS, *PAGES) if name != "home")]
TITLES = {
    Path(call.args[0].value).stem.removesuffix("home"): keyword.value.args[0].value
    for call in ast.walk(tree(ROOT / "playground" / "ui" / "navigation.py"))
    if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.Page"
    for keyword in call.keywords
    if keyword.arg == "title"
}
"""What the entry file calls every page."""
FAULTS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => [impact, id, html, failureSummary]));
}"""
CHARTS = """charts => charts.map((chart) =>
  ["role", "aria-label", "aria-description"].map((name) => chart.getAttribute(name)))"""
TYPESET = r"""() => [...document.querySelectorAll("[aria-label]")]
  .map((found) => found.getAttribute("aria-label"))
  .filter((label) => /[$\\]|[_^]\{|<\w+>/.test(label))"""


WITHIN = ("data", "blob")
"""What the page brings along itself, without asking anybody."""
SCHEMES = ("light", "dark")
GROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"


@pytest.fixture(scope="module")
def visit(browser, serve):
    """A visitor who has never been here: nothing is in the cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield Visit(context.new_page(), serve("streamlit_app.py"))
    context.close()


@pytest.fixture(scope="module")
def asked(visit):
    """The addresses the browser has asked so far."""
    addresses = []
    visit.page.on("request", lambda request: addresses.append(request.url))
    visit.page.on("websocket", lambda socket: addresses.append(socket.url))
    return addresses


def test_no_two_pages_have_one_title():
    assert len(set(TITLES.values())) == len(TITLES) == len(PATHS)


def walk(visit, path):
    """Come to a page as a visitor does: the first is opened, the others are gone to from there."""
    if visit.page.url.startswith(visit.url):
        visit.go(path)
        visit.page.wait_for_url(f"{visit.url}/{path}*")
        visit.rest()
    else:
        visit.open(path)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "home")
def test_a_page_can_be_used_without_seeing_it(visit, asked, path):
    page = visit.page
    page.emulate_media(color_scheme="light")
    walk(visit, path)
    own = urlsplit(visit.url).netloc
    there = [urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in WITHIN]
    assert set(there) == {own}
    assert page.locator("h1").count() == 1
    assert page.title() == (f"{TITLES[path]} · {APP}" if path else APP)
    charts = page.locator(".pgp-figure:visible")
    for role, name, words in charts.evaluate_all(CHARTS):
        assert role == "img"
        assert name
        assert words
    assert page.evaluate(TYPESET) == []
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci --prefix tests/js`")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    for scheme in some(SCHEMES, 4, PATHS.index(path)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"{GROUND} === '{scheme}'")
        faults = page.evaluate(FAULTS)
        assert not faults, f"{scheme}: {json.dumps(faults, indent=1)}"


def test_the_icon_is_a_picture_of_our_own(visit):
    page = visit.open("reference").page
    page.wait_for_function(
        "() => !document.querySelector('link[rel~=icon]').href.endsWith('favicon.png')"
    )
    size = page.evaluate(
        """async () => {
          const picture = new Image();
          picture.src = document.querySelector("link[rel~=icon]").href;
          await picture.decode();
          return [picture.src.slice(0, 40), picture.naturalWidth];
        }"""
    )
    assert size[1] > 0, size
