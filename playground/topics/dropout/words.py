"""What the dropout page says of its masks and trainings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.language import tr
from playground.networks.dropout import Depth, KeptUnits, Moments
from playground.topics.dropout.settings import LAYERS, DropoutSettings
from playground.topics.dropout.training import NETWORKS, Average, Debugging, DropoutTraining
from playground.words import Said, number, percent, setting

UNLEARNT = 0.5
"""Share of the first training loss above which a network has not learnt its own examples."""


def recipe_names() -> dict[str, str]:
    """The ways to answer at test time, in words."""
    return {
        "scaled": tr("whole network"),
        "average": tr("mean of {} sub-networks", NETWORKS),
        "one mask": tr("one sub-network"),
        "forgotten": tr("plain, scaling forgotten"),
    }


def verdict(s: DropoutSettings, found: Mapping[str, Moments]) -> Said:
    """What the masks do to the signal, with the number that says so."""
    name, p = min(zip(LAYERS, s.keeps, strict=True), key=lambda pair: pair[1])
    m = found[name]
    if p == 1:
        said = tr("Every unit is kept, so training and test are the same network.")
        return Said(tr("no dropout"), None, said)
    if s.inverted:
        said = tr(
            "Masks leave the mean of {} as it is (× {}, theory 1), so nothing has to be done at "
            "test time; the second moment grows × {} (theory 1/p = {}).",
            tr(name),
            number(m.mean),
            number(m.second),
            number(1 / p),
        )
        return Said(tr("means agree"), True, said)
    said = tr(
        "Masks shrink the mean of {} to × {} (theory p = {}), so at test time its outgoing "
        "weights must be multiplied by {}; forgotten, the next layer hears {} times as much as in "
        "training.",
        tr(name),
        number(m.mean),
        setting(p),
        setting(p),
        number(1 / p),
    )
    return Said(tr("scale at test time"), False, said)


def elsewhere(s: DropoutSettings) -> str:
    """What the argument of the libraries means: the share that is dropped."""
    lines = [
        tr(
            "p = {} here is `torch.nn.Dropout(p={})` or `keras.layers.Dropout(rate={})`",
            setting(p),
            setting(round(1 - p, 12)),
            setting(round(1 - p, 12)),
        )
        for p in dict.fromkeys((s.keep_1, s.keep_2))
    ]
    return tr(
        "Here p is the share that is *kept*, as in the original paper; PyTorch's p and Keras' "
        "rate are the share that is *dropped*, 1 − p: {}. Both libraries use inverted dropout, "
        "and only in training.",
        "; ".join(lines),
    )


def counted_words(counts: np.ndarray, theory: KeptUnits) -> str:
    """Expectation is not what happens."""
    n, middle = len(theory.k) - 1, round(theory.mean)
    exactly = float((counts == middle).mean())
    return tr(
        "Of {} units {} ± {} are kept. Exactly {} are kept in {} of the cases, measured {}.",
        n,
        number(theory.mean),
        number(theory.sd),
        middle,
        percent(theory.exactly),
        percent(exactly),
    )


def depth_words(found: Mapping[float, Depth]) -> str:
    return " ".join(
        tr(
            "p = {}: × {} in layer {} (theory {}).",
            setting(p),
            number(d.ratio[-1]),
            len(d.ratio),
            number(d.theory[-1]),
        )
        for p, d in found.items()
    )


def training_words(without: DropoutTraining, with_it: DropoutTraining) -> Said:
    """Whether dropout helped on data the network has not seen."""
    if with_it is without:
        said = tr("All units are kept: the network ends with {}.", _ended(without))
        return Said(tr("no dropout"), None, said)
    run = with_it.training
    said = tr(
        "Without dropout the network ends with {}; with it {}.", _ended(without), _ended(with_it)
    )
    ends = [(float(r.dev_loss[-1]), float(r.dev_error[-1])) for r in (without.training, run)]
    (loss, errs), (new_loss, new_errs) = ends
    if new_loss < loss and new_errs < errs:
        return Said(tr("less over-fitted"), True, said)
    if run.loss[-1] >= UNLEARNT * run.loss[0]:
        said += " " + tr(
            "Its loss on the training examples is still {}, at first {}: it under-fits. Keep "
            "more units or make more updates.",
            number(run.loss[-1]),
            number(run.loss[0]),
        )
        return Said(tr("under-fits"), False, said)
    if new_loss < loss:
        return Said(tr("less sure, no less wrong"), None, said)
    return Said(tr("no help"), False, said)


def _ended(found: DropoutTraining) -> str:
    run = found.training
    return tr(
        "{} wrong in training and {} on fresh data (test loss {})",
        percent(run.error[-1]),
        percent(run.dev_error[-1]),
        number(run.dev_loss[-1]),
    )


def average_words(found: DropoutTraining, curve: Average) -> str:
    """Monte Carlo against weight scaling."""
    return tr(
        "The mean of {} sub-networks has a test loss of {}, one of them alone {}, and the whole "
        "network in one pass {}; the probabilities of mean and whole differ by {} on average. "
        "Plain dropout whose scaling is forgotten: {}.",
        curve.networks[-1],
        number(curve.loss[-1]),
        number(curve.loss[0]),
        number(curve.scaled),
        number(found.apart),
        number(found.test["forgotten"][0]),
    )


def debugging_words(found: Debugging) -> str:
    return " ".join(
        tr(
            "With keep = {} J rises in {} of {} steps.",
            setting(keep),
            rises,
            len(found.cost[keep]) - 1,
        )
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
