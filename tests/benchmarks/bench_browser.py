"""What a slider move and an animation update cost, beside an empty page, in one run.

    python -m tests.benchmarks.bench_browser

(a) bytes over the websocket, processor time of the server and milliseconds from key press to
painted, for one move of a runner's learning rate with 4 runners × 200 steps, against an empty
Streamlit page with one slider and one text; (b) processor time of the browser per animation
update, against the same runs as classic Plotly frames.  Milliseconds are of this machine; the
ratios hold.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import playground as pg
from playground.topics.race import OPENING
from tests.browser.conftest import FLAGS, QUIET, ROOT, chromium_paths, free_port

MOVES = 30
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One Streamlit app in a process of its own."""

    def __init__(self, script: str) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", *FLAGS],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def cpu(self) -> float:
        """Milliseconds of processor time so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS * 1000


class Traffic:
    """Bytes of the websocket frames a page has received."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self.add))

    def add(self, payload: str | bytes) -> None:
        self.bytes += len(payload)


PAINTED = """(selector) => new Promise((done) => {
  const before = document.querySelector(selector).textContent;
  const start = performance.now();
  const look = () => document.querySelector(selector)?.textContent !== before
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
    : requestAnimationFrame(look);
  look();
})"""
"""Milliseconds until the text of an element has changed and the frame after it was painted."""


def moves(page: Page, server: Server, traffic: Traffic, slider: str, witness: str) -> dict:
    """Press an arrow key on a slider `MOVES` times and watch what it costs."""
    handle = page.locator(slider).get_by_role("slider").first
    handle.focus()
    latencies = []
    for i in range(MOVES + 5):
        if i == 5:  # warm by now
            cpu, received = server.cpu(), traffic.bytes
        waiting = page.evaluate_handle(f"() => {{ window.painted = ({PAINTED})({witness!r}) }}")
        page.keyboard.press("ArrowRight" if (i // 10) % 2 == 0 else "ArrowLeft")
        latency = page.evaluate("() => window.painted")
        waiting.dispose()
        if i >= 5:
            latencies.append(latency)
        page.wait_for_timeout(150)
    return {
        "latency": statistics.median(latencies),
        "cpu": (server.cpu() - cpu) / MOVES,
        "bytes": (traffic.bytes - received) / MOVES,
    }


def busy(page: Page, seconds: float, frames: str) -> tuple[float, float]:
    """Milliseconds of main-thread work over a while, and how many updates were shown."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def work() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration") * 1000

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
    before = work()
    page.wait_for_timeout(seconds * 1000)
    return work() - before, page.evaluate("() => window.updates")


def main() -> None:
    """Print the table."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next(p for p in chromium_paths(own) if p and Path(p).exists())
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        servers = {
            "empty": Server("tests/benchmarks/empty_page.py"),
            "race": Server("streamlit_app.py"),
        }
        time.sleep(6)
        try:
            empty, race = slider_moves(chromium, servers)
            print(f"{'':24}{'empty page':>12}{'trajectories':>14}{'ratio':>8}")
            for key, unit in (("bytes", "bytes"), ("cpu", "ms server"), ("latency", "ms painted")):
                a, b = empty[key], race[key]
                print(f"{unit + ' per move':24}{a:12.1f}{b:14.1f}{b / a:8.2f}")
            ours, frames = animation_updates(chromium, servers["race"])
            print(
                f"browser ms per update: player {ours:.2f}, Plotly frames {frames:.2f}, "
                f"ratio {ours / frames:.3f}"
            )
        finally:
            for server in servers.values():
                server.process.kill()
            chromium.close()


def slider_moves(chromium, servers) -> tuple[dict, dict]:
    page = chromium.new_page()
    traffic = Traffic(page)
    page.goto(servers["empty"].url)
    page.get_by_text("value 500").wait_for()
    empty = moves(page, servers["empty"], traffic, ".st-key-value", "[data-testid=stText]")
    page.close()
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    traffic = Traffic(page)
    page.goto(f"{servers['race'].url}/trajectories?steps=200")
    page.locator(".pgp-legend").first.wait_for()
    page.locator(".st-key-open-d button").click()
    page.wait_for_timeout(2000)
    slider = ".st-key-trajectories-d-Adam-lr"
    race = moves(page, servers["race"], traffic, slider, ".pgp-legend")
    page.close()
    return empty, race


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
