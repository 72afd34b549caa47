"""A visitor's tab with the player: what is on screen, what Python said, what a visitor does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from playwright.sync_api import TimeoutError

PATIENCE = 30_000  # milliseconds for anything that must happen; a loaded machine is slow
APP = "tests/browser/player_app.py"
WIDE = {"width": 1280, "height": 1100}
HEADS = ".pgp-head"
FAILED = '[class*="st-key-mishap-"], [data-testid=stException]'
"""What stands on a page that could not go on."""


class Visit:
    """A visitor's tab; `go` opens the page with the player."""

    def __init__(self, context, url: str):
        context.set_default_timeout(PATIENCE)
        self.page = page = context.new_page()
        self.url = url
        self.errors: list[str] = []
        self.received: list[int] = []
        self.numbers = count(1)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self.hear)
        page.on("websocket", lambda ws: ws.on("framereceived", self.count))

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def count(self, frame):
        self.received.append(len(frame))

    def go(self, query: str):
        """Open that page; a page that is open becomes it."""
        query = "&".join((*filter(None, [query]), f"number={next(self.numbers)}"))
        typed = self.page.get_by_label("visit")
        if typed.is_visible():
            typed.fill(query)
            typed.press("Enter")
        else:
            self.page.goto(f"{self.url}/?{query}")
        self.arrive(query)
        return self

    def arrive(self, query: str = ""):
        if query:
            self.page.locator("code", has_text=f"number={query.rpartition('=')[2]}'").wait_for()
        self.page.locator("code", has_text="threshold=").wait_for()
        self.page.locator(".pgp-cursor").first.wait_for(state="attached")
        self.settle()

    # what is on screen

    @property
    def counter(self) -> tuple[int, int]:
        now, end = self.page.locator(".pgp-counter").inner_text().split("/")
        return int(now), int(end)

    @property
    def playing(self) -> bool:
        return self.page.get_by_role("button", name="Pause").is_visible()

    def heads(self) -> list[str | None]:
        return self.page.locator(HEADS).evaluate_all(
            "nodes => nodes.map(node => node.getAttribute('transform'))"
        )

    def box(self, selector=".pgp-map .pgp-hit"):
        return self.page.locator(selector).first.bounding_box()

    # what Python said

    def said(self, name: str) -> str:
        text = self.page.locator("code", has_text=f"{name}=").inner_text()
        return text.removeprefix(f"{name}=")

    def wait_said(self, name: str, pattern: str) -> str:
        self.page.locator("code", has_text=re.compile(rf"^{name}={pattern}")).wait_for()
        return self.said(name)

    # what a visitor does

    def press(self, key: str):
        self.page.locator(".pgp").press(key)

    def scrub(self, step: int):
        self.page.get_by_role("slider", name="Step").fill(str(step))

    def play(self):
        self.page.get_by_role("button", name="Play", exact=True).click()

    def pause(self):
        self.page.get_by_role("button", name="Pause").click()
        self.wait_standing()

    def wait_standing(self):
        self.page.get_by_role("button", name="Play", exact=True).wait_for()

    def wait_step(self, condition: str):
        self.page.wait_for_function(
            f"""() => {{
              const [k, n] = document.querySelector('.pgp-counter').textContent
                .split('/').map(Number);
              return {condition};
            }}"""
        )

    def wait_heads_other_than(self, before: list[str | None]):
        self.page.wait_for_function(
            f"""(before) => [...document.querySelectorAll('{HEADS}')]
              .every((node, i) => node.getAttribute('transform') !== before[i])""",
            arg=before,
        )

    def next_run(self, act):
        """Do what makes the page run once more, and wait until it has."""
        runs = int(self.said("runs"))
        act()
        self.wait_said("runs", f"{runs + 1}$")
        self.settle()

    def change_lr(self):
        """Move the page's own slider and wait until its run is drawn."""
        before = [head for head in self.heads() if head]
        self.next_run(lambda: self.page.get_by_role("slider", name="lr").press("ArrowRight"))
        self.wait_heads_other_than(before)

    def settle(self):
        """Nothing is under way any more, and what has come is painted."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.frames(5)

    def frames(self, count: int):
        self.page.evaluate(
            """async (count) => {
              for (; count; count--) await new Promise((done) => requestAnimationFrame(done));
            }""",
            count,
        )


def faults_at_last(page, ask: str) -> list[str]:
    """What a script finds wrong with a page that comes to rest: asked until it finds nothing."""
    page.wait_for_timeout(250)  # a picture follows its window a moment later
    with suppress(TimeoutError):
        page.wait_for_function(f"() => !({ask})().length")
    found: list[str] = page.evaluate(ask)
    return found


@contextmanager
def traffic(visitor: Visit) -> Iterator[list[int]]:
    """The sizes of the messages that come in meanwhile."""
    visitor.settle()
    visitor.received.clear()
    sizes: list[int] = []
    yield sizes
    visitor.settle()
    sizes.extend(visitor.received)
