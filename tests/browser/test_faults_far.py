"""A server that is far: 300 ms there and back, and of a hundred packets one is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error

from tests.support.part import EXHAUSTIVE

from .conftest import FLAGS, FRUGAL, PATIENCE, QUIET, ROOT, WIDE, chromium_path
from .far import LATE, THERE, Far, far
from .rounds import Visit, place
from .slow_line import line_to

APP = "streamlit_app.py"
PORT = 8501  # nobody else is in that namespace
HERE = "run-from-here.sh"
UNDER_WAY = "getComputedStyle(document.querySelector('{}'), '::before').animationName"


@contextmanager
def visited_from(way: Far, browser, folder) -> Iterator[Visit]:
    """A tab of a Chromium at one end of that way, on a server at its other end."""
    path = folder / HERE  # Playwright starts one command
    own = chromium_path(browser.browser_type.executable_path)
    path.write_text(f'#!/bin/sh\nexec {" ".join(way.here)} {own} "$@"\n')
    path.chmod(0o755)
    words = [f"--server.address={THERE}", f"--server.port={PORT}"]
    command = [*way.there, sys.executable, "-m", "streamlit", "run", APP, *FLAGS, *words]
    with (folder / "far.txt").open("w") as said:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
    try:
        chromium = browser.browser_type.launch(executable_path=path, args=[*QUIET, *FRUGAL])
        page = chromium.new_page(viewport=WIDE, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        answers(page, f"http://{THERE}:{PORT}/_stcore/health")
        yield Visit(page, f"http://{THERE}:{PORT}")
        chromium.close()
    finally:
        server.kill()
        server.wait()


def answers(page, url):
    """Wait until the server does, which nobody but the page can ask."""
    for _ in range(600):
        try:
            page.goto(url)
        except Error:
            time.sleep(0.1)
        else:
            return
    pytest.fail("streamlit did not start")


@pytest.fixture
def far_visit(serve, page, browser, tmp_path):
    """The tab; where this machine has no such way, its bytes only come late, and none is lost."""
    with far() as way:
        if way is None:
            near = serve(APP)
            with line_to(near, there=LATE, back=LATE) as line:
                yield Visit(page, line.url, near)
                page.goto("about:blank")
            return
        with visited_from(way, browser, tmp_path) as visit:
            if not EXHAUSTIVE:  # he was here before: the files of the app are no news to him
                visit.open("trajectories")
            way.begin()
            yield visit


def test_a_visitor_from_far_away(far_visit):
    """He opens a race and moves its slider; each move counts once, and he sees that it is taken."""
    visit, page = far_visit, far_visit.page
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{visit.url}/trajectories?steps=100", wait_until="commit")
    page.wait_for_function(f"{UNDER_WAY.format('body')} !== 'none'")
    visit.rest()
    slider, before = visit.main(), visit.entries()
    wanted = visit.press(slider, [visit.inward(slider)] * 5)
    page.wait_for_function(f"{UNDER_WAY.format('[data-testid=stApp]')} !== 'none'")
    visit.rest(800)
    assert place(slider) == wanted
    assert visit.entries()[: len(before)] == before
    moves = visit.entries()[len(before) :]
    kappas = [float(move.partition("kappa=")[2].partition("&")[0]) for move in moves]
    rising = sorted(set(kappas))
    assert kappas in (rising, rising[::-1])  # to and fro would be a move taken twice
    assert kappas[-1] == float(visit.shown().controls[0])
    assert errors == []
