"""What the dropout page says of its masks and trainings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.networks.dropout import Depth, KeptUnits, Moments
from playground.topics.dropout.settings import LAYERS, DropoutSettings
from playground.topics.dropout.training import NETWORKS, Average, Debugging, Overfitting
from playground.words import Said, number, percent, setting

RECIPES = {
    "scaled": "whole network",
    "average": f"mean of {NETWORKS} sub-networks",
    "one mask": "one sub-network",
    "forgotten": "plain, scaling forgotten",
}
"""The ways to answer at test time."""


def verdict(s: DropoutSettings, found: Mapping[str, Moments]) -> Said:
    """What the masks do to the signal, with the number that says so."""
    name, p = min(zip(LAYERS, s.keeps, strict=True), key=lambda pair: pair[1])
    m = found[name]
    if p == 1:
        said = "Every unit is kept, so training and test are the same network."
        return Said("no dropout", None, said)
    if s.inverted:
        said = (
            f"Masks leave the mean of {name} as it is (× {number(m.mean)}, theory 1), so nothing "
            f"has to be done at test time; the second moment grows × {number(m.second)} (theory "
            f"1/p = {number(1 / p)})."
        )
        return Said("means agree", True, said)
    said = (
        f"Masks shrink the mean of {name} to × {number(m.mean)} (theory p = {setting(p)}), so at "
        f"test time its outgoing weights must be multiplied by {setting(p)}; forgotten, the next "
        f"layer hears {number(1 / p)} times as much as in training."
    )
    return Said("scale at test time", False, said)


def counted_words(counts: np.ndarray, theory: KeptUnits) -> str:
    """Expectation is not what happens."""
    n, middle = len(theory.k) - 1, round(theory.mean)
    exactly = float((counts == middle).mean())
    return (
        f"Of {n} units {number(theory.mean)} ± {number(theory.sd)} are kept. Exactly {middle} are "
        f"kept in {percent(theory.exactly)} of the cases, measured {percent(exactly)}."
    )


def depth_words(found: Mapping[float, Depth]) -> str:
    return " ".join(
        f"p = {setting(p)}: × {number(d.ratio[-1])} in layer {len(d.ratio)} "
        f"(theory {number(d.theory[-1])})."
        for p, d in found.items()
    )


def training_words(without: Overfitting, with_it: Overfitting) -> Said:
    """Whether dropout helped on data the network has not seen."""
    if with_it is without:
        said = f"All units are kept: the network ends with {_ended(without)}."
        return Said("no dropout", None, said)
    helped = bool(with_it.training.dev_loss[-1] < without.training.dev_loss[-1])
    said = f"Without dropout the network ends with {_ended(without)}; with it {_ended(with_it)}."
    return Said("less over-fitted" if helped else "no help", helped, said)


def _ended(found: Overfitting) -> str:
    run = found.training
    return (
        f"{percent(run.error[-1])} wrong in training and {percent(run.dev_error[-1])} on fresh "
        f"data (test loss {number(run.dev_loss[-1])})"
    )


def average_words(found: Overfitting, curve: Average) -> str:
    """Monte Carlo against weight scaling."""
    return (
        f"The mean of {curve.networks[-1]} sub-networks has a test loss of "
        f"{number(curve.loss[-1])}, one of them alone {number(curve.loss[0])}, and the whole "
        f"network in one pass {number(curve.scaled)}; the probabilities of mean and whole differ "
        f"by {number(found.apart)} on average. Plain dropout whose scaling is forgotten: "
        f"{number(found.test['forgotten'][0])}."
    )


def debugging_words(found: Debugging) -> str:
    return " ".join(
        f"With keep = {setting(keep)} J rises in {rises} of {len(found.cost[keep]) - 1} steps."
        for keep, rises in found.rises.items()
    )


def columns(s: DropoutSettings, with_it: Overfitting, without: Overfitting) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {"update": with_it.training.t}
    for name, run in (("dropout", with_it.training), ("no dropout", without.training)):
        for what in ("loss", "error", "dev_loss", "dev_error"):
            found[f"{name} {what.replace('dev_', 'test ')}"] = getattr(run, what)
    for p, d in s.depths().items():
        found |= {f"depth ratio p={p:g}": d.ratio, f"theory p={p:g}": d.theory}
    return found
