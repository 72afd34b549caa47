"""The ground in the hand: its knob is dragged, path and ground follow, Back undoes it at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_trajectories import open_app, wait_for_link

__all__ = ["open_app"]

DIAL = ".pgp-knob[data-runner=surface]"
WATCH = """
() => {
  window.pictures = new Set();
  const see = () => window.pictures.add(document.querySelector(".pgp-line").getAttribute("d"));
  const all = { subtree: true, childList: true, attributes: true, attributeFilter: ["d"] };
  new MutationObserver(see).observe(document.querySelector(".pgp-map"), all);
}
"""


@pytest.fixture
def page(open_app):
    page = open_app("trajectories")
    page.locator(".pgp-bar input[type=range]").fill("150")
    page.locator(DIAL).wait_for()
    return page


def carried(page, selector, way):
    """Press the middle of something and carry it along, a little at a time, without letting go."""
    box = page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in way:
        page.mouse.move(x + dx, y + dy)
        page.wait_for_timeout(50)


def test_path_and_ground_follow_the_knob_of_the_surface(page):
    """All that one drag brought is taken back by one Back."""
    number = page.locator(f"{DIAL} input[type=number]")
    first = number.input_value()
    page.evaluate(WATCH)
    carried(page, f"{DIAL} input[type=range]", [(2 * i, 0) for i in range(25)])
    page.wait_for_function("() => window.pictures.size >= 3")
    page.mouse.up()
    typed = number.input_value()
    turned = page.locator(".pgp-line").first.get_attribute("d")
    wait_for_link(page, rf"Bowl\.kappa={re.escape(typed)}$")
    expect(page.get_by_test_id("stSidebar").get_by_text(typed, exact=True)).to_be_visible()
    page.go_back()
    page.wait_for_function("() => !location.search")
    expect(number).to_have_value(first)
    expect(page.locator(".pgp-line").first).not_to_have_attribute("d", turned)


def test_the_start_is_dragged_in_one_step_of_the_history(page):
    carried(page, ".pgp-start", [(3 * i, 2 * i) for i in range(25)])
    page.mouse.up()
    wait_for_link(page, r"start=")
    page.wait_for_timeout(1500)
    page.go_back()
    page.wait_for_function("() => !location.search")


def test_a_typed_value_is_exact_and_one_without_a_meaning_is_refused(page):
    number = page.locator(f"{DIAL} input[type=number]")
    number.fill("-3")
    number.press("Enter")
    assert number.evaluate("box => box.validationMessage").startswith("It must be")
    number.fill("12.34567")
    number.press("Enter")
    wait_for_link(page, r"Bowl\.kappa=12\.34567")


def test_another_parameter_of_the_ground_is_one_tap_away(page):
    page.locator(".pgp-dials .pgp-which").select_option("angle")
    dial = page.locator(f"{DIAL}[data-param=angle] input[type=number]")
    dial.fill("30")
    dial.press("Enter")
    wait_for_link(page, r"Bowl\.angle=30")


def test_every_position_of_a_knob_is_seen_at_once(page):
    """Pale, of one knob at a time, also while it is turned; none of a runner who has gone."""
    lanes, every = page.locator(".pgp-lane"), ".pgp-knob[data-runner={}] .pgp-every"
    page.locator(every.format("a")).click()
    positions = page.locator(".pgp-knob[data-runner=a] input[type=range]").get_attribute("max")
    expect(lanes).to_have_count(int(positions) + 1)
    first = lanes.last.get_attribute("d")
    page.locator(every.format("b")).click()
    expect(page.locator(every.format("a"))).to_have_attribute("aria-pressed", "false")
    expect(lanes.last).not_to_have_attribute("d", first)
    knob = page.locator(".pgp-knob[data-runner=b] input[type=range]")
    knob.focus()
    knob.press("ArrowRight")
    wait_for_link(page, r"b\.lr=")
    expect(lanes).to_have_count(int(positions) + 1)
    page.locator(".st-key-open-b button").click()
    page.get_by_role("button", name="Remove").click()
    expect(lanes).to_have_count(0)
    page.locator(every.format("a")).click()
    expect(lanes.last).to_have_attribute("d", first)
    page.locator(every.format("a")).click()
    expect(lanes).to_have_count(0)
