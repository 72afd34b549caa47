"""What changes with a slider, as values: the tracks on a ground and the charts beside it.

Shapes: T is the number of steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from playground.player.fan import Ending, Knob
from playground.player.packing import doubles, fits_float32, floats, logarithms, squeezed

Dash = Literal["solid", "dot", "dash", "longdash", "dashdot", "longdashdot"]


class Event(NamedTuple):
    """What happened at some steps, in at most three words."""

    first: int
    last: int
    label: str


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
    slot: its name for the page, where knobs and verdict belong to a runner of the page.
    short: its name beside its knob, which says the rest.
    ending: its verdict in one line.
    events: what happened on the way, on the scrubber and the map.
    hot: the stretches of updates [first, end) that were above the stability limit.
    knobs: what can be turned at it, the most important first.
    """

    name: str
    color: str
    path: ArrayLike
    dash: Dash = "solid"
    ghost: bool = False
    note: str = ""
    stop: int | None = None
    vectors: Sequence[Vectors] = ()
    slot: str = ""
    short: str = ""
    ending: Ending | None = None
    knobs: Sequence[Knob] = ()
    events: Sequence[Event] = ()
    hot: Sequence[tuple[int, int]] = ()


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
    range: of the axis; by default what the values need.
    hint: one short sentence that is read out and shown when the title is pointed at.
    short: what the switch calls it in few words; by default the title.
    """

    title: str
    series: Sequence[Series]
    thresholds: Sequence[Threshold] = ()
    log: bool = False
    hint: str = ""
    flags: Sequence[tuple[int, str]] = ()
    range: tuple[float, float] | None = None
    short: str = ""


def steps_of(tracks: Sequence[Track]) -> int:
    """The number of steps of the longest track."""
    return max((np.shape(track.path)[0] - 1 for track in tracks), default=0)


def drawable(tracks: Sequence[Track], charts: Sequence[Chart]) -> list[Chart]:
    """The charts on which something can be drawn: axes without a line say nothing.

    The first one stays while there are tracks, whose values it tells.
    """

    def draws(chart: Chart) -> bool:
        seen = [np.asarray(series.y, dtype=float) for series in chart.series]
        return any(np.any(np.isfinite(y) & ((y > 0) | (not chart.log))) for y in seen)

    if not tracks:
        return []
    return [*charts[:1], *(chart for chart in charts[1:] if draws(chart))]


def pack_scene(tracks: Sequence[Track], charts: Sequence[Chart], facts: dict[str, Any]) -> bytes:
    """The message of everything that changes with a slider: tracks, charts and how to play."""
    arrays: list[bytes] = []
    header = facts | {
        "tracks": [_track(track, arrays) for track in tracks],
        "charts": [_chart(chart, arrays) for chart in charts],
    }
    return squeezed(header, arrays)


def _track(track: Track, arrays: list[bytes]) -> dict[str, Any]:
    """The header of a track; what it describes is added to the arrays."""
    arrays.append(floats(track.path))
    arrays.extend(floats(vectors.xy) for vectors in track.vectors)
    return {
        "name": track.name,
        "color": track.color,
        "dash": track.dash,
        "ghost": track.ghost,
        "note": track.note,
        "stop": track.stop,
        "count": len(np.asarray(track.path)),
        "slot": track.slot,
        "short": track.short,
        "ending": track.ending and track.ending._asdict(),
        "knobs": [vars(knob) for knob in track.knobs],
        "events": [list(event) for event in track.events],
        "hot": [list(stretch) for stretch in track.hot],
        "vectors": [
            {
                "name": vectors.name,
                "color": vectors.color,
                "square": vectors.square,
                "count": len(np.asarray(vectors.xy)),
            }
            for vectors in track.vectors
        ],
    }


def _chart(chart: Chart, arrays: list[bytes]) -> dict[str, Any]:
    """The header of a chart; what it describes is added to the arrays."""
    wide = not chart.log and not all(fits_float32(series.y) for series in chart.series)
    pack = logarithms if chart.log else doubles if wide else floats
    arrays.extend(pack(series.y) for series in chart.series)
    return {
        "title": chart.title,
        "short": chart.short,
        "log": chart.log,
        "range": chart.range,
        "wide": wide,
        "hint": chart.hint,
        "flags": [[int(step), label] for step, label in chart.flags],
        "thresholds": [
            {"value": float(line.value), "label": line.label, "id": line.id}
            for line in chart.thresholds
            if np.isfinite(line.value)
        ],
        "series": [
            {
                "track": series.track,
                "name": series.name,
                "dashed": series.dashed,
                "first": series.first,
                "count": len(np.asarray(series.y)),
            }
            for series in chart.series
        ],
    }
