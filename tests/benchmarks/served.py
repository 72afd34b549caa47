"""What the browser benchmarks share: an app in a process of its own, and a Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from deploy.replicas import free_ports, wait_until_healthy
from tests.browser.conftest import FLAGS, QUIET, ROOT, chromium_paths
from tests.support.processes import cpu_seconds

APP = "streamlit_app.py"
EMPTY = "tests/benchmarks/empty_page.py"
SAME_ELEMENTS = "tests/benchmarks/same_elements_page.py"
OPENED = 3000
"""Milliseconds after which a page has come to rest."""
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"


class Server:
    """One Streamlit app in a process of its own."""

    def __init__(self, script: str, root: Path = ROOT) -> None:
        self.url = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", *FLAGS],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_healthy(self.url, self.process, Path(os.devnull))

    def cpu(self) -> float:
        """Milliseconds of processor time so far (Linux)."""
        return 1000 * cpu_seconds(self.process.pid)


@contextmanager
def served(*scripts: str, root: Path = ROOT) -> Iterator[list[Server]]:
    """The apps at these paths."""
    servers: list[Server] = []
    try:
        for script in scripts:
            servers.append(Server(script, root))
        yield servers
    finally:
        for server in servers:
            server.process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next(p for p in chromium_paths(own) if p and Path(p).exists())
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


class Traffic:
    """Bytes of the websocket frames a page has received."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self.add))

    def add(self, payload: str | bytes) -> None:
        self.bytes += len(payload)


class MainThread:
    """The work of a page's main thread."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable")

    def work(self) -> float:
        """Milliseconds since it is looked at."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration")) * 1000


def at_rest(browser: Browser, url: str) -> tuple[Page, Traffic]:
    """A page that has come and stands still, and what it receives."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    traffic = Traffic(page)
    page.goto(url)
    page.locator(SETTLED).wait_for(timeout=90_000)
    page.wait_for_timeout(OPENED)
    return page, traffic
