"""The first answer of the server: Streamlit's page, with what would else come late.

Streamlit's page is empty.  It asks for its script, runs it, learns what it shall show, and only
then loads the files that show it, one after the other: so the style of the app comes after what it
is for, and moves it, and the 4.7 MB of plotly.js begin to come when all else is there.  Here the
style stands in the page itself, behind the rules of Streamlit that it overrules, and the files are
named at the top, so that they come together.  Where one is not found nothing is named: all comes
as late as Streamlit loads it, and looks the same.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
USUAL = (
    "PlotlyChart",
    *("BidiComponent", "Slider", "Selectbox", "Checkbox", "NumberInput", "Button"),
)
PICTURES = ("ImageList", "BidiComponent")
OTHERS = {
    "": (*PICTURES, "PageLink"),
    "reference": (*PICTURES, "rehype-katex", "StreamlitSyntaxHighlighter"),
}
"""Streamlit's names of the files that show a page: of most, and of some by their path."""
IMPORTED = re.compile(r'(?:from|import)[`"]\./([\w$.-]+\.js)[`"]')
HEAD = 20_000
"""Characters in which a file names what it imports."""


class FrontPage:
    """Middleware of the server that furnishes the page every visit begins with.

    style: the file with the style of the app.
    """

    serves = False
    """Whether the server that runs has it."""

    def __init__(self, app: ASGIApp, style: Path) -> None:
        FrontPage.serves = True
        self.app = app
        self.style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_for_a_page(scope):
            await self.app(scope, receive, send)
            return
        # The page as it is: not compressed, and not "as you have it", for its style may be new.
        kept = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        await self.app({**scope, "headers": kept}, receive, hear)
        if not is_page(said[0]):
            for message in said:
                await send(message)
            return
        page = b"".join(message.get("body", b"") for message in said[1:]).decode()
        name = scope["path"].rstrip("/").rpartition("/")[2]
        answer = HTMLResponse(
            furnished(page, name, self.style.read_text("utf-8")),
            headers={"Cache-Control": "no-cache"},
        )
        await answer(scope, receive, send)


CONDITIONS = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def asks_for_a_page(scope: Scope) -> bool:
    """Whether a request is that of a browser that opens a page."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def is_page(start: Message) -> bool:
    """Whether an answer is a page, by how it starts."""
    return start["status"] == 200 and any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in start["headers"]
    )


def furnished(page: str, name: str, style: str) -> str:
    """Streamlit's page with the style at its end, and the files of the page of that name."""
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{file}">\n'
        for file in files_of(OTHERS.get(name, USUAL))
        if file not in page
    )
    page = page.replace("</head>", f"{links}</head>", 1)
    return page.replace("</body>", f"<style>\n{style}</style>\n</body>", 1)


@cache
def files_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The files that show these parts, each before those it imports."""
    found: dict[str, None] = {}
    waiting = [path.name for part in parts for path in sorted(SCRIPTS.glob(f"{part}.*.js"))]
    while waiting:
        file = waiting.pop(0)
        if file not in found and (SCRIPTS / file).exists():
            found[file] = None
            with (SCRIPTS / file).open(encoding="utf-8") as script:
                waiting += IMPORTED.findall(script.read(HEAD))
    return tuple(found)
