"""What a visitor sees does not move by itself: not while a page comes, not when a tab changes."""

from itertools import product

import pytest

from tests.browser.conftest import ROOT
from tests.browser.rounds import Visit
from tests.browser.shift import MOST, WINDOWS, shifts, watch
from tests.support.part import some

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
NEWS = 1000
"""Milliseconds in which what has come finds its place."""


@pytest.fixture
def looked_at(page, serve):
    """`looked_at(page, size)` opens a page, and watches what moves."""
    page.emulate_media(reduced_motion="no-preference")

    def open_(name, size):
        page.set_viewport_size(size)
        watch(page)
        Visit(page, serve("streamlit_app.py")).open(name.removesuffix("home"))
        page.wait_for_timeout(NEWS)
        return page

    return open_


@pytest.mark.parametrize(("name", "window"), some(product(PAGES, WINDOWS), of=9, first=7))
def test_nothing_is_pushed_about_while_a_page_comes(looked_at, name, window):
    page = looked_at(name, WINDOWS[window])
    moved = shifts(page)
    assert sum(shift["value"] for shift in moved) <= MOST, moved


@pytest.mark.parametrize("name", some(["trajectories", "reference"], of=2))
def test_another_tab_does_not_move_the_page(looked_at, name):
    page = looked_at(name, WINDOWS["wide"])
    tabs = page.get_by_role("tab")
    below_the_bar = "tab => { tab.style.scrollMarginTop = '6rem'; tab.scrollIntoView(); }"
    tabs.first.evaluate(below_the_bar)
    before = tabs.first.bounding_box()
    assert before["y"] < 200
    for tab in some(reversed(tabs.all()[1:]), of=5):
        tab.click()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        assert tabs.first.bounding_box() == before


def test_a_move_of_a_slider_leaves_the_page_where_it_is(looked_at):
    """Nor does what the address is written with take a place on one run and none on the next."""
    page = looked_at("hyperparameters", WINDOWS["wide"])
    picture = page.locator(".heatmaplayer image").first
    picture.wait_for(state="attached")
    before = picture.bounding_box()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**kappa=**")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(NEWS)
    assert picture.bounding_box()["y"] == before["y"]


PLACES = """() => {
  window.places = new Set();
  const look = () => {
    window.places.add(document.querySelector(".pgp-map").getBoundingClientRect().top);
    window.waited ||= document.querySelector("[data-testid=stProgress]") !== null;
    requestAnimationFrame(look);
  };
  look();
}"""
"""Keeps where the map is in every picture, and whether there was a bar."""


def test_what_takes_long_tells_so_without_moving_the_page(looked_at):
    """A training long enough for any processor: the bar comes only to who has waited."""
    page = looked_at("network?steps=3000", WINDOWS["wide"])
    page.locator(".pgp-map").wait_for()
    page.evaluate(PLACES)
    page.locator(".st-key-network-optimizer-GradientDescent-lr").get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => window.waited")
    page.wait_for_function("() => document.querySelector('[data-testid=stProgress]') === null")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    assert len(page.evaluate("() => [...window.places]")) == 1
