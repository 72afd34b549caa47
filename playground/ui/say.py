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
ENDS = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*")
"""Ends of lines, behind which Markdown would begin anew."""
ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
"""Where an address is cut in two so that it is none."""
JOINER = "\u2060"
"""A sign that is not seen, and at which no line breaks."""


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
    """`text` so that Markdown shows it letter by letter, the indices of symbols set low.

    It stays in its line, and is no link: what looks like an address is one to Streamlit, escaped
    or not, and somebody else's link may say anything.
    """
    line = ADDRESS.sub(JOINER, ENDS.sub(" ", indexed(text)))
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", line)


def picture(svg: str, alt: str, caption: str | None = None) -> None:
    """An SVG document as an image, which runs no script and keeps its own styles.

    alt: what is said of it where it is not seen.
    """
    data = base64.b64encode(svg.encode()).decode()
    st.image(f"data:image/svg+xml;base64,{data}", caption, width="stretch", alt=alt)
