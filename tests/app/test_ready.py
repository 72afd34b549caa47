"""What the server has done before its first visitor."""

import subprocess
import sys

from playground.ui import presenter
from playground.ui.ready import YOUNG
from tests.browser.conftest import ROOT

SERVED = """
import gc, sys, streamlit_app
print(gc.get_freeze_count(), *(name for name in sys.modules if name.startswith("playground")))
"""


def test_a_server_has_imported_everything_and_the_collector_passes_over_it():
    """`streamlit run` imports the entry file, as is done here."""
    asked = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    frozen, *imported = asked.stdout.split()
    assert int(frozen) > 50_000
    files = (file.relative_to(ROOT) for file in (ROOT / "playground").rglob("*.py"))
    modules = {".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files}
    assert modules == set(imported)


LIGHT = """
import gc, streamlit_app
from streamlit.components.v2.bidi_component import main
print(main.make_bidi_component_presenter.__module__, gc.get_threshold()[0])
"""


def test_a_server_makes_little_garbage_and_seldom_looks_for_it():
    asked = subprocess.run(
        [sys.executable, "-c", LIGHT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == [presenter.__name__, str(YOUNG)]


LATER = """
import sys
from playground.ui.ready import ready
ready()
before = set(sys.modules)
from streamlit.testing.v1 import AppTest
for name in ("trajectories", "losses"):
    assert not AppTest.from_file(f"pages/{name}.py", default_timeout=60).run().exception
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


def test_no_library_is_imported_while_visitors_are_served():
    """One that is half imported by a visitor's thread is found as that by another's."""
    asked = subprocess.run(
        [sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    of_the_test = {"streamlit", "packaging", "unittest", "PIL"}
    assert set(asked.stdout.split()) <= of_the_test


ELSEWHERE = """
import socket, streamlit_app
from streamlit.web.server import server_util

def asked(host, *rest, **more):
    print("asked for", host)
    raise OSError

socket.getaddrinfo = asked
print(server_util.is_url_from_allowed_origins("https://elsewhere.example"))
print(server_util.is_url_from_allowed_origins("http://localhost:8501"))
"""


def test_a_page_from_elsewhere_is_refused_and_no_third_party_is_asked_about_it():
    asked = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == ["False", "True"]
