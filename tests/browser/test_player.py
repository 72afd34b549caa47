"""The player in a real page: what a visitor sees, and what Python hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

APP = "tests/browser/player_app.py"
HEADS = ".pgp-head"


class Visit:
    """A visitor's page with the player on it."""

    def __init__(self, page):
        self.page = page
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

    def pause(self):
        if self.playing:
            self.page.get_by_role("button", name="Pause").click()
        self.page.get_by_role("button", name="Play", exact=True).wait_for()

    def wait_step(self, condition: str):
        self.page.wait_for_function(
            f"""() => {{
              const [k, n] = document.querySelector('.pgp-counter').textContent
                .split('/').map(Number);
              return {condition};
            }}"""
        )

    def change_lr(self, times: int = 1):
        """Move the page's own slider and wait for the run it causes."""
        for _ in range(times):
            runs = int(self.said("runs"))
            self.page.get_by_role("slider", name="lr").press("ArrowRight")
            self.page.wait_for_function(
                """(runs) => [...document.querySelectorAll('code')].some((code) =>
                  code.textContent.startsWith('runs=') &&
                  Number(code.textContent.slice(5)) > runs)""",
                arg=runs,
            )
        self.settle()

    def settle(self):
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.evaluate("() => new Promise((done) => setTimeout(done, 150))")


