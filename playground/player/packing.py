"""The messages to the browser: a header in JSON followed by raw little-endian arrays.

Layout: 4 bytes length of the header, the header (padded with spaces so that what follows is aligned
to 4 bytes), then the arrays in the order in which the header names them.  A component's data
that is plain `bytes` reaches JavaScript as one `Uint8Array`, without base64 and without Arrow.
`payload.js` reads what this module writes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

if TYPE_CHECKING:
    from playground.player.scene import Chart, Ground, Series, Track

LARGEST = float(np.finfo(np.float32).max)


def join(header: dict[str, Any], arrays: Sequence[bytes]) -> bytes:
    """The message made of a header and the arrays it describes."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    return b"".join((len(text).to_bytes(4, "little"), text, *arrays))


def floats(values: ArrayLike) -> bytes:
    """`values` as float32; finite numbers beyond its range stay finite (at its largest value)."""
    values = np.asarray(values, dtype=float)
    bounded = np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), values)
    return bounded.astype("<f4").tobytes()


def logarithms(values: ArrayLike) -> bytes:
    """log10 of `values` as float32, so that 1e300 survives; nan where there is no logarithm."""
    values = np.asarray(values, dtype=float)
    positive = np.where(values > 0, values, np.nan)
    return floats(np.log10(positive))


def pack_ground(ground: Ground) -> bytes:
    """The message of a `Ground`; its `id` in the header is a digest of all that it shows.

    Level lines are sent as 16-bit fractions of their bounding box: a 65 000th of the window.
    """
    lines = [np.asarray(line, dtype=float).reshape(-1, 2) for line in ground.levels]
    lines = [line for line in lines if len(line) > 1]
    points = np.concatenate(lines) if lines else np.zeros((0, 2))
    low = points.min(axis=0) if len(points) else np.zeros(2)
    size = np.ptp(points, axis=0) if len(points) else np.ones(2)
    size = np.where(size > 0, size, 1.0)
    levels = np.round((points - low) / size * 65535).astype("<u2").tobytes()
    header = {
        "window": [float(edge) for edge in ground.window],
        "marks": [[float(x), float(y), str(kind)] for x, y, kind in ground.marks],
        "labels": [ground.x_label, ground.y_label],
        "levels": {
            "lengths": [len(line) for line in lines],
            "low": low.tolist(),
            "size": size.tolist(),
        },
        "picture": len(ground.picture),
    }
    body = [levels, ground.picture]
    return join({"id": digest(json.dumps(header).encode(), *body), **header}, body)


def digest(*parts: bytes) -> str:
    """A short name of some bytes: equal names mean equal bytes."""
    hashed = hashlib.blake2b(digest_size=9)
    for part in parts:
        hashed.update(part)
    return hashed.hexdigest()


def ground_id(message: bytes) -> str:
    """The id a ground's message carries in its header."""
    length = int.from_bytes(message[:4], "little")
    return str(json.loads(message[4 : 4 + length])["id"])


def pack_scene(tracks: Sequence[Track], charts: Sequence[Chart], facts: dict[str, Any]) -> bytes:
    """The message of everything that changes with a slider: tracks, charts and how to play."""
    arrays: list[bytes] = []

    def add(values: ArrayLike, pack: Any = floats) -> int:
        arrays.append(pack(values))
        return int(np.shape(values)[0])

    def series(item: Series, log: bool) -> dict[str, Any]:
        count = add(item.y, logarithms if log else floats)
        return {
            "track": item.track,
            "name": item.name,
            "dashed": item.dashed,
            "first": item.first,
            "count": count,
        }

    header = facts | {
        "tracks": [
            {
                "name": track.name,
                "color": track.color,
                "dash": track.dash,
                "ghost": track.ghost,
                "note": track.note,
                "stop": track.stop,
                "count": add(track.path),
                "vectors": [
                    {
                        "name": vectors.name,
                        "color": vectors.color,
                        "square": vectors.square,
                        "count": add(vectors.xy),
                    }
                    for vectors in track.vectors
                ],
            }
            for track in tracks
        ],
        "charts": [
            {
                "title": chart.title,
                "log": chart.log,
                "hint": chart.hint,
                "flags": [[int(step), label] for step, label in chart.flags],
                "thresholds": [
                    {"value": float(line.value), "label": line.label, "id": line.id}
                    for line in chart.thresholds
                    if np.isfinite(line.value)
                ],
                "series": [series(item, chart.log) for item in chart.series],
            }
            for chart in charts
        ],
    }
    return join(header, arrays)
