"""The controls of the map of two parameters, and its chapters on random search."""

from __future__ import annotations

import streamlit as st

from playground.figures.strips import Strip, strips
from playground.links import Given, read_settings
from playground.topics.maps.dropout_rate import GOOD, dropout_rates
from playground.topics.maps.search import HIGH, LOW, SCALES, random_values
from playground.topics.maps.settings import HyperparameterMap, seconds_of, usual_second
from playground.topics.maps.stage import measured_search
from playground.topics.maps.words import dropout_words, moral, search_words
from playground.ui.chapters import chart
from playground.ui.session import session
from playground.ui.state import in_sidebar, keep, opened
from playground.words import chosen_percent, setting

PAGE = "hyperparameters"


def map_settings() -> HyperparameterMap:
    """The whole round: link, controls in the sidebar, link."""
    value = opened(PAGE, HyperparameterMap(), read)
    names = [p.name for p in value.params()]
    before, after = names[: names.index("other")], names[names.index("other") + 1 :]
    value = in_sidebar(PAGE, value, *before)
    value = _second_control(value)
    return in_sidebar(PAGE, value, *after)


def _second_control(value: HyperparameterMap) -> HyperparameterMap:
    """A menu of what this optimizer has; another optimizer falls back to its usual parameter."""
    names = seconds_of(value.optimizer)
    if value.second not in names:
        value = value.replace(other="")
    key = f"{PAGE}:other.{type(value.optimizer).__name__}"
    widget, _ = session().hold(key, value.second)
    name = st.sidebar.selectbox(
        value.param("other").label.capitalize(),
        names,
        index=names.index(value.second),
        key=widget,
        help="On the vertical axis.",
        format_func=lambda name: value.optimizer.param(name).label,
    )
    value = value.replace(other="" if name == usual_second(value.optimizer) else name)
    keep(PAGE, value, {key: name}, "other")
    return value


def read(query: Given, default: HyperparameterMap) -> tuple[HyperparameterMap, list[str]]:
    """The map of a link, whose second parameter must be one of its optimizer."""
    value, problems = read_settings(query, default)
    names = seconds_of(value.optimizer)
    if value.other and value.other not in names:
        problems.append(
            f"other = “{value.other[:40]}”: {type(value.optimizer).__name__} has no such parameter "
            f"to vary; choose one of {', '.join(names)}. {usual_second(value.optimizer)} stands in."
        )
        value = value.replace(other="")
    elif value.other == usual_second(value.optimizer):
        value = value.replace(other="")
    return value, problems


def trials(s: HyperparameterMap, target: float) -> None:
    """One budget of learning rates, drawn on both scales."""
    st.header(f"{s.trials} random trials")
    st.markdown(
        f"The same budget of learning rates between {setting(LOW)} and {setting(HIGH)}, drawn "
        "evenly on a logarithmic scale and on a linear one. Shaded: what arrives."
    )
    scan, spent = measured_search(s, target)
    rows = [Strip(done.scale, done.values[0], done.good[0]) for done in spent]
    figure = strips(rows, scan.values, scan.good, "learning rate", log=True)
    chart(figure, "rates", name="Random learning rates")
    st.markdown("\n\n".join(search_words(done, scan) for done in spent))
    st.markdown(moral(scan))


def dropout_trials(s: HyperparameterMap) -> None:
    """The same for a quantity that acts by its value."""
    st.header("Not everything is logarithmic")
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
    chart(figure, "dropout", name="Random dropout rates")
    st.markdown(dropout_words(rates, s.trials))
