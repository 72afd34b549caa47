"""The first answer of the server brings the style, and names what else the page will ask for."""

import re

import pytest

from playground.ui.front import OTHERS, SCRIPTS, USUAL, FrontPage, files_of
from tests.app.test_pages import opened
from tests.support.source import ROOT

STYLE = ROOT / "assets" / "style.css"
PAGE = "<html><head><title>x</title></head><body></body></html>"


@pytest.fixture
def front(monkeypatch):
    """The middleware around a server, and what that server was asked."""
    monkeypatch.setattr(FrontPage, "serves", False)
    asked = []

    async def server(scope, receive, send):
        asked.append(scope)
        kind, body = scope["answer"]
        head = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})

    return FrontPage(server, STYLE), asked


def answered(front, path="/batches", accept="text/html", kind="text/html"):
    said = []

    async def send(message):
        said.append(message)

    headers = [(b"accept", accept.encode()), (b"if-none-match", b"1"), (b"cookie", b"a=1")]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    with pytest.raises(StopIteration):  # it ends without ever waiting
        front({**scope, "answer": (kind, PAGE.encode())}, None, send).send(None)
    return said[0]["headers"], b"".join(message.get("body", b"") for message in said[1:])


def test_a_page_has_the_style_at_its_end_and_is_asked_for_anew(front):
    middleware, asked = front
    headers, body = answered(middleware)
    text = body.decode()
    assert STYLE.read_text("utf-8") in text
    assert text.index("<style>") > text.index("<body>")
    assert dict(headers)[b"content-length"] == str(len(body)).encode()
    assert [name for name, _ in asked[0]["headers"]] == [b"accept", b"cookie"]


def test_the_files_it_names_are_there_and_hold_what_is_drawn(front):
    for parts in (USUAL, *OTHERS.values()):
        for part in parts:
            assert files_of((part,)), f"Streamlit has no {part} any more"
    _, body = answered(front[0], "/network")
    named = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', body.decode())
    assert set(named) == set(files_of(USUAL))
    assert all((SCRIPTS / name).exists() for name in named)


@pytest.mark.parametrize(
    ("accept", "kind"), [("application/json", "text/html"), ("text/html", "text/css")]
)
def test_what_is_no_page_stays_as_it_is(front, accept, kind):
    assert answered(front[0], accept=accept, kind=kind)[1] == PAGE.encode()


def test_behind_another_server_the_app_brings_its_style_itself(monkeypatch):
    brought = []
    monkeypatch.setattr("streamlit.html", brought.append)
    for served, expected in ((True, []), (False, [STYLE])):
        monkeypatch.setattr(FrontPage, "serves", served)
        opened()
        assert brought == expected
