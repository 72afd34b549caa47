"""One journey: a map is computed, a cell is clicked, and exactly that run opens."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.maps.sweep import sweep
from playground.topics.race import OPENING, Runner, read

MAP = ".st-key-chart-map"


def centre(page, where, column, row, columns, rows):
    """The middle of a cell on the page, row 0 at the bottom."""
    box = page.locator(f"{where} .nsewdrag").first.bounding_box()
    x = box["x"] + (column + 0.5) / columns * box["width"]
    return x, box["y"] + box["height"] - (row + 0.5) / rows * box["height"]


def race_of(page):
    race, problems = read(dict(parse_qsl(urlsplit(page.url).query)), OPENING)
    assert not problems
    return race


def test_a_click_on_a_cell_opens_exactly_that_run(serve, page):
    s = HyperparameterMap(cells=40)
    x, y = s.rulers()
    measured = sweep(s.surface, s.optimizer, "lr", x.values, s.second, y.values, steps=s.steps)
    column, row = 20, 10
    steps = int(measured.steps_to[row, column])

    page.goto(f"{serve('streamlit_app.py')}/hyperparameters?cells=40")
    expect(page.locator(f"{MAP} .heatmaplayer image").first).to_be_attached()
    place = centre(page, MAP, column, row, 40, 40)
    page.mouse.move(*place)
    hover = page.locator(f"{MAP} .hoverlayer")
    expect(hover).to_contain_text(f"arrived after {steps} steps")
    expect(hover).to_contain_text(f"{x.values[column]:g}")
    page.mouse.click(*place)
    page.wait_for_url(re.compile("/trajectories"))
    optimizer = s.optimizer.replace(lr=x.values[column], momentum=y.values[row])
    assert race_of(page).entries() == [("a", Runner(optimizer))]
    expect(page.locator(".pgp")).to_be_visible()

    page.go_back()  # the click is not made twice
    expect(page.locator(f"{MAP} .heatmaplayer image").first).to_be_attached()
    assert "/hyperparameters" in page.url


def test_a_cell_is_reached_read_and_chosen_by_the_keyboard(serve, page):
    s = HyperparameterMap(cells=40)
    x, y = s.rulers()
    measured = sweep(s.surface, s.optimizer, "lr", x.values, s.second, y.values, steps=s.steps)
    page.goto(f"{serve('streamlit_app.py')}/hyperparameters?cells=40")
    expect(page.locator(f"{MAP} .heatmaplayer image").first).to_be_attached()
    frame = page.locator(f"{MAP} .pgp-cell")
    page.keyboard.press("Tab")  # as a hand on the keyboard comes
    frame.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    column, row = 20 + 1 - 2, 20 - 1 - 5
    box = frame.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert middle == pytest.approx(centre(page, MAP, column, row, 40, 40), abs=1)
    steps = int(measured.steps_to[row, column])
    said = re.compile(rf"{x.values[column]:g}.*arrived after {steps} steps")
    expect(frame).to_have_attribute("aria-label", said)
    assert frame.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/trajectories"))
    optimizer = s.optimizer.replace(lr=x.values[column], momentum=y.values[row])
    assert race_of(page).entries() == [("a", Runner(optimizer))]


def test_a_click_on_a_start_opens_both_runs(serve, page):
    s = BasinMap(cells=20)
    x, y = s.starts()
    page.goto(f"{serve('streamlit_app.py')}/basins?cells=20")
    where = ".st-key-chart-second"
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
    page.mouse.click(*centre(page, where, 3, 15, 20, 20))
    page.wait_for_url(re.compile("/trajectories"))
    race = race_of(page)
    assert race.begin == (x[3], y[15])
    assert [runner.optimizer for _, runner in race.entries()] == [s.first, s.second]


TAP_AND_LEAVE = """() => {
  const hit = document.querySelector(".pgp-map .pgp-hit");
  const { x, y, width, height } = hit.getBoundingClientRect();
  const finger = { pointerType: "touch", clientX: x + width / 2, clientY: y + height / 2 };
  const tap = (kind) => hit.dispatchEvent(new PointerEvent(kind, finger));
  addEventListener("popstate", () => ["pointerdown", "pointerup"].forEach(tap), { once: true });
  history.back();
}"""


def test_what_is_chosen_while_a_page_is_left_does_not_blank_the_next(serve, page):
    page.goto(f"{serve('streamlit_app.py')}/basins?cells=20")
    where = ".st-key-chart-second"
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
    page.mouse.click(*centre(page, where, 3, 15, 20, 20))
    expect(page.locator(".pgp-start .pgp-ring")).to_be_visible()
    page.evaluate(TAP_AND_LEAVE)
    page.wait_for_url(re.compile("/basins"))
    expect(page.locator(".pgp")).to_have_count(0)
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
