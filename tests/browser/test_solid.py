"""3-D is a switch on the map: the same runners on the same clock, and afterwards the same map."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import AXE, FAULTS, GROUND, SCHEMES
from tests.browser.visit import faults_at_last

APP = "streamlit_app.py"
POINTS = """selector => [...document.querySelectorAll(selector)].map(
  (line) => (line.getAttribute("d").match(/[ML]/g) ?? []).length)"""
PICTURE = """() => [...document.querySelectorAll(
  ".pgp-map .pgp-layer path, .pgp-map .pgp-layer g, .pgp-map .pgp-layer rect, .pgp-graph path")]
  .filter((node) => !node.closest(".modebar"))
  .map((node) => ["d", "transform", "x", "y", "width", "height", "style", "role", "tabindex"]
    .map((name) => node.getAttribute(name)).join("|"))"""
PAINTED = """() => {
  const canvas = document.querySelector(".pgp-solid canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let k = 3; k < data.length; k += 4) painted += data[k] > 250;
  return painted / (data.length / 4);
}"""


@pytest.fixture
def open_app(serve, page):
    """Open Trajectories at a link; any error of the page's own scripts fails the test."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(query=""):
        page.goto(f"{serve(APP)}/trajectories{query}")
        page.locator(".pgp-start[transform]").wait_for(state="attached")
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        return page

    yield go
    assert errors == []


def flip(page):
    button = page.get_by_role("button", name="3-D", exact=True)
    before = button.get_attribute("aria-pressed")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    shown = page.locator(".pgp-in-solid")
    expect(shown).to_have_count(1 if before == "false" else 0)


def heads(page):
    return page.locator(".pgp-head").evaluate_all("n => n.map(e => e.getAttribute('transform'))")


def scrub(page, step):
    page.locator(".pgp-bar input[type=range]").fill(str(step))
    expect(page.locator(".pgp-counter")).to_have_text(re.compile(rf"^{step} /"))


def painted(page):
    return page.locator(".pgp-solid canvas").evaluate("c => c.toDataURL()")


def test_a_race_is_seen_in_3d_and_comes_back_as_it_was(page, open_app):
    asked = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: asked.append(sent)))
    open_app()
    for knob in page.locator(".pgp-card .pgp-knob").all():
        bring_fan(page, knob)  # it would be asked for by itself
    scrub(page, 40)
    asked.clear()
    flat, on_the_map = page.evaluate(PICTURE), page.evaluate(POINTS, ".pgp-line")
    flip(page)
    assert page.evaluate(POINTS, ".pgp-behind") == on_the_map  # all of every path
    seen = page.evaluate(POINTS, ".pgp-line")
    assert all(seen)
    assert page.evaluate(PAINTED) > 0.1
    expect(page.locator(".pgp-height")).to_have_text(re.compile("Height: loss, log scale"))
    before = heads(page)
    assert len(set(before)) == len(before) == 4
    scrub(page, 60)
    assert all(a != b for a, b in zip(before, heads(page), strict=True))
    assert all(page.locator(".pgp-drop").evaluate_all("n => n.map(e => e.getAttribute('d'))"))
    turn_it(page)
    scrub(page, 40)
    flip(page)
    assert page.evaluate(PICTURE) == flat
    assert asked == []  # all of it without Python


def bring_fan(page, knob):
    knob.hover()
    track = knob.locator(".pgp-knob-track").element_handle()
    page.wait_for_function("track => track.style.background", arg=track)


def turn_it(page):
    """By the pointer and by the keyboard: picture and paths turn, no run is asked for."""
    hand = page.get_by_role("slider", name="Turn the surface")
    box = hand.bounding_box()
    for act in (
        lambda: drag(page, box),
        lambda: hand.press("ArrowRight"),
        lambda: hand.press("ArrowUp"),
    ):
        picture, paths = painted(page), heads(page)
        words = hand.get_attribute("aria-valuetext")
        act()
        expect(hand).not_to_have_attribute("aria-valuetext", words)
        assert painted(page) != picture
        assert all(a != b for a, b in zip(paths, heads(page), strict=True))
    expect(page.locator(".pgp-counter")).to_have_text(re.compile("^60 /"))  # arrows meant the hand


def drag(page, box):
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"], steps=5)
    page.mouse.up()


