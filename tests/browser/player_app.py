"""A small page around the player: four descents on a long valley, and knobs for the tests."""

from __future__ import annotations

import struct
import zlib
from urllib.parse import parse_qsl, urlencode

import numpy as np
import streamlit as st

from playground import player as pl
from playground.language import ENGLISH, speak
from tests.support import pseudo

WINDOW = (-2.2, 2.2, -1.4, 3.2)
COLORS = ("#0072b2", "#d55e00", "#009e73", "#aa4499")
DASHES = ("solid", "dash", "dashdot", "dot")


def loss(x, y):
    return (1 - x) ** 2 + 10 * (y - x * x) ** 2


def slope(p):
    x, y = p
    return np.array([-2 * (1 - x) - 40 * x * (y - x * x), 20 * (y - x * x)])


def png(pixels: np.ndarray) -> bytes:
    """An RGBA picture (rows, columns, 4) as PNG."""
    rows, columns, _ = pixels.shape

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    raw = b"".join(b"\0" + pixels[row].tobytes() for row in range(rows))
    head = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(raw, 9)),
            chunk(b"IEND", b""),
        )
    )


@st.cache_resource
def valley(tint: int) -> pl.SurfaceMap:
    x0, x1, y0, y1 = WINDOW
    x = np.linspace(x0, x1, 240)
    y = np.linspace(y1, y0, 240)[:, None]
    height = np.log1p(loss(x, y)) / np.log1p(200)
    pixels = np.zeros((240, 240, 4), np.uint8)
    pixels[..., :3] = (60, 90 + tint, 160)
    pixels[..., 3] = np.clip(150 * height, 0, 150)
    angle = np.linspace(0, 2 * np.pi, 160)
    levels = []
    for radius in (0.3, 0.6, 1, 1.5):  # exact level lines: f = radius²
        u = 1 + radius * np.cos(angle)
        levels.append(np.stack([u, u * u + radius * np.sin(angle) / np.sqrt(10)], axis=1))
    marks = [(1.0, 1.0, "minimum"), (-1.5, 0.0, "saddle")]
    return pl.SurfaceMap(WINDOW, png(pixels), levels, marks)


def descend(start, lr, momentum, steps):
    path, velocity = [np.array(start, float)], np.zeros(2)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            velocity = momentum * velocity + slope(path[-1])
            path.append(path[-1] - lr * velocity)
        path = np.array(path)
        return path, loss(*path.T), np.linalg.norm([slope(p) for p in path], axis=1)


st.set_page_config(layout="wide")
st.title("Player")
# A visit is what its address names or what is typed here: an open page is a new one far sooner than
# it loads again.  What has a state has it for one visit.
asked = st.text_input("visit") or urlencode(st.query_params)
query = dict(parse_qsl(asked, keep_blank_values=True))
speak(pseudo.known() if "abroad" in query else ENGLISH)
steps = int(query.get("steps", 200))
lr = st.slider("lr", 0.001, 0.02, 0.004, 0.001, format="%.3f", key=f"lr {asked}")
tint = st.slider("tint", 0, 60, 0, key=f"tint {asked}")
st.text_input("words", key=f"words {asked}")
PLAYER = f"player-{query.get('number', 0)}"

chosen = st.session_state.get(PLAYER, {}).get("start")
start = tuple(chosen) if chosen else (-1.4, 2.4)
recipes = [("GradientDescent", lr, 0.0), ("Momentum", lr / 2, 0.9), ("Slow", lr / 4, 0.0)]
if "calm" not in query:
    recipes.append(("TooFast", 0.06, 0.0))
tracks, values, slopes = [], [], []
for index, (name, rate, momentum) in enumerate(recipes):
    path, f, norm = descend(start, rate, momentum, steps)
    if index == 0 and "nan" in query:
        path[21:] = np.nan
    stop = None
    if name == "TooFast":
        stop = int(np.isfinite(path).all(axis=1).argmin()) - 1
    arrows = ()
    if index == 1 and "vectors" in query:
        moves = np.diff(path, axis=0)
        arrows = (
            pl.Vectors("step ×3", "#e69f00", 3 * moves),
            pl.Vectors("√v", "#56b4e9", np.abs(moves) * 4, square=True),
        )
    note = "" if stop is None else f"diverged at step {stop + 1}"
    if index == 0 and "markup" in query:
        name = "<b>bold</b> & more"
    tracks.append(
        pl.Track(name, COLORS[index], path, DASHES[index], note=note, stop=stop, vectors=arrows)
    )
    values.append(pl.Series(f, index))
    slopes.append(pl.Series(norm[:-1], index))
if "ghost" in query:
    would = descend(start, lr / 3, 0.5, steps)[0]
    tracks.append(pl.Track("Momentum would", COLORS[1], would, ghost=True))
rates = [
    pl.Series(rate * (1 + part * np.arange(steps) / steps), index, axis, dashed=part > 0)
    for index, (_, rate, _) in enumerate(recipes)
    for part, axis in ((0, "x"), (1, "y"))
]
charts = [
    pl.Chart("Loss", values, log=True, flags=[(steps // 3, "burst")]),
    pl.Chart(
        "Effective learning rate",
        rates,
        [pl.Threshold(0.025, "stable up to 2/λ = 0.025", "limit")],
    ),
    pl.Chart("Gradient norm", slopes, log=True, hint="The length of the gradient."),
]
pl.bring()
pl.bring_plotly()
moment = pl.player(
    valley(tint),
    tracks,
    charts,
    key=PLAYER,
    start=start,
    speed=steps / 12 if "slow" in query else None,
    report_step="report" in query,
    autoplay="still" not in query,
)
state = st.session_state.setdefault(f"state of {PLAYER}", {"runs": 0, "threshold": None})
state["runs"] += 1
state["threshold"] = moment.threshold or state["threshold"]
st.code(f"visit={asked!r}")
st.code(f"runs={state['runs']}")
st.code(f"start={moment.start!r}")
st.code(f"step={moment.step!r}")
st.code(f"threshold={state['threshold']!r}")
