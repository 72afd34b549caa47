"""How far what a visitor sees is pushed about while a page comes: the cumulative layout shift."""

from __future__ import annotations

from playwright.sync_api import Page

MOST = 0.1
"""Of the window, added up: what the web calls good."""
WINDOWS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}

WATCH = """
window.shifts = [];
const name = (node) => {
  if (!node) return "gone";
  const element = node.nodeType === 1 ? node : node.parentElement;
  const keyed = element?.closest('[class*="st-key-"]');
  const key = keyed && [...keyed.classList].find((c) => c.startsWith("st-key-"));
  const own = element?.dataset?.testid || element?.className?.toString() || element?.tagName;
  return `${key ? key + " " : ""}${own}`.slice(0, 70);
};
const place = ({ x, y, width, height }) =>
  `${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)}`;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const moved = entry.sources.map(({ node, previousRect, currentRect }) =>
      `${name(node)} ${place(previousRect)} to ${place(currentRect)}`);
    window.shifts.push({ value: entry.value, time: Math.round(entry.startTime), moved });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def watch(page: Page) -> None:
    """Begin to watch; call it before the page is opened."""
    page.add_init_script(WATCH)


def shifts(page: Page) -> list[dict]:
    """What has moved so far without a hand: by how much, when (ms), and who from where to where."""
    found: list[dict] = page.evaluate("window.shifts")
    return found
