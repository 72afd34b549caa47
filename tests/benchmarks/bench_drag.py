"""What a drag of a learning rate costs the browser and the server, beside an empty page's slider.

    python -m tests.benchmarks.bench_drag

Two seconds over the track, the pointer moved as often as the browser takes it; the first quarter
of a second is not counted.  Milliseconds are of this machine.
"""

from __future__ import annotations

import io
import time
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page

from playground.topics.race import OPENING
from playground.topics.race.fan import fan_of, turnable
from playground.topics.race.race import Conditions
from tests.benchmarks.served import (
    APP,
    EMPTY,
    MainThread,
    Server,
    Traffic,
    at_rest,
    chromium,
    served,
)

SECONDS, BEGUN = 2.0, 0.25
REPEATS = 9
RELEASED = 2500
"""Milliseconds after which a value that was let go has come to rest."""
KNOB = ".pgp-knob[data-runner=a][data-param=lr] input[type=range]"
PATH = ".pgp-line[data-runner=a]"
SLIDER = "[data-testid=stSlider] input[type=range]"
LEAST, MOST = 0.05, 0.95
"""Of the track."""
FAINT = 64
"""Of 255: less is the edge of a line that has moved by less than half a pixel."""

PICTURES = """(selector) => {
  window.pictures = []; let last = "";
  const look = (now) => {
    const node = document.querySelector(selector);
    const shown = node?.getAttribute("d") ?? node?.value ?? "";
    if (shown !== last) { window.pictures.push(now); last = shown; }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Keeps when another picture was shown."""


class Cost(NamedTuple):
    """Of a drag: pictures a second, milliseconds of the main thread a picture, and frames."""

    pictures: float
    work: float
    frames: int


def dragged(page: Page, traffic: Traffic, handle: str, track: tuple[float, float, float]) -> Cost:
    """Drag over a track `(left, right, y)`; the button stays down."""
    thread, (left, right, y) = MainThread(page), track
    page.mouse.move(left, y)
    page.mouse.down()
    page.evaluate(PICTURES, handle)
    before, frames = thread.work(), traffic.bytes
    begin = page.evaluate("() => performance.now()")
    started = time.perf_counter()
    while (share := (time.perf_counter() - started) / SECONDS) < 1:
        page.mouse.move(left + share * (right - left), y)
    took = (page.evaluate("() => performance.now()") - begin) / 1000
    work, received = thread.work() - before, traffic.bytes - frames
    shown = page.evaluate("() => window.pictures")
    counted = [at for at in shown if at > begin + BEGUN * 1000]
    return Cost(len(counted) / (took - BEGUN), work / max(len(shown), 1), received)


def track_of(page: Page, handle: str) -> tuple[float, float, float]:
    """The stretch of a range input that is dragged over."""
    box = page.locator(handle).bounding_box()
    assert box is not None
    ends = (box["x"] + share * box["width"] for share in (LEAST, MOST))
    return (*ends, box["y"] + box["height"] / 2)  # type: ignore[return-value]


def ours(browser: Browser, server: Server) -> None:
    """The knob of the first runner, whose fan has come with the page."""
    page, traffic = at_rest(browser, f"{server.url}/trajectories?steps=200")
    cost = dragged(page, traffic, PATH, track_of(page, KNOB))
    print(
        f"knob: {cost.pictures:.0f} pictures a second, {cost.work:.1f} ms a picture, "
        f"{cost.frames} bytes from the server"
    )
    before = picture(page)
    page.mouse.up()
    page.wait_for_timeout(RELEASED)
    after = picture(page)
    moved = np.abs(before - after).max(axis=2) > FAINT
    print(f"released: {np.count_nonzero(moved)} pixels of the map differ")
    page.close()


def fans() -> None:
    """What the fans of the opening race cost, each made anew."""
    race = replace(OPENING, conditions=Conditions(steps=200))
    for _, runner in race.entries():
        alone = replace(race, runners=(runner,))
        rate = next(p for p in turnable(runner.optimizer) if p.name == "lr")
        took = []
        for _ in range(REPEATS):
            begin = time.process_time()
            message = fan_of("fan", alone, rate).message()
            took.append((time.process_time() - begin) * 1000)
        name = runner.optimizer.label()
        print(f"fan of {name}: {min(took):.1f} ms, {len(message)} bytes")


def picture(page: Page) -> np.ndarray:
    """The map as it is drawn ``(height, width, 3)``."""
    shot = page.locator(".pgp-map").screenshot()
    return np.array(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)


def bare(browser: Browser, server: Server) -> None:
    """The slider of an empty page, whose thumb alone moves."""
    page, traffic = at_rest(browser, server.url)
    box = page.locator("[data-testid=stSlider]").bounding_box()
    assert box is not None
    thumb = page.locator(SLIDER).bounding_box()
    assert thumb is not None
    x, y = (thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2)
    cost = dragged(page, traffic, SLIDER, (x, box["x"] + box["width"], y))
    print(f"empty page: {cost.pictures:.0f} pictures a second, {cost.work:.1f} ms a picture")
    page.close()


def main() -> None:
    """Print the lines."""
    fans()
    with served(EMPTY, APP) as (empty, app), chromium() as browser:
        bare(browser, empty)
        ours(browser, app)


if __name__ == "__main__":
    main()
