"""What one move of the main slider of every page costs, beside two that do nothing, in one run.

    python -m tests.benchmarks.bench_moves [page ...]

One of these is empty but for a slider, the other has as many of Streamlit's elements as the
Trajectories page: what it takes is Streamlit's.  Milliseconds from the key to the last change of
the page, processor time of the server and bytes over the websocket, for presses of an arrow key,
there and back.  Milliseconds are of this machine; the ratios hold.  A page that is named alone is
measured alone.
"""

from __future__ import annotations

import statistics
import sys
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.benchmarks.served import (
    APP,
    EMPTY,
    OPENED,
    SAME_ELEMENTS,
    Server,
    Traffic,
    at_rest,
    chromium,
    served,
)

MOVES, WARM = 20, 5
STILL = 500
"""Milliseconds without a change after which a move is over."""

PLACES = {
    "trajectories κ": ("trajectories?steps=200", ".st-key-trajectories-surface-Bowl-kappa"),
    "trajectories rate": ("trajectories?steps=200", ".st-key-trajectories-a-GradientDescent-lr"),
    "hyperparameters": ("hyperparameters", ".st-key-hyperparameters-surface-Bowl-kappa"),
    "basins": ("basins", ".st-key-basins-first-GradientDescent-lr"),
    "initialisation": ("initialisation", ".st-key-initialisation-depth"),
    "normalisation": ("normalisation", ".st-key-normalisation-step"),
    "batches": ("batches", ".st-key-batches-lr"),
    "regularisation": ("regularisation", ".st-key-regularisation-ridge"),
    "losses": ("losses", ".st-key-losses-wrong"),
    "dropout": ("dropout", ".st-key-dropout-keep_1"),
    "gradient_check": ("gradient_check", ".st-key-gradient_check-h"),
    "network": ("network", ".st-key-network-optimizer-GradientDescent-lr"),
}
"""Address and slider by name."""
OPENS = {"trajectories rate": ".st-key-open-a button"}
"""What is pressed first."""

WATCH = """(still) => {
  const begun = performance.now();
  window.moved = new Promise((done) => {
    let last = begun;
    const seen = new MutationObserver(() => { last = performance.now(); });
    seen.observe(document.body,
      { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
      if (performance.now() - Math.max(last, begun) < still) return setTimeout(look, 50);
      seen.disconnect();
      done(last - begun);
    };
    setTimeout(look, still);
  });
}"""
"""Begin to wait for the last change of the page."""


class Cost(NamedTuple):
    """Of one move: milliseconds to the last change, of the server, and bytes."""

    latency: float
    cpu: float
    bytes: float


def moves(page: Page, server: Server, traffic: Traffic, slider: str) -> Cost:
    """Press an arrow key on a slider again and again and watch what it costs."""
    page.locator(slider).get_by_role("slider").first.focus()
    latencies: list[float] = []
    cpu = received = 0.0
    for i in range(WARM + MOVES):
        if i == WARM:
            cpu, received = server.cpu(), traffic.bytes
        page.evaluate(WATCH, STILL)
        page.keyboard.press("ArrowRight" if (i // 10) % 2 == 0 else "ArrowLeft")
        latencies.append(page.evaluate("() => window.moved"))
    return Cost(
        statistics.median(latencies[WARM:]),
        (server.cpu() - cpu) / MOVES,
        (traffic.bytes - received) / MOVES,
    )


def measured(browser: Browser, server: Server, address: str, slider: str, opens: str = "") -> Cost:
    """The cost of a move on a page that stands still."""
    page, traffic = at_rest(browser, f"{server.url}/{address}")
    if opens:
        page.locator(opens).first.click()
        page.wait_for_timeout(OPENED)
    cost = moves(page, server, traffic, slider)
    page.close()
    return cost


def told(cost: Cost, floor: Cost, name: str) -> None:
    """A line of the table."""
    ratio = cost.latency / floor.latency
    print(f"{name:20}{cost.latency:7.0f}{ratio:7.1f}{cost.cpu:11.1f}{cost.bytes:9.0f}", flush=True)


def main(names: list[str]) -> None:
    """Print the table."""
    with served(EMPTY, SAME_ELEMENTS, APP) as (bare, filled, app), chromium() as browser:
        floor, same = (measured(browser, page, "", ".st-key-value") for page in (bare, filled))
        print(f"{'':20}{'ms':>7}{'ratio':>7}{'server ms':>11}{'bytes':>9}")
        told(floor, floor, "empty page")
        told(same, floor, "same elements")
        for name in names:
            told(measured(browser, app, *PLACES[name], OPENS.get(name, "")), floor, name)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PLACES))
