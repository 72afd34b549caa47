"""A map is computed, a cell is clicked, its run plays beside it, and exactly that race opens."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.maps.sweep import sweep
from playground.topics.race import OPENING, Runner, read
from playground.words import point

MAP = ".st-key-chart-map"
SMALL = ".pgp-multiples .pgp-small"


def centre(page, where, column, row, columns, rows):
    """The middle of a cell on the page, row 0 at the bottom."""
    box = page.locator(f"{where} .nsewdrag").first.bounding_box()
    x = box["x"] + (column + 0.5) / columns * box["width"]
    return x, box["y"] + box["height"] - (row + 0.5) / rows * box["height"]


def race_of(page):
    race, problems = read(dict(parse_qsl(urlsplit(page.url).query)), OPENING)
    assert not problems
    return race


def open_in_the_race(page, *optimizers):
    """The runs that play in place are these; the race is a choice."""
    for i, optimizer in enumerate(optimizers):
        expect(page.locator(f"{SMALL}-title").nth(i)).to_have_text(Runner(optimizer).name)
    expect(page.locator(SMALL)).to_have_count(len(optimizers))
    assert "/trajectories" not in page.url
    page.get_by_role("button", name="Open in the race").click()
    page.wait_for_url(re.compile("/trajectories"))
    assert [runner for _, runner in race_of(page).entries()] == [*map(Runner, optimizers)]


def test_a_click_on_a_cell_plays_exactly_that_run(serve, page):
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
    chosen = page.locator(f"{MAP} .pgp-chosen").bounding_box()
    middle = chosen["x"] + chosen["width"] / 2, chosen["y"] + chosen["height"] / 2
    assert middle == pytest.approx(place, abs=1)
    open_in_the_race(page, s.optimizer.replace(lr=x.values[column], momentum=y.values[row]))
    expect(page.locator(".pgp")).to_be_visible()

    page.go_back()  # the click is not made twice
    expect(page.locator(f"{MAP} .heatmaplayer image").first).to_be_attached()
    assert "/hyperparameters" in page.url


def test_pointing_at_a_cell_moves_no_page(serve, page):
    """What is pointed at plays beside the map, though its foot is below the window."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{serve('streamlit_app.py')}/basins?cells=20&steps=60")
    expect(page.locator(".st-key-chart-first .heatmaplayer image").first).to_be_attached()
    expect(page.locator(SMALL)).to_have_count(2)
    page.mouse.move(*centre(page, ".st-key-chart-first", 5, 10, 20, 20))
    x, y = BasinMap(cells=20, steps=60).starts()
    expect(page.get_by_text(f"From {point((x[5], y[10]))}.")).to_be_visible()
    page.wait_for_timeout(1000)  # a smooth scroll would be on its way
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollTop") == 0


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
    open_in_the_race(page, s.optimizer.replace(lr=x.values[column], momentum=y.values[row]))


def start_played(page, path):
    """Wait until both small maps show runs from another start than at first."""
    page.wait_for_function(
        "d => document.querySelector('.pgp-multiples .pgp-line').getAttribute('d') !== d", arg=path
    )


def test_a_click_on_a_start_plays_both_runs(serve, page):
    s = BasinMap(cells=20)
    x, y = s.starts()
    page.goto(f"{serve('streamlit_app.py')}/basins?cells=20")
    where = ".st-key-chart-second"
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
    path = page.locator(".pgp-multiples .pgp-line").first.get_attribute("d")
    page.mouse.click(*centre(page, where, 3, 15, 20, 20))
    start_played(page, path)
    open_in_the_race(page, s.first, s.second)
    assert race_of(page).begin == (x[3], y[15])


def test_a_pointer_that_rests_on_a_start_plays_its_runs_until_one_is_kept(serve, page):
    page.goto(f"{serve('streamlit_app.py')}/basins?cells=20")
    where = ".st-key-chart-second"
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
    line = page.locator(".pgp-multiples .pgp-line").first
    at_first = line.get_attribute("d")
    page.mouse.move(*centre(page, where, 3, 15, 20, 20))
    start_played(page, at_first)
    rested = line.get_attribute("d")
    page.mouse.click(*centre(page, where, 15, 4, 20, 20))
    start_played(page, rested)
    kept = line.get_attribute("d")
    page.mouse.move(*centre(page, where, 3, 15, 20, 20))
    page.wait_for_timeout(1000)
    assert line.get_attribute("d") == kept


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
    page.get_by_role("button", name="Open in the race").click()
    expect(page.locator(".pgp-start .pgp-ring")).to_be_visible()
    page.evaluate(TAP_AND_LEAVE)
    page.wait_for_url(re.compile("/basins"))
    expect(page.locator(".pgp-map")).to_have_count(0)
    expect(page.locator(f"{where} .heatmaplayer image").first).to_be_attached()
