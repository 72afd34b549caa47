"""What the page on regularisation says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.language import tr
from playground.networks import Training
from playground.shelf import remembered
from playground.topics.regularisation.generalisation import Judgement, judge, stopping_point
from playground.topics.regularisation.penalties import PENALTIES, decay_step
from playground.topics.regularisation.settings import (
    NOISE,
    REPEATS,
    UPDATES,
    Penalties,
    along_degrees,
    better,
    dev_error,
    far_start,
    first_zero,
    fits,
    largest_lr,
    penalised,
    shrinking,
    solution,
    sparse,
)
from playground.words import Said, count, number, percent, point, setting


@remembered
def verdict(s: Penalties) -> Said:
    """Bias and variance, read from the two errors."""
    train, dev = float(fits(s).train_error.mean()), dev_error(s)
    judged = judge(train, dev, NOISE**2)
    said = tr(
        "The training error is {} in the mean, the dev error {} in the median, and on fresh "
        "points nobody gets below the noise of {}. {}",
        number(train),
        number(dev),
        number(NOISE**2),
        _advice(s, judged),
    )
    return Said(tr(judged.label), not any(judged), said)


def _advice(s: Penalties, judged: Judgement) -> str:
    """What was tried and lowers the dev error, by the knobs of this page."""
    if not any(judged):
        return tr("The model fits and carries over.")
    changes = [
        tr("{} training examples ({})", count(value), number(error))
        if name == "examples"
        else tr("degree {} ({})", setting(value), number(error))
        if name == "degree"
        else f"λ {setting(value)} ({number(error)})"
        for name, value, error in better(s, *judged)
    ]
    if not changes:
        return tr("No other λ and no other degree alone, of those tried, lowers the dev error.")
    return tr("What lowers the dev error, tried alone: {}.", ", ".join(changes))


@remembered
def bias_words(s: Penalties) -> str:
    """What is drawn, and what the dev error is the sum of."""
    f = fits(s)
    total, mean = f.squared_bias + f.variance + NOISE**2, float(f.dev_error.mean())
    drawn = tr("Polynomials through {} noisy points of a sine, {} samples.", s.examples, REPEATS)
    found = tr(
        "Bias² {} + variance {} + noise {} = {}; measured mean dev error {}, median {}: the mean "
        "is what a few wild fits make of it.",
        number(f.squared_bias),
        number(f.variance),
        number(NOISE**2),
        number(total),
        number(mean),
        number(dev_error(s)),
    )
    return f"{drawn} {found} {tr('Raise λ and watch the fits calm down.')}"


@remembered
def decay_words(s: Penalties) -> Said:
    loss, _ = sparse()
    step = decay_step(loss, far_start(loss.a.shape[1]), s.lr, s.decay)
    apart = float(np.abs(step.by_penalty - step.by_decay).max())
    factor = setting(round(step.factor, 6))
    words = tr(
        "Every update multiplies each weight by 1 − ηλ/m = {} (m = {}) before it follows the "
        "data; the two ways to write it differ by {}.",
        factor,
        len(loss.y),
        number(apart),
    )
    if not 0 < step.factor <= 1:
        words += " " + tr("That is not between 0 and 1, so it is no decay.")
        return Said(tr("not a decay"), False, words)
    if s.lr > largest_lr(s):
        length = float(shrinking(s)["L2"][-1])
        words += " " + tr(
            "But η = {} is above 2/(λ_max + λ/m) = {}, so the data throw the weights farther "
            "than they decay: after {} updates ‖w‖ = {}.",
            setting(s.lr),
            number(largest_lr(s)),
            UPDATES,
            number(length),
        )
        return Said(tr("diverges"), False, words)
    if s.decay == 0:
        return Said(tr("no decay"), None, words)
    return Said(tr("decay"), True, words)


@remembered
def constrained_words(s: Penalties) -> Said:
    two, one = (solution(p, s.strength).w[:, 0] for p in PENALTIES)
    zeros = int(np.sum(one == 0))
    label = (tr("no zero yet"), tr("one zero"), tr("all zero"))[zeros]
    said = tr(
        "At λ = {} the L1 penalty leaves w = {} with {} exact zeros (the first from λ = {} on); "
        "L2 leaves {}.",
        setting(s.strength),
        point(one),
        zeros,
        number(first_zero()),
        point(two),
    )
    return Said(label, zeros == 1, said)


@remembered
def penalty_table() -> tuple[list[str], list[list[str]]]:
    head = [tr("penalty"), tr("exact zeros"), tr("error on fresh data")]
    found = penalised()
    return head, [
        [tr(f.name), tr("{} of {}", f.zeros, f.w.size), number(f.test_error)] for f in found
    ]


@remembered
def stop_words(run: Training) -> Said:
    stop, last = stopping_point(run), int(run.t[-1])
    if stop.t == last:
        said = tr(
            "The dev loss is still falling after {} updates, at {}: no reason to stop yet.",
            last,
            number(stop.dev_loss),
        )
        return Said(tr("still learning"), True, said)
    said = tr(
        "The dev loss is lowest after {} updates, {}; at the end it is {}, {} times as high, "
        "while the training loss fell to {}. The share of wrong answers went from {} to {}: it "
        "tells less.",
        stop.t,
        number(stop.dev_loss),
        number(stop.end_loss),
        number(stop.end_loss / stop.dev_loss),
        number(run.loss[-1]),
        percent(stop.dev_error),
        percent(stop.end_error),
    )
    return Said(tr("stop early"), None, said)


def columns(s: Penalties, run: Training) -> Mapping[str, Any]:
    """The download."""
    every = along_degrees(s)
    return {
        "degree": [f.degree for f in every],
        "training error": [float(f.train_error.mean()) for f in every],
        "dev error, median": [float(np.median(f.dev_error)) for f in every],
        "bias²": [f.squared_bias for f in every],
        "variance": [f.variance for f in every],
        "update": run.t,
        "training loss": run.loss,
        "dev loss": run.dev_loss,
        "dev error of the network": run.dev_error,
    }
