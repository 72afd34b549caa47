"""The chapter on training: what was found, or a button that finds out while one watches."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.language import tr
from playground.networks.training import Moment
from playground.optimizers import Optimizer
from playground.shelf import SHELF
from playground.topics.initialisation.figures import losses
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.initialisation.verdict import TRIED, TrainCheck, train_check
from playground.ui.chapters import chart
from playground.ui.say import say
from playground.words import Said


def train_it(s: FirstBreath) -> None:
    """Train the network of these settings, if the visitor wants it or somebody has before."""
    st.header(tr("Train it: does the verdict hold?"))
    task = tr(
        "The same network learns on which side of a plane a point lies, by gradient descent with "
        "{} learning rates side by side.",
        len(TRIED),
    )
    narrow = tr("It is cut to {} units a layer.", s.trained_width)
    st.markdown(f"{task} {narrow}" if s.trained_width < s.width else task)
    place = st.empty()
    network = s.depth, s.trained_width, s.activation, s.initialisation
    key = (train_check, *network, s.samples, s.seed, s.steps)
    check: TrainCheck | None = SHELF.find(key)
    if check is None:
        if not place.button(tr("Train this network"), icon=":material/model_training:"):
            return
        check = SHELF.get(key, lambda: _train(s, place))
    with place.container():
        found = check.training
        chart(partial(losses, found.t, found.loss, check.lr, s.steps), "training")
        said = Said(
            tr("held") if check.held else tr("did not hold"), check.held or None, check.sentence
        )
        say(said)


def _train(s: FirstBreath, place: DeltaGenerator) -> TrainCheck:
    """Train it now, with the losses so far in a chart."""
    with place.container():
        bar, area = st.progress(0.0, tr("Training …")), st.empty()
    t: list[int] = []
    seen: list[Any] = []

    def progress(moment: Moment) -> None:
        t.append(moment.t)
        seen.append(moment.loss)
        bar.progress(moment.t / s.steps, tr("Update {} of {}", moment.t, s.steps))
        chart(losses(t, np.array(seen), TRIED, s.steps), f"training-{len(t)}", area)

    return train_check(
        s.depth,
        s.trained_width,
        s.activation,
        s.initialisation,
        Optimizer.all["GradientDescent"](),
        steps=s.steps,
        samples=s.samples,
        seed=s.seed,
        rates=TRIED,
        progress=progress,
    )
