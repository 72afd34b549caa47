"""What an hour of use leaves behind: a change every five seconds, one after the other.

    python -m tests.benchmarks.bench_hour [page] [moves]

Memory of the server (resident) and of the tab (heap, nodes, listeners, Plotly's graphs, after
garbage was collected), its open sessions, and at last what the server gives back when the tab is
closed and Streamlit has forgotten it.  Absolute values are of this machine; whether they go on
growing is the question.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from tests.benchmarks.served import APP, Server, chromium, served
from tests.browser.restarted import sessions
from tests.browser.rounds import Visit

PLACE, HOUR = "trajectories?steps=200", 720
ROWS = 12
PERIOD = 0.3
"""Seconds between two moves: every one of them is a run."""
FORGOTTEN = 130
"""Seconds after which Streamlit has forgotten whoever left, who might have come back until then."""


def resident(server: Server) -> float:
    """MiB of the server (Linux)."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def held(session: CDPSession, page: Page) -> dict[str, float]:
    """What a tab holds once nothing is left that nobody uses."""
    session.send("HeapProfiler.collectGarbage")
    found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return {
        "heap": found["JSHeapUsedSize"] / 2**20,
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "graphs": page.locator(".js-plotly-plot").count(),
    }


def tell(moves: int, server: Server, tab: dict[str, float]) -> None:
    """A line of the table."""
    tail = "".join(f"{value:11.1f}" for value in tab.values())
    print(f"{moves:6}{resident(server):11.1f}{sessions(server.url):10}{tail}", flush=True)


def main(place: str = PLACE, moves: int = HOUR) -> None:
    """Print the table."""
    with served(APP) as (server,), chromium() as browser:
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        visit = Visit(page, server.url).open(place)
        slider = visit.main()
        first = held(session, page)
        print(f"{'moves':>6}{'server MiB':>11}{'sessions':>10}", end="")
        print("".join(f"{name:>11}" for name in first))
        tell(0, server, first)
        for row in range(1, ROWS + 1):
            for _ in range(moves // ROWS // 4):
                visit.press(slider, [visit.inward(slider)] * 4, PERIOD)
            visit.rest()
            tell(row * (moves // ROWS), server, held(session, page))
        context.close()
        time.sleep(FORGOTTEN)
        print(f"closed{resident(server):11.1f}{sessions(server.url):10}")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
