"""One control per declared parameter: slider, log or decay ladder, toggle, menu or text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from playground.declare import Declared, Param
from playground.links import from_text, to_text
from playground.ui.say import complain

DECADE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
MEMORIES = (
    0,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.85,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.998,
    0.999,
    0.9995,
    0.9999,
)
"""The ladder of the `decay` scale, on which a plain slider would print 0.999 as 1.00."""


def control(p: Param, value: Any, key: str) -> Any:
    """The control of one parameter, showing `value` until the visitor moves it."""
    about: dict[str, Any] = {"label": caption(p), "key": key, "help": p.help or None}
    match p.kind:
        case "toggle":
            _show(key, value)
            return st.toggle(**about)
        case "choice":
            _show(key, value)
            return st.selectbox(options=p.choices, **about)
        case "text":
            _show(key, value)
            return st.text_input(max_chars=500, **about)
        case "integers":
            _show(key, to_text(value))
            return from_text(p, st.text_input(**about))
    exact = _exact_values(p, st.session_state.get(key, value), key)
    low, high = _range(p, exact)
    _show(key, value, low, high, exact)
    if p.scale != "linear":
        return st.select_slider(options=_rungs(p, low, high, exact), format_func=to_text, **about)
    if p.kind == "integer":
        return st.slider(min_value=int(low), max_value=int(high), **about)
    step = round_step((high - low) / 100)
    return st.slider(min_value=low, max_value=high, step=step, format="%.6g", **about)


def round_step(size: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is at most `size`."""
    power = 10.0 ** np.floor(np.log10(size))
    digit = max(d for d in (1, 2, 5) if d * power <= size * (1 + 1e-9))
    return float(f"{digit * power:.1g}")


def _show(key: str, value: Any, *form: Any) -> None:
    """Give a control its value when it is new or takes another form.

    Never in between: a value sent back while the visitor drags would snap the handle away.
    """
    forms = st.session_state.setdefault("forms of controls", {})
    if key not in st.session_state or forms.get(key) != form:
        st.session_state[key] = st.session_state.get(key, value)
        forms[key] = form


def _exact_values(p: Param, value: Any, key: str) -> tuple[Any, ...]:
    """The values this control was given that its usual form does not hold.

    They stay for the session: a rung that vanished while the visitor drags would take the handle
    out of the hand.
    """
    seen = st.session_state.setdefault("exact values", {})
    exact = seen.get(key, ())
    low, high = _range(p, ())
    usual = low <= value <= high if p.scale == "linear" else value in _rungs(p, low, high, ())
    if not usual and value not in exact:
        exact = seen[key] = (*exact[-7:], value)
    return exact


def _range(p: Param, exact: tuple[Any, ...]) -> tuple[float, float]:
    """The control's range, widened to hold what a link or a scene put outside."""
    low, high = float(p.low or 0), float(1 if p.high is None else p.high)
    room = 10 if p.scale == "log" else 1
    for value in exact:
        low = value / room if value < low else low
        high = value * room if value > high else high
    return low, high


def _rungs(p: Param, low: float, high: float, exact: tuple[Any, ...]) -> list[Any]:
    """The steps of a log or decay ladder."""
    if p.scale == "decay":
        rungs = [float(m) for m in MEMORIES if low <= m <= high]
    else:
        first, last = (int(np.floor(np.log10(max(edge, 1e-12)))) for edge in (low, high))
        rungs = [float(f"{digit}e{n}") for n in range(first, last + 1) for digit in DECADE]
        rungs = [rung for rung in rungs if low <= rung <= high]
    if p.kind == "integer":
        rungs = [int(rung) for rung in rungs if rung == int(rung)]
    return sorted({*rungs, *exact})


def caption(p: Param) -> str:
    """The label of a control: words and symbol."""
    words = p.name.replace("_", " ")
    return words if p.tex in ("", p.name, rf"\text{{{p.name}}}") else f"{words} ${p.tex}$"


def controls(value: Declared, key: str) -> Any:
    """One control per parameter; returns the value they make, or the last one that made sense."""
    params = value.params()
    changes = {p.name: _one(p, value, key) for p in params if not p.more}
    rare = [p for p in params if p.more]
    if rare and st.toggle("more", any(p.name in value.changed() for p in rare), key=f"{key}more"):
        changes |= {p.name: _one(p, value, key) for p in rare}
    if all(getattr(value, name) == new for name, new in changes.items()):
        return value
    try:
        return value.replace(**changes)
    except ValueError as error:
        complain(error)
        return value


def _one(p: Param, value: Declared, key: str) -> Any:
    current = getattr(value, p.name)
    if p.kind == "declared":
        return choose(p.name.replace("_", " ").capitalize(), p.family, current, f"{key}{p.name}")
    return control(p, current, key + p.name)


def choose(label: str, family: type[Declared], value: Declared, key: str, **options: Any) -> Any:
    """A menu of a family and the controls of the class chosen from it."""
    _show(key, type(value).__name__)
    name = st.selectbox(label, list(family.all), key=key, format_func=label_of(family), **options)
    if name != type(value).__name__:
        value = family.all[name]()
    return controls(value, f"{key}.{name}.")


def label_of(family: type[Declared]) -> Callable[[str], str]:
    return lambda name: family.all[name].label() if name in family.all else name
