"""What can be done with the state a page is in: undo, redo, reset, and passing its link on."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from playground.figures.theme import PAPER
from playground.language import tr
from playground.player.modules import joined
from playground.ui.session import session

_mount = st.components.v2.component(
    "optimizer_playground_tools",
    js=joined(Path(__file__).parent / "js" / "tools.js"),
    isolate_styles=False,
)
_KEY, _ROW = "tools", "tools-row"


@dataclass
class LinkAsked:
    """The link that was asked for and is not shown yet."""

    link: str = ""


def tools() -> None:
    """The row of buttons of the page that runs; the dialog with its link where one asked for it."""
    with st.container(key=_KEY):
        _mount(key=_ROW, data=_called(), on_reset_change=_reset, on_link_change=_ask)
    asked = session().memory(LinkAsked)
    if link := asked.link:
        asked.link = ""
        _show(link)


def _called() -> dict[str, str]:
    """What the row is called, each of its buttons, and a link that was copied."""
    return {
        "row": tr("This state"),
        "undo": tr("Undo"),
        "redo": tr("Redo"),
        "reset": tr("Reset this page"),
        "copy": tr("Copy the link to this state"),
        "copied": tr("Copied"),
        "link": tr("QR code of the link"),
    }


def _show(link: str) -> None:
    @st.dialog(tr("A link to this page as it is"))
    def dialog() -> None:
        picture = qr_code(link)
        if picture is None:
            words = tr("A QR code holds less than the {} characters of this link.", len(link))
            st.info(words)
        else:
            st.image(picture, width="stretch")
        st.code(link, language=None, wrap_lines=True)

    dialog()


def qr_code(text: str) -> str | None:
    """The QR code of a text as an SVG document, black on white; None where it is too long.

    Source: ISO/IEC 18004, at the level of correction "L", that has room for 2 953 bytes.
    """
    try:
        code = segno.make(text, error="l", micro=False)
    except DataOverflowError:
        return None
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, light=PAPER, border=4)
    return drawn.getvalue().decode()


def _reset() -> None:
    session().forget()


def _ask() -> None:
    session().memory(LinkAsked).link = str(st.session_state[_ROW]["link"])
