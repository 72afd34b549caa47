"""Kill one of three replicas under load, and count what was lost.

    python -m tests.load.killed --proxy haproxy

Twelve visitors in a real browser, each with cookies of his own, have moved a control on one page
each.  Then the replica that serves the first of them is killed (`kill -9`).  A line tells of a
visitor who was there: after how many seconds he was back, whether address, control and picture are
as before, and whether his next move is taken.  Those of the other replicas must notice nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from deploy.replicas import PROXIES, Served, replicas
from tests.benchmarks.served import SETTLED, chromium

PAGES = (
    *("trajectories", "hyperparameters", "basins", "initialisation", "normalisation", "batches"),
    *("regularisation", "losses", "dropout", "gradient_check", "network", "course"),
)
ALLOWED = 8.0
"""Seconds within which everybody must be back."""
WATCHED = 60.0
"""Seconds that stand for never."""
CONTROL = "[data-testid=stSlider] input[type=range]"
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
REST = "CONNECTED notRunning"
QUIET = 1500
"""Milliseconds in which nothing may change on a page that has come to rest."""

DIARY = """() => {
  const app = () => document.querySelector("[data-testid=stApp]")?.dataset;
  window.diary = [];
  setInterval(() => {
    const said = app()?.testConnectionState + " " + app()?.testScriptState;
    if (said !== window.diary.at(-1)?.[1]) window.diary.push([Date.now(), said]);
  }, 50);
}"""
"""Notes every state of the connection and of the run, with its time."""

PICTURE = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const drawn = [...main.querySelectorAll("path[d], image")].map(
    (node) => node.getAttribute("d") ?? node.getAttribute("href") ?? "");
  return main.innerText + drawn.join();
}"""


@dataclass
class Tab:
    """A visitor's tab: what he has chosen and sees, and who serves him."""

    name: str
    page: Page
    replica: int
    before: tuple[str, str, str] = field(init=False)

    def move(self) -> None:
        """One step of the first control, towards the middle of its track."""
        control = self.page.locator(CONTROL).locator("visible=true").first
        low, high = (float(control.get_attribute(end) or 0) for end in ("min", "max"))
        right = 2 * float(control.input_value()) < low + high
        control.focus()
        control.press("ArrowRight" if right else "ArrowLeft")
        self.settle()

    def settle(self) -> None:
        """Wait until a run has come and gone, and all that it brought is drawn."""
        self.page.wait_for_timeout(QUIET)
        self.page.locator(CONNECTED).wait_for()
        self.page.locator(SETTLED).wait_for()
        now, end = self.seen(), time.monotonic() + WATCHED
        while time.monotonic() < end:
            before = now
            self.page.wait_for_timeout(QUIET)
            if (now := self.seen()) == before:
                return
        raise AssertionError(f"{self.name} did not come to rest; {difference(before[2], now[2])}")

    def seen(self) -> tuple[str, str, str]:
        """The address, the value of the control, and the picture."""
        control = self.page.locator(CONTROL).locator("visible=true").first
        said = control.get_attribute("aria-valuetext") or control.input_value()
        return self.page.url, said, self.page.evaluate(PICTURE)

    def back(self, killed: float) -> float | None:
        """Seconds from the kill until it came to its last rest; None if it was never away."""
        diary = [(when / 1000 - killed, said) for when, said in self.page.evaluate("diary")]
        if all(said.startswith("CONNECTED") for when, said in diary if when > 0):
            return None
        return float(diary[-1][0]) if diary[-1][1] == REST else WATCHED


@dataclass(frozen=True)
class Row:
    """What became of one visitor."""

    name: str
    hit: bool
    back: float | None
    same: tuple[bool, bool, bool]
    """Address, control and picture."""
    taken: bool
    lost: str = ""
    """What is another in the picture, in words."""

    @property
    def good(self) -> bool:
        in_time = (self.back is not None and self.back <= ALLOWED) if self.hit else not self.back
        return in_time and all(self.same) and self.taken


def replica_of(served: Served, page: Page, name: str) -> int:
    """Which replica a visitor stays with: the proxy writes down whom it asked for him."""
    path = f"/_stcore/asked-for-{name}"
    page.context.request.get(served.url + path)
    names = [url.removeprefix("http://") for url in served.urls]
    log = next(served.folder.glob("*.conf")).with_suffix(".txt")
    end = time.monotonic() + 5
    while time.monotonic() < end:
        for line in log.read_text("utf-8", "replace").splitlines():
            if path in line:
                asked = json.loads(line)["replica"]
                return names.index(asked) if asked in names else int(asked[len("replica") :])
        time.sleep(0.1)
    raise AssertionError(f"the proxy wrote nothing of {path}")


@contextmanager
def visitors(browser: Browser, served: Served, pages: Sequence[str]) -> Iterator[list[Tab]]:
    """A visitor on each page, who has moved its first control."""
    tabs = []
    for name in pages:
        context = browser.new_context(
            viewport={"width": 1280, "height": 1000}, reduced_motion="reduce"
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto(f"{served.url}/{name}")
        tab = Tab(name, page, replica_of(served, page, name))
        tab.settle()
        tab.move()
        page.evaluate(DIARY)
        tabs.append(tab)
    yield tabs
    for tab in tabs:
        tab.page.context.close()


def kill_one(served: Served, tabs: Sequence[Tab]) -> list[Row]:
    """Kill the replica of the first tab; what became of all."""
    for tab in tabs:
        tab.before = tab.seen()
    victim = tabs[0].replica
    killed = time.time()
    served.replicas[victim].kill()
    tabs[0].page.wait_for_timeout(1000 * ALLOWED)  # somebody may be away twice
    for tab in tabs:
        tab.settle()
    return [row(tab, tab.replica == victim, killed) for tab in tabs]


def row(tab: Tab, hit: bool, killed: float) -> Row:
    back, after = tab.back(killed), tab.seen()
    tab.move()
    same = [one == other for one, other in zip(tab.before, after, strict=True)]
    lost = "" if same[2] else difference(tab.before[2], after[2])
    return Row(tab.name, hit, back, (same[0], same[1], same[2]), tab.seen()[1] != after[1], lost)


def difference(one: str, other: str) -> str:
    """Where two pictures differ first."""
    pairs = enumerate(zip(one, other, strict=False))
    apart = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    first = max(0, apart - 20)
    return f"{one[first : first + 80]!r} became {other[first : first + 80]!r}"


def table(rows: Sequence[Row]) -> str:
    lines = ["| page | replica | back after | address | control | picture | next move |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for one in rows:
        back = "never away" if one.back is None else f"{one.back:.1f} s"
        same = " | ".join("as before" if kept else "LOST" for kept in one.same)
        replica = "killed" if one.hit else "lives"
        taken = "taken" if one.taken else "LOST"
        lines.append(f"| {one.name} | {replica} | {back} | {same} | {taken} |")
    lines += [f"{one.name}: {one.lost}" for one in rows if one.lost]
    return "\n".join(lines)


def killed(browser: Browser, proxy: str, pages: Sequence[str] = PAGES) -> list[Row]:
    """All of it, with three replicas behind that proxy."""
    with replicas(3, proxy) as served, visitors(browser, served, pages) as tabs:
        return kill_one(served, tabs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--proxy", choices=PROXIES, default="haproxy")
    proxy = parser.parse_args().proxy
    with chromium() as browser:
        rows = killed(browser, proxy)
    print(table(rows))
    good = sum(one.good for one in rows)
    print(f"{good} of {len(rows)} lost nothing; allowed to be away: {ALLOWED:.0f} s")
    raise SystemExit(good < len(rows))


if __name__ == "__main__":
    main()
