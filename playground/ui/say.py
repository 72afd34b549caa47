"""What a page says: its verdict, a complaint, and words shown letter by letter."""

from __future__ import annotations

import base64
import re

import streamlit as st

from playground.diagnosis import Finding
from playground.ui.logbook import refuse
from playground.words import Said, indexed

BADGES = {True: "green", False: "red", None: "orange"}
"""By whether it is good."""


def say(said: Said) -> None:
    """The verdict of a page: a badge, and one sentence with the number that decides it."""
    st.markdown(f":{BADGES[said.good]}-badge[{said.label}] {literal(said.sentence)}")


def judged(finding: Finding) -> str:
    """One thing that a diagnosis found: the badge of its outcome, and its sentence."""
    return f":{finding.label.badge}-badge[{finding.label.noun}] {literal(finding.sentence)}"


def complain(error: Exception) -> None:
    """Say what is wrong and what is allowed; lines that point at the place keep their columns."""
    refuse(error)
    sentence, _, pointer = str(error).partition("\n")
    st.error(literal(sentence))
    if pointer:
        st.code(pointer, language=None)


def literal(text: str) -> str:
    """`text` so that Markdown shows it letter by letter, the indices of symbols set low."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", indexed(text))


def picture(svg: str, alt: str, caption: str | None = None) -> None:
    """An SVG document as an image, which runs no script and keeps its own styles.

    alt: what is said of it where it is not seen.
    """
    data = base64.b64encode(svg.encode()).decode()
    st.image(f"data:image/svg+xml;base64,{data}", caption, width="stretch", alt=alt)
