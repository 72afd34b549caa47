"""One control per declared parameter: slider, log or decay ladder, toggle, menu or text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from playground.declare import Declared
from playground.kinds import CHOICE, MEMBER, REAL, SWITCH, TEXT, WHOLE, WHOLES, Kind, Param, to_text
from playground.language import tr
from playground.shelf import remembered
from playground.ui.refusals import Taken, fitted
from playground.ui.session import session
from playground.words import setting

Value = TypeVar("Value")
Heard = dict[str, Any]
"""What the controls of one drawing said, by their keys; kept when it makes sense together."""

DECADE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
FAR = 24
"""A ladder over more decades than this has one rung a decade."""
MEMORIES = (
    *(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95),
    *(0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999),
)
"""The ladder of the `decay` scale, on which a plain slider would print 0.999 as 1.00."""


@dataclass
class Exact:
    """Whether numbers are typed instead of chosen on a slider."""

    on: bool = False


def exact() -> None:
    """The switch from sliders to fields, in which every valid number can be typed."""
    mine = session().memory(Exact)
    mine.on = steady(
        "exact",
        mine.on,
        lambda key, on: st.toggle(
            tr("Type numbers"),
            on,
            key=key,
            help=tr("Fields for exact values in place of the sliders."),
        ),
    )


def control(p: Param, value: Any, key: str, said: Heard) -> Any:
    """The control of one parameter, showing `value` until the visitor moves it."""
    value = session().memory(Taken).pop(key, value)
    typed = p.kind.numeric and session().memory(Exact).on
    widget, key = (_written, f"{key}=") if typed else (WIDGETS[p.kind], key)
    name, given = session().hold(key, value)
    new = widget(p, value, given, label=p.label, key=name, help=p.help or None)
    said[key] = new
    return new


def steady(key: str, value: Value, widget: Callable[[str, Value], Value]) -> Value:
    """A control outside the settings of a page: `widget` draws it under a name, at a value."""
    name, _ = session().hold(key, value)
    new = widget(name, value)
    session().heard({key: new})
    return new


def peek(key: str, value: Value) -> Value:
    """What a control says in this run, before it is drawn: `value` if it says nothing yet."""
    name = session().held(key, value)
    said: Value = st.session_state.get(name, value) if name else value
    return said


def _switch(p: Param, value: bool, given: bool, **about: Any) -> bool:
    return st.toggle(value=value, **about)


def _choice(p: Param, value: str, given: str, **about: Any) -> str:
    return st.selectbox(options=p.choices, index=p.choices.index(value), format_func=tr, **about)


def _text(p: Param, value: str, given: str, **about: Any) -> str:
    return st.text_input(value=value, max_chars=500, **about)


def _written(p: Param, value: Any, given: Any, **about: Any) -> Any:
    """What is typed, or where it has no valid meaning the text, which is refused in words."""
    text = st.text_input(value=to_text(value), **about)
    try:
        return p.check("it", p.kind.read(p, text))
    except ValueError:
        return text


def _number(p: Param, value: float, given: float, **about: Any) -> float:
    low, high = reach(p, given)
    if p.scale != "linear":
        return _ladder(p, value, given, about)
    if p.kind is WHOLE:
        return st.slider(min_value=int(low), max_value=int(high), value=value, **about)
    step = round_step((high - low) / 100)
    return st.slider(min_value=low, max_value=high, value=value, step=step, format="%.6g", **about)


def _ladder(p: Param, value: Any, given: Any, about: dict[str, Any]) -> Any:
    """A slider over the rungs of a ladder."""
    texts = _spelled(p, given)
    chosen = st.select_slider(
        options=list(texts), value=Decimal(value), format_func=texts.__getitem__, **about
    )
    return type(value)(chosen)


@remembered
def _spelled(p: Param, given: Any) -> dict[Decimal, str]:
    """The rungs of a ladder as they are read, which is the same in every language.

    They are decimals, which are exact: Streamlit takes floats less than 5e-12 apart for one.
    """
    return {Decimal(step): setting(step) for step in rungs(p, given)}


WIDGETS: dict[Kind, Callable[..., Any]] = {
    SWITCH: _switch,
    CHOICE: _choice,
    TEXT: _text,
    WHOLES: _written,
    WHOLE: _number,
    REAL: _number,
}
"""The widget of every kind but `MEMBER`, which is a menu and the controls of what it says."""


def round_step(size: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is at most `size`."""
    power = 10.0 ** np.floor(np.log10(size))
    digit = max(d for d in (1, 2, 5) if d * power <= size * (1 + 1e-9))
    return float(f"{digit * power:.1g}")


def reach(p: Param, given: float) -> tuple[float, float]:
    """The range of a control, widened to hold the value it was given."""
    low, high = float(p.low or 0), float(1 if p.high is None else p.high)
    room = 10.0 if p.scale == "log" else 1.0
    if given < low:
        low = given / room
    if given > high:
        high = min(given, sys.float_info.max / room) * room
    return low, high


def rungs(p: Param, given: float) -> list[Any]:
    """The steps of a log or decay ladder; the value it was given is one, whatever it is."""
    low, high = reach(p, given)
    if p.scale == "decay":
        steps = [float(m) for m in MEMORIES]
    else:
        first, last = (int(np.floor(np.log10(edge or 1e-12))) for edge in (low, high))
        digits = DECADE if last - first <= FAR else (1.0,)
        steps = [float(f"{digit}e{n}") for n in range(first, last + 1) for digit in digits]
    steps = [step for step in steps if low <= step <= high and p.valid.holds(step)]
    if p.kind is WHOLE:
        steps = [int(step) for step in steps if step == int(step)]
    return sorted({*steps, given})


def controls(value: Declared, key: str, said: Heard) -> Any:
    """One control per parameter; returns the value they make, or as much of it as makes sense."""
    params = value.params()
    heard: dict[str, Heard] = {p.name: {} for p in params}
    changes = {p.name: _one(p, value, key, heard[p.name]) for p in params if not p.more}
    rare = [p for p in params if p.more]
    if rare and _more(value, rare, key):
        changes |= {p.name: _one(p, value, key, heard[p.name]) for p in rare}
    value = fitted(value, changes, key, heard, said)
    if rare:
        said[f"{key}more"] = tuple(getattr(value, p.name) for p in rare)
    return value


def _more(value: Declared, rare: list[Param], key: str) -> bool:
    """Whether rarely used controls are shown: open where a link or a button set one of them."""
    name, _ = session().hold(f"{key}more", tuple(getattr(value, p.name) for p in rare))
    return st.toggle(tr("more"), any(p.name in value.changed() for p in rare), key=name)


def _one(p: Param, value: Declared, key: str, said: Heard) -> Any:
    current = getattr(value, p.name)
    if p.kind is MEMBER:
        return choose(p.label.capitalize(), p.family, current, f"{key}{p.name}", said)
    return control(p, current, key + p.name, said)


def choose(
    label: str, family: type[Declared], value: Declared, key: str, said: Heard, **options: Any
) -> Any:
    """A menu of a family and the controls of the class chosen from it."""
    names, chosen = list(family.all), type(value).__name__
    menu, _ = session().hold(key, chosen)
    name = st.selectbox(
        label,
        names,
        index=names.index(chosen),
        key=menu,
        format_func=label_of(family),
        **options,
    )
    said[key] = name
    if name != chosen:
        value = family.all[name]()
    return controls(value, f"{key}.{name}.", said)


def label_of(family: type[Declared]) -> Callable[[str], str]:
    return lambda name: family.all[name].label() if name in family.all else name
