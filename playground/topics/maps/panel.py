"""The controls of the map of two parameters, and its chapters on random search."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playground.figures.strips import Strip, strips
from playground.language import tr
from playground.links import Given, read_settings
from playground.topics.maps.dropout_rate import GOOD, dropout_rates
from playground.topics.maps.search import HIGH, LOW, SCALES, random_values
from playground.topics.maps.settings import HyperparameterMap, seconds_of, usual_second
from playground.topics.maps.stage import measured_search
from playground.topics.maps.words import dropout_words, moral, search_words
from playground.ui.chapters import chart
from playground.ui.session import session
from playground.ui.state import in_sidebar, keep, opened
from playground.words import capital, chosen_percent, setting

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
        capital(value.param("other").label),
        names,
        index=names.index(value.second),
        key=widget,
        help=tr("On the vertical axis."),
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
            tr(
                "other = “{}”: {} has no such parameter to vary; choose one of {}. {} stands in.",
                *(value.other[:40], type(value.optimizer).__name__),
                *(", ".join(names), usual_second(value.optimizer)),
            )
        )
        value = value.replace(other="")
    elif value.other == usual_second(value.optimizer):
        value = value.replace(other="")
    return value, problems


def trials(s: HyperparameterMap, target: float) -> None:
    """One budget of learning rates, drawn on both scales."""
    st.header(tr("{} random trials", s.trials))
    st.markdown(
        tr(
            "The same budget of learning rates between {} and {}, drawn evenly on a logarithmic "
            "scale and on a linear one. Shaded: what arrives.",
            *(setting(LOW), setting(HIGH)),
        )
    )
    scan, spent = measured_search(s, target)
    rows = [Strip(tr(done.scale), done.values[0], done.good[0]) for done in spent]
    figure = partial(strips, rows, scan.values, scan.good, tr("learning rate"), True)
    chart(figure, "rates", name=tr("Random learning rates"))
    st.markdown("\n\n".join(search_words(done, scan) for done in spent))
    st.markdown(moral(scan))


def dropout_trials(s: HyperparameterMap) -> None:
    """The same for a quantity that acts by its value."""
    st.header(tr("Not everything is logarithmic"))
    st.markdown(
        tr(
            "A dropout rate acts by its value: 0.001 and 0.01 both mean none. Linear regression "
            "with dropout on few and noisy examples, exactly computed. Shaded: within {} of the "
            "best.",
            chosen_percent(GOOD),
        )
    )
    rates = dropout_rates()
    low, high = rates.values[[0, -1]]
    a, b = rates.band
    drawn = {scale: random_values(scale, low, high, s.trials, s.seed) for scale in SCALES[::-1]}
    rows = [Strip(tr(scale), v, (v >= a) & (v <= b)) for scale, v in drawn.items()]
    figure = partial(strips, rows, rates.values, rates.good, tr("dropout rate"), False)
    chart(figure, "dropout", name=tr("Random dropout rates"))
    st.markdown(dropout_words(rates, s.trials))
