"""What a browser keeps of a page: its widgets with what they say, and the large messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

NAME = re.compile(r"\$\$ID-[0-9a-f]+-(.*?)(?:~\d+)?$")
"""The name of a widget: Streamlit's prefix, the key, the turn after the first."""


def style_name(widget: str) -> str:
    """What Streamlit calls the key of a widget in style sheets, and the benchmarks with it."""
    found = NAME.match(widget)
    return re.sub(r"[^a-zA-Z0-9_-]", "-", found[1]) if found else ""


@dataclass
class Widget:
    """A widget that is shown.

    field, said: the entry of its state, and what is in it; None where it says nothing by itself.
    positions: what a slider can say.
    """

    id: str
    fragment: str
    field: str | None
    said: Any
    positions: list[Any]

    def state(self) -> WidgetState:
        """What a message says of it."""
        state = WidgetState(id=self.id)
        if self.field in ("double_array_value", "string_array_value"):
            getattr(state, self.field).data.extend(self.said)
        elif self.field:
            setattr(state, self.field, self.said)
        return state


def _slider(e: Slider) -> tuple[str, Any, list[Any]]:
    if e.type == Slider.SELECT_SLIDER:
        options = list(e.options)
        said = list(e.raw_value) if e.set_value else [options[int(i)] for i in e.default]
        return "string_array_value", said, options
    count = round((e.max - e.min) / e.step) if e.step else 0
    places = [min(e.max, round(e.min + i * e.step, 12)) for i in range(count + 1)]
    return "double_array_value", list(e.value if e.set_value else e.default), places


def _number(e: NumberInput) -> tuple[str, Any, list[Any]]:
    whole = e.data_type == NumberInput.INT
    said = e.value if e.set_value else e.default
    return ("int_value" if whole else "double_value"), (int(said) if whole else said), []


def _one(e: Any) -> tuple[str | None, Any, list[Any]]:
    if e.set_value:
        return "string_value", e.raw_value, []
    return ("string_value", e.options[e.default], []) if e.options else (None, None, [])


def _text(e: Any) -> tuple[str, Any, list[Any]]:
    return "string_value", e.value if e.set_value else e.default, []


def _silent(e: Any) -> tuple[None, None, list[Any]]:
    return None, None, []


KINDS: dict[str, Callable[[Any], tuple[str | None, Any, list[Any]]]] = {
    "slider": _slider,
    "number_input": _number,
    "selectbox": _one,
    "radio": _one,
    "text_input": _text,
    "text_area": _text,
    "checkbox": lambda e: ("bool_value", e.value if e.set_value else e.default, []),
    "button_group": lambda e: (
        "string_array_value",
        list(e.raw_values) if e.set_value else [e.options[i].content for i in e.default],
        [],
    ),
    "multiselect": lambda e: (
        "string_array_value",
        list(e.raw_values) if e.set_value else [e.options[i] for i in e.default],
        [],
    ),
    "button": _silent,
    "bidi_component": _silent,
}
"""What a widget of a kind says when it has come: the field, the value, the positions."""


class Shown:
    """The widgets of one browser."""

    def __init__(self) -> None:
        self._widgets: dict[str, Widget] = {}
        self._seen: set[str] = set()

    def begin(self) -> None:
        """A run begins."""
        self._seen = set()

    def take(self, kind: str, element: Element, fragment: str) -> str:
        """An element has come; one that is known keeps what it says.  Returns its name, or ""."""
        if kind not in KINDS:
            return ""
        part = getattr(element, kind)
        self._seen.add(part.id)
        known = self._widgets.get(part.id)
        if known is None or getattr(part, "set_value", False):
            self._widgets[part.id] = Widget(part.id, fragment, *KINDS[kind](part))
        else:
            known.fragment = fragment
        return str(part.id)

    def still(self, widget: str) -> None:
        """A widget has come again, in a message that was only named."""
        self._seen.add(widget)

    def end(self, fragments: Iterable[str]) -> None:
        """A run has ended: what it did not bring is gone, in these fragments or everywhere."""
        ran = set(fragments)
        for name, widget in list(self._widgets.items()):
            if name not in self._seen and (not ran or widget.fragment in ran):
                del self._widgets[name]

    def find(self, style: str) -> Widget | None:
        """The widget of that name in style sheets."""
        return next((w for w in self._widgets.values() if style_name(w.id) == style), None)

    def states(self) -> WidgetStates:
        """What a message says of all."""
        return WidgetStates(widgets=[w.state() for w in self._widgets.values() if w.field])


class Kept:
    """The large messages that a browser has kept: what each brought, and when it was used last."""

    def __init__(self) -> None:
        self._messages: dict[str, tuple[int, str, str]] = {}
        self._runs = 0

    def names(self) -> Iterable[str]:
        """What every message of the browser names."""
        return self._messages

    def keep(self, name: str, fragment: str, widget: str) -> None:
        """A message has come that may be named from now on."""
        self._messages.setdefault(name, (self._runs, fragment, widget))
        self.use(name)

    def use(self, name: str) -> str:
        """It was named: the widget it brought, or "".  `KeyError` where it is not kept."""
        _, fragment, widget = self._messages[name]
        self._messages[name] = (self._runs, fragment, widget)
        return widget

    def age(self, oldest: int, fragments: Iterable[str]) -> None:
        """A run has ended: what was not used in so many of them is forgotten."""
        self._runs += 1
        ran = set(fragments)
        for name, (last, fragment, _) in list(self._messages.items()):
            if self._runs - last > oldest and (not ran or fragment in ran):
                del self._messages[name]
