"""Two weights of a network under the step microscope."""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.clipping import NoClipping
from playground.language import mark, tr
from playground.microscope import look, told, updates
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.network.training import Trace
from playground.topics.network.view import TwoWeights, Weight
from playground.ui.controls import steady
from playground.ui.session import session
from playground.words import capital

KEYS = LAYER, UNIT, FIRST, SECOND = (
    mark("layer"),
    mark("unit"),
    mark("first input"),
    mark("second input"),
)


class Chosen:
    """The numbers the visitor chose, by their names."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}


@remembered
def _lines(trace: Trace, index: tuple[int, int], t: int) -> tuple[str, str]:
    """The lines of an update of two weights, and their sum of parts."""
    seen = look(cast(Run, TwoWeights(trace, index)), t)
    return told.update_table(seen), told.sum_of_parts(seen)


def panel(trace: Trace, t: int) -> None:
    """Choose a unit and two of its inputs; the lines of update t, which led to where one looks."""
    weights = _chosen(trace)
    pair = TwoWeights(trace, (weights[0].index(trace), weights[1].index(trace)))
    run = cast(Run, pair)
    if not updates(run):
        st.info(tr("This network starts where the loss is not finite: there is no update to see."))
        return
    t = min(max(t, 1), updates(run))
    st.markdown(
        tr(
            "Update **{}**, where $x$ is {} and $y$ is {}. No parameter sees another, so the rule "
            "is the one of the bowl, once per parameter.",
            *(t, *weights),
        )
    )
    with st.container(key="microscope-lines"):
        table, parts = _lines(trace, pair.index, t)
        st.markdown(table)
    st.markdown(parts)
    if pair.noisy:
        st.caption(tr("$n_t$ is what this batch adds to the gradient of all examples."))
    elif trace.settings.clip != NoClipping():
        st.caption(tr("$g_t$ is what clipping left of the gradient."))


def _chosen(trace: Trace) -> tuple[Weight, Weight]:
    """One control a number; the inputs of a unit are counted from 1, its bias is 0."""
    layers = len(trace.mlp.shapes)
    columns = iter(st.columns(len(KEYS)))
    layer = _number(next(columns), LAYER, 1, layers, 1)
    n_out, n_in = trace.mlp.shapes[layer - 1]
    unit = _number(next(columns), UNIT, 1, n_out, 1)
    first = _number(next(columns), FIRST, 0, n_in, 1)
    second = _number(next(columns), SECOND, 0, n_in, min(2, n_in))
    return Weight(layer, unit, first), Weight(layer, unit, second)


def _number(place: DeltaGenerator, name: str, low: int, high: int, usual: int) -> int:
    """A whole number that stays where it can when another network has fewer."""
    chosen = session().memory(Chosen).of
    about = tr("0 is the bias.") if name in (FIRST, SECOND) else None
    chosen[name] = steady(
        f"network-weight-{name}",
        min(max(chosen.get(name, usual), low), high),
        lambda key, value: int(
            place.number_input(capital(tr(name)), low, high, value, key=key, step=1, help=about)
        ),
    )
    return chosen[name]
