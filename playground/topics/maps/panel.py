"""The controls of the map of two parameters, and its chapters on random search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.declare import Param
from playground.figures.strips import Strip, strips
from playground.links import Reader, write_settings
from playground.optimizers import Optimizer
from playground.topics.maps.dropout_rate import GOOD, dropout_rates
from playground.topics.maps.search import HIGH, LOW, SCALES, random_values
from playground.topics.maps.settings import HyperparameterMap, seconds_of, usual_second
from playground.topics.maps.stage import measured_search
from playground.topics.maps.words import dropout_words, moral, search_words
from playground.ui.chapters import BARE
from playground.ui.controls import choose, control
from playground.ui.say import complain
from playground.ui.state import keep, state
from playground.words import chosen_percent, setting

PAGE = "hyperparameters"


def map_settings() -> HyperparameterMap:
    """The whole round: link, controls in the sidebar, link."""
    value = state(PAGE, HyperparameterMap(), _read)
    changes: dict[str, Any] = {}
    with st.sidebar:
        for p in value.params():
            if not p.more:
                changes[p.name] = _control(p, value, changes)
        with st.expander("More"):
            for p in value.params():
                if p.more:
                    changes[p.name] = _control(p, value, changes)
    try:
        value = value.replace(**changes)
    except ValueError as error:
        complain(error)
    keep(PAGE, value, write_settings(value))
    return value


def _control(p: Param, value: HyperparameterMap, chosen: dict[str, Any]) -> Any:
    current, key = getattr(value, p.name), f"{PAGE}:{p.name}"
    if p.name == "other":
        return _second_control(chosen["optimizer"], value.second)
    if p.kind == "declared":
        return choose(p.name.capitalize(), p.family, current, key)
    return control(p, current, key)


def _second_control(optimizer: Optimizer, current: str) -> str:
    """A menu of what this optimizer has; another optimizer falls back to its usual parameter."""
    names, usual = seconds_of(optimizer), usual_second(optimizer)
    key = f"{PAGE}:other.{type(optimizer).__name__}"
    if key not in st.session_state:
        st.session_state[key] = current if current in names else usual
    name = st.selectbox(
        "Second parameter",
        names,
        key=key,
        help="On the vertical axis.",
        format_func=lambda name: name.replace("_", " "),
    )
    return "" if name == usual else name


def _read(
    query: Mapping[str, str], default: HyperparameterMap
) -> tuple[HyperparameterMap, list[str]]:
    reader = Reader(query)
    value = reader.settings(default)
    names = seconds_of(value.optimizer)
    if value.other and value.other not in names:
        reader.problems.append(
            f"{type(value.optimizer).__name__} has no parameter “{value.other[:40]}” to vary; "
            f"choose one of {', '.join(names)}. {usual_second(value.optimizer)} stands in."
        )
        value = value.replace(other="")
    elif value.other == usual_second(value.optimizer):
        value = value.replace(other="")
    return value, reader.finish()


def trials(s: HyperparameterMap, target: float) -> None:
    """One budget of learning rates, drawn on both scales."""
    st.subheader(f"{s.trials} random trials")
    st.markdown(
        f"The same budget of learning rates between {setting(LOW)} and {setting(HIGH)}, drawn "
        "evenly on a logarithmic scale and on a linear one. Shaded: what arrives."
    )
    scan, spent = measured_search(s, target)
    rows = [Strip(done.scale, done.values[0], done.good[0]) for done in spent]
    figure = strips(rows, scan.values, scan.good, "learning rate", log=True)
    st.plotly_chart(figure, key="rates", config=BARE)
    st.markdown("\n\n".join(search_words(done, scan) for done in spent))
    st.markdown(moral(scan))


def dropout_trials(s: HyperparameterMap) -> None:
    """The same for a quantity that acts by its value."""
    st.subheader("Not everything is logarithmic")
    st.markdown(
        "A dropout rate acts by its value: 0.001 and 0.01 both mean none. Linear regression with "
        "dropout on few and noisy examples, exactly computed. Shaded: within "
        f"{chosen_percent(GOOD)} of the best."
    )
    rates = dropout_rates()
    low, high = rates.values[[0, -1]]
    a, b = rates.band
    drawn = {scale: random_values(scale, low, high, s.trials, s.seed) for scale in SCALES[::-1]}
    rows = [Strip(scale, v, (v >= a) & (v <= b)) for scale, v in drawn.items()]
    figure = strips(rows, rates.values, rates.good, "dropout rate", log=False)
    st.plotly_chart(figure, key="dropout", config=BARE)
    st.markdown(dropout_words(rates, s.trials))
