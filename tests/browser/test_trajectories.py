"""The journeys of a visitor through the Trajectories page, in a real browser."""

import re
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

import playground as pg
from playground.topics.race import OPENING, SCENES, read

APP = "streamlit_app.py"
LEGEND = ".pgp-legend"


@pytest.fixture
def open_app(serve, page):
    """Open the app at a link; any error of the page's own scripts fails the test."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(link="trajectories"):
        page.goto(f"{serve(APP)}/{link}")
        page.locator(".pgp-counter").wait_for()
        return page

    yield go
    assert errors == []


def race_of(page):
    """The race the address tells, which must be understood without a word."""
    race, problems = read(dict(parse_qsl(urlsplit(page.url).query)), OPENING)
    assert not problems
    return race


def heads(page):
    return page.locator(".pgp-head").evaluate_all("n => n.map(e => e.getAttribute('transform'))")


def wait_for_link(page, pattern):
    page.wait_for_function("p => new RegExp(p).test(location.search)", arg=pattern)


def button(page, key):
    return page.locator(f".st-key-{key} button")


def test_a_visitor_plays_changes_everything_and_passes_the_link_on(page, open_app, browser):
    page.emulate_media(reduced_motion="no-preference")
    page = open_app()
    before = heads(page)  # the opening scene moves without a click
    assert len(before) == 4
    page.wait_for_function(
        "h => document.querySelector('.pgp-head').getAttribute('transform') !== h", arg=before[0]
    )
    kappa = page.locator(".st-key-trajectories-surface-Bowl-kappa").get_by_role("slider")
    kappa.press("ArrowLeft")
    wait_for_link(page, r"Bowl\.kappa=80")
    page.get_by_role("button", name="Add a runner").click()
    wait_for_link(page, "e=Adam")
    expect(page.locator(".pgp-chip")).to_have_count(5)

    drag_the_start(page)
    scrub_and_hold(page)
    another_visitor_sees_the_same(browser, page)


def drag_the_start(page):
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    grip, ground = page.locator(".pgp-grip").first, page.locator(".pgp-map .pgp-hit").first
    ring, box = grip.bounding_box(), ground.bounding_box()
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 0.25 * box["height"], steps=8)
    page.mouse.up()
    x0, x1, y0, y1 = pg.Bowl.span
    wanted = (x0 + 0.75 * (x1 - x0), y1 - 0.25 * (y1 - y0))
    page.wait_for_function(  # the start follows the drag; here it has come to rest
        """([x, y]) => {
          const start = new URLSearchParams(location.search).get("start")?.split(",").map(Number);
          return start && Math.hypot(start[0] - x, start[1] - y) < 0.15;
        }""",
        arg=wanted,
    )


def scrub_and_hold(page):
    counter = page.locator(".pgp-counter")
    page.locator(".pgp-bar input[type=range]").fill("0")  # scrubbing pauses
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Pause").click()
    held = counter.inner_text()
    page.wait_for_timeout(300)
    assert counter.inner_text() == held
    page.locator(".pgp-bar input[type=range]").fill("60")
    expect(counter).to_have_text(re.compile(r"^60\s*/\s*150"))


def another_visitor_sees_the_same(browser, page):
    other = browser.new_context(viewport={"width": 1280, "height": 1100}, reduced_motion="reduce")
    second = other.new_page()
    second.goto(page.url)
    second.locator(".pgp-counter").wait_for()
    expect(second.locator(".pgp-chip")).to_have_count(5)
    assert race_of(second) == race_of(page)
    page.locator(".pgp-bar input[type=range]").fill("150")
    expect(page.locator(".pgp-counter")).to_have_text(re.compile(r"^150\s*/\s*150"))
    names = ".pgp-card .pgp-value"
    expect(second.locator(names).last).to_have_text(page.locator(names).last.inner_text())
    assert second.locator(names).all_inner_texts() == page.locator(names).all_inner_texts()
    other.close()


def test_from_a_divergence_to_convergence_in_two_clicks(open_app):
    page = open_app("trajectories?a.lr=0.0205")
    verdict = page.locator(".st-key-runner-a-verdict")
    expect(verdict).to_contain_text("diverged")
    verdict.get_by_role("button", name="What would fix it?").click()
    expect(page.locator(".pgp-ghost").first).to_be_attached()
    verdict.get_by_role("button", name="Apply").first.click()
    page.wait_for_function("() => !location.search.includes('a.lr=0.0205')")
    expect(verdict).to_contain_text("converged")
    race = race_of(page)
    assert pg.diagnose(race.run(race.runners[0])).outcome == "converged"


def test_a_click_on_the_limit_sets_the_learning_rate_there(open_app):
    """On the bowl the path starts to blow up at that very tick: at 2/λ it keeps its height."""
    page = open_app("trajectories?b=none&c=none&d=none")
    page.locator(".pgp-threshold.pgp-clickable").first.click(force=True)
    wait_for_link(page, r"a\.lr=0\.02(&|$)")
    runner = race_of(page).runners[0]
    assert runner.optimizer.lr == 2 / 100
    heights = np.abs(race_of(page).run(runner).x[:, 1])
    np.testing.assert_allclose(heights, 1.0, rtol=1e-12)


def test_a_scene_is_one_click_and_one_link(open_app):
    page = open_app()
    page.locator(".pgp-chips").get_by_text(SCENES["too-large"].title, exact=True).click()
    wait_for_link(page, "steps=50")
    expect(page.locator(".st-key-runner-b-verdict")).to_contain_text("diverged")
    expect(page.get_by_text(SCENES["too-large"].watch)).to_be_visible()


def test_the_microscope_follows_the_player(open_app):
    page = open_app("trajectories?b=none&c=none&d=none")
    page.get_by_role("tab", name="Step microscope").click()
    page.locator(".st-key-microscope-lines").wait_for()
    page.locator(".pgp-bar input[type=range]").fill("10")
    run = OPENING.run(OPENING.runners[0])
    lines = page.locator(".st-key-microscope-lines")
    expect(lines).to_contain_text(f"{run.x[10, 0]:.4f}"[:6])
    expect(page.locator(".pgp-vector").first).to_be_attached()


def test_what_a_visitor_types_is_never_run_nor_rendered(open_app):
    page = open_app("trajectories?surface=Formula")
    field = page.locator(".st-key-trajectories-surface-Formula-text input")
    field.fill("<img src=x onerror=window.hacked=1>")
    field.press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".pgp-chip")).to_have_count(4)  # the rest of the page keeps working


def test_a_deep_link_into_a_fresh_server_has_navigation(serve_fresh, page):
    page.goto(f"{serve_fresh(APP)}/trajectories?a=Adam")
    page.locator(".pgp-counter").wait_for()
    expect(page.get_by_text("Optimizers", exact=True)).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert race_of(page).runners[0].optimizer == pg.Adam()


def test_nothing_is_cut_off(open_app):
    page = open_app("trajectories")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(500)
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1, width


def test_the_microscope_opens_where_the_player_stands(open_app):
    """One clock: what played, or was scrubbed, while the microscope was closed counts."""
    page = open_app("trajectories?steps=60&b=none&c=none&d=none")
    counter, scrubber = page.locator(".pgp-counter"), page.locator(".pgp-bar input[type=range]")
    expect(counter).to_have_text("60 / 60")
    page.get_by_role("tab", name="Step microscope").click()
    # Another value is another slider; the one before it may still be fading away below.
    update = page.locator("[class*=st-key-microscope-update] input[type=range]").first
    expect(update).to_have_value("60")  # the last one, which leads there
    expect(counter).to_have_text("60 / 60")
    for step in (20, 33, 20):
        page.get_by_role("tab", name="What happened").click()
        page.locator(".st-key-runner-a-verdict").wait_for()
        scrubber.fill(str(step))
        page.get_by_role("tab", name="Step microscope").click()
        expect(update).to_have_value(str(step + 1))
        expect(counter).to_have_text(f"{step} / 60")
        update.press("ArrowRight")
        expect(counter).to_have_text(f"{step + 1} / 60")


def test_what_a_link_was_told_goes_when_the_ground_is_turned(open_app):
    """The ground is turned in a fragment, the complaint stands outside of it."""
    page = open_app("trajectories?surface=Nowhere")
    told = page.get_by_text("not fully understood")
    expect(told).to_be_visible()
    box = page.locator(".pgp-knob[data-runner=surface] input[type=number]")
    box.fill("40")
    box.press("Enter")
    wait_for_link(page, r"Bowl\.kappa=40$")
    expect(told).to_have_count(0)
