"""What the page on regularisation says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.networks import Training
from playground.topics.regularisation.generalisation import Judgement, judge, stopping_point
from playground.topics.regularisation.penalties import PENALTIES, decay_step
from playground.topics.regularisation.settings import (
    NOISE,
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


def verdict(s: Penalties) -> Said:
    """Bias and variance, read from the two errors."""
    train, dev = float(fits(s).train_error.mean()), dev_error(s)
    judged = judge(train, dev, NOISE**2)
    said = (
        f"The training error is {number(train)} in the mean, the dev error {number(dev)} in the "
        f"median, and on fresh points nobody gets below the noise of {number(NOISE**2)}. "
        f"{_advice(s, judged)}"
    )
    return Said(judged.label, not any(judged), said)


def _advice(s: Penalties, judged: Judgement) -> str:
    """What was tried and lowers the dev error, by the knobs of this page."""
    if not any(judged):
        return "The model fits and carries over."
    named = {"ridge": "λ", "degree": "degree", "examples": "training examples"}
    changes = [
        f"{count(value)} {named[name]} ({number(error)})"
        if name == "examples"
        else f"{named[name]} {setting(value)} ({number(error)})"
        for name, value, error in better(s, *judged)
    ]
    if not changes:
        return "No other λ and no other degree alone, of those tried, lowers the dev error."
    return f"What lowers the dev error, tried alone: {', '.join(changes)}."


def bias_words(s: Penalties) -> str:
    f = fits(s)
    total, mean = f.squared_bias + f.variance + NOISE**2, float(f.dev_error.mean())
    return (
        f"Bias² {number(f.squared_bias)} + variance {number(f.variance)} + noise "
        f"{number(NOISE**2)} = {number(total)}; measured mean dev error {number(mean)}, median "
        f"{number(dev_error(s))}: the mean is what a few wild fits make of it."
    )


def decay_words(s: Penalties) -> Said:
    loss, _ = sparse()
    step = decay_step(loss, far_start(loss.a.shape[1]), s.lr, s.decay)
    apart = float(np.abs(step.by_penalty - step.by_decay).max())
    factor = setting(round(step.factor, 6))
    words = (
        f"Every update multiplies each weight by 1 − ηλ/m = {factor} (m = {len(loss.y)}) before "
        f"it follows the data; the two ways to write it differ by {number(apart)}."
    )
    if not 0 < step.factor <= 1:
        words += " That is not between 0 and 1, so it is no decay."
        return Said("not a decay", False, words)
    if s.lr > largest_lr(s):
        length = float(shrinking(s)["L2"][-1])
        words += (
            f" But η = {setting(s.lr)} is above 2/(λ_max + λ/m) = {number(largest_lr(s))}, so the "
            f"data throw the weights farther than they decay: after {UPDATES} updates ‖w‖ = "
            f"{number(length)}."
        )
        return Said("diverges", False, words)
    if s.decay == 0:
        return Said("no decay", None, words)
    return Said("decay", True, words)


def constrained_words(s: Penalties) -> Said:
    two, one = (solution(p, s.strength).w[:, 0] for p in PENALTIES)
    zeros = int(np.sum(one == 0))
    label = ("no zero yet", "one zero", "all zero")[zeros]
    said = (
        f"At λ = {setting(s.strength)} the L1 penalty leaves w = {point(one)} with {zeros} exact "
        f"zeros (the first from λ = {number(first_zero())} on); L2 leaves {point(two)}."
    )
    return Said(label, zeros == 1, said)


def penalty_table() -> tuple[list[str], list[list[str]]]:
    head = ["penalty", "exact zeros", "error on fresh data"]
    found = penalised()
    return head, [[f.name, f"{f.zeros} of {f.w.size}", number(f.test_error)] for f in found]


def stop_words(run: Training) -> Said:
    stop, last = stopping_point(run), int(run.t[-1])
    if stop.t == last:
        said = (
            f"The dev loss is still falling after {last} updates, at {number(stop.dev_loss)}: no "
            "reason to stop yet."
        )
        return Said("still learning", True, said)
    said = (
        f"The dev loss is lowest after {stop.t} updates, {number(stop.dev_loss)}; at the end it is "
        f"{number(stop.end_loss)}, {number(stop.end_loss / stop.dev_loss)} times as high, while "
        f"the training loss fell to {number(run.loss[-1])}. The share of wrong answers went from "
        f"{percent(stop.dev_error)} to {percent(stop.end_error)}: it tells less."
    )
    return Said("stop early", None, said)


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
