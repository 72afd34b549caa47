"""Whoever looks at a page asks nobody but the server it comes from."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.rounds import Visit

ROOT = Path(__file__).parents[2]
PAGES = sorted(p.stem for p in (ROOT / "pages").glob("*.py"))
WITHIN = ("data", "blob")
"""What the page brings along itself, without asking anybody."""


@pytest.fixture
def stranger(browser):
    """A page of a visitor who has never been here: nothing is in the cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 1100})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_every_request_of_every_page_goes_to_the_own_server(serve, stranger):
    url = serve("streamlit_app.py")
    own, asked = urlsplit(url).netloc, []
    stranger.on("request", lambda request: asked.append(request.url))
    stranger.on("websocket", lambda socket: asked.append(socket.url))
    visit = Visit(stranger, url)
    for name in PAGES:
        visit.open("" if name == "home" else name)
    elsewhere = {u for u in asked if urlsplit(u).scheme not in WITHIN and urlsplit(u).netloc != own}
    assert elsewhere == set()
    assert sum(urlsplit(u).netloc == own for u in asked) > len(PAGES)


def test_the_icon_is_a_picture_of_our_own(serve, stranger):
    Visit(stranger, serve("streamlit_app.py")).open("reference")
    stranger.wait_for_function(
        "() => !document.querySelector('link[rel~=icon]').href.endsWith('favicon.png')"
    )
    size = stranger.evaluate(
        """async () => {
          const picture = new Image();
          picture.src = document.querySelector("link[rel~=icon]").href;
          await picture.decode();
          return [picture.src.slice(0, 40), picture.naturalWidth];
        }"""
    )
    assert size[1] > 0, size
