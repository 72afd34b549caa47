"""The player in its page: a zoom, a held key and a scrub are not undone by an answer that comes."""

import re

import pytest
from playwright.sync_api import expect

from .rounds import LEFT, RIGHT, place
from .test_rounds import LATE, TRIALS, far_visit, visit

__all__ = ["far_visit", "visit"]

RANGES = """() => { const { xaxis, yaxis } = document.querySelector(".pgp-graph").layout;
  return [xaxis.range, yaxis.range]; }"""
PRESS = """(title) => document.querySelector(`.pgp-graph [data-title="${title}"]`)
  .dispatchEvent(new MouseEvent("click", { bubbles: true }))"""


def test_the_zoom_stays_while_the_window_is_the_same(visit):
    visit.open("trajectories")
    visit.page.locator(".pgp-counter").wait_for()
    whole = visit.page.evaluate(RANGES)
    visit.page.evaluate(PRESS, "Zoom in")
    visit.page.wait_for_function(f"whole => String(({RANGES})()) !== String(whole)", arg=whole)
    near = visit.page.evaluate(RANGES)
    visit.press(visit.main(), [LEFT])
    visit.rest()
    assert visit.page.evaluate(RANGES) == near
    visit.page.evaluate(PRESS, "Reset axes")
    visit.page.wait_for_function(f"whole => String(({RANGES})()) === String(whole)", arg=whole)


@pytest.mark.parametrize("trial", TRIALS)
def test_a_held_key_on_a_slider_that_runs_a_fragment(visit, trial):
    """The learning rate of an open runner, and the update under the microscope."""
    visit.open("trajectories")
    visit.page.locator(".st-key-open-d button").click()
    rate = visit.page.locator(".st-key-trajectories-d-Adam-lr input[type=range]")
    rate.wait_for(state="attached")
    visit.rest()
    wanted = visit.press(rate, [RIGHT] * 20)
    visit.rest()
    assert place(rate) == wanted
    text = rate.get_attribute("aria-valuetext")
    assert f"d.lr={text}" in visit.page.url
    expect(visit.page.locator(".st-key-runner-d-verdict")).to_contain_text(f"Adam η {text}")
    visit.page.get_by_role("tab", name="Step microscope").click()
    visit.rest()
    update = visit.page.locator("[class*=st-key-microscope-update] input[type=range]")
    expect(visit.page.locator(".pgp-counter")).to_have_text(re.compile(r"150 / 150"))
    visit.rest()  # the player has come to its end and told so
    wanted = visit.press(update, [visit.inward(update)] * 20)
    visit.rest()
    assert place(update) == wanted


SCRUB_TWICE = """async ([first, second]) => {
  const scrubber = document.querySelector(".pgp-bar input[type=range]");
  const scrub = (step) => {
    scrubber.value = step;
    scrubber.dispatchEvent(new Event("input", { bubbles: true }));
  };
  scrub(first); // told once the hand has rested, and answered late
  await new Promise((rested) => setTimeout(rested, 300));
  scrub(second);
}"""


def test_the_player_is_not_taken_back_by_the_answer_to_where_it_stood(far_visit):
    page = far_visit.open("trajectories?b=none&c=none&d=none").page
    page.get_by_role("tab", name="Step microscope").click()
    page.locator(".st-key-microscope-lines").wait_for()
    far_visit.rest()
    for first, second in ((20, 10), (40, 5), (60, 30)):
        page.evaluate(SCRUB_TWICE, [first, second])
        far_visit.rest(5 * LATE)
        expect(page.locator(".pgp-counter")).to_have_text(re.compile(rf"^{second} /"))
        update = page.locator("[class*=st-key-microscope-update] input[type=range]")
        expect(update).to_have_value(str(second + 1))


def test_a_knob_stands_where_the_run_is_when_its_choice_was_left_behind(visit):
    """A value is typed, and Back is pressed as soon as the address has it."""
    page = visit.open("trajectories").page
    knob = ".pgp-knob[data-runner=a][data-param=lr] input"
    number, opened = page.locator(f"{knob}[type=number]"), "0.0196"
    expect(number).to_have_value(opened)
    for key in (RIGHT, LEFT, RIGHT, LEFT):
        page.locator(f"{knob}[type=range]").press(key)
        page.wait_for_function("location.search.includes('a.lr=')")
        number.fill("0.0123456")
        number.press("Enter")
        page.wait_for_function("location.search.includes('a.lr=0.0123456')")
        page.evaluate("history.back()")
        page.wait_for_function("!location.search.includes('0.0123456')")
        visit.rest()
        told = re.search(r"a\.lr=([\d.]+)", page.url)
        expect(number).to_have_value(told[1] if told else opened)
