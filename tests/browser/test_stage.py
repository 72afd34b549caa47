"""The stage in every window it is made for: what must be seen fits, and no text covers another."""

import pytest

from tests.browser.visit import faults_at_last
from tests.support.part import EXHAUSTIVE

LINE = ".pgp-line"
SIZES = [(1440, 900), (1366, 768), (1280, 720), (1024, 768), (820, 1180), (390, 844)]
PAGES = "trajectories", "network"
VERDICT = ".pgp-verdict[data-runner=a]"

CROWDED = """() => {
  const texts = [...document.querySelectorAll(".pgp-charts .pgp-layer text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right - b.left, b.right - a.left) > 1 &&
    Math.min(a.bottom - b.top, b.bottom - a.top) > 3;
  const pairs = texts.flatMap(([one, a], i) =>
    texts.slice(i + 1).filter(([, b]) => over(a, b)).map(([other]) => `${one} over ${other}`));
  const chips = [...document.querySelectorAll(".pgp-switch button")];
  const rows = new Set(chips.map((chip) => chip.offsetTop)).size;
  const bar = document.querySelector(".pgp-switch");
  const main = document.querySelector("[data-testid=stMain]");
  return [
    ...pairs,
    ...(rows > 1 ? [`chips in ${rows} rows`] : []),
    ...(bar.getBoundingClientRect().right > innerWidth ? ["chips beyond the window"] : []),
    ...(main.scrollWidth > main.clientWidth + 1 ? ["the page scrolls sideways"] : []),
  ];
}"""
"""What is wrong with the charts beside the map: texts that lie over each other, chips in rows."""


@pytest.mark.parametrize("path", PAGES)
def test_map_bar_and_verdict_fit_the_window(serve, desktop, path):
    page = desktop.new_page()
    for i, (width, height) in enumerate(reversed(SIZES)):  # it opens as on a phone, and grows
        page.set_viewport_size({"width": width, "height": height})
        if i == 0 or EXHAUSTIVE:
            page.goto(f"{serve('streamlit_app.py')}/{path}")
            page.locator(LINE).first.wait_for(state="attached")
            page.locator(VERDICT).wait_for()
        assert faults_at_last(page, CROWDED) == [], width
        for part in (".pgp-map", ".pgp-bar", VERDICT):
            box = page.locator(part).bounding_box()
            assert box
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height, (part, width)
            assert box["x"] + box["width"] <= width + 1, (part, width)
    page.close()
