"""What the player shows, as values: a ground, the tracks on it and the charts beside it.

Shapes: T is the number of steps, M the number of points of one level line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

Dash = Literal["solid", "dot", "dash", "longdash", "dashdot", "longdashdot"]
Kind = Literal["minimum", "maximum", "saddle", "degenerate"]


class Mark(NamedTuple):
    """A critical point of the surface."""

    x: float
    y: float
    kind: Kind


@dataclass(frozen=True, eq=False)
class Ground:
    """The surface as the player shows it: a picture, its level lines and its critical points.

    window: (x0, x1, y0, y1), the part of the plane the picture covers and the map shows first.
    picture: a PNG of any size whose first row is y1; leave the low end transparent, then it fits
        a light and a dark page.
    levels: polylines of shape (M, 2) in the surface's own coordinates.

    Keep the value (for example with `functools.lru_cache` or `st.cache_resource`): its message is
    packed once, and Streamlit sends it again only when it is another ground.
    """

    window: tuple[float, float, float, float]
    picture: bytes
    levels: Sequence[ArrayLike] = ()
    marks: Sequence[Mark | tuple[float, float, Kind]] = ()
    x_label: str = "x"
    y_label: str = "y"

    @cached_property
    def message(self) -> bytes:
        """The bytes the browser gets, see `playground.player.packing.pack_ground`."""
        from playground.player.packing import pack_ground

        return pack_ground(self)


@dataclass(frozen=True, eq=False)
class Vectors:
    """An arrow at every step, drawn from the head; `xy (T, 2)` is in units of the map.

    With `square` a rectangle around the head is drawn instead, whose sides are given: for the side
    sqrt(v) its area is what adaptive optimizers have accumulated.
    """

    name: str
    color: str
    xy: ArrayLike
    square: bool = False


@dataclass(frozen=True, eq=False)
class Track:
    """One descent on the map.

    path: (T+1, 2); points may be inf or nan from some step on, the head then freezes at the last
        finite one and wears a cross.
    stop: the step at which the descent is over for good (it diverged); the head stays there.
    ghost: a thin, translucent, finished path without a head: what would have been.
    note: a few words behind the name in the legend, such as "diverged at step 12".
    """

    name: str
    color: str
    path: ArrayLike
    dash: Dash = "solid"
    ghost: bool = False
    note: str = ""
    stop: int | None = None
    vectors: Sequence[Vectors] = ()


@dataclass(frozen=True, eq=False)
class Series:
    """One line of a chart: `y` of shape (T,) or (T+1,), whose first value belongs to step `first`.

    track: the index of the track whose colour and dash it wears and with which it is hidden; a
        series of no track (None) is drawn in the colour of the text.
    name: what tells it from the other series of the same track ("x", "y", "momentum part").
    dashed: True for what is predicted; measured lines are solid.
    """

    y: ArrayLike
    track: int | None
    name: str = ""
    dashed: bool = False
    first: int = 0


@dataclass(frozen=True)
class Threshold:
    """A labelled dashed hairline across a chart; with an `id` it can be clicked."""

    value: float
    label: str
    id: str = ""


@dataclass(frozen=True, eq=False)
class Chart:
    """Lines over the step.  On a log axis values that are not positive are left out.

    flags: (step, label) pairs that mark an event, such as (41, "burst").
    hint: one short sentence that is read out and shown when the title is pointed at.
    """

    title: str
    series: Sequence[Series]
    thresholds: Sequence[Threshold] = ()
    log: bool = False
    hint: str = ""
    flags: Sequence[tuple[int, str]] = ()


def steps_of(tracks: Sequence[Track]) -> int:
    """The number of steps of the longest track."""
    return max((np.shape(track.path)[0] - 1 for track in tracks), default=0)