@pytest.fixture
def visit(browser, serve):
    """`visit("still")` opens the test page; afterwards the console must have stayed silent."""
    visits = []

    def open_page(query="", *, width=1280, height=1100, tolerate="^$", wait=True, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(30_000)
        visitor = Visit(context.new_page())
        visits.append((visitor, tolerate))
        if wait:
            visitor.page.goto(f"{serve(APP)}/?{query}")
            visitor.page.locator(".pgp-cursor").first.wait_for(state="attached")
            visitor.page.locator("code", has_text="threshold=").wait_for()
        return visitor

    yield open_page
    for visitor, tolerate in visits:
        visitor.page.context.close()
        assert [text for text in visitor.errors if not re.search(tolerate, text)] == []


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


def test_the_map_and_every_chart_are_drawn(visit):
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


def test_vectors_start_at_the_head(visit):
    player = visit("still&vectors")
    player.page.locator(".pgp").press("Home")
    tail = player.page.locator(".pgp-vector path").nth(1).get_attribute("d")
    head = player.heads()[1]
    assert re.findall(r"[\d.]+", tail)[:2] == re.findall(r"[\d.]+", head)


def test_a_path_that_diverges_says_where_it_left_and_what_it_lost(visit):
    player = visit("still")
    label = player.page.locator(".pgp-border .pgp-text").nth(3)
    assert label.text_content() == "left the frame at step 2 · diverged at step 7 · loss ∞"
    assert player.page.locator(".pgp-exit").nth(3).is_visible()
    assert not player.page.locator(HEADS).nth(3).is_visible()
    player.page.locator(".pgp").press("Home")
    assert player.page.locator(HEADS).nth(3).is_visible()
    assert not player.page.locator(".pgp-border").nth(3).is_visible()


def test_a_run_that_stops_inside_the_frame_wears_a_cross(visit):
    player = visit("still&nan")
    assert player.page.locator(".pgp-cross").nth(0).is_visible()
    assert player.page.locator(HEADS).nth(0).is_visible()
    assert player.page.locator(".pgp-border .pgp-text").nth(0).text_content() == "stops at step 20"
    assert not player.page.locator(".pgp-cross").nth(1).is_visible()


def test_steps_show_as_dots_only_while_they_are_few(visit):
    dots = ".pgp-dots"
    assert visit("still&steps=60").page.locator(dots).first.get_attribute("d").count("M") == 61
    assert visit("still&steps=300").page.locator(dots).first.get_attribute("d") == ""


def test_names_are_text_and_never_markup(visit):
    player = visit("still&markup")
    assert player.page.locator(".pgp-chip").first.inner_text().startswith("<b>bold</b>")
    assert player.page.locator(".pgp b").count() == 0


# -- time -------------------------------------------------------------------------------------


def test_it_plays_by_itself_and_ends(visit):
    player = visit("steps=20")
    player.wait_step("k > 0 && k < n")
    assert player.playing
    first = player.heads()
    player.wait_step("k === n")
    assert player.heads() != first
    player.page.get_by_role("button", name="Play", exact=True).wait_for()


def test_pause_freezes_and_play_goes_on(visit):
    player = visit("slow")
    player.wait_step("k > 3")
    player.pause()
    step, heads = player.counter, player.heads()
    player.page.wait_for_timeout(300)
    assert (player.counter, player.heads()) == (step, heads)
    player.page.get_by_role("button", name="Play", exact=True).click()
    player.wait_step(f"k > {step[0]}")


def test_buttons_step_and_the_scrubber_scrubs(visit):
    player = visit("still")
    assert player.counter == (200, 200)
    player.page.get_by_role("button", name="One step back").click()
    assert player.counter == (199, 200)
    player.page.get_by_role("button", name="One step forward").click()
    player.page.get_by_role("button", name="One step forward").click()
    assert player.counter == (200, 200)
    player.page.get_by_role("slider", name="Step").fill("57")
    assert player.counter == (57, 200)


def test_keys_play_step_and_jump(visit):
    player = visit("still&slow")
    root = player.page.locator(".pgp")
    for key, step in [("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 200)]:
        root.press(key)
        assert player.counter == (step, 200)
    root.press("Space")
    player.wait_step("k > 0 && k < n")
    root.press("Space")
    assert not player.playing


def test_keys_typed_elsewhere_are_left_alone(visit):
    player = visit("still")
    words = player.page.get_by_label("words")
    words.click()
    words.press_sequentially("a b")
    words.press("Home")
    assert words.input_value() == "a b"
    assert player.counter == (200, 200)
    assert not player.playing


def test_a_loop_begins_again(visit):
    player = visit("steps=8")
    player.page.get_by_role("button", name="Loop").click()
    player.wait_step("k === n")
    player.wait_step("k < n")
    assert player.playing


def test_speed_shortens_the_run(visit):
    player = visit("still&slow")
    elapsed = """() => new Promise((done) => {
      const begun = performance.now();
      const look = () => parseInt(document.querySelector('.pgp-counter').textContent) >= 40
        ? done(performance.now() - begun) : requestAnimationFrame(look);
      look();
    })"""
    times = {}
    for speed in ("0.5", "4"):
        player.page.get_by_label("Speed").select_option(speed)
        player.page.locator(".pgp").press("Home")
        player.page.locator(".pgp").press("Space")
        times[speed] = player.page.evaluate(elapsed)
        player.pause()
    assert times["4"] < times["0.5"]


def test_pressing_on_a_chart_moves_the_cursor_there(visit):
    player = visit("still")
    box = player.box(".pgp-charts .pgp-hit")
    player.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 20)
    assert player.counter == (50, 200)


def test_reduced_motion_shows_the_finished_path(visit):
    player = visit(reduced_motion="reduce")
    assert player.counter == (200, 200)
    assert not player.playing


def test_the_text_follows_the_picture(visit):
    player = visit("still")
    live = player.page.locator("[aria-live]")
    player.page.locator(".pgp").press("Home")
    player.page.locator("[aria-live]", has_text="Step 0 of 200.").wait_for()
    assert re.search(r"GradientDescent, loss 7\.\d+; ", live.inner_text())
    assert re.search(r"TooFast, loss 7\.\d+, diverged at step 7\.", live.inner_text())


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


def test_a_finger_taps_the_start_but_scrolls_over_the_map(visit):
    player = visit("still", has_touch=True, is_mobile=True, width=390, height=800)
    player.page.locator(".pgp-map").scroll_into_view_if_needed()
    pixel, point = at(player.box(), 0.6, 0.4)
    player.page.touchscreen.tap(*pixel)
    start = chosen(player.wait_said("start", r"\("))
    assert start == pytest.approx(point, abs=4.6 / 150)
    touch_action = "node => getComputedStyle(node).touchAction"
    assert "pan-y" in player.page.locator(".pgp-map .pgp-hit").evaluate(touch_action)
    assert player.page.locator(".pgp-start").evaluate(touch_action) == "none"


# -- reruns -----------------------------------------------------------------------------------


def test_playing_survives_a_rerun(visit):
    player = visit("slow")
    player.wait_step("k > 10")
    player.change_lr()
    assert player.playing
    assert player.counter[0] > 10


def test_a_finished_run_stays_finished_when_a_slider_moves(visit):
    player = visit("still")
    before = player.heads()
    player.change_lr()
    assert player.counter == (200, 200)
    assert player.heads() != before


def test_zoom_survives_new_data_and_a_double_click_ends_it(visit):
    player = visit("still")
    ranges = "() => document.querySelector('.pgp-map .js-plotly-plot').layout.xaxis.range"
    player.page.locator(".pgp-map").hover()
    player.page.locator(".pgp-map [data-title='Zoom in']").click()
    zoomed = player.page.evaluate(ranges)
    assert zoomed[1] - zoomed[0] < 4.3
    heads = player.heads()
    player.change_lr()
    assert player.page.evaluate(ranges) == zoomed
    assert player.heads() != heads
    box = player.box()
    player.page.mouse.dblclick(box["x"] + 200, box["y"] + 300)
    player.page.wait_for_function(f"() => ({ranges})()[0] === -2.2")
    player.settle()
    assert player.said("start") == "None"  # the two clicks were no choice


def test_with_the_pan_tool_a_drag_pans_and_a_click_still_sets_the_start(visit):
    player = visit("still")
    ranges = "() => document.querySelector('.pgp-map .js-plotly-plot').layout.xaxis.range"
    player.page.locator(".pgp-map").hover()
    player.page.locator(".pgp-map [data-title='Pan']").click()
    box = player.box()
    mouse = player.page.mouse
    mouse.move(box["x"] + 300, box["y"] + 300)
    mouse.down()
    mouse.move(box["x"] + 250, box["y"] + 300, steps=5)
    mouse.up()
    player.page.wait_for_function(f"() => ({ranges})()[0] > -2.1")
    player.settle()
    assert player.said("start") == "None"
    low, high = player.page.evaluate(ranges)
    player.page.wait_for_timeout(400)  # or Plotly takes drag and click for a double click
    mouse.click(box["x"] + box["width"] / 2, box["y"] + 200)
    start = chosen(player.wait_said("start", r"\("))
    assert start[0] == pytest.approx((low + high) / 2, abs=0.02)
    player.page.wait_for_timeout(400)
    mouse.dblclick(box["x"] + 100, box["y"] + 100)
    player.page.wait_for_function(f"() => ({ranges})()[0] === -2.2")
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
    with traffic(player) as first:
        player.page.reload()
        player.page.locator("code", has_text="threshold=").wait_for()
    with traffic(player) as change:
        player.change_lr()
    with traffic(player) as again:
        player.page.get_by_label("words").fill("x")
        player.page.get_by_label("words").press("Enter")
        player.wait_said("runs", "[3-9]")
    assert sum(first) > 90_000  # the code, the picture, the paths
    assert sum(change) < 60_000
    assert sum(again) < 10_000
    with traffic(player) as other_ground:
        player.page.get_by_role("slider", name="tint").press("ArrowRight")
        player.wait_said("runs", "[4-9]")
    assert sum(other_ground) > sum(again) + 10_000


def test_hiding_a_track_hides_its_path_and_its_lines(visit):
    player = visit("still")
    chip = player.page.get_by_role("button", name="Momentum")
    chip.click()
    player.page.wait_for_function(
        "() => document.querySelectorAll('.pgp-charts .scatterlayer .trace').length === 12"
    )
    assert not player.page.locator(HEADS).nth(1).is_visible()
    assert chip.get_attribute("aria-pressed") == "false"
    player.change_lr()
    assert not player.page.locator(HEADS).nth(1).is_visible()
    chip.click()
    assert player.page.locator(HEADS).nth(1).is_visible()


def test_pointing_at_a_chip_dims_the_others(visit):
    player = visit("still")
    player.page.get_by_role("button", name="Momentum").hover()
    dim = "nodes => nodes.map(node => node.classList.contains('pgp-dim'))"
    assert player.page.locator(".pgp-track").evaluate_all(dim) == [True, False, True, True]


# -- what Python hears ------------------------------------------------------------------------


def test_a_threshold_reports_its_id_by_mouse_and_by_key(visit):
    player = visit("still")
    line = player.page.get_by_role("button", name="stable up to")
    line.click()
    player.wait_said("threshold", "'limit'")
    player = visit("still")
    player.page.get_by_role("button", name="stable up to").press("Enter")
    player.wait_said("threshold", "'limit'")


def test_the_step_is_told_only_when_asked_for_and_standing_still(visit):
    player = visit("still&report")
    player.page.get_by_role("slider", name="Step").fill("57")
    player.wait_said("step", "57")
    silent = visit("still")
    silent.page.get_by_role("slider", name="Step").fill("57")
    silent.settle()
    assert (silent.said("step"), silent.said("runs")) == ("None", "1")


# -- places and looks -------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_every_theme(visit, scheme):
    player = visit("still&vectors", color_scheme=scheme)
    worst = player.page.evaluate(
        """() => {
          const paint = document.createElement('canvas')
            .getContext('2d', { willReadFrequently: true });
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
          return Math.min(...[...nodes].map((node) => {
            const style = getComputedStyle(node);
            const own = light(node instanceof SVGElement ? style.fill : style.color);
            return (Math.max(own, back) + 0.05) / (Math.min(own, back) + 0.05);
          }));
        }"""
    )
    assert worst >= 4.5


def test_the_theme_reaches_plotly(visit):
    ink = "() => document.querySelector('.pgp-map .js-plotly-plot').layout.font.color"
    light = visit("still", color_scheme="light").page.evaluate(ink)
    dark = visit("still", color_scheme="dark").page.evaluate(ink)
    assert light != dark


def test_on_a_phone_the_charts_stand_below_and_nothing_overflows(visit):
    player = visit("still&ghost&vectors", width=390, height=844)
    chart, ground = player.box(".pgp-charts"), player.box(".pgp-map")
    assert chart["y"] >= ground["y"] + ground["height"]
    assert player.page.evaluate("document.documentElement.scrollWidth") <= 390
    for selector in (".pgp-map", ".pgp-charts", ".pgp-bar", ".pgp-legend", ".pgp-foot"):
        box = player.box(selector)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_a_wide_page_has_map_and_charts_side_by_side_and_follows_its_width(visit):
    player = visit("still")
    assert player.box(".pgp-charts")["y"] == player.box(".pgp-map")["y"]
    player.page.set_viewport_size({"width": 500, "height": 900})
    player.page.wait_for_function(
        "() => document.querySelector('.pgp-map').getBoundingClientRect().width < 480"
    )
    assert player.box(".pgp-charts")["y"] > player.box(".pgp-map")["y"]
    assert player.page.locator(".pgp-map svg.main-svg").first.bounding_box()["width"] < 480


def test_without_plotly_it_says_so(visit, serve):
    player = visit(wait=False, tolerate="PlotlyChart|Failed to|dynamically imported|ChunkLoad")
    player.page.route("**/PlotlyChart*.js", lambda route: route.abort())
    player.page.goto(f"{serve(APP)}/?still")
    message = player.page.locator(".pgp-message")
    message.wait_for()
    assert message.inner_text() == "Loading the player …"
    player.page.locator(".pgp-message", has_text="could not start").wait_for()
