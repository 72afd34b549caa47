"""Streamlit's side of the player: four mounts, of which only one changes with a slider.

The charts of a page have a mount of their own kind, in `drawing.py`, on the same code.

A Components-v2 message carries the component's JavaScript with every change.  So the code lives in
a mount of its own (`_library`) whose message changes with the language only, the picture of the
surface in another (`_ground`): Streamlit's message cache then sends both once a session, and a
slider move costs the new paths and nothing else.  The mounts meet in the browser, on the shelf of
`js/shelf.js`, which opens once the code is there, and with it what it says.

Which plotly.js?  The one Streamlit itself ships for `st.plotly_chart`.  It is a file with a hashed
name, served "immutable" for a year and shared with every native chart of the app, so a visitor
loads it once; the copy in Python's plotly package can be served only through routes that neither
cache nor keep it compressed (4.7 MB at every visit).  A tiny native chart out of sight makes
Streamlit load it, plotly.js announces itself as `window.Plotly`, and the player says in words when
that does not happen.  A browser test guards this against upgrades.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.language import tr
from playground.player.fan import Knob
from playground.player.ground import SurfaceMap
from playground.player.modules import script
from playground.player.packing import parcels
from playground.player.scene import Chart, Track, drawable, pack_scene, steps_of
from playground.player.texts import catalogue

LONGEST = 12.0  # seconds a run may last at the player's own speed
USUAL = 6.0
GROUND = "surface"
"""The slot of what is turned at the ground."""
STYLES = ("player", "panels", "multiples", "full")

_EMPTY = go.Figure(
    layout={"height": 10, "xaxis_visible": False, "yaxis_visible": False, "template": "none"}
)


_library = st.components.v2.component(
    "optimizer_playground_library",
    js=script("library"),
    css="".join(Path(__file__).with_name(f"{name}.css").read_text("utf-8") for name in STYLES),
    isolate_styles=False,
)
_ground = st.components.v2.component(
    "optimizer_playground_ground", js=script("mount_ground"), isolate_styles=False
)
_fan = st.components.v2.component(
    "optimizer_playground_fan", js=script("mount_fan"), isolate_styles=False
)
_player = st.components.v2.component(
    "optimizer_playground_player", js=script("mount_player"), isolate_styles=False
)


@dataclass(frozen=True)
class Gesture:
    """What the visitor did in the player.

    start: the start last set by a click or a drag, None before the first.
    step: the step just paused at, scrubbed or stepped to, if the page asked for it.
    threshold: the id of the threshold that was clicked just now.
    turn: slot, parameter and value of the knob that was turned just now.

    All but the start are None in the next run.
    """

    start: tuple[float, float] | None
    step: int | None
    threshold: str | None
    turn: tuple[str, str, float] | None

    @classmethod
    def of(cls, result: Any) -> Gesture:
        """What the mount in the browser reports."""
        chosen, reached = result.get("start"), result.get("step")
        return cls(
            start=(float(chosen[0]), float(chosen[1])) if chosen else None,
            step=None if reached is None else int(reached),
            threshold=result.get("threshold"),
            turn=tuple(turn) if (turn := result.get("turn")) else None,
        )


def seconds(steps: int, speed: float | None) -> float:
    """How long a run plays: `steps / speed`, by default a quarter second a step up to 6 s.

    Never more than 12 s, whatever `speed` (in steps per second) says.
    """
    return min(LONGEST, steps / speed) if speed else max(min(USUAL, steps / 4), 0.5)


def player(
    ground: SurfaceMap,
    tracks: Sequence[Track],
    charts: Sequence[Chart] = (),
    *,
    key: str,
    dials: Sequence[Knob] = (),
    start: tuple[float, float] | None = None,
    startable: bool = True,
    sketched: bool = False,
    room: DeltaGenerator | None = None,
    steps: int | None = None,
    speed: float | None = None,
    autoplay: bool = True,
    step: int | None = None,
    height: int = 560,
    report_step: bool = False,
    on_start: Callable[[], None] | None = None,
    on_threshold: Callable[[], None] | None = None,
    on_step: Callable[[], None] | None = None,
    on_turn: Callable[[], None] | None = None,
) -> Gesture:
    """Show descents on a surface, playing, with charts whose cursor moves along.

    ground: what lies under the paths; sent to the browser only when it is another one.
    tracks: the descents, in the order of the legend.
    charts: beside the map, below it on a phone.  The first one gives the value that the legend,
        the arrows at the border and the spoken sentence tell, so let it be the loss.
    dials: what can be turned at the ground; a turn is reported as that of the slot `GROUND`.
    key: the name of this player; a new key is a new player that begins to play.
    start: where the ring stands; by default where the first track begins.
    room: where it stands, of `make_room`; a page that shows it in a fragment makes it outside.
    startable: whether a click or a drag on the map chooses a start.
    sketched: draw the map without plotly.js, for a page that shall come at once; without tools and
        charts.
    steps: the length of the time axis, by default that of the longest track.
    speed: steps per second, see `seconds`.
    step: put the player there, paused, whenever this value changes.
    height: of the map in pixels where map and charts stand side by side.
    report_step: ask for `Moment.step`.  Every report is a run of the page, so it is off unless
        asked for or `on_step` is given; playing never reports, pausing and scrubbing do, and so
        does a player at rest when it is asked for the first time.
    on_start, on_threshold, on_step, on_turn: callbacks without arguments; the new value is in the
        result, and in `st.session_state[key]` under "start", "step", "threshold" and "turn".
    """
    length = steps_of(tracks) if steps is None else steps
    facts: dict[str, Any] = {
        "ground": ground.id,
        "steps": length,
        "seconds": seconds(length, speed),
        "autoplay": autoplay,
        "step": step,
        "heard": st.session_state.get(key, {}).get("step"),
        "start": None if start is None else [float(start[0]), float(start[1])],
        "startable": startable,
        "sketched": sketched,
        "height": height,
        "reportStep": report_step or on_step is not None,
        "dials": _turned_at_the_ground(dials),
    }
    with room or make_room(key):
        bring_grounds(key, ground)
        reported = _player(
            key=key,
            data=pack_scene(tracks, drawable(tracks, charts), facts),
            **_ears(start=on_start, step=on_step, threshold=on_threshold, turn=on_turn),
        )
    return Gesture.of(reported)


def _turned_at_the_ground(dials: Sequence[Knob]) -> dict[str, Any]:
    """What `js/turnrow.js` shows of them."""
    return {"slot": GROUND, "name": tr("the surface"), "knobs": [vars(dial) for dial in dials]}


def _ears(**ears: Callable[[], None] | None) -> dict[str, Any]:
    """The callbacks of a mount, of every value it reports."""
    return {f"on_{name}_change": ear or nothing for name, ear in ears.items()}


def bring() -> bool:
    """Bring the code of player and figures, and what it says, once in every full run.

    Whether it has asked for plotly.js.
    """
    with st.container(key="playground-aside-code"):
        library = _library(key="code-library", data=catalogue(), on_plotly_change=nothing)
    return bool(library.get("plotly"))


def bring_plotly() -> None:
    """Bring plotly.js to a page that is more than sketched.

    It keeps the browser busy for half a second, in which nothing else comes to the page.
    """
    with st.container(key="playground-aside-plotly"):
        _plotly()


@st.cache_resource
def _plotly() -> None:
    """An empty chart, for which Streamlit loads plotly.js; made once, and shown again."""
    st.plotly_chart(_EMPTY, key="code-plotly")


def make_room(key: str) -> DeltaGenerator:
    """The place of the player of that key, as high as the window until it comes."""
    with st.container(key=f"playground-room-{key}"):
        st.empty()  # Streamlit leaves out what holds nothing
        return st.container()


def bring_grounds(key: str, *grounds: SurfaceMap) -> None:
    """Bring grounds for all that name them."""
    with st.container(key=f"playground-aside-{key}"):
        for i, ground in enumerate(grounds):
            _ground(key=f"{key}-ground-{i}", data=ground.message)


def bring_fans(key: str, answer: Callable[[str, str], bytes | None]) -> None:
    """The mount that brings the fans of a page's knobs; call it in a fragment of its own.

    answer: the message of the fan of a slot and a parameter, None where there is none.  It is
        asked in the run in which a knob is touched, which runs nothing else, or those of all
        knobs are wanted.
    """
    name = f"{key}-fan"
    asked = st.session_state.get(name, {}).get("ask") or ()
    found = [answer(str(slot), str(param)) for slot, param in asked]
    with st.container(key=f"playground-aside-{name}"):
        _fan(key=name, data=parcels(filter(None, found)), on_ask_change=nothing)


def nothing() -> None:
    """Streamlit reports only the values that have a callback."""
