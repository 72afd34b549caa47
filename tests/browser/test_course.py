"""The course in a real browser: what is predicted, run, kept, printed and read from the wall."""

import io
import re
import time

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from playground.topics.course import lessons

from .lesson import DONE, keeps, predict, rests

LINE = ".pgp-line[data-runner=a]"


@pytest.fixture
def course(page, serve):
    """What opens a lesson, in a browser that keeps nothing yet."""
    page.goto(f"{serve('streamlit_app.py')}/_stcore/health")
    page.evaluate("() => localStorage.clear()")

    def open_lesson(query=""):
        page.goto(f"{serve('streamlit_app.py')}/course?{query}")
        page.locator(".pgp-pager button").first.wait_for()
        page.locator("h2").first.wait_for()
        rests(page)
        return page

    return open_lesson


def test_nothing_moves_before_it_is_predicted_and_then_it_plays(course):
    page = course("lesson=momentum")
    page.locator(".pgp-map svg").first.wait_for()
    assert page.locator(LINE).count() == 0
    assert page.locator(".pgp-bar").first.is_hidden()
    predict(page, "It runs past, comes back")
    page.locator(LINE).wait_for(state="attached")
    expect(page.get_by_text("as you said", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("guess=passes"))


def test_what_is_told_follows_the_hand(course):
    page = course("lesson=momentum&guess=passes")
    page.locator(LINE).wait_for(state="attached")
    knob = page.locator(".pgp-knob[data-runner=a] input[type=number]").first
    knob.fill("0.05")
    page.keyboard.press("Enter")
    expect(page.get_by_text("in your variation")).to_be_visible()
    expect(page).to_have_url(re.compile("a.lr=0.05"))
    page.go_back()
    expect(page.get_by_text("in your variation")).to_be_hidden()


def test_a_place_is_shown_on_the_map(course):
    name = next(one.name for one in lessons().values() if one.asking.kind == "place")
    page = course(f"lesson={name}")
    ground = page.locator(".pgp-map").first
    ground.wait_for()
    expect(page.get_by_role("button", name="Run it")).to_be_disabled()
    time.sleep(1)
    box = ground.bounding_box()
    page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"])
    expect(page.get_by_role("button", name="Run it")).to_be_enabled()
    page.get_by_role("button", name="Run it").click()
    page.get_by_role("heading", name="What happened").wait_for()
    expect(page).to_have_url(re.compile("guess=-?[0-9]"))


def test_the_keys_lead_through_the_lessons(course):
    names = list(lessons())
    page = course(f"lesson={names[2]}")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(f"lesson={names[3]}"))
    expect(page.locator(".pgp-pager span")).to_have_text(f"4 / {len(names)}")
    page.keyboard.press("p")
    expect(page.locator(".pgp-pager span")).to_have_text(f"3 / {len(names)}")
    expect(page).to_have_url(re.compile(f"lesson={names[2]}"))  # its entry is made
    page.go_back()
    expect(page.locator(".pgp-pager span")).to_have_text(f"4 / {len(names)}")


def test_what_was_done_is_there_again_on_another_day(course):
    page = course("lesson=momentum")
    predict(page, "It stops there")
    keeps(page, "momentum:stops")
    page = course()  # the address says nothing of it
    expect(page).to_have_url(re.compile("done=momentum"))
    page.get_by_text("What you predicted").click()
    expect(page.get_by_text("Worth another look")).to_be_visible()


def test_what_is_kept_only_grows(course):
    """Not by a step back, nor by a link of somebody else, is anything of it lost."""
    page = course("lesson=momentum")
    predict(page, "It stops there")
    keeps(page, "momentum:stops")
    page.goto(page.url.partition("?")[0] + "?lesson=is-it-stuck&guess=rests")
    page.locator(LINE).wait_for(state="attached")
    rests(page)
    page.get_by_role("button", name="Predict again").click()
    page.get_by_role("button", name="Run it").wait_for()
    page.goto(page.url.partition("?")[0] + "?lesson=flat-loss&done=adaptive%3Arests%3Aw-")
    predict(page, "Much: it jumps")
    keeps(page, "flat-loss")
    kept = page.evaluate(DONE)
    assert "momentum:stops" in kept
    assert "flat-loss:bounces" in kept


def test_a_link_that_is_looked_at_is_not_kept(course):
    before = course("lesson=momentum").evaluate(DONE)
    page = course("lesson=momentum&guess=passes&done=momentum%3Apasses%3Ar-")
    page.locator(LINE).wait_for(state="attached")
    assert page.evaluate(DONE) == before


def test_a_term_says_what_it_means_to_a_finger(course):
    page = course("lesson=momentum")
    term = page.locator("a[href='#term']").first
    pages = len(page.context.pages)
    term.click()
    assert term.get_attribute("title")
    shown = term.evaluate("e => getComputedStyle(e, '::after').content")
    assert shown.strip('"') == term.get_attribute("title")
    assert len(page.context.pages) == pages


def codes(picture):
    """The texts of all QR codes in a picture."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


LONGEST = max(lessons(), key=lambda name: len(str(lessons()[name].source)))


@pytest.mark.parametrize("name", ["momentum", LONGEST])
def test_a_handout_is_one_sheet_whose_code_leads_to_its_lesson(page, serve, tmp_path, name):
    base = serve("streamlit_app.py")
    page.goto(f"{base}/teacher?lesson={name}")
    page.locator(".st-key-handout img").first.wait_for()
    rests(page)
    time.sleep(1)
    sheet = tmp_path / "sheet.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True, print_background=True)
    data = sheet.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    shot = page.locator(".st-key-handout img").first.screenshot()
    picture = np.asarray(Image.open(io.BytesIO(shot)).convert("L"))
    assert codes(picture) == [f"{base}/course?lesson={name}"]


def test_votes_are_read_from_the_wall(page, serve):
    base = serve("streamlit_app.py")
    page.goto(f"{base}/teacher?lesson=momentum")
    page.get_by_role("img", name="QR code of:").first.wait_for()
    rests(page)
    time.sleep(1)
    keys = lessons()["momentum"].asking.choices
    shots = [image.screenshot() for image in page.get_by_role("img", name="QR code of:").all()]
    read = [codes(np.asarray(Image.open(io.BytesIO(shot)).convert("L"))) for shot in shots]
    assert read == [[f"{base}/course?lesson=momentum&guess={key}"] for key in keys]
