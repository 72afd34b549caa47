"""Words on the page: what the visitor typed is shown letter by letter, never interpreted."""

from __future__ import annotations

import base64
import re

import streamlit as st


def complain(error: Exception) -> None:
    """Say what is wrong and what is allowed; lines that point at the place keep their columns."""
    sentence, _, pointer = str(error).partition("\n")
    st.error(plain(sentence))
    if pointer:
        st.code(pointer, language=None)


def plain(text: str) -> str:
    """`text` so that Markdown shows it letter by letter."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", text)


def picture(svg: str, caption: str | None = None) -> None:
    """An SVG document as an image, which runs no script and keeps its own styles."""
    data = base64.b64encode(svg.encode()).decode()
    st.image(f"data:image/svg+xml;base64,{data}", caption, width="stretch")
