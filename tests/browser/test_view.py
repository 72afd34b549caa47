"""What a link hides is hidden from all, a page on a wall is seen whole, and embedding stays."""

import pytest
from playwright.sync_api import expect

from playground.ui.view import PARTS
from tests.browser.rounds import Visit, agrees
from tests.browser.visit import faults_at_last

APP = "streamlit_app.py"
SIDEBAR, NAVIGATION = "[data-testid=stSidebar]", "[data-testid=stHeader] .rc-overflow"
BADGE = "[data-testid=stMain] .stMarkdownBadge"
LANDMARKS = (SIDEBAR, NAVIGATION, ".st-key-tools")
CUT = """() => ["h1", ".st-key-way-out", ".pgp-map", ".pgp-bar", ".pgp-verdict"].flatMap((part) => {
  const shown = [...document.querySelectorAll(part)].filter((node) => node.offsetHeight);
  const out = shown.filter((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
  });
  return shown.length ? out.map(() => `${part} is cut`) : [`${part} is not there`];
})"""
SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollWidth > main.clientWidth + 1 ? ["the page scrolls sideways"] : [];
}"""
TYPE = """(css) => {
  const node = document.querySelector(css);
  const { height } = node.getBoundingClientRect();
  return parseFloat(getComputedStyle(node).fontSize) * (height / node.offsetHeight);
}"""

DOT = """() => {
  const dots = [...document.querySelectorAll(".st-key-chart-bugs .point")]
    .map((dot) => dot.getBoundingClientRect())
    .filter(({ width }) => width > 4);
  const { x, y, width, height } = dots[2];
  return [x + width / 2, y + height / 2];
}"""
"""Where a dot of that chart is seen."""
PLOT = ".st-key-chart-bugs .main-svg"
CAPTION = "[data-testid=stCaptionContainer]"


@pytest.fixture
def visit(page, serve):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Visit(page, serve(APP))
    assert errors == []


def test_every_part_that_can_be_hidden_is_somewhere(browser, serve):
    context = browser.new_context()  # a browser remembers that the sidebar is closed
    page = context.new_page()
    asked = [css for part in PARTS.values() for css in part.selectors]
    missing = set(asked)

    def look():
        there = page.evaluate("all => all.filter((css) => document.querySelector(css))", asked)
        missing.difference_update(there)

    lesson = "course?lesson=momentum&guess=passes"
    for path, width in (
        ("trajectories", 1280),
        (lesson, 1280),
        ("dropout", 390),
        ("dropout", 1280),
    ):
        page.set_viewport_size({"width": width, "height": 844})
        Visit(page, serve(APP)).open(path)
        look()
    page.locator(SIDEBAR).hover()
    page.locator("[data-testid=stSidebarCollapseButton] button").click()
    page.locator("[data-testid=stExpandSidebarButton]").wait_for()
    look()
    context.close()
    assert missing == set()


def test_what_is_hidden_is_revealed_and_hidden_again_by_back(visit):
    page = visit.page
    parts = [page.locator(SIDEBAR), page.locator(BADGE).first]
    visit.open("dropout?hide=controls,verdict&keep_1=0.7")
    hidden = visit.shown()
    assert hidden.address.endswith("?hide=controls,verdict&keep_1=0.7")
    for part in parts:
        expect(part).to_be_hidden()
    page.get_by_role("button", name="Reveal").click()
    page.wait_for_url("**/dropout?keep_1=0.7")
    for part in parts:
        expect(part).to_be_visible()
    expect(page.get_by_role("button", name="Reveal")).to_have_count(0)
    visit.rest()
    visit.press(visit.main(), [visit.inward(visit.main())])
    page.wait_for_url("**/dropout?keep_*&keep_1=0.7")
    page.go_back()
    page.go_back()
    page.wait_for_function("old => location.pathname + location.search === old", arg=hidden.address)
    visit.rest()
    assert visit.shown().differs(hidden) == ""
    for part in parts:
        expect(part).to_be_hidden()
    assert agrees(visit) == ""


def test_another_page_of_the_navigation_hides_the_same(visit):
    visit.open("dropout?hide=verdict")
    visit.go("batches")
    visit.page.wait_for_url("**/batches?hide=verdict")
    visit.rest()
    expect(visit.page.locator(BADGE).first).to_be_hidden()
    visit.page.get_by_role("button", name="Reveal").click()
    visit.page.wait_for_url("**/batches")
    visit.page.go_back()
    visit.page.wait_for_url("**/batches?hide=verdict")


def test_home_is_revealed(visit):
    visit.open("?hide=runners&utm=1")
    expect(visit.page.locator(".pgp-legend")).to_be_hidden()
    visit.page.get_by_role("button", name="Reveal").click()
    visit.page.wait_for_url(f"{visit.url}/")
    expect(visit.page.locator(".pgp-legend")).to_be_visible()


@pytest.mark.parametrize("name", ["trajectories", "network"])
def test_on_a_wall_the_stage_fits_the_window_and_its_type_is_large(visit, name):
    page = visit.page
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        visit.open(f"{name}?projector=1")
        page.locator(".pgp-verdict").first.wait_for()
        assert faults_at_last(page, CUT) == [], width
        assert faults_at_last(page, SIDEWAYS) == [], width
        for css in LANDMARKS:
            for part in page.locator(css).all():
                expect(part).to_be_hidden()
    wall = {css: page.evaluate(TYPE, css) for css in (".pgp-name", "h1")}
    page.get_by_role("button", name="Leave the projector").click()
    page.wait_for_url(f"**/{name}")
    visit.rest()
    expect(page.locator(SIDEBAR)).to_be_visible()
    for css, size in wall.items():
        assert size == pytest.approx(1.6 * page.evaluate(TYPE, css), rel=0.02), css
    assert agrees(visit) == ""


def test_on_a_wall_a_figure_is_as_much_larger_and_is_touched_where_it_is_seen(visit):
    page = visit.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    said, sizes = [], []
    for query in ("", "?projector=1"):
        visit.open(f"gradient_check{query}")
        chart = page.locator(".st-key-chart-bugs")
        chart.scroll_into_view_if_needed()
        chart.locator(".point").first.wait_for(state="attached")
        x, y = page.evaluate(DOT)
        page.mouse.move(x, y)
        hover = page.locator(".st-key-chart-bugs .hoverlayer .hovertext").first
        hover.wait_for()
        said.append(hover.text_content())
        text = page.locator(".st-key-chart-bugs .xtick text").first.bounding_box()
        sizes.append(text["height"])
        plot, caption = (page.locator(css).first.bounding_box() for css in (PLOT, CAPTION))
        assert plot["y"] + plot["height"] <= caption["y"]
    assert said[0] == said[1]
    assert sizes[1] == pytest.approx(1.6 * sizes[0], rel=0.1)


def test_a_page_within_another_stays_so_when_it_is_set_and_left(visit):
    page = visit.page
    visit.open("?embed=true&hide=tools")
    page.locator("a[href*=trajectories]").first.click()
    page.wait_for_url("**/trajectories?embed=true&hide=tools")
    visit.rest()
    visit.press(visit.main(), [visit.inward(visit.main())])
    page.wait_for_function("/^.embed=true&.*kappa/.test(location.search)")
    assert "hide=tools" in page.url
    visit.rest()
    page.get_by_role("button", name="Reveal").click()
    page.wait_for_function("!location.search.includes('hide')")
    assert "?embed=true&" in page.url
    page.go_back()
    page.go_back()
    page.wait_for_url("**/trajectories?embed=true&hide=tools")
    visit.rest()
    assert agrees(visit) == ""
