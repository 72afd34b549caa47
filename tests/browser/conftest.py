"""Fixtures of the browser tests: a served app and a Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from deploy.replicas import FLAGS as SERVED
from deploy.replicas import free_ports, wait_until_healthy
from tests.browser.visit import APP, PATIENCE, WIDE, Visit
from tests.support.source import ROOT

FLAGS = (*SERVED, "--browser.gatherUsageStats=false")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # a new tab finds the app's code compiled: an opening takes two thirds
)
FRUGAL = (
    # Work that threads do ahead to be sooner costs a sixth of an opening where no core is idle.
    # (The others are Playwright's own, whose list this takes the place of.)
    "--disable-features=ScriptStreaming,PaintHolding,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--num-raster-threads=1",
)
NO_PATIENCE = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=5")
expect.set_options(timeout=PATIENCE)
LOCK = Path(tempfile.gettempdir()) / "optimizer-playground-apt.lock"  # one worker at a time


class Servers:
    """The apps started for the tests, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen] = []
        self.shared: dict[str, str] = {}

    def start(self, path: str) -> str:
        """The address of a fresh server that runs the app at `path`."""
        port = free_ports(1)[0]
        log = self.folder / f"{port}.txt"
        command = [sys.executable, "-m", "streamlit", "run", path, f"--server.port={port}", *FLAGS]
        with log.open("w") as output:
            server = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.running.append(server)
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url, server, log)
        return url

    def share(self, path: str) -> str:
        """The address of the one server of that app."""
        if path not in self.shared:
            self.shared[path] = self.start(path)
        return self.shared[path]

    def stop(self) -> None:
        for server in self.running:
            server.terminate()
        for server in self.running:
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@pytest.fixture(scope="session")
def servers(tmp_path_factory) -> Iterator[Servers]:
    servers = Servers(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.fixture(scope="session")
def serve(servers) -> Callable[[str], str]:
    """`serve("streamlit_app.py")` starts that app once and gives its address."""
    return servers.share


@pytest.fixture
def serve_fresh(servers) -> Callable[[str], str]:
    """The same on a server that nobody has visited."""
    return servers.start


def chromium_paths(own: str) -> Iterator[str]:
    """Where a Chromium may be, the best guess first; the last ones are fetched on demand."""
    yield os.environ.get("PLAYWRIGHT_CHROMIUM", "")
    yield own
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    yield from (shutil.which(name) or "" for name in names)
    if shutil.which("apt-get") and os.geteuid() == 0:  # a bare container, as CI's often are
        for words in (["update"], ["install", "-y", "chromium"]):
            fetch("flock", str(LOCK), "apt-get", "-qq", *NO_PATIENCE, *words)
        yield shutil.which("chromium") or ""
    fetch(sys.executable, "-m", "playwright", "install", "chromium")
    yield own


def chromium_path(own: str) -> str:
    """Where one is."""
    path = next((path for path in chromium_paths(own) if path and Path(path).exists()), None)
    if path is None:
        pytest.fail(
            "no Chromium found: run `python -m playwright install --with-deps chromium`, or "
            "set PLAYWRIGHT_CHROMIUM to the path of one",
            pytrace=False,
        )
    return path


def fetch(*command: str) -> None:
    """Run an installer; whether it brought a Chromium is seen where it should have put it."""
    soon = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000", "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, env=os.environ | soon)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, one per worker: see `chromium_paths`."""
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium.executable_path)
        chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET, *FRUGAL])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def desktop(browser, serve):
    """The one context whose cache stays warm: an app's code is loaded once, not at every test.

    Nothing moves by itself in it, which costs more than all else; a test of motion asks for it.
    """
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    # The process of a site ends with its last tab, and what it has compiled with it.
    context.new_page().goto(f"{serve('streamlit_app.py')}/_stcore/health")
    yield context
    context.close()


@pytest.fixture
def page(desktop):
    """An empty page at desktop size; nothing of earlier visits is stored."""
    desktop.clear_cookies()
    page = desktop.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def tab(browser, serve) -> Iterator[Visit]:
    context = browser.new_context(viewport=WIDE)
    yield Visit(context, serve(APP))
    context.close()


@pytest.fixture
def visit(tab):
    """`visit("still")` opens the test page; afterwards the console must have stayed silent."""

    def go(query="", *, color_scheme="light", reduced_motion="no-preference"):
        tab.errors.clear()
        tab.page.set_viewport_size(WIDE)
        tab.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return tab.go(query)

    yield go
    assert tab.errors == []


@pytest.fixture
def elsewhere(browser, serve):
    """`elsewhere(has_touch=True)` is a tab in another browser, with nothing open yet."""
    visits = []

    def start(**options):
        visits.append(Visit(browser.new_context(**{"viewport": WIDE} | options), serve(APP)))
        return visits[-1]

    yield start
    for visitor in visits:
        visitor.page.context.close()
