"""How far every page is pushed about while it comes, wide and on a phone, and who was pushed.

    python -m tests.benchmarks.bench_shift [page ...]

Each page in a browser that has seen nothing yet; after three seconds without news it is over.
"""

from __future__ import annotations

import sys

from tests.benchmarks.served import APP, SETTLED, chromium, served
from tests.browser.conftest import ROOT
from tests.browser.shift import WINDOWS, shifts, watch
from tests.browser.visit import FAILED

QUIET = 3000
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def main(pages: list[str]) -> None:
    """Print who moved, then the table."""
    totals: dict[str, dict[str, float]] = {}
    with served(APP) as (server,), chromium() as browser:
        for page in pages:
            for window, size in WINDOWS.items():
                moved = opened(browser, f"{server.url}/{page.removesuffix('home')}", size)
                total = sum(shift["value"] for shift in moved)
                totals.setdefault(page, {})[window] = total
                print(f"{page} {window} {total:.3f}", flush=True)
                for shift in moved:
                    print(f"    {shift['value']:.4f} at {shift['time']} ms")
                    for line in shift["moved"]:
                        print(f"        {line}")
    print(f"\n{'':18}" + "".join(f"{window:>8}" for window in WINDOWS))
    for page, row in totals.items():
        print(f"{page:18}" + "".join(f"{value:8.3f}" for value in row.values()))


def opened(browser, url: str, size: dict[str, int]) -> list[dict]:
    """The shifts of a page opened in a fresh context."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    watch(page)
    page.goto(url)
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.wait_for_timeout(QUIET)
    if page.locator(FAILED).count():
        raise RuntimeError(f"{url} shows an error")
    found = shifts(page)
    context.close()
    return found


if __name__ == "__main__":
    main(sys.argv[1:] or PAGES)
