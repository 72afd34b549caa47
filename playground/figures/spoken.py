"""A figure for those who do not see it: its name, and what it shows in words.

Both travel in the figure's `layout.meta`, which Plotly carries along and draws nothing of;
`playground/player/js/figure.js` makes them the name and the description of the drawn chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from playground.figures.panels import LOGARITHMIC
from playground.language import ENGLISH, spoken_now, tr
from playground.words import number

TAG = re.compile(r"<[^>]*>")
BARS = 8
"""Values that are told one by one; more are told by their range."""


def spoken(figure: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The figure with its name, by default what is drawn over what, and its words.

    ValueError: it has neither a name nor two axes that say what they are.
    """
    layout = figure["layout"]
    before, behind = unmarked(tr(LOGARITHMIC, "|")).split("|")
    over, drawn = (
        _title(layout, key).removeprefix(before).removesuffix(behind) for key in ("xaxis", "yaxis")
    )
    if not (name or (over and drawn)):
        raise ValueError("a chart without a name")
    meta = {"name": unmarked(name or tr("{} over {}", drawn, over)), "words": described(figure)}
    return figure | {"layout": {**layout, "meta": meta}}


def _title(layout: Mapping[str, Any], axis: str) -> str:
    return unmarked(layout.get(axis, {}).get("title", {}).get("text") or "")


def unmarked(text: str) -> str:
    """A label without the marks of its typesetting."""
    return " ".join(TAG.sub(" ", text).replace("*", "").replace("`", "").split())


def described(figure: Mapping[str, Any]) -> str:
    """The axes and, trace by trace, where the values begin and end and how far they reach."""
    return " ".join(f"{sentence}." for sentence in (*_axes(figure["layout"]), *_traces(figure)))


def _axes(layout: Mapping[str, Any]) -> Iterator[str]:
    if title := _title(layout, "xaxis"):
        yield tr("Across: {}", title)
    if title := _title(layout, "yaxis"):
        yield tr("Up: {}", title)


def _traces(figure: Mapping[str, Any]) -> Iterator[str]:
    for trace in figure["data"]:
        told = _cells(trace) if trace.get("z") is not None else _values(trace)
        if told and trace.get("hoverinfo") != "skip":
            name = unmarked(str(trace.get("name") or ""))
            yield f"{name}: {told}" if name else _begun(told)


def _begun(words: str) -> str:
    """With a capital; in English it is the only one, in other languages nouns may have theirs."""
    return words.capitalize() if spoken_now() == ENGLISH else words[:1].upper() + words[1:]


def _cells(trace: Mapping[str, Any]) -> str:
    """How many cells there are and between what their values lie."""
    z = np.asarray(trace["z"], dtype=float)
    seen = z[np.isfinite(z)]
    if not seen.size:
        return ""
    if seen.min() == seen.max():
        return tr("{} of {} cells", seen.size, z.size)
    low, high = number(seen.min()), number(seen.max())
    return tr("{} cells from {} to {}", seen.size, low, high)


def _values(trace: Mapping[str, Any]) -> str:
    """A few values with what they stand over, or the ends and the reach of many."""
    across = trace.get("orientation") == "h"
    over, along = (trace.get(key) for key in (("y", "x") if across else ("x", "y")))
    y = np.asarray([] if along is None else along)
    if y.dtype.kind in "OUS":
        y = np.array([_real(v) for v in y.ravel()])
    seen = np.asarray(y, dtype=float).ravel()
    good = np.isfinite(seen)
    if not good.any():
        return ""
    if trace.get("type") == "bar" and good.sum() <= BARS and over is not None:
        pairs = zip(np.asarray(over).ravel().tolist(), seen.tolist(), strict=False)
        return ", ".join(f"{_said(x)} {number(v)}" for x, v in pairs if np.isfinite(v))
    seen = seen[good]
    if seen.size == 1:
        return number(seen[0])
    reach = tr("lowest {}, highest {}", number(seen.min()), number(seen.max()))
    if trace.get("mode") == "markers":
        return tr("{} points, {}", seen.size, reach)
    return tr("from {} to {}, {}", number(seen[0]), number(seen[-1]), reach)


def _real(value: Any) -> float:
    """A number, or NaN for a gap or a category."""
    return float(value) if isinstance(value, (int, float, np.number)) else np.nan


def _said(place: Any) -> str:
    return number(place) if isinstance(place, (int, float)) else unmarked(str(place))
