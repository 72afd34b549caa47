"""When the way to the server fails: what a visitor set is not lost, and he is told in words."""

from __future__ import annotations

import itertools
import os
import re
import signal
import time

import pytest
from playwright.sync_api import expect

from .conftest import PATIENCE
from .lesson import keeps, predict
from .restarted import Restarted, sessions
from .rounds import LEFT, RIGHT, Visit, agrees, place
from .slow_line import line_to

APP = "streamlit_app.py"
UP = "[data-test-connection-state=CONNECTED]"
DOWN = "[data-test-connection-state]:not([data-test-connection-state=CONNECTED])"
NOTE = ".pgp-line-down"
KEPT = re.compile("interrupted.*kept")
KNOB = ".pgp-knob[data-runner=a]"
STEP = "Number.parseInt(document.querySelector('.pgp-counter').textContent)"


@pytest.fixture
def broken(serve, page):
    """A tab, and its line to the server."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    near = serve(APP)
    with line_to(near) as line:
        yield Visit(page, line.url, near), line
        page.goto("about:blank")
    assert errors == []


def is_back(visit):
    """All is as if the line had never been down."""
    visit.page.locator(UP).wait_for()
    expect(visit.page.locator(NOTE)).to_be_hidden()
    assert agrees(visit) == ""


def test_a_line_that_breaks_under_the_hand(broken):
    """A move was on its way, another is made meanwhile, and what plays goes on playing."""
    visit, line = broken
    page = visit.page
    page.emulate_media(reduced_motion="no-preference")
    slider = visit.open("trajectories?steps=500").main()
    page.get_by_label("Speed").select_option("0.5")
    line.fall_silent()
    wanted = visit.press(slider, [visit.inward(slider)])
    line.hang_up()
    page.locator(DOWN).wait_for()
    before = page.evaluate(STEP)
    page.wait_for_function(f"(before) => {STEP} > before", arg=before)
    expect(page.locator(NOTE)).to_have_text(KEPT)
    knob = page.locator(KNOB).get_by_role("slider").first
    knob.press(RIGHT)
    with page.expect_console_message(lambda said: "not responding" in said.text):
        pass  # Streamlit has tried often enough to open its dialog
    expect(page.locator("[data-testid=stDialog]")).to_have_count(0)
    turned = knob.input_value()
    line.mend()
    is_back(visit)
    assert place(slider) == wanted
    assert knob.input_value() == turned
    assert re.search(r"kappa=.*a\.lr=", page.url)


@pytest.mark.parametrize("name", ["losses", "batches"])
def test_what_was_said_on_a_dead_line_is_heard(broken, name):
    """The answer never came: the page does not stay as it was, beside a slider that moved."""
    visit, line = broken
    slider = visit.open(name).main()
    line.fall_silent()
    wanted = visit.press(slider, [visit.inward(slider)] * 2)
    visit.page.wait_for_timeout(400)  # Streamlit sends it a moment later
    line.hang_up()
    visit.page.locator(DOWN).wait_for()
    line.mend()
    is_back(visit)
    assert place(slider) == wanted


def test_back_and_a_press_while_the_line_is_down(broken):
    visit, line = broken
    page = visit.page
    slider = visit.open("trajectories").main()
    first = visit.shown()
    visit.press(slider, [visit.inward(slider)])
    page.wait_for_url("**kappa=*")
    visit.rest()
    entries = visit.entries()
    line.hang_up()
    page.locator(DOWN).wait_for()
    page.go_back()
    line.mend()
    is_back(visit)
    assert visit.shown().differs(first) == ""
    assert visit.entries() == entries
    line.hang_up()
    page.locator(DOWN).wait_for()
    page.locator(".pgp-chips button").nth(1).click()
    line.mend()
    page.locator(".pgp-chips [aria-current]").wait_for()
    is_back(visit)


def wait_for_none(url):
    """Each tab is let go by the server once it is closed."""
    deadline = time.monotonic() + PATIENCE / 1000
    while left := sessions(url):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def test_a_server_that_restarts_under_a_lesson(page, tmp_path):
    server = Restarted(APP, tmp_path)
    server.start()
    try:
        visit = Visit(page, server.url).open("course?lesson=momentum")
        predict(page, "It stops there")
        keeps(page, "momentum:stops")
        visit.rest()
        before = visit.shown()
        server.stop()
        server.start()
        page.locator(UP).wait_for()
        visit.rest()
        assert visit.shown().differs(before) == ""
        assert visit.shown().address == before.address
        page.keyboard.press("n")
        page.wait_for_url(lambda url: "lesson=momentum" not in url)
        keeps(page, "momentum:stops")
        page.go_back()
        page.get_by_role("heading", name="What happened").wait_for()
        assert agrees(visit) == ""
        page.goto("about:blank")
        wait_for_none(server.url)
    finally:
        server.stop()


STEPS_OF_FRAMES = f"""() => {{
  window.seen = [];
  const look = (now) => {{ window.seen.push([now, {STEP}]); requestAnimationFrame(look); }};
  requestAnimationFrame(look);
}}"""
WOKEN = """(gap) => window.seen.some(([now], i) =>
  i > 0 && now - window.seen[i - 1][0] > gap && window.seen.length > i + 5)"""
ASLEEP = 2.0
"""Seconds."""


def renderers(browser):
    """The processes of its tabs."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return [int(one["id"]) for one in processes if one["type"] == "renderer"]


def test_a_laptop_that_sleeps(broken, browser):
    """Its clock leaps and its connections are dead: the player goes on from where it was."""
    visit, line = broken
    page = visit.page
    page.emulate_media(reduced_motion="no-preference")
    slider = visit.open("trajectories?steps=200").main()
    page.locator(".pgp").first.press("Home")
    page.evaluate(STEPS_OF_FRAMES)
    page.locator(".pgp").first.press("Space")
    page.wait_for_function("() => window.seen.length > 5")
    asleep = renderers(browser)
    for process in asleep:
        os.kill(process, signal.SIGSTOP)
    line.hang_up()
    time.sleep(ASLEEP)
    line.mend()
    for process in asleep:
        os.kill(process, signal.SIGCONT)
    page.wait_for_function(WOKEN, arg=1000 * ASLEEP / 2)
    steps = [step for _, step in page.evaluate("window.seen")]
    forward = [later - earlier for earlier, later in itertools.pairwise(steps)]
    assert min(forward) >= 0
    assert max(forward) <= 5  # a frame counts as a tenth of a second, however long it took
    page.locator(UP).wait_for()
    visit.rest()
    wanted = visit.press(slider, [LEFT, LEFT])
    is_back(visit)
    assert place(slider) == wanted
