"""Choosing a start in the player, the tools of its map, and what Python hears of it."""

from __future__ import annotations

import pytest

RANGE = "document.querySelector('.pgp-map .js-plotly-plot').layout.xaxis.range"


# -- choosing the start -----------------------------------------------------------------------


def chosen(text: str) -> tuple[float, float]:
    return tuple(float(number) for number in text.strip("()").split(","))


def at(box, across, up):
    """A pixel of the map, and the point of WINDOW under it."""
    x, y = box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]
    return (x, y), (-2.2 + 4.4 * across, -1.4 + 4.6 * up)


def test_a_click_sets_the_start_exactly_and_plays(visit):
    player = visit("still&slow")
    pixel, point = at(player.box(), 0.75, 0.5)
    player.page.mouse.click(*pixel)
    start = chosen(player.wait_said("start", r"\("))
    assert start == pytest.approx(point, abs=4.6 / 400)
    player.page.get_by_role("button", name="Pause").wait_for()
    ring = player.box(".pgp-ring")
    centre = (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    assert centre == pytest.approx(pixel, abs=1)


def test_arrow_keys_move_the_start_and_say_where_it_is(visit):
    player = visit("still&slow")
    ring = player.page.locator(".pgp-start")
    _, point = at(player.box(), 0.75, 0.5)
    player.page.mouse.click(*at(player.box(), 0.75, 0.5)[0])
    player.wait_said("start", r"\(")
    ring.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowUp"):
        ring.press(key)
    wanted = point[0] - 2 * 4.4 / 40, point[1] + (1 + 5) * 4.6 / 40
    player.wait_said("start", r"\(0\.8\d*, 1\.[56]")
    assert chosen(player.said("start")) == pytest.approx(wanted, abs=4.6 / 200)
    place = chosen(ring.get_attribute("aria-label").removeprefix("Start ").partition(":")[0])
    assert place == pytest.approx(wanted, abs=4.6 / 200)
    assert ring.get_attribute("role") == "button"


@pytest.fixture
def held(visit):
    """The player with the button of the mouse down on its map, the map's box, and the mouse."""
    player = visit("still&slow")
    box, mouse = player.box(), player.page.mouse
    mouse.move(*at(box, 0.2, 0.8)[0])
    mouse.down()
    return player, box, mouse


def test_dragging_moves_the_start_and_reports_where_it_was_dropped(held):
    player, box, mouse = held
    mouse.move(*at(box, 0.4, 0.65)[0], steps=8)
    assert player.page.locator(".pgp-start text").text_content().startswith("(")
    live = player.wait_said("start", r"\(")  # while the button is still down
    mouse.move(*at(box, 0.6, 0.5)[0], steps=8)
    mouse.up()
    _, point = at(box, 0.6, 0.5)
    player.wait_said("start", rf"\({point[0]:.1f}")
    assert chosen(player.said("start")) == pytest.approx(point, abs=4.6 / 400)
    assert chosen(live) != pytest.approx(point, abs=4.6 / 400)
    player.page.get_by_role("button", name="Pause").wait_for()


def test_a_start_that_is_shown_when_it_is_let_go_plays(held):
    player, box, mouse = held
    pixel, point = at(box, 0.6, 0.5)
    mouse.move(*pixel, steps=4)
    player.wait_said("start", rf"\({point[0]:.1f}")
    player.settle()
    mouse.up()
    player.page.get_by_role("button", name="Pause").wait_for()


@pytest.mark.parametrize("end", ["pointercancel", "lostpointercapture"])
def test_a_drag_that_the_browser_breaks_off_ends_where_the_ring_is(held, end):
    player, box, mouse = held
    pixel, point = at(box, 0.6, 0.5)
    mouse.move(*pixel, steps=4)
    player.wait_said("start", rf"\({point[0]:.1f}")
    player.settle()
    assert not player.playing
    player.page.locator(".pgp-map .pgp-hit").dispatch_event(end)
    player.page.get_by_role("button", name="Pause").wait_for()
    assert player.page.locator(".pgp-dragging").count() == 0
    assert player.page.locator(".pgp-start text").text_content() == ""
    mouse.up()


def test_a_finger_taps_the_start_but_scrolls_over_the_map(elsewhere):
    phone = {"width": 390, "height": 800}
    player = elsewhere(has_touch=True, is_mobile=True, viewport=phone).go("still")
    player.page.locator(".pgp-map").scroll_into_view_if_needed()
    pixel, point = at(player.box(), 0.6, 0.4)
    player.page.touchscreen.tap(*pixel)
    start = chosen(player.wait_said("start", r"\("))
    assert start == pytest.approx(point, abs=4.6 / 150)
    touch_action = "node => getComputedStyle(node).touchAction"
    assert "pan-y" in player.page.locator(".pgp-map .pgp-hit").evaluate(touch_action)
    assert player.page.locator(".pgp-start").evaluate(touch_action) == "none"
    assert player.errors == []


OVERTAKEN = """() => {
  document.querySelector(".pgp").dataset.mark = "first";
  const shelf = globalThis[Symbol.for("optimizer-playground")], { player } = shelf;
  shelf.player = (component) => { const gone = player(component); gone(); return gone; };
}"""
"""Streamlit takes back at once what a call returns that a newer one overtook while it waited."""


def test_a_run_that_a_newer_one_overtakes_leaves_the_player_in_the_hand(held):
    player, box, mouse = held
    mouse.move(*at(box, 0.4, 0.65)[0], steps=4)
    player.page.evaluate(OVERTAKEN)
    mouse.move(*at(box, 0.6, 0.5)[0], steps=4)
    mouse.up()
    player.page.get_by_role("button", name="Pause").wait_for()
    assert player.page.locator(".pgp").get_attribute("data-mark") == "first"


# -- reruns and the map's tools ---------------------------------------------------------------


def test_zoom_survives_new_data_and_a_double_click_ends_it(visit):
    player = visit("still")
    player.page.locator(".pgp-map").hover()
    player.page.locator(".pgp-map [data-title='Zoom in']").click()
    zoomed = player.page.evaluate(RANGE)
    assert zoomed[1] - zoomed[0] < 4.3
    player.change_lr()
    assert player.page.evaluate(RANGE) == zoomed
    assert player.counter == (200, 200)  # a finished run stays finished
    box = player.box()
    player.page.mouse.dblclick(box["x"] + 200, box["y"] + 300)
    player.page.wait_for_function(f"() => {RANGE}[0] === -2.2")
    player.page.wait_for_timeout(400)  # longer than a click waits for its second half
    player.settle()
    assert player.said("start") == "None"  # the two clicks were no choice


def test_with_the_pan_tool_a_drag_pans_and_a_click_still_sets_the_start(visit):
    player = visit("still")
    player.page.locator(".pgp-map").hover()
    player.page.locator(".pgp-map [data-title='Pan']").click()
    box = player.box()
    mouse = player.page.mouse
    mouse.move(box["x"] + 300, box["y"] + 300)
    mouse.down()
    mouse.move(box["x"] + 250, box["y"] + 300, steps=5)
    mouse.up()
    player.page.wait_for_function(f"() => {RANGE}[0] > -2.1")
    low, high = player.page.evaluate(RANGE)
    player.page.wait_for_timeout(400)  # or Plotly takes drag and click for a double click
    player.settle()
    assert player.said("start") == "None"
    mouse.click(box["x"] + box["width"] / 2, box["y"] + 200)
    start = chosen(player.wait_said("start", r"\("))
    assert start[0] == pytest.approx((low + high) / 2, abs=0.02)
    player.page.wait_for_timeout(400)
    mouse.dblclick(box["x"] + 100, box["y"] + 100)
    player.page.wait_for_function(f"() => {RANGE}[0] === -2.2")
    player.page.wait_for_timeout(400)
    player.settle()
    assert chosen(player.said("start")) == start  # a double click is no choice


# -- what Python hears ------------------------------------------------------------------------


def test_a_threshold_reports_its_id_by_mouse_and_by_key(visit):
    for act in ("click", "press"):
        player = visit("still")
        line = player.page.get_by_role("button", name="stable up to")
        getattr(line, act)(*["Enter"] * (act == "press"))
        player.wait_said("threshold", "'limit'")


def test_the_step_is_told_only_when_asked_for_and_standing_still(visit):
    player = visit("still&report")
    player.scrub(57)
    player.wait_said("step", "57")
    silent = visit("still")
    silent.scrub(57)
    silent.page.wait_for_timeout(400)  # longer than the player waits before it reports
    silent.settle()
    assert (silent.said("step"), silent.said("runs")) == ("None", "1")
