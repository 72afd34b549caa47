"""What controls say and a declaration refuses: told in words; everything else is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.declare import Declared
from playground.language import tr
from playground.ui.say import complain, literal
from playground.ui.session import session


class Taken(dict[str, Any]):
    """Corrected values the visitor took over, by the control that shows them from now on."""


def fitted(
    value: Declared,
    changes: Mapping[str, Any],
    key: str,
    heard: Mapping[str, dict[str, Any]],
    said: dict[str, Any],
) -> Any:
    """The value with the changes that make sense; of the others it is said why they make none.

    key: that of the controls, of which the name of the setting is the rest.
    heard: by setting, what its controls said; `said` takes what is kept.
    """
    changed = {name: new for name, new in changes.items() if getattr(value, name) != new}
    value, refused = value.fitting(changed) if changed else (value, {})  # mostly nothing has
    for name, error in refused.items():
        _refuse(error, f"{key}{name}", changes[name])
    for name, sayings in heard.items():
        if name not in refused:
            said.update(sayings)
    return value


def _refuse(error: ValueError, key: str, given: Any) -> None:
    """Say why a setting makes no sense, and offer the corrected line where there is one."""
    complain(error)
    correction = str(getattr(error, "correction", None) or "")
    if correction and given == getattr(error, "text", None):
        st.button(
            tr("Take over: {}", literal(correction)),
            key=f"correct-{key}",
            icon=":material/check:",
            on_click=session().memory(Taken).update,
            args=({key: correction},),
        )
