"""A hand on the controls of one open page, and what the page then shows.

The law behind every question here: whatever was done, and however fast, a page at rest is the page
that opens freshly at its address.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.visit import FAILED
from tests.support.source import ROOT

SLIDERLESS = ("course", "gallery", "home", "reference", "teacher")
PAGES = sorted(p.stem for p in (ROOT / "pages").glob("*.py") if p.stem not in SLIDERLESS)
LEFT, RIGHT = "ArrowLeft", "ArrowRight"
PERIOD = 1 / 30
"""Seconds between two repeats of a held key."""

AT_LAST = 800
"""Milliseconds for which a page is silent that waits for nothing: between a run that was ended and
the next one it is not running either, and a loaded server takes its time."""

# Time is counted in turns of the page's own clock: in a page that is too busy to answer, no time
# goes by, and what waits for its turn has had it.
QUIET = """async (still) => {
  const app = document.querySelector("[data-testid=stApp]");
  const same = () =>
    app?.dataset.testConnectionState === "CONNECTED" &&
    app.dataset.testScriptState === "notRunning" &&
    document.querySelector("[data-testid=stMain] [data-testid=stMarkdownContainer]") &&
    !document.querySelector("[data-testid=stSkeleton]") &&
    location.href;
  const tick = 25;
  let seen = same();
  for (let all = 60000 / tick, quiet = 0; all > 0; all -= 1) {
    await new Promise((done) => setTimeout(done, tick));
    const now = same();
    quiet = now && now === seen ? quiet + 1 : 0;
    seen = now;
    if (quiet * tick >= still) return true;
  }
  return false;
}"""

SHOWN = """() => {
  const all = (css) => [...document.querySelectorAll(css)].filter((e) => e.getClientRects().length);
  const main = (css) => all(css.split(", ").map((one) => `[data-testid=stMain] ${one}`).join(", "));
  const charts = main(".pgp-figure > div, .pgp .js-plotly-plot");
  const texts = main("[data-testid=stMarkdownContainer], code, [data-testid=stAlert]");
  return {
    address: location.pathname + location.search,
    controls: all("[data-testid=stSliderThumbValue]").map((thumb) => thumb.textContent),
    words: texts
      .filter((text) => !text.closest("[data-testid=stExpander]")) // closed, or not yet
      .map((text) => text.textContent),
    charts: charts.map((graph) => graph.closest("[aria-busy=true]") ? ""
      : JSON.stringify(graph.data.map(({ x, y, z }) => [x, y, z]))),
  };
}"""
"""What a page shows, as the fields of `Shown`."""


@dataclass(frozen=True)
class Shown:
    """Address, controls and picture of a page."""

    address: str
    controls: list[str]
    words: list[str] = field(repr=False)
    charts: list[str] = field(repr=False)
    """The data of each; "" where it is out of sight and waits to be drawn."""

    def differs(self, other: Shown) -> str:
        """What two pages do not show alike, in words; empty where they agree."""
        if self.controls != other.controls:
            return f"controls {self.controls} against {other.controls} at {self.address}"
        for mine, theirs in zip(self.words, other.words, strict=False):
            if mine != theirs:
                return f"“{mine[:160]}” against “{theirs[:160]}” at {self.address}"
        if len(self.words) != len(other.words):
            return f"{len(self.words)} texts against {len(other.words)} at {self.address}"
        charts = zip(self.charts, other.charts, strict=True)
        same = all(mine == theirs for mine, theirs in charts if mine and theirs)
        return "" if same else f"charts differ at {self.address}"


class Visit:
    """One tab on the app at `url`; `near` is the same server without whatever makes it far."""

    def __init__(self, page: Page, url: str, near: str = "") -> None:
        self.page, self.url, self.near = page, url, near or url

    def open(self, link: str) -> Visit:
        self.page.goto(f"{self.url}/{link}")
        self.rest()
        return self

    def rest(self, still: int = 400) -> None:
        """Wait until nothing has run for `still` ms; a page left running fails here."""
        self.page.locator("[data-testid=stApp]").wait_for()
        assert self.page.evaluate(QUIET, still), f"still running: {self.page.url}"
        assert self.page.locator(FAILED).count() == 0

    def shown(self) -> Shown:
        return Shown(**self.page.evaluate(SHOWN))

    def entries(self) -> list[str]:
        """The addresses of the tab's history, the oldest first."""
        found: list[str] = self.page.evaluate("navigation.entries().map((entry) => entry.url)")
        return found

    def sliders(self) -> list[Locator]:
        """The sliders one can see, those of the sidebar first."""
        found = self.page.locator("[data-testid=stSlider] input[type=range]")
        found.first.wait_for(state="attached")
        thumbs = self.page.locator("[data-testid=stSliderThumbValue]")
        return [found.nth(i) for i in range(found.count()) if thumbs.nth(i).is_visible()]

    def main(self) -> Locator:
        """The first slider of the page."""
        return self.sliders()[0]

    def press(self, slider: Locator, keys: Sequence[str], period: float = PERIOD) -> str:
        """Press keys on a slider at a steady pace; the place at which it must end."""
        slider.focus()
        low, high, step = (float(slider.get_attribute(a) or 0) for a in ("min", "max", "step"))
        place = float(slider.input_value())
        due = time.monotonic()
        for key in keys:
            self.page.keyboard.press(key)
            place = min(max(place + (step if key == RIGHT else -step), low), high)
            due += period
            time.sleep(max(0.0, due - time.monotonic()))
        return f"{place:.9g}"

    def inward(self, slider: Locator) -> str:
        """The key that has the longer way to go."""
        low, high = (float(slider.get_attribute(a) or 0) for a in ("min", "max"))
        return RIGHT if 2 * float(slider.input_value()) < low + high else LEFT

    def go(self, name: str) -> None:
        """Follow the top navigation to a page."""
        for section in self.page.locator("[data-testid=stTopNavSection]").all():
            section.click()
            link = self.page.locator(f"a[href$='/{name}']").first
            if link.count():
                return link.click()
            self.page.keyboard.press("Escape")
        raise AssertionError(f"no way to {name}")


def place(slider: Locator) -> str:
    return f"{float(slider.input_value()):.9g}"


def agrees(visit: Visit) -> str:
    """How a page at rest differs from the one that opens freshly at its address; empty if not."""
    visit.rest(AT_LAST)
    mine = visit.shown()
    tab = visit.page.context.new_page()
    try:
        fresh = Visit(tab, visit.near).open(mine.address.lstrip("/")).shown()
    finally:
        tab.close()
    return mine.differs(fresh)
