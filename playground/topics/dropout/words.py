"""What the dropout page says of its masks and trainings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.networks.dropout import Depth, KeptUnits, Moments
from playground.topics.dropout.settings import LAYERS, DropoutSettings
from playground.topics.dropout.training import NETWORKS, Average, Debugging, DropoutTraining
from playground.words import Said, number, percent, setting

RECIPES = {
    "scaled": "whole network",
    "average": f"mean of {NETWORKS} sub-networks",
    "one mask": "one sub-network",
    "forgotten": "plain, scaling forgotten",
}
"""The ways to answer at test time."""
UNLEARNT = 0.5
"""Share of the first training loss above which a network has not learnt its own examples."""


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


def elsewhere(s: DropoutSettings) -> str:
    """What the argument of the libraries means: the share that is dropped."""
    lines = [
        f"p = {setting(p)} here is `torch.nn.Dropout(p={setting(round(1 - p, 12))})` or "
        f"`keras.layers.Dropout(rate={setting(round(1 - p, 12))})`"
        for p in dict.fromkeys((s.keep_1, s.keep_2))
    ]
    return (
        "Here p is the share that is *kept*, as in the original paper; PyTorch's p and Keras' rate "
        f"are the share that is *dropped*, 1 − p: {'; '.join(lines)}. Both libraries use inverted "
        "dropout, and only in training."
    )


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


def training_words(without: DropoutTraining, with_it: DropoutTraining) -> Said:
    """Whether dropout helped on data the network has not seen."""
    if with_it is without:
        said = f"All units are kept: the network ends with {_ended(without)}."
        return Said("no dropout", None, said)
    run = with_it.training
    said = f"Without dropout the network ends with {_ended(without)}; with it {_ended(with_it)}."
    ends = [(float(r.dev_loss[-1]), float(r.dev_error[-1])) for r in (without.training, run)]
    (loss, errs), (new_loss, new_errs) = ends
    if new_loss < loss and new_errs < errs:
        return Said("less over-fitted", True, said)
    if run.loss[-1] >= UNLEARNT * run.loss[0]:
        said += (
            f" Its loss on the training examples is still {number(run.loss[-1])}, at first "
            f"{number(run.loss[0])}: it under-fits. Keep more units or make more updates."
        )
        return Said("under-fits", False, said)
    if new_loss < loss:
        return Said("less sure, no less wrong", None, said)
    return Said("no help", False, said)


def _ended(found: DropoutTraining) -> str:
    run = found.training
    return (
        f"{percent(run.error[-1])} wrong in training and {percent(run.dev_error[-1])} on fresh "
        f"data (test loss {number(run.dev_loss[-1])})"
    )


def average_words(found: DropoutTraining, curve: Average) -> str:
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


def columns(
    s: DropoutSettings, with_it: DropoutTraining, without: DropoutTraining
) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {"update": with_it.training.t}
    for name, run in (("dropout", with_it.training), ("no dropout", without.training)):
        for what in ("loss", "error", "dev_loss", "dev_error"):
            found[f"{name} {what.replace('dev_', 'test ')}"] = getattr(run, what)
    for p, d in s.depths().items():
        found |= {f"depth ratio p={p:g}": d.ratio, f"theory p={p:g}": d.theory}
    return found
