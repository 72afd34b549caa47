"""What a hand can do to any control of a page, as the message that the browser sends of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1.element_tree import Widget

from tests.fuzz.formulas import formula
from tests.fuzz.hostile import MARKUP, NUMBERS, text

REACH = 500
"""Characters that a field for texts takes from a keyboard."""

Said = Callable[[Any, Random, bool], WidgetState | None]


def key_of(node: Any) -> str:
    """Our name of a control, whichever of its widgets shows it."""
    return str(node.key or "").partition("~")[0]


def _ladder(node: Any, chance: Random, small: bool) -> WidgetState:
    options = node.options
    most = max(len(options) // 4, 1) if small else len(options)
    said = WidgetState(id=node.id)
    said.string_array_value.data[:] = [chance.choice(options[:most])]
    return said


def _slider(node: Any, chance: Random, small: bool) -> WidgetState:
    low, high, step = node.proto.min, node.proto.max, node.proto.step
    high = low + (high - low) / 8 if small else high
    steps = int((high - low) / step)
    value = chance.choice((low, high, low + step * chance.randint(0, max(steps, 1))))
    said = WidgetState(id=node.id)
    said.double_array_value.data[:] = [min(max(value, low), high)]
    if node.proto.data_type == node.proto.INT:
        said.double_array_value.data[:] = [float(round(said.double_array_value.data[0]))]
    return said


def _number(node: Any, chance: Random, small: bool) -> WidgetState:
    value = chance.choice((0.0, -0.0, 1e-300, 1e308, -1e308, 5e-324, chance.uniform(-9, 9)))
    return WidgetState(id=node.id, double_value=value)


def _menu(node: Any, chance: Random, small: bool) -> WidgetState:
    return WidgetState(id=node.id, string_value=chance.choice(node.options))


def _switch(node: Any, chance: Random, small: bool) -> WidgetState:
    return WidgetState(id=node.id, bool_value=not node.value)


def _button(node: Any, chance: Random, small: bool) -> WidgetState:
    return WidgetState(id=node.id, trigger_value=True)


def _typed(node: Any, chance: Random, small: bool) -> WidgetState:
    sorts = (lambda _: chance.choice(MARKUP),) if small else (text, formula, _some_number)
    said = chance.choice(sorts)(chance).encode("utf-8", "replace").decode()
    return WidgetState(id=node.id, string_value=said[:REACH])


def _some_number(chance: Random) -> str:
    return chance.choice((*NUMBERS, f"{chance.uniform(0, 2):.3g}", str(chance.randint(0, 9))))


HANDS: dict[str, Said] = {
    "select_slider": _ladder,
    "slider": _slider,
    "number_input": _number,
    "selectbox": _menu,
    "radio": _menu,
    "toggle": _switch,
    "checkbox": _switch,
    "button": _button,
    "text_input": _typed,
    "text_area": _typed,
}
"""By the kind of a widget; the buttons of the downloads hand out files and change nothing."""
OURS: dict[str, Callable[[Any, Random], dict[str, Any]]] = {
    "optimizer_playground_chips": lambda data, chance: {
        "go": chance.choice([*data.get("titles", ""), chance.choice(MARKUP)])
    },
    "optimizer_playground_pager": lambda data, chance: {"go": chance.choice(("on", "back"))},
    "optimizer_playground_keepsake": lambda data, chance: {"found": text(chance)},
    "optimizer_playground_player": lambda data, chance: {
        "start": [chance.choice((0.0, 1e308, chance.uniform(-4, 4))) for _ in "xy"]
    },
}
"""What the mounts of our own say, by their names."""


def hands(node: Any) -> list[Any]:
    """All controls below an element that a visitor can use."""
    found = [one for child in getattr(node, "children", {}).values() for one in hands(child)]
    kind = getattr(node, "type", "")
    usable = isinstance(node, Widget) and kind in HANDS and not node.proto.disabled
    ours = kind == "bidi_component" and node.proto.component_name in OURS
    return [node, *found] if usable or ours else found


def moved(node: Any, chance: Random, small: bool) -> WidgetState:
    """The message of one change of a control; `small`: of a size that is kept small."""
    if node.type == "bidi_component":
        data = json.loads(
            node.proto.mixed.json if node.proto.HasField("mixed") else node.proto.json or "{}"
        )
        events = OURS[node.proto.component_name](data, chance)
        payload = [{"event": name, "value": value} for name, value in events.items()]
        name = _make_trigger_id(node.proto.id, "events")
        return WidgetState(id=name, json_trigger_value=json.dumps(payload))
    said = HANDS[node.type](node, chance, small)
    assert said is not None
    return said
