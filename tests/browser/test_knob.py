"""The live hand: a knob is dragged on the picture, and the path follows without the server."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_trajectories import open_app, wait_for_link

__all__ = ["open_app"]

KNOB = ".pgp-knob[data-runner=a][data-param=lr]"
LINE = ".pgp-line"
WATCH = """
() => {
  window.pictures = [];
  const line = document.querySelector(".pgp-line");
  const see = () => window.pictures.push(line.getAttribute("d"));
  new MutationObserver(see).observe(line, { attributes: true, attributeFilter: ["d"] });
}
"""


@pytest.fixture
def page(open_app, request):
    """The opening race or a given link, at rest, with the track of the first knob painted."""
    page = open_app(getattr(request, "param", "trajectories"))
    page.locator(".pgp-bar input[type=range]").fill("150")
    painted(page)
    return page


@pytest.fixture(scope="module")
def bar(desktop, serve):
    """The same for laws that hold whatever was set before: one page, opened once."""
    page, errors = desktop.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{serve('streamlit_app.py')}/trajectories")
    painted(page)
    yield page
    page.close()
    assert errors == []


def painted(page):
    page.wait_for_function(
        "knob => document.querySelector(`${knob} .pgp-knob-track`)?.style.background", arg=KNOB
    )
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def drag(page, shares):
    """Press the thumb and carry it to shares of the track, without letting go."""
    box = page.locator(f"{KNOB} input[type=range]").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    for i, share in enumerate(shares):
        page.mouse.move(box["x"] + share * box["width"], middle, steps=4)
        if i == 0:
            page.mouse.down()


def test_the_path_follows_the_knob_and_the_server_confirms_it(page):
    sent = []
    page.on("websocket", lambda ws: None)
    before = page.locator(LINE).first.get_attribute("d")
    page.evaluate(WATCH)
    page.on("request", lambda request: sent.append(request.url))
    address = page.url
    drag(page, [0.55, 0.3, 0.2, 0.62])
    pictures = page.evaluate("() => window.pictures")
    assert len(set(pictures)) >= 5
    assert page.url == address  # nothing was asked of Python
    assert page.locator(f"{KNOB} input[type=number]").input_value() != "0.0196"
    verdict = page.locator(".pgp-verdict[data-runner=a]")
    expect(verdict).to_contain_text("diverged")
    shown = page.locator(LINE).first.get_attribute("d")
    expect(page.locator(".pgp-ghost")).to_have_count(1)
    assert shown != before
    page.mouse.up()
    wait_for_link(page, r"a\.lr=")
    page.locator(".st-key-runner-a-verdict").get_by_text("diverged").first.wait_for()
    assert same_to_a_pixel(shown, page.locator(LINE).first.get_attribute("d"))
    typed = page.locator(f"{KNOB} input[type=number]").input_value()
    assert f"a.lr={typed}" in page.url


def same_to_a_pixel(one: str, other: str) -> bool:
    """Whether two paths are as long and nowhere a pixel apart."""
    a, b = ([float(n) for n in re.findall(r"-?[\d.]+", d)] for d in (one, other))
    return len(a) == len(b) and all(abs(x - y) <= 1 for x, y in zip(a, b, strict=True))


def test_keys_turn_it_and_a_typed_value_is_exact(bar):
    knob = bar.locator(f"{KNOB} input[type=range]")
    knob.focus()
    knob.press("ArrowLeft")
    said = knob.get_attribute("aria-valuetext")
    assert said
    wait_for_link(bar, r"a\.lr=")
    number = bar.locator(f"{KNOB} input[type=number]")
    number.fill("0.0123456")
    number.press("Enter")
    wait_for_link(bar, r"a\.lr=0\.0123456")
    bar.go_back()
    bar.wait_for_function("() => !location.search.includes('0.0123456')")
    bar.wait_for_function(
        "knob => document.querySelector(`${knob} input[type=number]`).value !== '0.0123456'",
        arg=KNOB,
    )


def test_a_typed_value_without_a_meaning_is_refused_in_words(bar):
    number, before = bar.locator(f"{KNOB} input[type=number]"), bar.url
    number.fill("-1")
    number.press("Tab")
    assert number.evaluate("n => n.validationMessage") == (
        "It must be a finite number greater than 0."
    )
    assert bar.url == before


def test_the_limit_and_the_best_are_one_click_away(bar):
    tick = bar.locator(f"{KNOB} .pgp-knob-tick[title^='limit']")
    expect(tick).to_have_attribute("title", "limit: 0.02")
    tick.click()
    wait_for_link(bar, r"a\.lr=0\.02$")


def test_another_parameter_is_one_tap_away(bar):
    card = bar.locator(".pgp-card").nth(1)  # momentum
    card.locator(".pgp-which").select_option("momentum")
    knob = card.locator(".pgp-knob[data-param=momentum] input[type=range]")
    knob.focus()
    knob.press("End")
    wait_for_link(bar, r"b\.momentum=0\.99")


ASK_AND = """([knob, other]) => {
  document.querySelector(knob).dispatchEvent(new Event("pointerenter"));
  document.querySelector(other).click();
}"""
"""A fan is asked for, and something else is clicked before the browser has sent that."""


def test_what_is_clicked_in_the_moment_a_fan_is_asked_for_is_not_lost(page):
    card = ".pgp-card:nth-child(2)"
    page.locator(f"{card} .pgp-which").select_option("momentum")  # nobody has asked for that fan
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    knob = f"{card} .pgp-knob[data-param=momentum]"
    page.evaluate(ASK_AND, [knob, ".st-key-open-b button"])
    page.locator(".st-key-remove-b").wait_for()
    page.locator(f"{card} .pgp-which").select_option("lr")
    page.locator(".st-key-trajectories-surface-Bowl-kappa").get_by_role("slider").press("ArrowLeft")
    wait_for_link(page, "kappa")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate(ASK_AND, [f"{card} .pgp-knob", "[role=tab]:nth-of-type(5)"])
    page.locator(".st-key-runner-b-formula").wait_for()


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [(".st-key-fix-a button", ".st-key-apply-a-0"), ("[aria-label^='QR']", "[role=dialog]")],
)
@pytest.mark.parametrize("page", ["trajectories?a.lr=0.0205"], indirect=True)
def test_nor_is_a_button_that_changes_no_setting(page, pressed, shown):
    card = ".pgp-card:nth-child(2)"
    page.locator(f"{card} .pgp-which").select_option("momentum")
    page.locator(pressed).wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate(ASK_AND, [f"{card} .pgp-knob[data-param=momentum]", pressed])
    page.locator(shown).wait_for()