def test_it_plays_pauses_and_is_turned_by_a_knob_in_3d(open_app):
    page = open_app()
    page.emulate_media(reduced_motion="no-preference")
    flip(page)
    scrub(page, 0)
    before = heads(page)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        """before => [...document.querySelectorAll(".pgp-head")].every(
          (head, i) => head.getAttribute("transform") !== before[i])""",
        arg=before,
    )
    page.get_by_role("button", name="Pause").click()
    knob = page.locator(".pgp-knob[data-runner=a][data-param=lr]")
    bring_fan(page, knob)
    drawn = page.locator(".pgp-behind").first.get_attribute("d")
    knob.locator("input[type=range]").press("ArrowLeft")
    page.wait_for_function(
        "drawn => document.querySelector('.pgp-behind').getAttribute('d') !== drawn", arg=drawn
    )
    page.wait_for_function("() => /a\\.lr=/.test(location.search)")
    expect(page.locator(".pgp-in-solid")).to_have_count(1)  # a rerun leaves it as it is seen
    assert page.evaluate(PAINTED) > 0.1


def test_another_surface_is_seen_in_3d_at_once(open_app):
    page = open_app()
    flip(page)
    picture = painted(page)
    kappa = page.locator(".st-key-trajectories-surface-Bowl-kappa").get_by_role("slider")
    kappa.press("ArrowLeft")
    page.wait_for_function("() => /Bowl\\.kappa=/.test(location.search)")
    page.wait_for_function(
        "before => document.querySelector('.pgp-solid canvas').toDataURL() !== before", arg=picture
    )
    expect(page.locator(".pgp-in-solid")).to_have_count(1)
    assert page.evaluate(POINTS, ".pgp-behind").count(0) == 0


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
def test_it_can_be_used_without_seeing_it(open_app):
    page = open_app()
    flip(page)
    page.evaluate(AXE.read_text("utf-8"))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"{GROUND} === '{scheme}'")
        assert page.evaluate(FAULTS) == []
    words = page.get_by_role("slider", name="Turn the surface").get_attribute("aria-valuetext")
    assert re.fullmatch(r"turned by \d+ degrees, seen from \d+ degrees above", words)


def test_a_browser_that_cannot_read_the_heights_says_so_and_keeps_the_map(open_app):
    page = open_app("?a=none&b=none&c=none&d=none")
    page.evaluate("() => { globalThis.DecompressionStream = undefined; }")
    button = page.get_by_role("button", name="3-D", exact=True)
    button.click()
    expect(button).to_have_attribute("title", re.compile("no 3-D"))
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".pgp-in-solid")).to_have_count(0)
    expect(page.locator(".pgp-start")).to_have_attribute("role", "button")


NUMBERS = """() => [...document.querySelectorAll(".pgp-map .pgp-layer path, .pgp-solid path")]
  .map((path) => path.getAttribute("d") + path.getAttribute("transform"))
  .filter((text) => /NaN|Infinity|undefined/.test(text))"""
LEGIBLE = """() => {
  const box = (node) => node.getBoundingClientRect();
  const frame = box(document.querySelector(".pgp-map"));
  const texts = [...document.querySelectorAll(".pgp-floor-layer text")]
    .map((text) => [text.textContent, box(text)]);
  return texts.flatMap(([one, a], i) => [
    ...(a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1
      ? [`${one} is cut off`] : []),
    ...texts.slice(i + 1)
      .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1)
      .filter(([, b]) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
      .map(([other]) => `${one} over ${other}`),
  ]);
}"""
GROUNDS = {
    "a valley": "?surface=Rosenbrock",
    "a pole": "?surface=Formula&Formula.text=1/(x*x%2By*y)%2Bx*x%2By*y",
    "an edge": "?surface=Formula&Formula.text=x*x-log(y%2B0.5)%2B2*y",
    "nothing": "?surface=Formula&Formula.text=sqrt(-1-x*x-y*y)",
    "a plane": "?surface=Formula&Formula.text=0*x",
}


@pytest.mark.parametrize("query", GROUNDS.values(), ids=GROUNDS)
def test_every_ground_can_be_looked_at_from_everywhere_on_a_phone_too(open_app, query):
    page = open_app(query)
    page.set_viewport_size({"width": 390, "height": 844})
    flip(page)
    hand = page.get_by_role("slider", name="Turn the surface")
    for key in ("Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown") * 2:
        hand.press(key)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
        assert page.evaluate(NUMBERS) == []
        assert faults_at_last(page, LEGIBLE) == []
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
