"""What an animation update costs the browser, beside the same runs as classic Plotly frames.

    python -m tests.benchmarks.bench_browser

Milliseconds are of this machine; the ratio holds.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

import playground as pg
from playground.topics.race import OPENING
from tests.benchmarks.served import APP, MainThread, chromium, served


def busy(page: Page, seconds: float, frames: str) -> tuple[float, float]:
    """Milliseconds of main-thread work over a while, and how many updates were shown."""
    thread = MainThread(page)
    page.evaluate(
        """(selector) => {
          window.updates = 0; let last = "";
          const look = () => {
            const now = document.querySelector(selector)?.getAttribute("transform") ?? "";
            if (now !== last) { window.updates += 1; last = now; }
            requestAnimationFrame(look);
          };
          look();
        }""",
        frames,
    )
    before = thread.work()
    page.wait_for_timeout(seconds * 1000)
    return thread.work() - before, page.evaluate("() => window.updates")


def main() -> None:
    """Print the line."""
    with served(APP) as (server,), chromium() as browser:
        ours, frames = animation_updates(browser, server)
    print(
        f"browser ms per update: player {ours:.2f}, Plotly frames {frames:.2f}, "
        f"ratio {ours / frames:.3f}"
    )


def animation_updates(chromium, server) -> tuple[float, float]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/trajectories?steps=200")
    page.locator(".pgp-legend").first.wait_for()
    page.wait_for_timeout(1500)
    work, updates = busy(page, 3, ".pgp-head")
    ours = work / updates
    page.close()
    runs = list(OPENING.runs().values())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "frames.html"
        file.write_text(pg.figures.standalone(pg.figures.animate(runs)), "utf-8")
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_timeout(1500)
        page.locator(".updatemenu-button").first.click()
        work, updates = busy(page, 3, ".scatterlayer .points path")
        page.close()
    return ours, work / max(updates, 1)


if __name__ == "__main__":
    main()
