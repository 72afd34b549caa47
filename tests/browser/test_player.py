"""The player in a real page: what a visitor sees, and what Python hears of it.

A page of Streamlit takes far longer to load than anything below takes to do, so all tests visit
in one tab whose cache is warm, and each is a little journey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.conftest import PATIENCE

APP = "tests/browser/player_app.py"
WIDE = {"width": 1280, "height": 1100}
HEADS = ".pgp-head"
RANGE = "document.querySelector('.pgp-map .js-plotly-plot').layout.xaxis.range"


class Visit:
    """A visitor's tab; `go` opens the page with the player."""

    def __init__(self, context, url: str):
        context.set_default_timeout(PATIENCE)
        self.page = page = context.new_page()
        self.url = url
        self.errors: list[str] = []
        self.received: list[int] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self.hear)
        page.on("websocket", lambda ws: ws.on("framereceived", self.count))

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def count(self, frame):
        self.received.append(len(frame))

    def go(self, query: str):
        self.page.goto(f"{self.url}/?{query}")
        self.arrive()
        return self

    def arrive(self):
        self.page.locator(".pgp-cursor").first.wait_for(state="attached")
        self.page.locator("code", has_text="threshold=").wait_for()

    # what is on screen

    @property
    def counter(self) -> tuple[int, int]:
        now, end = self.page.locator(".pgp-counter").inner_text().split("/")
        return int(now), int(end)

    @property
    def playing(self) -> bool:
        return self.page.get_by_role("button", name="Pause").is_visible()

    def heads(self) -> list[str | None]:
        return self.page.locator(HEADS).evaluate_all(
            "nodes => nodes.map(node => node.getAttribute('transform'))"
        )

    def box(self, selector=".pgp-map .pgp-hit"):
        return self.page.locator(selector).first.bounding_box()

    # what Python said

    def said(self, name: str) -> str:
        text = self.page.locator("code", has_text=f"{name}=").inner_text()
        return text.removeprefix(f"{name}=")

    def wait_said(self, name: str, pattern: str) -> str:
        self.page.locator("code", has_text=re.compile(rf"^{name}={pattern}")).wait_for()
        return self.said(name)

    # what a visitor does

    def press(self, key: str):
        self.page.locator(".pgp").press(key)

    def scrub(self, step: int):
        self.page.get_by_role("slider", name="Step").fill(str(step))

    def play(self):
        self.page.get_by_role("button", name="Play", exact=True).click()

    def pause(self):
        self.page.get_by_role("button", name="Pause").click()
        self.wait_standing()

    def wait_standing(self):
        self.page.get_by_role("button", name="Play", exact=True).wait_for()

    def wait_step(self, condition: str):
        self.page.wait_for_function(
            f"""() => {{
              const [k, n] = document.querySelector('.pgp-counter').textContent
                .split('/').map(Number);
              return {condition};
            }}"""
        )

    def wait_heads_other_than(self, before: list[str | None]):
        self.page.wait_for_function(
            f"""(before) => [...document.querySelectorAll('{HEADS}')]
              .every((node, i) => node.getAttribute('transform') !== before[i])""",
            arg=before,
        )

    def next_run(self, act):
        """Do what makes the page run once more, and wait until it has."""
        runs = int(self.said("runs"))
        act()
        self.wait_said("runs", f"{runs + 1}$")
        self.settle()

    def change_lr(self):
        """Move the page's own slider and wait until its run is drawn."""
        before = [head for head in self.heads() if head]
        self.next_run(lambda: self.page.get_by_role("slider", name="lr").press("ArrowRight"))
        self.wait_heads_other_than(before)

    def settle(self):
        """Nothing is under way any more, and what has come is painted."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.frames(5)

    def frames(self, count: int):
        self.page.evaluate(
            """async (count) => {
              for (; count; count--) await new Promise((done) => requestAnimationFrame(done));
            }""",
            count,
        )


@pytest.fixture(scope="module")
def tab(browser, serve) -> Iterator[Visit]:
    context = browser.new_context(viewport=WIDE)
    yield Visit(context, serve(APP))
    context.close()


@pytest.fixture
def visit(tab):
    """`visit("still")` opens the test page; afterwards the console must have stayed silent."""

    def go(query="", *, color_scheme="light", reduced_motion="no-preference"):
        tab.errors.clear()
        tab.page.set_viewport_size(WIDE)
        tab.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return tab.go(query)

    yield go
    assert tab.errors == []


@pytest.fixture
def elsewhere(browser, serve):
    """`elsewhere(has_touch=True)` is a tab in another browser, with nothing open yet."""
    visits = []

    def start(**options):
        visits.append(Visit(browser.new_context(**{"viewport": WIDE} | options), serve(APP)))
        return visits[-1]

    yield start
    for visitor in visits:
        visitor.page.context.close()


@contextmanager
def traffic(visitor: Visit) -> Iterator[list[int]]:
    """The sizes of the messages that come in meanwhile."""
    visitor.settle()
    visitor.received.clear()
    sizes: list[int] = []
    yield sizes
    visitor.settle()
    sizes.extend(visitor.received)


# -- drawing ----------------------------------------------------------------------------------


def test_the_map_every_chart_and_the_vectors_are_drawn(visit):
    player = visit("still&vectors&ghost")
    assert player.page.locator(".pgp-map .imagelayer image, .pgp-map .layer-below image").count()
    assert player.page.locator(".pgp-cursor").count() == 3
    assert player.page.locator(".pgp-map .scatterlayer .trace").count() == 2
    assert player.page.locator(".pgp-charts .scatterlayer .trace").count() == 16
    assert player.page.locator(".pgp-ghost").get_attribute("d").startswith("M")
    titles = player.page.locator(".pgp-title").all_text_contents()
    assert [title.split("  ")[0] for title in titles] == [
        "Loss",
        "Gradient norm",
        "Effective learning rate",
    ]
    assert "log scale" in titles[0]
    assert player.page.locator(".pgp-flag text").text_content() == "burst"
    names = player.page.locator(".pgp-key").all_inner_texts()
    assert [name.strip() for name in names] == ["step ×3", "√v"]

    player.press("Home")
    tail = player.page.locator(".pgp-vector path").nth(1).get_attribute("d")
    head = player.heads()[1]
    assert re.findall(r"[\d.]+", tail)[:2] == re.findall(r"[\d.]+", head)


def test_a_path_that_ends_early_says_where_and_why(visit):
    player = visit("still&nan&steps=60")
    exits, labels = player.page.locator(".pgp-exit"), player.page.locator(".pgp-border .pgp-text")
    heads, crosses = player.page.locator(HEADS), player.page.locator(".pgp-cross")
    assert labels.nth(3).text_content() == "left the frame at step 2 · diverged at step 7 · loss ∞"
    assert exits.nth(3).is_visible()
    assert not heads.nth(3).is_visible()

    assert labels.nth(0).text_content() == "stops at step 20"  # inside the frame: it wears a cross
    assert crosses.nth(0).is_visible()
    assert heads.nth(0).is_visible()
    assert not crosses.nth(1).is_visible()

    player.press("Home")
    assert heads.nth(3).is_visible()
    assert not player.page.locator(".pgp-border").nth(3).is_visible()


def test_steps_show_as_dots_while_they_are_few_and_names_are_never_markup(visit):
    dots = ".pgp-dots"
    assert visit("still&steps=60").page.locator(dots).first.get_attribute("d").count("M") == 61
    player = visit("still&steps=300&markup")
    assert player.page.locator(dots).first.get_attribute("d") == ""
    assert player.page.locator(".pgp-chip").first.inner_text().startswith("<b>bold</b>")
    assert player.page.locator(".pgp b").count() == 0


# -- time -------------------------------------------------------------------------------------


def test_it_plays_by_itself_through_pauses_and_reruns(visit):
    player = visit("slow")
    player.wait_step("k > 3 && k < n")
    assert player.playing
    player.pause()
    step, heads = player.counter, player.heads()
    player.frames(20)
    assert (player.counter, player.heads()) == (step, heads)
    player.play()
    player.wait_step(f"k > {step[0]}")
    step = player.counter
    player.next_run(lambda: player.page.get_by_role("slider", name="lr").press("ArrowRight"))
    assert player.playing
    assert player.counter[0] > step[0]


def test_a_loop_begins_again_until_it_is_let_end(visit):
    player = visit("still&steps=8")
    player.page.get_by_label("Speed").select_option("4")
    loop = player.page.get_by_role("button", name="Loop")
    loop.click()
    for condition in ("k > 0 && k < n", "k === n", "k < n"):
        player.wait_step(condition)
        assert player.playing
    loop.click()
    player.wait_standing()
    assert player.counter == (8, 8)


def test_buttons_keys_scrubber_and_charts_lead_to_a_step(visit):
    player = visit("still&slow")
    assert player.counter == (200, 200)
    back, forward = (f"One step {way}" for way in ("back", "forward"))
    for name, step in [(back, 199), (forward, 200), (forward, 200)]:
        player.page.get_by_role("button", name=name).click()
        assert player.counter == (step, 200)
    for key, step in [("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 200)]:
        player.press(key)
        assert player.counter == (step, 200)
    player.press("Home")
    player.press("Space")
    player.wait_step("k > 0 && k < n")
    player.press("Space")
    player.wait_standing()
    player.scrub(57)
    assert player.counter == (57, 200)
    box = player.box(".pgp-charts .pgp-hit")
    player.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 20)
    assert player.counter == (50, 200)


def test_the_speed_multiplies_the_steps_of_a_second(visit):
    player = visit("still&slow")  # 200 steps in 12 seconds
    player.page.evaluate("""() => {
      const frames = [];
      window.requestAnimationFrame = (frame) => frames.push(frame);
      let now = 0;
      const draw = () => frames.splice(0).forEach((frame) => frame(now));
      window.passOneSecond = () => {
        draw();
        for (const end = now + 1000; now < end; draw()) now += 50;
      };
    }""")
    for speed, step in [("0.5", 8), ("1", 16), ("4", 66)]:
        player.page.get_by_label("Speed").select_option(speed)
        player.press("Home")
        player.press("Space")
        player.page.evaluate("passOneSecond()")
        assert player.counter == (step, 200)
        player.press("Space")


def test_the_text_follows_the_picture(visit):
    player = visit("still")
    live = player.page.locator("[aria-live]")
    player.press("Home")
    player.page.locator("[aria-live]", has_text="Step 0 of 200.").wait_for()
    assert re.search(r"GradientDescent, loss 7\.\d+; ", live.inner_text())
    assert re.search(r"TooFast, loss 7\.\d+, diverged at step 7\.", live.inner_text())


def test_keys_typed_elsewhere_are_left_alone(visit):
    player = visit("still")
    words = player.page.get_by_label("words")
    words.click()
    words.press_sequentially("a b")
    words.press("Home")
    assert words.input_value() == "a b"
    assert player.counter == (200, 200)
    assert not player.playing


def test_reduced_motion_shows_the_finished_path(visit):
    player = visit(reduced_motion="reduce")
    assert player.counter == (200, 200)
    assert not player.playing


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


def test_dragging_moves_the_start_and_reports_where_it_was_dropped(visit):
    player = visit("still&slow")
    box = player.box()
    mouse = player.page.mouse
    mouse.move(*at(box, 0.2, 0.8)[0])
    mouse.down()
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


def test_the_map_comes_home_as_a_picture_with_its_paths(visit):
    player = visit("still")
    player.page.locator(".pgp-map").hover()
    with player.page.expect_download() as download:
        player.page.locator(".pgp-map [data-title='Download as PNG']").click()
    with open(download.value.path(), "rb") as file:
        picture = file.read()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 50_000


def test_a_slider_sends_the_paths_and_nothing_else(visit):
    player = visit("still")
    words, tint = player.page.get_by_label("words"), player.page.get_by_role("slider", name="tint")
    with traffic(player) as first:
        player.page.reload()
        player.arrive()
    with traffic(player) as change:
        player.change_lr()
    words.fill("x")
    with traffic(player) as again:
        player.next_run(lambda: words.press("Enter"))
    with traffic(player) as other_ground:
        player.next_run(lambda: tint.press("ArrowRight"))
    assert sum(first) > 90_000  # the code, the picture, the paths
    assert sum(change) < 60_000
    assert sum(again) < 10_000
    assert sum(other_ground) > sum(again) + 10_000


def test_a_chip_makes_its_track_stand_out_or_hides_it_with_its_lines(visit):
    player = visit("still")
    chip, head = player.page.get_by_role("button", name="Momentum"), player.page.locator(HEADS)
    chip.hover()
    dim = "nodes => nodes.map(node => node.classList.contains('pgp-dim'))"
    assert player.page.locator(".pgp-track").evaluate_all(dim) == [True, False, True, True]
    chip.click()
    player.page.wait_for_function(
        "() => document.querySelectorAll('.pgp-charts .scatterlayer .trace').length === 12"
    )
    assert not head.nth(1).is_visible()
    assert chip.get_attribute("aria-pressed") == "false"
    player.next_run(lambda: player.page.get_by_role("slider", name="lr").press("ArrowRight"))
    assert not head.nth(1).is_visible()
    chip.click()
    head.nth(1).wait_for()


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


# -- places and looks -------------------------------------------------------------------------

CONTRASTS = """() => {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => rgb(color).map((c) => c / 255)
    .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const back = light(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
  const nodes = document.querySelectorAll(
    '.pgp-title, .pgp-muted, .pgp-text, .pgp-note, .pgp-value, .pgp-foot, .pgp-counter');
  return [...nodes].map((node) => {
    const style = getComputedStyle(node);
    const own = light(node instanceof SVGElement ? style.fill : style.color);
    return (Math.max(own, back) + 0.05) / (Math.min(own, back) + 0.05);
  });
}"""


def test_text_is_readable_in_every_theme_and_plotly_follows(visit):
    inks = set()
    for scheme in ("light", "dark"):
        player = visit("still&vectors", color_scheme=scheme)
        contrasts = player.page.evaluate(CONTRASTS)
        assert len(contrasts) > 15
        assert min(contrasts) >= 4.5
        inks.add(
            player.page.evaluate(
                "document.querySelector('.pgp-map .js-plotly-plot').layout.font.color"
            )
        )
    assert len(inks) == 2


def test_map_and_charts_stand_side_by_side_or_on_a_phone_below(visit):
    player = visit("still&ghost&vectors")
    assert player.box(".pgp-charts")["y"] == player.box(".pgp-map")["y"]
    player.page.set_viewport_size({"width": 390, "height": 844})
    player.page.wait_for_function(
        "() => document.querySelector('.pgp-map svg.main-svg').getBoundingClientRect().width < 390"
    )
    chart, ground = player.box(".pgp-charts"), player.box(".pgp-map")
    assert chart["y"] >= ground["y"] + ground["height"]
    assert player.page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (".pgp-map", ".pgp-charts", ".pgp-bar", ".pgp-legend", ".pgp-foot"):
        box = player.box(selector)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_without_plotly_it_says_so(elsewhere):
    player = elsewhere()
    player.page.clock.install()
    player.page.route("**/PlotlyChart*.js", lambda route: route.abort())
    player.page.goto(f"{player.url}/?still")
    message = player.page.locator(".pgp-message")
    message.wait_for()
    assert message.inner_text() == "Loading the player …"
    player.page.clock.run_for(13_000)
    player.page.locator(".pgp-message", has_text="could not start").wait_for()
    told = "PlotlyChart|Failed to|dynamically imported|ChunkLoad"
    assert [text for text in player.errors if not re.search(told, text)] == []
