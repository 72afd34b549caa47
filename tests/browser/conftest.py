"""Fixtures of the browser tests: a served app and a Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
    "--global.developmentMode=false",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds for anything that must happen; a loaded machine is slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"streamlit did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Iterator[Callable[[str], str]]:
    """`serve("streamlit_app.py")` starts that app once and gives its address."""
    servers: dict[str, tuple[str, subprocess.Popen]] = {}

    def start(path: str) -> str:
        if path in servers:
            return servers[path][0]
        port = free_port()
        log = tmp_path_factory.mktemp("server") / "log.txt"
        command = [sys.executable, "-m", "streamlit", "run", path, f"--server.port={port}", *FLAGS]
        with log.open("w") as output:
            server = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        url = f"http://127.0.0.1:{port}"
        servers[path] = (url, server)
        wait_until_healthy(url, server, log)
        return url

    yield start
    for _, server in servers.values():
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def chromium_paths(own: str) -> Iterator[str]:
    """Where a Chromium may be, the best guess first; the last one is fetched on demand."""
    yield os.environ.get("PLAYWRIGHT_CHROMIUM", "")
    yield own
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        yield shutil.which(name) or ""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    yield own


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium: PLAYWRIGHT_CHROMIUM, Playwright's own, the system's, or a fresh one."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next((path for path in chromium_paths(own) if path and Path(path).exists()), None)
        if path is None:
            pytest.fail(
                "no Chromium found: run `python -m playwright install chromium` or set "
                "PLAYWRIGHT_CHROMIUM to the path of one"
            )
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """An empty page in a fresh context at desktop size."""
    context = browser.new_context(viewport={"width": 1280, "height": 1100})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
