"""Where the label of a limit stands: where it covers no curve and no other label, if it can.

The picture is drawn in the browser, whose panel may be wider than the one that is reckoned with
here: a label that is free in a narrow panel is free in a wide one, where it takes less of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from playground.figures.strokes import clipped
from playground.figures.ticks import numeric

NARROW = 260
"""Pixels of the panel of a chart that stands beside two others, on a small laptop."""
AROUND, ROW, SAMPLE = 70, 19, 45
"""Pixels of a figure's height that its axes take, and each row of its legend; and of a legend's
width a sample of a line."""
LETTER, TALL, AIR = 6, 13, 2
"""Pixels of a label: the width of a letter, the height of a line, and what is left free around."""
PAD = 0.055
"""Share of its span that Plotly leaves free at either end of a range it chooses itself."""
FAR = 1e4
"""Pixels beyond which a curve is as far away as can be."""
PLACES = 9
"""Along a line."""
WORSE = 1e6
"""Pieces of a curve of which another label below this one is as bad."""


class Limit(NamedTuple):
    """A labelled hairline across the panel, at a value of the vertical axis (or of the other)."""

    value: float
    text: str
    of: str = "y"
    at: str = "top"
    """Where an upright line has its text if that is free: at the top or the bottom."""


class Spot(NamedTuple):
    """A place for a label: its box in pixels, and how Plotly is told of it."""

    box: tuple[float, float, float, float]  # left, right, bottom, top
    note: dict[str, Any]


def placed(
    limits: Sequence[Limit], data: Sequence[Mapping[str, Any]], axes: Mapping[str, Any], height: int
) -> list[dict[str, Any]]:
    """Plotly's annotations of the limits of a panel of `height` pixels with axes "x" and "y"."""
    size = {"x": NARROW, "y": max(height - AROUND - ROW * _rows(data), 4 * TALL)}
    scales = {of: _scale(of, axes[of], data, limits, size[of]) for of in size}
    curves = _pieces(data, axes, scales)
    heights = [float(scales[limit.of](limit.value)[0]) for limit in limits]
    lines = [_line(limit, at, size) for limit, at in zip(limits, heights, strict=True)]
    notes: list[dict[str, Any]] = []
    taken: list[tuple[float, ...]] = []
    for k, (limit, at) in enumerate(zip(limits, heights, strict=True)):
        covered = np.concatenate([curves, *lines[:k], *lines[k + 1 :]])
        best = _freest(_spots(limit, min(max(at, 0.0), size[limit.of]), size), covered, taken)
        taken.append(best.box)
        value = float(np.log10(limit.value)) if _log(axes[limit.of]) else limit.value
        note = {"text": limit.text, "showarrow": False, "font": {"size": 11}}
        notes.append(note | best.note | {limit.of: value})
    return notes


