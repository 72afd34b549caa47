"""The ground: the surface as the player shows it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from playground.player.learner import Learner
from playground.player.packing import digest, join

Kind = Literal["minimum", "maximum", "saddle", "degenerate"]


class Mark(NamedTuple):
    """A critical point of the surface."""

    x: float
    y: float
    kind: Kind


@dataclass(frozen=True, eq=False)
class SurfaceMap:
    """The surface as the player shows it: a picture, its level lines and its critical points.

    window: (x0, x1, y0, y1), the part of the plane the picture covers and the map shows first.
    picture: a PNG of any size whose first row is y1; leave the low end transparent, then it fits
        a light and a dark page.
    height: what grows with the shades, in words: with it the map can be seen in 3-D.  The picture
        must then have a palette of shades from the lowest to the highest, its samples from edge to
        edge of the window; the last entry is where nothing is.
    levels: polylines of shape (M, 2), M points each, in the surface's own coordinates.
    learner: the network whose loss this is, shown on the clock of the paths.

    Keep the value (for example with `functools.lru_cache` or `st.cache_resource`): its message is
    packed once, and Streamlit sends it again only when it is another ground.
    """

    window: tuple[float, float, float, float]
    picture: bytes
    levels: Sequence[ArrayLike] = ()
    marks: Sequence[Mark | tuple[float, float, Kind]] = ()
    x_label: str = "x"
    y_label: str = "y"
    learner: Learner | None = None
    height: str = ""

    @cached_property
    def _packed(self) -> tuple[dict[str, Any], list[bytes]]:
        """Header and arrays.

        Level lines are 16-bit fractions of their box, a 65 000th of it, as one zlib stream of
        differences to the point before.
        """
        lines = [np.asarray(line, dtype=float).reshape(-1, 2) for line in self.levels]
        lines = [line for line in lines if len(line) > 1]
        points = np.concatenate(lines) if lines else np.zeros((0, 2))
        low = points.min(axis=0) if len(points) else np.zeros(2)
        size = np.ptp(points, axis=0) if len(points) else np.ones(2)
        size = np.where(size > 0, size, 1.0)
        fractions = np.round((points - low) / size * 65535).astype(np.int64)
        changes = np.diff(fractions, axis=0, prepend=0).T.astype("<u2")
        levels = zlib.compress(changes.tobytes(), 6)
        header = {
            "window": [float(edge) for edge in self.window],
            "marks": [[float(x), float(y), str(kind)] for x, y, kind in self.marks],
            "labels": [self.x_label, self.y_label],
            "height": self.height,
            "levels": {
                "lengths": [len(line) for line in lines],
                "low": low.tolist(),
                "size": size.tolist(),
                "bytes": len(levels),
            },
            "picture": len(self.picture),
            "learner": None,
        }
        if self.learner is None:
            return header, [levels, self.picture]
        header["learner"], body = self.learner.packed
        return header, [levels, self.picture, body]

    @cached_property
    def id(self) -> str:
        """Its name for the browser: a digest of all that it shows."""
        header, arrays = self._packed
        return digest(json.dumps(header).encode(), *arrays)

    @cached_property
    def message(self) -> bytes:
        """The bytes the browser gets, once a session."""
        header, arrays = self._packed
        return join({"id": self.id, **header}, arrays)
