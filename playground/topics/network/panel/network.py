"""One real network: trained once per settings while the visitor watches, and what is said of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from playground.declare import Declared
from playground.diagnosis import Finding
from playground.figures.ground import draw_heights
from playground.glossary import LOSS
from playground.language import spoken_now, tr
from playground.networks.training import Moment
from playground.player import SurfaceMap
from playground.shelf import SHELF
from playground.topics.network.figures import learner, learning_line
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import Progress, Trace, trained
from playground.topics.network.tried import changed
from playground.topics.network.verdict import burst, outcome_of
from playground.topics.network.view import Around, View, around_the_end, path_view
from playground.ui.progress import Tell, progress_bar
from playground.ui.say import judged, literal, picture
from playground.ui.state import put
from playground.words import number, percent

RISEN = 0.1
"""Share by which the test loss must have risen over its least."""

PAGE = "network"
AGAIN = 0.25
"""Seconds between two looks at a training that runs."""
Worded = TypeVar("Worded")


@dataclass(frozen=True, eq=False)
class Shown:
    """A training and what is made of it, each once."""

    trace: Trace
    told: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What is made of words, by language and name: all languages share one training."""

    def _in_words(self, name: str, make: Callable[[], Worded]) -> Worded:
        key = spoken_now(), name
        if key not in self.told:
            self.told[key] = make()
        found: Worded = self.told[key]
        return found

    @property
    def verdict(self) -> Finding:
        return self._in_words("verdict", lambda: outcome_of(self.trace))

    @property
    def burst(self) -> Finding | None:
        return self._in_words("burst", lambda: burst(self.trace))

    @cached_property
    def view(self) -> View:
        return path_view(self.trace)

    @cached_property
    def around(self) -> Around:
        return around_the_end(self.trace)

    @property
    def ground(self) -> SurfaceMap:
        return self._in_words("ground", self._ground)

    def _ground(self) -> SurfaceMap:
        drawn = draw_heights(self.view.heights, self.view.window)
        first, second = (percent(share) for share in self.view.explained)
        return SurfaceMap(
            drawn.window,
            drawn.picture,
            drawn.levels,
            x_label=tr("along the path's main direction ({} of its spread)", first),
            y_label=tr("second direction ({})", second),
            learner=learner(self.trace),
            height=f"{LOSS.noun}, {drawn.scale}",
        )


def network(s: RealNetwork) -> Shown:
    """The training of these settings: from the shelf, or made now while the visitor watches.

    Every look at the running training is a place where Streamlit stops it if the visitor has
    changed something meanwhile; then nothing is kept.
    """
    with progress_bar() as tell:
        return SHELF.get(
            (trained, s),
            lambda: Shown(trained(s, _watch(tell, s))),
            waiting=lambda: tell(0.0, tr("another visitor trains this very network …")),
        )


def _watch(show: Tell, s: RealNetwork) -> Progress:
    """Tells the progress of a training, with its loss so far."""
    last = [time.monotonic()]

    def tell(share: float, moments: list[Moment]) -> None:
        if time.monotonic() - last[0] < AGAIN:
            return
        last[0] = time.monotonic()
        losses = np.array([float(m.loss) for m in moments])
        trains = len(moments) <= s.steps
        words = tr(
            "{doing}: update {t} of {steps}, loss {loss} (line on a log axis)",
            doing=tr("training") if trains else tr("measuring the sharpness"),
            t=moments[-1].t,
            steps=s.steps,
            loss=number(losses[-1]),
        )
        line = learning_line(losses, s.steps)
        show(share, words, lambda: picture(line, tr("The loss so far")))

    return tell


def judgement(s: RealNetwork, shown: Shown) -> None:
    """What happened, and a button that tries what should help."""
    found = shown.verdict
    with st.container(key="verdict"):
        st.markdown(judged(found))
        if found.fix is not None:
            st.button(
                tr("Train with {!r}", found.fix),
                icon=":material/build:",
                on_click=_mend,
                args=(s, found.fix),
                key="network-fix",
            )


def _mend(s: RealNetwork, fix: Declared) -> None:
    put(PAGE, changed(s, fix))


def in_numbers(shown: Shown) -> str:
    """What else happened, and the network and its plane in numbers."""
    trace, view, last = shown.trace, shown.view, shown.trace.finite - 1
    error = np.abs(view.error[: view.kept])
    worst = int(np.argmax(error))
    train, dev = trace.error(last, trace.data), trace.error(last, trace.dev)
    plane = tr(
        "they hold {} of the path's spread, but the plane misses the true loss by up to {} (at "
        "update {}, where the loss is {}); at the end it is exact.",
        *(percent(view.explained.sum()), number(error[worst]), worst, number(trace.loss[worst])),
    )
    if view.kept < trace.finite or trace.finite <= trace.steps:
        plane = tr(
            "it was made for the first {} points of the path, before it was thrown out.", view.kept
        )
    numbers = tr(
        "**{size} parameters**; wrong after {last} updates: {train} of the training examples, "
        "{dev} of the test examples. The map shows 2 of {size} directions: {plane}",
        size=trace.mlp.size,
        last=last,
        train=percent(train),
        dev=percent(dev),
        plane=plane,
    )
    told = [judged(shown.burst)] if shown.burst else []
    return "\n\n".join([*told, *over_fitted(trace), numbers])


def over_fitted(trace: Trace) -> list[str]:
    """In one sentence, if it is so: the training loss fell while the test loss rose."""
    loss, tested = trace.loss[: trace.finite], trace.dev_loss[: trace.finite]
    least = int(np.argmin(tested))
    if not (tested[-1] > (1 + RISEN) * tested[least] and loss[-1] < loss[least]):
        return []
    return [
        tr(
            "**It over-fits**: the test loss was least at update {}, {}, and is {} at the end, "
            "while the training loss fell from {} to {}.",
            *(least, number(tested[least]), number(tested[-1])),
            *(number(loss[least]), number(loss[-1])),
        )
    ]


def columns(shown: Shown) -> Mapping[str, Any]:
    """What the page shows, by name, for the download; as many rows as updates and the start."""
    trace, view = shown.trace, shown.view
    return {
        "update": np.arange(trace.steps + 1),
        "loss": trace.loss,
        "test_loss": trace.dev_loss,
        "gradient_norm": trace.gradient_norm,
        "plane_a": view.coordinates[0],
        "plane_b": view.coordinates[1],
        "plane_loss": view.shown,
        "lr": trace.lr,
        "gauged_update": trace.gauged,
        "eta_lambda_max": trace.gauge,
    }


def code(s: RealNetwork) -> str:
    """The lines that give the same numbers."""
    return f"""from playground.topics.network.view import path_view
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import trained
from playground.topics.network.verdict import outcome_of
from playground.networks.activations import *
from playground.networks.initialisations import *
from playground import *

trace = trained({s!r})
print(outcome_of(trace).sentence)
print(trace.loss[-1], trace.gauge[-1], trace.limit, trace.limiting_lr())
view = path_view(trace)
print(view.explained, abs(view.error).max())"""


def around_words(shown: Shown) -> str:
    """The random plane in one sentence."""
    around = shown.around
    middle = len(around.along) // 2
    half = np.isclose(np.abs(around.along), 0.5, atol=0.03)
    ring = np.concatenate([around.heights[middle, half], around.heights[half, middle]])
    return literal(
        tr(
            "Two random directions, scaled unit by unit to the size of the weights: after update "
            "{} the loss is {}, half as far as the weights are large it is between {} and {}.",
            *(around.t, number(around.loss), number(np.nanmin(ring)), number(np.nanmax(ring))),
        )
    )
