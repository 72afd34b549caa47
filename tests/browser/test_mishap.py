"""A page that cannot go on: what the visitor reads, and what the server writes."""

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from deploy.replicas import free_ports, wait_until_healthy
from tests.browser.conftest import FLAGS
from tests.browser.visit import FAILED
from tests.support.source import ROOT

SECRET = "SECRET42"
BROKEN = """
import sys
import streamlit as st
from playground.topics.reference import counterparts

def broken():
    raise ValueError(f"cannot read {st.query_params.to_dict()}")

counterparts.release_line = broken
from streamlit.web.cli import main
sys.exit(main())
"""
"""The app, with a sentence that cannot be said: home and reference end where it stands."""


@pytest.fixture
def broken(tmp_path):
    """The address of such a server, and the file with all it writes to its standard error."""
    port, log = free_ports(1)[0], tmp_path / "log"
    command = [sys.executable, "-c", BROKEN, "run", "streamlit_app.py", *FLAGS]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(url, server, log)
        yield url, log
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_visitor_reads_what_he_can_do_and_the_server_notes_the_place_alone(broken, browser):
    url, log = broken
    page = browser.new_page()
    page.goto(f"{url}/reference?a.name={SECRET}")
    told = page.locator(FAILED)
    expect(told).to_have_count(1)
    expect(told).to_contain_text("could not be shown")
    expect(told.get_by_role("link")).to_have_attribute("href", "./reference")
    assert SECRET not in told.inner_text()
    page.close()
    start, *errors = log.read_text("utf-8").splitlines()
    assert json.loads(start)["event"] == "start"
    (line,) = map(json.loads, errors)
    assert (line["event"], line["page"], line["error"]) == ("error", "reference", "ValueError")
    assert line["lines"][-1].startswith("pages.reference:")
    assert SECRET not in log.read_text("utf-8")
