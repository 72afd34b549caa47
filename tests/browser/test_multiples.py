"""Small multiples in a browser: one clock moves them all, a click takes a value, Back undoes it."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from playground.topics.race import OPENING, multiples, vary
from playground.topics.race.stage import surface_map
from tests.browser.test_access import AXE, GROUND, SCHEMES
from tests.browser.test_access import FAULTS as UNSEEN
from tests.browser.test_labels import FAULTS
from tests.browser.test_stage import SIZES
from tests.browser.test_trajectories import open_app, race_of, wait_for_link
from tests.browser.visit import faults_at_last

__all__ = ["open_app"]

BOX = ".pgp-multiples"
SMALL = f"{BOX} .pgp-small"
SCRUBBER = f"{BOX} .pgp-bar input[type=range]"
HEADS = """(boxes) => boxes.map((box) => {
  const head = box.querySelector(".pgp-head");
  const { width, height } = box.querySelector(".pgp-small-map").getBoundingClientRect();
  const [x, y] = head.getAttribute("transform")?.match(/[-.\\d]+/g)?.map(Number) ?? [];
  return head.style.display === "none" ? null : [x / width, 1 - y / height];
})"""
"""Where the heads stand, as shares of their maps; null outside."""
NARROW = """() => {
  const boxes = [...document.querySelectorAll(".pgp-small")].map((e) => e.getBoundingClientRect());
  const columns = new Set(boxes.map((box) => Math.round(box.x))).size;
  const [bar] = document.querySelectorAll(".pgp-multiples .pgp-bar");
  const main = document.querySelector("[data-testid=stMain]");
  return [
    ...(columns === 2 ? [] : [`${columns} columns`]),
    ...(bar.scrollWidth > bar.clientWidth + 1 ? ["the bar is cut off"] : []),
    ...(main.scrollWidth > main.clientWidth + 1 ? ["the page scrolls sideways"] : []),
  ];
}"""


def shown(race):
    return multiples.at_several_values(race, vary.varied_of(race), surface_map(race.surface))


def shares(race, step):
    """Where Python says that the heads stand at a step."""
    x0, x1, y0, y1 = race.surface.span
    points = shown(race).fan.path[step]
    places = zip((points[0] - x0) / (x1 - x0), (points[1] - y0) / (y1 - y0), strict=True)
    return [place if all(0 < c < 1 for c in place) else None for place in places]


def stand_where_python_says(page, race, step):
    heads = page.locator(SMALL).evaluate_all(HEADS)
    for head, place in zip(heads, shares(race, step), strict=True):
        if place is not None:
            assert head == pytest.approx(place, abs=0.01)
    assert sum(head is not None for head in heads) >= len(heads) // 2


def test_all_play_on_one_clock_and_a_click_takes_one(open_app):
    page = open_app("trajectories")
    page.get_by_role("tab", name="Vary").click()
    expect(page.locator(SMALL)).to_have_count(len(shown(OPENING).titles))
    page.locator(SCRUBBER).fill("0")
    bar = page.locator(f"{BOX} .pgp-bar")
    bar.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("b => document.querySelector(b).value > 3", arg=SCRUBBER)
    bar.get_by_role("button", name="Pause").click()
    step = int(page.locator(SCRUBBER).input_value())
    assert 3 < step < OPENING.conditions.steps
    stand_where_python_says(page, OPENING, step)

    now = page.locator(f"{SMALL}[aria-current=true]")
    expect(now).to_contain_text(shown(OPENING).titles[shown(OPENING).now])
    page.locator(SMALL).nth(3).click()
    value = shown(OPENING).fan.values[3]
    wait_for_link(page, r"a\.lr=")
    assert race_of(page).runners[0].optimizer.lr == value
    expect(now).to_contain_text(shown(OPENING).titles[3])
    expect(page.locator(SCRUBBER)).to_have_value(str(step))  # the clock goes on from there
    page.go_back()
    page.wait_for_function("() => location.search === ''")
    expect(now).to_contain_text(shown(OPENING).titles[shown(OPENING).now])
    assert race_of(page) == OPENING


def test_a_link_opens_them_and_they_are_chosen_by_the_keyboard(page, serve):
    race = replace(OPENING, vary="d.surface.kappa")
    page.goto(f"{serve('streamlit_app.py')}/trajectories?vary=d.surface.kappa")
    expect(page.locator(SMALL)).to_have_count(8)
    first = page.locator(SMALL).first
    expect(first).to_have_attribute("aria-label", re.compile(r"^κ 1: .*take this value"))
    expect(first.locator(".pgp-badge")).to_have_text(shown(race).fan.endings[0].noun)
    assert (
        len(set(page.locator(f"{SMALL} image").evaluate_all("n => n.map(e => e.href.baseVal)")))
        == 8
    )
    first.press("ArrowLeft")  # the keys of the player
    expect(page.locator(SCRUBBER)).to_have_value(str(OPENING.conditions.steps - 1))
    stand_where_python_says(page, race, OPENING.conditions.steps - 1)
    first.press("Enter")
    wait_for_link(page, r"Bowl\.kappa=1(&|$)")
    expect(first).to_have_attribute("aria-current", "true")
    expect(first).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults_at_last(page, NARROW) == []


@pytest.mark.skipif(not AXE.exists(), reason="run `npm ci --prefix tests/js`")
def test_they_can_be_used_without_seeing_them_and_their_texts_are_read(page, serve):
    page.goto(f"{serve('streamlit_app.py')}/trajectories?vary=a.lr")
    page.locator(f"{SMALL} .pgp-head").first.wait_for(state="attached")
    page.evaluate(AXE.read_text("utf-8"))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"{GROUND} === '{scheme}'")
        assert page.evaluate(UNSEEN) == []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults_at_last(page, FAULTS) == [], width
