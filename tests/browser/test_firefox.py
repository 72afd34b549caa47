"""The app in Firefox: every page, and the journey of a race by keyboard."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.conftest import ROOT
from tests.support.part import some

FIREFOX = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
NODE = shutil.which("node")
SCRIPT = ROOT / "tests/js/firefox.mjs"
PAGES = some(sorted(path.stem for path in (ROOT / "pages").glob("*.py")), of=4)

pytestmark = pytest.mark.skipif(
    not (FIREFOX and NODE and (SCRIPT.parent / "node_modules/puppeteer-core").exists()),
    reason="no Firefox: install firefox-esr, and run `npm ci --prefix tests/js`",
)


def test_firefox_shows_every_page_and_runs_a_race(serve):
    names = [name.removesuffix("home") for name in PAGES]
    command = [str(NODE), str(SCRIPT), str(FIREFOX), serve("streamlit_app.py"), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["errors"] == []
    assert [page["h1"] for page in seen["opened"]] == [1] * len(PAGES)
    assert len({page["title"] for page in seen["opened"]}) == len(PAGES)
    assert "a.lr=" in seen["link"]
    assert "start=" in seen["link"]
    assert seen["said"]
    assert seen["solid"]