def _rows(data: Sequence[Mapping[str, Any]]) -> int:
    """How many rows the legend has in a narrow panel."""
    names = [str(trace.get("name", "")) for trace in data if trace.get("showlegend", True)]
    wide = SAMPLE + LETTER * max(map(len, names), default=0)
    return -(-len(names) // max(NARROW // wide, 1))


def _log(of: Mapping[str, Any]) -> bool:
    return of.get("type") == "log"


def _numbers(values: Any, of: Mapping[str, Any]) -> np.ndarray:
    """What an axis draws of values: numbers, their logarithms, or the places of categories."""
    values = numeric(values)
    if values.dtype.kind not in "iufb":
        order = list(of.get("categoryarray", dict.fromkeys(values.tolist())))
        return np.array([order.index(value) for value in values.tolist()], dtype=float)
    with np.errstate(all="ignore"):
        return np.log10(values.astype(float)) if _log(of) else values.astype(float)


def _scale(
    letter: str,
    of: Mapping[str, Any],
    data: Sequence[Mapping[str, Any]],
    limits: Sequence[Limit],
    size: float,
) -> Any:
    """From values of an axis to pixels; in units of the largest, whose span may overflow."""
    if (ends := of.get("range")) is None:
        own = [limit.value for limit in limits if limit.of == letter]
        seen = [_numbers(trace[letter], of) for trace in data if letter in trace]
        every = np.concatenate([_numbers(np.array(own, dtype=float), of), *seen])
        every = every[np.isfinite(every)]
        low, high = (every.min(), every.max()) if every.size else (0.0, 1.0)
        if of.get("rangemode") == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
        unit = max(abs(low), abs(high)) or 1.0
        pad = PAD * (high / unit - low / unit) or max(1.0 / unit, PAD * PAD)
        low, high = low / unit - pad, high / unit + pad
    else:
        (low, high), unit = ends, 1.0

    def scale(values: Any) -> np.ndarray:
        with np.errstate(all="ignore"):
            share = (_numbers(values, of) / unit - low) / (high - low)
        return np.clip(share * size, -FAR, FAR)

    return scale


def _pieces(
    data: Sequence[Mapping[str, Any]], axes: Mapping[str, Any], scales: Mapping[str, Any]
) -> np.ndarray:
    """The pieces of all curves ``(n, 4)``, from x, y to x, y; a mark is a piece of no length."""
    found = [np.empty((0, 4))]
    for trace in data:
        if trace.get("visible") == "legendonly" or not {"x", "y"} <= set(trace):
            continue
        points = np.stack([scales["x"](trace["x"]), scales["y"](trace["y"])], axis=1)
        mode = trace.get("mode", "lines")
        if "lines" in mode:
            found.append(np.hstack([points[:-1], points[1:]]))
        if "markers" in mode:
            found.append(np.hstack([points, points]))
    every = np.concatenate(found)
    return every[np.isfinite(every).all(axis=1)]


def _line(limit: Limit, at: float, size: Mapping[str, float]) -> np.ndarray:
    ends = (at, 0.0, at, size["y"]) if limit.of == "x" else (0.0, at, size["x"], at)
    return np.array([ends])


def _spots(limit: Limit, at: float, size: Mapping[str, float]) -> Iterator[Spot]:
    """The places for a label, in the order in which they are liked."""
    long = LETTER * len(limit.text) + 2 * AIR
    if limit.of == "y":
        for share in np.linspace(1, 0, PLACES):
            right = max(share * size["x"], min(long, size["x"]))
            share, anchor = (0.0, "left") if right <= long else (right / size["x"], "right")
            for side, low in (("bottom", at), ("top", at - TALL - AIR)):
                if not -AIR <= low <= size["y"] - TALL:
                    continue
                box = right - long, right, low, low + TALL + AIR
                where = {"xref": "paper", "yref": "y", "x": share, "xanchor": anchor}
                yield Spot(box, where | {"yanchor": side})
        return
    upright = len(limit.text) > 3
    across, along = (TALL + AIR, long) if upright else (long, TALL)
    shares = np.linspace(1, 0, PLACES)
    for share in shares if limit.at == "top" else shares[::-1]:
        top = max(share * size["y"], min(along, size["y"]))
        share, anchor = (0.0, "bottom") if top <= along else (top / size["y"], "top")
        for side, left in (("left", at), ("right", at - across)):
            if not 0 <= left <= size["x"] - across:
                continue
            where = {"xref": "x", "yref": "paper", "y": share, "yanchor": anchor, "xanchor": side}
            turned = {"textangle": -90 if upright else 0}
            yield Spot((left, left + across, top - along, top), where | turned)


def _freest(spots: Iterable[Spot], pieces: np.ndarray, taken: Sequence[Sequence[float]]) -> Spot:
    """The first that covers least; none after one that covers nothing is looked at."""
    found: list[tuple[float, Spot]] = []
    for spot in spots:
        cost = _cost(spot.box, pieces, taken)
        if not cost:
            return spot
        found.append((cost, spot))
    return min(found, key=itemgetter(0))[1]


def _cost(box: Sequence[float], pieces: np.ndarray, taken: Sequence[Sequence[float]]) -> float:
    """How much a label would cover: pieces of curves, and far worse, other labels."""
    left, right, low, high = box
    over = sum(a < right and left < b and c < high and low < d for a, b, c, d in taken)
    first, last = clipped(pieces, box)
    return WORSE * over + float(np.count_nonzero(first <= last))
