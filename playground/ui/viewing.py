"""What a page shows of how it is looked at: what is hidden, the way out, the languages."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.language import languages, speak, spoken_now, tr
from playground.ui.say import literal
from playground.ui.session import session
from playground.ui.view import PARTS, PageView

WALL = """
:root { --pgp-wall: 1; }
[data-testid=stMainBlockContainer] { zoom: 1.6; padding: 0.5rem 1rem 1rem !important; }
:is(.pgp, .pgp-place) { zoom: calc(1 / 1.6); }
[data-testid=stHeader] { display: none; }
.st-key-way-out { right: 0 !important; top: 0 !important; }
.st-key-title h1 { font-size: 1.5rem !important; padding: 0; }
.st-key-title-compact { margin-top: 0 !important; }
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock]
  > :has(> [class*=st-key-title]) { order: -2; }
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock]
  > :has(> [class*=st-key-playground-room-]) { order: -1; }
[data-testid=stLayoutWrapper]:has(
  > :is(.st-key-tools, [class*=st-key-address-], [class*=st-key-playground-aside-])
) { display: none; }
"""
"""The style of a page on a wall: all is as much larger as the player is in full screen, which,
like a figure of Plotly's, is enlarged in its own way, because it must know where it is touched."""


def style() -> None:
    """Hide what is not to be seen, and from whoever listens too."""
    view: PageView = session().view.value
    rules = "".join(f"{css} {{ display: none !important; }}\n" for css in view.selectors())
    if rules:
        st.html(f"<style>\n{rules}{WALL if view.projector else ''}</style>")


def way_out() -> None:
    """The button that shows again what is hidden, and what of the link was not understood."""
    found = session().view
    if found.value.projector:
        _button(tr("Leave the projector"), found.value.replace(projector=False))
    elif found.value.hidden:
        hidden = ", ".join(tr(PARTS[name].words) for name in found.value.hidden)
        _button(tr("Reveal"), found.value.replace(hide=""), tr("Hidden: {}.", hidden))
    if found.problems:
        misread(found.problems)


def misread(problems: Iterable[str], place: DeltaGenerator | None = None) -> None:
    """Say what of a link was not understood."""
    sentence = tr("The link was not fully understood. {}", " ".join(problems))
    (place or st).warning(literal(sentence), icon=":material/link_off:")


def _button(label: str, view: PageView, help: str | None = None) -> None:
    st.button(
        label,
        key="way-out",
        help=help,
        icon=":material/visibility:",
        type="tertiary",
        on_click=session().look,
        args=(view,),
    )


def language_switch() -> None:
    """The menu of languages in the sidebar, where there is a choice."""
    known = languages()
    if len(known) == 1:
        return
    view: PageView = session().view.value
    key, _ = session().hold("language", view.language)

    def choose() -> None:
        session().look(view.replace(language=st.session_state[key]))

    st.sidebar.selectbox(
        tr("Language"),
        known,
        index=known.index(view.language),
        key=key,
        format_func=_own_name,
        on_change=choose,
    )
    session().heard({"language": view.language})


def _own_name(code: str) -> str:
    """What a language calls itself: what stands in its catalogue for the name of ours."""
    spoken = spoken_now()
    speak(code)
    name = tr("English")
    speak(spoken)
    return name
