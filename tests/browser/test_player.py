"""The player in a real page: what a visitor sees, and what Python hears of it.

A page of Streamlit takes far longer to load than anything below takes to do, so all tests visit
in one tab whose cache is warm, and each is a little journey.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visit import HEADS, traffic

# -- drawing ----------------------------------------------------------------------------------


def test_the_map_every_chart_and_the_vectors_are_drawn(visit):
    player = visit("still&vectors&ghost")
    assert player.page.locator(".pgp-map .imagelayer image, .pgp-map .layer-below image").count()
    assert player.page.locator(".pgp-cursor").count() == 2
    assert player.page.locator(".pgp-map .scatterlayer .trace").count() == 2
    assert player.page.locator(".pgp-charts .scatterlayer .trace").count() == 12
    assert player.page.locator(".pgp-ghost").get_attribute("d").startswith("M")
    titles = player.page.locator(".pgp-title")
    expect(titles).to_contain_text(["Loss", "Effective learning rate"])
    player.page.locator(".pgp-switch button", has_text="Gradient norm").click()
    expect(titles).to_contain_text(["Loss", "Gradient norm"])
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
    assert (
        " · ".join(labels.nth(3).locator("tspan").all_text_contents())
        == "left the frame at step 1 · diverged at step 7"
    )
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
    assert sum(again) < 10_000, (again, change)
    assert sum(other_ground) > sum(again) + 10_000


def test_a_chip_makes_its_track_stand_out_or_hides_it_with_its_lines(visit):
    player = visit("still")
    chip, head = player.page.get_by_role("button", name="Momentum"), player.page.locator(HEADS)
    chip.hover()
    dim = "nodes => nodes.map(node => node.classList.contains('pgp-dim'))"
    assert player.page.locator(".pgp-track").evaluate_all(dim) == [True, False, True, True]
    chip.click()
    player.page.wait_for_function(
        "() => document.querySelectorAll('.pgp-charts .scatterlayer .trace').length === 9"
    )
    assert not head.nth(1).is_visible()
    assert chip.get_attribute("aria-pressed") == "false"
    player.next_run(lambda: player.page.get_by_role("slider", name="lr").press("ArrowRight"))
    assert not head.nth(1).is_visible()
    chip.click()
    head.nth(1).wait_for()


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
    assert player.box(".pgp-side")["y"] == player.box(".pgp-map")["y"]
    player.page.set_viewport_size({"width": 390, "height": 844})
    player.page.wait_for_function(
        """() => {
          const place = (css) => document.querySelector(css).getBoundingClientRect();
          return (
            place(".pgp-map svg.main-svg").width < 390 &&
            place(".pgp-charts").top >= place(".pgp-map").bottom
          );
        }"""
    )
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
    player.page.locator(".pgp-head").first.wait_for()  # the map is there, and what moves on it
    player.page.clock.run_for(13_000)
    player.page.locator(".pgp-message", has_text="did not reach").wait_for()
    told = "PlotlyChart|Failed to|dynamically imported|ChunkLoad"
    assert [text for text in player.errors if not re.search(told, text)] == []
