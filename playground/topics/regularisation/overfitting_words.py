"""What the page on regularisation shows of early stopping and of more data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from playground.networks import MLP, Training, descend
from playground.networks.activations import ReLU
from playground.networks.datasets import moons
from playground.networks.initialisations import He
from playground.optimizers.adam import Adam
from playground.topics.regularisation import generalisation as g

SAMPLES = (10, 20, 40, 80)
PATIENCE, PICTURES = 0.2, 0.5
"""Seconds after which a progress bar appears, and between two pictures of a training."""

_trainings: dict[Any, Training] = {}


def training(width: int, steps: int, seed: int) -> Iterator[tuple[float, Training]]:
    """A network that learns sixty moons by heart: share done and the record so far.

    The settings are those of `generalisation.overfitted`.
    """
    key = (width, steps, seed)
    if key in _trainings:
        yield 1.0, _trainings[key]
        return
    net = MLP((2, width, width, 1), ReLU())
    data, dev = moons(60, 0.35, seed), moons(1000, 0.35, seed + 10_000)
    moments, begun = [], time.monotonic()
    for moment in descend(
        net, data, Adam(lr=0.003), steps=steps, dev=dev, initialisation=He(), seed=seed, every=5
    ):
        moments.append(moment)
        if time.monotonic() - begun > PICTURES and len(moments) > 1:
            begun = time.monotonic()
            yield moment.t / steps, Training.of(net, moments)
    _trainings[key] = Training.of(net, moments)
    for old in list(_trainings)[:-16]:
        _trainings.pop(old, None)
    yield 1.0, _trainings[key]


def stop_words(run: Training) -> tuple[str, bool | None, str]:
    stop = g.stopping_point(run)
    last = int(run.t[-1])
    if stop.t == last:
        said = (
            f"The dev loss is still falling after {last} updates, at {stop.dev_loss:.3g}: no "
            "reason to stop yet."
        )
        return "still learning", True, said
    said = (
        f"The dev loss is lowest after {stop.t} updates, {stop.dev_loss:.3g}; at the end it is "
        f"{stop.end_loss:.3g}, {stop.end_loss / stop.dev_loss:.2g} times as high, while the "
        f"training loss fell to {run.loss[-1]:.2g}. The share of wrong answers went from "
        f"{stop.dev_error:.1%} to {stop.end_error:.1%}: it tells less."
    )
    return "stop early", None, said


def augmentations(place: Any) -> dict[int, g.Augmentation]:
    """Accuracy with and without reflected copies, by number of examples."""
    found, begun = {}, time.monotonic()
    for k, n in enumerate(SAMPLES):
        if time.monotonic() - begun > PATIENCE:
            place.progress(k / len(SAMPLES), f"{n} examples …")
        found[n] = _augmentation(n)
    place.empty()
    return found


_augmentation = lru_cache(maxsize=8)(lambda n: g.augmentation(n, repeats=100))
