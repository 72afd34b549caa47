"""What is written on the charts can be read: on no text, on no curve, in no window cut off."""

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.rounds import PAGES, SLIDERLESS, Visit
from tests.browser.test_stage import SIZES
from tests.browser.visit import faults_at_last
from tests.support.part import in_turn

FAULTS = """() => {
  const faults = [];
  const main = document.querySelector("[data-testid=stMain]");
  if (main.scrollWidth > main.clientWidth + 1) faults.push("the page scrolls sideways");
  const box = (node) => node.getBoundingClientRect();
  const within = (a, b) => [Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
  const drawn = ".pgp-figure, .pgp-map, .pgp-charts, .pgp-panel";
  for (const figure of document.querySelectorAll(drawn)) {
    const said = (text, fault) => faults.push(
      `${fault}: "${text}" of ${figure.getAttribute("aria-label") ?? figure.className}`);
    const frame = box(figure);
    const texts = [...figure.querySelectorAll("text")]
      .filter((text) => text.textContent.trim() && box(text).width)
      .map((text) => [text.textContent, box(text)]);
    texts.forEach(([one, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1) said(one, "cut off");
      for (const [other, b] of texts.slice(i + 1)) {
        const [across, down] = within(a, b);
        if (across > 1 && down > 3) said(`${one}" and "${other}`, "over each other");
      }
    });
    const lines = [...figure.querySelectorAll("path.js-line")];
    for (const label of figure.querySelectorAll(".annotation-text")) {
      const { left, right, top, bottom } = box(label);
      const covers = (line) => {
        const { a, d, e, f } = line.getScreenCTM();
        const long = line.getTotalLength();
        for (let s = 0; s < long; s += Math.max(2, long / 2000)) {
          const { x, y } = line.getPointAtLength(s);
          const [px, py] = [a * x + e, d * y + f];
          if (px > left + 1 && px < right - 1 && py > top + 3 && py < bottom - 3) return true;
        }
        return false;
      };
      if (lines.some(covers)) said(label.textContent, "over a curve");
    }
  }
  for (const node of main.querySelectorAll("p, h1, h2, h3, label, a, button, td, th")) {
    if (node.closest(".pgp-unseen")) continue; // it is there to be heard
    for (let up = node; up !== main; up = up.parentElement) {
      const { overflowX, display } = getComputedStyle(up);
      if (!/hidden|clip/.test(overflowX) || display === "inline") continue;
      if (up.clientWidth && up.scrollWidth > up.clientWidth + 1 && node.textContent.trim())
        faults.push(`cut off by its box: "${node.textContent.trim().slice(0, 60)}"`);
    }
  }
  return faults;
}"""
BUSY = ".pgp-figure[aria-busy=true], [data-testid=stSkeleton]"


CUT_OFF = """() => [...document.querySelectorAll(".st-key-microscope-lines table")]
  .map((table) => table.closest("[data-testid=stMarkdownContainer]"))
  .filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent)"""


@pytest.fixture(scope="module")
def visit(browser, serve):
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield Visit(context.new_page(), serve("streamlit_app.py"))
    context.close()


@pytest.mark.parametrize(("path", "size"), in_turn([*PAGES, *SLIDERLESS], SIZES))
def test_every_text_of_every_chart_can_be_read(visit, path, size):
    page = visit.page
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    visit.open("" if path == "home" else path)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # all are drawn, wherever they are
    page.wait_for_function(f"() => !document.querySelector('{BUSY}')")
    assert faults_at_last(page, FAULTS) == []


def test_the_numbers_of_the_microscope_fit_every_window(visit):
    page = visit.page
    visit.open("trajectories")
    page.get_by_role("tab", name="Step microscope").click()
    lines = page.locator(".st-key-microscope-lines")
    lines.locator("td").last.wait_for()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults_at_last(page, CUT_OFF) == [], width
