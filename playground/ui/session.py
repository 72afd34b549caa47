"""What the app remembers of one visitor, and the one round link → controls → link.

Streamlit runs a page anew at every message of the browser, and a message that comes while a page
runs ends that run where it next asks something of Streamlit.  Whatever the hand does, control,
address and picture agree in the end because of four rules:

1. **The widgets are the truth about what they show.**  Every message carries all of them, so the
   newest one is complete.  A page's value is made from them in every run; nothing is written into
   a widget, ever.
2. **A widget that must show another value is another widget.**  `Session.hold` compares the value
   it is given with what the control last said; where they differ, because a link, a scene or a
   button changed the value, the widget gets a new name.  What a message on its way still says of
   the old one means nothing.  All other widgets stay, under the visitor's hand.
3. **A link is read when the visitor navigated**: the first run of a session, a step in the history
   of the browser, a change of page with a query (`Journey.arrive`).  Every other address a message
   carries is an echo, and not looked at.  An empty address is the default.  A link that was not
   read because its run was ended waits for the next run.  How pages are looked at
   (`playground.ui.view`) is read in the same moments; it is kept where another page is chosen
   and its address says nothing of it.
4. **The address is an order that names its page and the last step in the history that was heard
   of** (`playground.ui.address`), given after the last control, and then always.  The browser
   takes what it already shows for nothing, makes one step of all else, and lets an order of
   another step wait for the right one, so that no entry of the history is ever written over.

What is remembered changes under a lock, in one piece, and only by the newest run: one that was
overtaken, and has not noticed, ends at `Journey.change`.  After a restart of the server the browser
sends the names of its widgets with its first message; they go on being used, so that message
counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.language import speak, spoken_now
from playground.links import Query, write_settings
from playground.ui.address import BEGINS
from playground.ui.journey import KEY, Journey
from playground.ui.sheet import Sheet
from playground.ui.turns import Control, pressed, turns_shown

Memory = TypeVar("Memory")
Write = Callable[[Any], Query]

_NOTHING = object()


class Session(Journey):
    """All that is remembered of one visitor."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: set[str] = set()
        self._sheets: dict[str, Sheet] = {}
        self._write: dict[str, Write] = {}
        self._controls: dict[str, Control] = {}
        self._memories: dict[type, Any] = {}
        self._opened = ""
        self._shown = turns_shown()

    def open(self, page: str, write: Write, read: Sheet | None) -> Sheet:
        """What is set on a page; `read` is what its link, or its default, says."""
        with self.change():
            self._opened, self._write[page], self._drawn = page, write, set()
            if read is not None:
                self._sheets[page] = read
                self._link = None
                for key in self._controls:
                    if key.startswith(f"{page}:"):
                        self._controls[key] = replace(self._controls[key], said=_NOTHING)
            return self._sheets[page]

    def sheet(self, page: str) -> Sheet | None:
        """What is set on a page, None before it was ever opened."""
        return self._sheets.get(page)

    def put(self, page: str, value: Any) -> None:
        """Set a page, in a callback or before another page is opened; its controls follow."""
        with self._lock:  # not `change`: a press comes once, and counts even in an overtaken run
            self._sheets[page] = Sheet(value)

    def forget(self) -> None:
        """Nothing is set on the page that is shown, in a callback: it opens as at first."""
        with self._lock:
            self._sheets.pop(self._opened, None)

    def keep(self, page: str, value: Any, said: Mapping[str, Any], *drawn: str) -> frozenset[str]:
        """Remember what the controls just drawn said, and the value it made.

        `drawn` names the settings they were of; all that were drawn in this run are returned.
        """
        with self.change():
            heard = self._heard(said)  # asks Streamlit, so it may end here: nothing is changed yet
            self._drawn.update(drawn)
            if value != self._sheets[page].value:  # something was set: the complaint is read
                self._sheets[page] = Sheet(value)
                self._look = replace(self._look, problems=())
            self._controls |= heard
            return frozenset(self._drawn)

    def heard(self, said: Mapping[str, Any]) -> None:
        """Remember what controls said, of which the next value they are given is made."""
        with self.change():
            self._controls |= self._heard(said)

    def _heard(self, said: Mapping[str, Any]) -> dict[str, Control]:
        controls = ((key, replace(self._controls[key], said=text)) for key, text in said.items())
        return {key: control.drawn(key) for key, control in controls}

    def see(self, key: str) -> None:
        """The page is drawn as a widget outside the settings wants it."""
        with self.change():
            self._controls[key] = Control(0, None, _NOTHING).drawn(key)

    def missed(self) -> bool:
        """Whether this run, which is of a fragment, leaves out what a widget outside it wants.

        Whatever happens in one moment comes in one message, and that names one fragment.  Of two
        buttons pressed, one is beside it.
        """
        context = get_script_run_ctx()
        if not context or not context.fragment_ids_this_run:
            return False
        moved = any(control.moved(key) for key, control in self._controls.items())
        return moved or pressed() > 1

    def hold(self, key: str, value: Any) -> tuple[str, Any]:
        """The name of the widget that shows `value` until it is moved, and what it began with."""
        with self.change():
            known = self._controls.get(key)
            if known is None:
                known = Control(self._shown.get(key, 0), value, value)
            elif known.said is _NOTHING or known.said != value:
                known = Control(known.turn + 1, value, value)
            self._controls[key] = known
        return known.widget(key), known.given

    def held(self, key: str, value: Any) -> str | None:
        """The name of the widget that already shows `value`, or whatever it was moved to since."""
        known = self._controls.get(key)
        return known.widget(key) if known is not None and known.said == value else None

    def shows(self, prefix: str) -> bool:
        """Whether the browser showed a control of that prefix when this session began."""
        return any(key.startswith(prefix) for key in self._shown)

    def memory(self, cls: type[Memory]) -> Memory:
        """What a topic remembers beside the settings of its page: its one value of a class."""
        with self._lock:
            if cls not in self._memories:
                self._memories[cls] = cls()
            found: Memory = self._memories[cls]
            return found

    def begin_address(self, came: bool) -> None:
        """Let the address name the page at once, and what is known of its settings."""
        page = self._path or ""
        sheet = self._sheets.get(page)
        with self.change():
            if self._link is None and (came or sheet is None):
                linked = not came and page not in self._write and self._look.linked
                self._address.order(BEGINS, page, self._query(page), linked)
            else:
                self._address.leave(BEGINS)

    def write_address(self, page: str) -> None:
        """Let the address say what is set on a page, all of whose controls have been drawn."""
        linked = self._sheets[page].linked and self._look.linked
        with self.change():
            self._address.order("end", page, self._query(page), linked)

    def _query(self, page: str) -> Query:
        sheet, write = self._sheets.get(page), self._write.get(page)
        of_page = write(sheet.value) if sheet and write else {}  # a scene may be put on it unopened
        return of_page | write_settings(self._look.value)


def session() -> Session:
    """The visitor's session, whose language is spoken from here on.

    A run that the browser has overtaken ends here.
    """
    try:
        found: Session = st.session_state[KEY]
    except KeyError:
        found = st.session_state[KEY] = Session()
    if spoken_now() != (language := found.view.value.language):
        speak(language)
    return found


def catch_missed() -> None:
    """Run the whole page instead of this fragment, if that leaves out what was meant beside it."""
    if session().missed():
        st.rerun(scope="app")
