"""Home: its picture is the race itself, soon there, and its doors are links as a whole."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visit import FAILED

LINE = ".pgp-line[data-runner=a]"
CHANGED = f"(before) => document.querySelector('{LINE}')?.getAttribute('d') !== before"
RESTS = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture
def home(page, serve):
    page.goto(serve("streamlit_app.py"))
    page.locator(LINE).wait_for(state="attached")
    page.locator(RESTS).wait_for()
    return page


def test_it_plays_once_where_motion_is_wanted(page, serve):
    page.emulate_media(reduced_motion="no-preference")
    page.goto(serve("streamlit_app.py"))
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    assert page.locator(".pgp-counter").inner_text() == "150 / 150"


def test_its_picture_is_touched_and_needs_no_plotly(home):
    path = home.locator(LINE)
    before = path.get_attribute("d")
    home.locator(".pgp-knob[data-runner=a] input[type=number]").fill("0.001")
    home.keyboard.press("Enter")
    home.wait_for_function(CHANGED, arg=before)
    turned = path.get_attribute("d")
    ring = home.locator(".pgp-start .pgp-ring").bounding_box()
    x, y = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
    home.mouse.move(x, y)
    home.mouse.down()
    home.mouse.move(x + 60, y + 40, steps=4)
    home.mouse.up()
    home.wait_for_function(CHANGED, arg=turned)
    home.locator(RESTS).wait_for()
    after = home.locator(".pgp-start .pgp-ring").bounding_box()
    assert abs(after["x"] - ring["x"] - 60) < 2
    assert home.locator(".pgp-knob[data-runner=a] input[type=number]").input_value() == "0.001"
    assert home.evaluate("typeof globalThis.Plotly") == "undefined"
    assert home.locator(f"{FAILED}, [data-testid=stAlert]").count() == 0


def test_a_door_is_a_link_wherever_it_is_clicked(home):
    doors = home.locator("[class*='st-key-door-']")
    expect(doors).to_have_count(4)
    box = doors.nth(3).bounding_box()
    home.mouse.click(box["x"] + box["width"] - 6, box["y"] + box["height"] - 6)
    expect(home).to_have_url(re.compile("/reference"))


def test_the_drawer_of_a_phone_closes_when_a_page_is_chosen(serve, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})  # it is remembered
    page = context.new_page()
    page.goto(f"{serve('streamlit_app.py')}/reference")
    page.locator("h1").wait_for()
    page.wait_for_function("() => window[Symbol.for('optimizer-playground-drawer')]")
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.locator("[data-testid=stSidebarNavLink]", has_text="Losses").click()
    page.wait_for_url("**/losses")
    expect(page.locator("[data-testid=stExpandSidebarButton]")).to_be_visible()
    expect(page.locator("[data-testid=stSidebar]")).not_to_be_in_viewport()
    context.close()
