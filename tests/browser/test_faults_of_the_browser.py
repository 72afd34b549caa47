"""What browsers do to a page: tabs, Back, reloads, nothing allowed, hours of use."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from .conftest import FRUGAL, PATIENCE, QUIET, WIDE, chromium_path
from .lesson import keeps, predict
from .rounds import Visit, agrees

APP = "streamlit_app.py"
MAP = ".pgp-map svg"
EACH_A_RUN = 0.3
"""Seconds between two moves that Streamlit does not take for one."""


@pytest.fixture
def visit(serve, page):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{serve(APP)}/_stcore/health")
    page.evaluate("() => localStorage.clear()")
    yield Visit(page, serve(APP))
    assert errors == []


def moved(visit):
    """The page after one move of its main slider."""
    before = visit.page.url
    visit.press(visit.main(), [visit.inward(visit.main())])
    visit.page.wait_for_function("(before) => location.href !== before", arg=before)
    visit.rest()
    return visit.shown()


def test_two_tabs_on_two_states(visit):
    """Neither disturbs the other, and what the browser keeps of the course is of both."""
    page = visit.page
    tab = page.context.new_page()
    try:
        other = Visit(tab, visit.url).open("course?lesson=momentum")
        mine = moved(visit.open("losses"))
        predict(tab, "It stops there")
        keeps(page, "momentum:stops")
        other.rest()
        theirs = other.shown()
        assert visit.shown() == mine
        moved(visit)
        assert other.shown() == theirs
        assert agrees(visit) == ""
        visit.open("course?lesson=flat-loss")
        predict(page, "Much: it jumps")
        keeps(tab, "momentum:stops", "flat-loss:bounces")
        assert other.shown() == theirs
    finally:
        tab.close()


def here(visit, where):
    """What a page shows once the tab has come to it."""
    visit.page.wait_for_url(where)
    visit.rest()
    return visit.shown()


def test_back_through_ten_states(visit):
    """Over three pages and a lesson that was predicted: each is exactly as it was."""
    page = visit.page
    states = [visit.open("losses").shown(), moved(visit), moved(visit)]
    visit.go("course")
    states += [here(visit, "**/course*")]
    page.keyboard.press("n")
    states += [here(visit, "**/course?lesson=is-it-stuck*")]
    predict(page, "It jumps from side to side")
    states += [here(visit, "**guess=bounces*")]
    page.get_by_role("link", name="All its controls").click()
    states += [here(visit, "**/trajectories*"), moved(visit), moved(visit), moved(visit)]
    assert len({state.address for state in states}) == len(states) == 10
    for state in states[-2::-1]:
        page.go_back()
        back = here(visit, f"{visit.url}{state.address}")
        assert back.differs(state) == ""


COUNTED = """() => {
  window.counted = [];
  const look = () => {
    const [now, end] = (document.querySelector(".pgp-counter")?.textContent ?? "").split("/");
    if (Number(end)) window.counted.push(Number(now));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def test_a_reload_in_the_middle_of_the_motion(visit):
    """The same race, from its start, as for everybody who opens this address."""
    page = visit.page
    page.emulate_media(reduced_motion="no-preference")
    page.add_init_script(f"({COUNTED})()")
    visit.open("trajectories?a.lr=0.01&steps=200")
    before = moved(visit)
    page.get_by_label("Speed").select_option("0.5")
    page.wait_for_function("() => window.counted.at(-1) > 100")
    page.reload()
    page.wait_for_function("() => window.counted?.length > 20")
    page.get_by_role("button", name="Pause").first.wait_for()
    counted = page.evaluate("window.counted")
    assert counted[0] < 50
    assert counted == sorted(counted)
    visit.rest()
    after = visit.shown()
    assert after.address == before.address
    assert after.differs(before) == ""


@pytest.fixture
def private(browser, tmp_path):
    """A page of a browser that keeps nothing, refuses cookies and has no WebGL."""
    refuse = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    profile = tmp_path / "Default"
    profile.mkdir()
    (profile / "Preferences").write_text(json.dumps(refuse))
    chromium = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(browser.browser_type.executable_path),
        args=[*QUIET, *FRUGAL, "--disable-3d-apis"],
        viewport=WIDE,
        reduced_motion="reduce",
    )
    chromium.set_default_timeout(PATIENCE)
    yield chromium.pages[0]
    chromium.close()


REFUSED = """() => {
  document.cookie = "a=b";
  let kept = true;
  try { localStorage.setItem("a", "b"); } catch { kept = false; }
  return [document.cookie, kept, document.createElement("canvas").getContext("webgl")];
}"""


def test_a_browser_that_allows_nothing(private, serve):
    """Every picture is there, moves are taken, and a lesson is gone through."""
    errors = []
    private.on("pageerror", lambda error: errors.append(str(error)))
    private.goto(f"{serve(APP)}/_stcore/health")
    assert private.evaluate(REFUSED) == ["", False, None]
    visit = Visit(private, serve(APP)).open("trajectories")
    moved(visit)
    expect(private.locator(f"{MAP} .scatterlayer .trace").first).to_be_attached()
    private.get_by_role("button", name="3-D").click()
    expect(private.locator(".pgp-solid, .pgp-map canvas").first).to_be_visible()
    visit.open("course?lesson=momentum")
    predict(private, "It stops there")
    expect(private).to_have_url(re.compile("done=momentum%3Astops"))
    private.keyboard.press("n")
    private.wait_for_url(lambda url: "lesson=momentum" not in url)
    visit.rest()
    assert "momentum%3Astops" in private.url  # the address keeps what the browser does not
    assert errors == []


def left_behind(page, session):
    """What the tab holds once nothing is left that nobody uses."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    graphs = page.locator(".js-plotly-plot").count()
    return metrics["Nodes"], metrics["JSEventListeners"], graphs


def test_the_eighteenth_move_leaves_no_more_behind_than_the_sixth(visit):
    """The hour itself is `python -m tests.benchmarks.bench_hour`."""
    page = visit.page
    slider = visit.open("trajectories").main()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    seen = []
    for _ in range(3):
        for _ in range(3):
            visit.press(slider, [visit.inward(slider)] * 2, period=EACH_A_RUN)
        visit.rest()
        seen.append(left_behind(page, session))
    (nodes, listeners, graphs), _, (more_nodes, more_listeners, more_graphs) = seen
    assert more_graphs == graphs
    assert more_nodes < nodes + 12, seen  # one a move
    assert more_listeners < listeners + 12, seen
