"""Hyper-parameter map: learning rate × one other parameter, one descent per cell."""

import streamlit as st

from playground.figures.strips import Strip, strips
from playground.topics.maps.border import border
from playground.topics.maps.dropout_rate import dropout_rates
from playground.topics.maps.figures import parameter_map
from playground.topics.maps.panel import map_settings
from playground.topics.maps.search import SCALES, draw
from playground.topics.maps.stage import layers_of_sweep, measured_search, measured_sweep, this_run
from playground.topics.maps.words import (
    border_words,
    dropout_words,
    layer_words,
    moral,
    search_words,
    sweep_words,
)
from playground.topics.race.panel import open_race
from playground.ui import page
from playground.ui.clicks import cells

BARE = {"displayModeBar": False}

page("Hyper-parameter map", "Which pairs of settings work? Each cell is one whole descent.")
s = map_settings()
left, right = st.columns([3, 2], gap="large")
with left:
    measured, here = measured_sweep(s), this_run(s)
    edge = border(s.surface, s.optimizer, s.second, measured.y_values)
    own = s.optimizer.lr, getattr(s.optimizer, s.second)
    names = "learning rate", s.second.replace("_", " ")
    layers = layers_of_sweep(s, measured)
    cell = cells(parameter_map(layers, *s.rulers(), names, own, edge, s.steps), "map")
    st.caption(
        "Click a cell to watch that run. A cell arrives when its loss *first* meets the "
        "tolerance, so a fast ball may arrive by passing through."
    )
    with st.container(horizontal=True):
        this = st.button("Watch this run", icon=":material/play_arrow:")
        best = st.button(
            "Watch the best cell", icon=":material/star:", disabled=measured.best is None
        )
    if s.colour == "verdict":
        st.markdown(layer_words(layers))
    st.markdown(sweep_words(measured, here))
    st.markdown(border_words(s.surface, s.optimizer, measured, edge))
if cell:
    row, column = cell
    open_race(s.race(float(measured.x_values[column]), float(measured.y_values[row])))
if this:
    open_race(s.race(*own))
if best and measured.best:
    open_race(s.race(*measured.best))

with right:
    st.subheader(f"{s.trials} random trials")
    st.markdown(
        "The same budget of learning rates between 10⁻⁶ and 10, drawn evenly on a "
        "logarithmic scale and on a linear one. Shaded: what arrives."
    )
    scan, spent = measured_search(s, measured.target)
    rows = [Strip(done.scale, done.values[0], done.good[0]) for done in spent]
    figure = strips(rows, scan.values, scan.good, "learning rate", log=True)
    st.plotly_chart(figure, key="rates", config=BARE)
    st.markdown("\n\n".join(search_words(done, scan) for done in spent))
    st.markdown(moral(scan))

    st.subheader("Not everything is logarithmic")
    st.markdown(
        "A dropout rate acts by its value: 0.001 and 0.01 both mean none. Linear "
        "regression with dropout on few and noisy examples, exactly computed. Shaded: "
        "within a tenth of the best."
    )
    rates = dropout_rates()
    low, high = rates.values[[0, -1]]
    a, b = rates.band
    drawn = {scale: draw(scale, low, high, s.trials, s.seed) for scale in SCALES[::-1]}
    rows = [Strip(scale, v, (v >= a) & (v <= b)) for scale, v in drawn.items()]
    figure = strips(rows, rates.values, rates.good, "dropout rate", log=False)
    st.plotly_chart(figure, key="dropout", config=BARE)
    st.markdown(dropout_words(rates, s.trials))
