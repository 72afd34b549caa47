"""The chapters that take a moment: a training that is watched, and samples that are classified."""

from __future__ import annotations

import time
from functools import partial

import streamlit as st

from playground.language import tr
from playground.networks import Training
from playground.shelf import SHELF
from playground.topics.regularisation import figures
from playground.topics.regularisation.generalisation import (
    Augmentation,
    Overfitting,
    stopping_point,
)
from playground.topics.regularisation.settings import SAMPLES, Penalties, augmented
from playground.topics.regularisation.words import stop_words
from playground.ui.chapters import chart
from playground.ui.progress import Tell, progress_bar
from playground.ui.say import say

PICTURES = 0.5
"""Seconds between two pictures of a training."""


def stop_early(s: Penalties) -> Training:
    """A network that learns by heart, watched while it does, and the moment to stop."""
    network = Overfitting(s.width, s.steps, s.seed)
    told, place = st.empty(), st.empty()

    def train(tell: Tell) -> Training:
        so_far, last = [], time.monotonic()
        for moment in network.moments():
            so_far.append(moment.light())
            if time.monotonic() - last > PICTURES and len(so_far) > 1:
                last = time.monotonic()
                tell(moment.t / s.steps, tr("Update {} of {}", moment.t, s.steps))
                figure = figures.training(Training.of(network.net, so_far), s.steps, None)
                with place.container():
                    chart(figure, f"training-{len(so_far)}")
        return Training.of(network.net, so_far)

    with progress_bar() as tell:
        run = SHELF.get(network, lambda: train(tell))
    with told.container():
        say(stop_words(run))
    with place.container():
        chart(partial(figures.training, run, s.steps, stopping_point(run).t), "training")
    return run


def augmentations() -> dict[int, Augmentation]:
    """Accuracy with and without reflected copies, by number of examples."""
    found = {}
    with progress_bar() as tell:
        for k, n in enumerate(SAMPLES):
            tell(k / len(SAMPLES), tr("{} examples …", n))
            found[n] = augmented(n)
    return found
