"""What the server says of itself, asked over the loopback."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from deploy.replicas import free_ports, wait_until_healthy
from playground.release import PARITY, VERSION
from playground.ui import status
from tests.browser.conftest import FLAGS
from tests.support.source import ROOT

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_a_server_tells_what_runs_and_notes_its_start_and_its_end(tmp_path):
    port, log = free_ports(1)[0], tmp_path / "log"
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *FLAGS]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env={**os.environ, status.COMMIT: COMMIT},
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(url, server, log)
        with urllib.request.urlopen(f"{url}{status.PATH}?a=SECRET", timeout=10) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            told = json.load(answer)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert (told["version"], told["commit"]) == (VERSION, COMMIT)
    assert told["parity"] == PARITY._asdict()
    assert (told["visits"], told["errors"]) == (0, 0)
    assert 0 <= told["uptime_seconds"] < 60
    start, stop = (json.loads(line) for line in log.read_text("utf-8").splitlines())
    assert (start["event"], start["commit"]) == ("start", COMMIT)
    assert (stop["event"], stop["errors"], stop["untold"]) == ("stop", 0, {})


@pytest.mark.parametrize("given", ["", "main", "0123", f"{COMMIT}\n", "<b>"])
def test_what_is_no_commit_is_none(monkeypatch, given):
    monkeypatch.setenv(status.COMMIT, given)
    assert status.identity()["commit"] is None


def test_tabs_that_are_open_are_counted_until_they_close():
    async def heard(scope, receive, send):
        seen.append(status.status()["visits"])
        if scope.get("breaks"):
            raise ConnectionError

    seen, visits = [], status.Visits(heard)
    for scope in ({"type": "http"}, {"type": "websocket"}):
        asyncio.run(visits(scope, None, None))
    with pytest.raises(ConnectionError):
        asyncio.run(visits({"type": "websocket", "breaks": True}, None, None))
    assert seen == [0, 1, 1]
    assert status.status()["visits"] == 0
