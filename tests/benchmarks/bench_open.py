"""How long the race takes from its address to the first picture that moves, beside a bare chart.

    python -m tests.benchmarks.bench_open

Cold in a browser that has seen nothing, warm in one that has been there; medians, and ratios.
Milliseconds are of this machine.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, BrowserContext

from tests.benchmarks.served import APP, Server, chromium, served

CHART = "tests/benchmarks/chart_page.py"
TIMES = 5
WAIT = """(selector) => {
  let first = null;
  const look = () => {
    const node = document.querySelector(selector);
    const shown = node && (node.getAttribute("transform") ?? "drawn");
    if (shown && first === null) first = shown;
    if (shown && (shown === "drawn" || shown !== first)) window.seen = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""
"""Keeps when a runner's head has moved, or a node without a place of its own is drawn."""


def opening(context: BrowserContext, url: str, selector: str) -> float:
    """Milliseconds from the request to what is waited for."""
    page = context.new_page()
    page.add_init_script(f"({WAIT})({selector!r})")
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.seen", timeout=60_000)
    seen = float(page.evaluate("() => window.seen"))
    page.close()
    return seen


def openings(browser: Browser, server: Server, address: str, selector: str) -> tuple[float, float]:
    """Cold and warm, each the median of some."""
    cold, warm = [], []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        cold.append(opening(context, f"{server.url}/{address}", selector))
        warm.append(opening(context, f"{server.url}/{address}", selector))
        context.close()
    return statistics.median(cold), statistics.median(warm)


def main() -> None:
    """Print the table."""
    with served(CHART, APP) as (chart, app), chromium() as browser:
        floor = openings(browser, chart, "", ".js-plotly-plot .scatterlayer path")
        ours = openings(browser, app, "trajectories", ".pgp-head")
    print(f"{'':14}{'cold':>8}{'warm':>8}")
    print(f"{'bare chart':14}{floor[0]:8.0f}{floor[1]:8.0f}")
    print(f"{'race':14}{ours[0]:8.0f}{ours[1]:8.0f}")
    print(f"{'ratio':14}{ours[0] / floor[0]:8.2f}{ours[1] / floor[1]:8.2f}")


if __name__ == "__main__":
    main()
