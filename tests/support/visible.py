"""What a visitor reads on a page: every text of its elements but lines of code."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

SILENT = {"code", "bidi_component", "plotly_chart", "image", "html", "latex"}
"""Elements without words, and lines of code."""
NOT_WORDS = re.compile(
    r"id|key|url|page|anchor|.*_hash|form_id|element_id|icon|format|type|query_string"
)
CODE = re.compile(
    r"```.*?```|``[^`]*``|`[^`]*`|<style.*?</style>|<[^>]*>"  # code, markup
    r"|\$\$.*?\$\$|\$[^$]*\$"  # formulas
    r"|\b[A-Z]\w+\([^()]*(?:\([^()]*\)[^()]*)*\)",  # a change as it is written in Python
    re.DOTALL,
)


ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
"""What Markdown shows letter by letter."""


def texts(app: AppTest) -> list[tuple[str, str]]:
    """Kind of the element and text, in the order of the page."""
    found = ((kind, CODE.sub(" ", text)) for kind, text in _walk(app._tree))
    return [(kind, ESCAPED.sub(r"\1", text)) for kind, text in found if text.strip()]


def figures(app: AppTest) -> Iterator[dict[str, Any]]:
    """The Plotly figures of a page."""
    nodes = [app._tree]
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", {}).values()
        if (figure := _figure(node)) is not None:
            yield figure


def _figure(node: Any) -> dict[str, Any] | None:
    """The figure that an element draws."""
    if getattr(node, "type", "") != "bidi_component":
        return None
    if node.proto.component_name != "optimizer_playground_figure":
        return None
    figure: dict[str, Any] = json.loads(zlib.decompress(node.proto.bytes))
    return figure


def _walk(node: Any) -> Iterator[tuple[str, str]]:
    kind = getattr(node, "type", "")
    if (figure := _figure(node)) is not None:
        yield from (("figure", text) for text in _of_figure(figure))
    elif (proto := getattr(node, "proto", None)) is not None and kind not in SILENT:
        yield from ((kind, text) for text in _strings(proto))
    for child in getattr(node, "children", {}).values():
        yield from _walk(child)


def _strings(message: Any) -> Iterator[str]:
    """The texts of a protobuf message."""
    for field, value in message.ListFields():
        if NOT_WORDS.fullmatch(field.name):
            continue
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield one
            elif hasattr(one, "ListFields"):
                yield from _strings(one)


def _of_figure(part: Any) -> Iterator[str]:
    """Titles, names, labels and what is read on pointing of a Plotly figure."""
    if isinstance(part, list):
        for one in part:
            yield from _of_figure(one)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "name", "title", "hovertemplate") and isinstance(value, str):
                yield value
            elif name == "ticktext" or (name == "text" and isinstance(value, list)):
                yield from (text for text in value if isinstance(text, str))
            else:
                yield from _of_figure(value)
