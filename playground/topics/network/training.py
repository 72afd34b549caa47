"""One real network: trained with everything remembered that the bowl's descents remember.

>>> seen = trained(RealNetwork(steps=20, width=4))
>>> seen.p.shape, seen.gauge.shape, seen.limit
((21, 37), (20,), 2.0)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from playground.clipping import Clipping
from playground.networks import MLP, Data, Loss, training_moments
from playground.networks.training import Moment
from playground.optimizers import Optimizer
from playground.surfaces import Surface
from playground.theory import adaptive, stability_limit
from playground.theory.curvature import coupled_decay
from playground.topics.network.cost import GAUGED
from playground.topics.network.landscape import lanczos
from playground.topics.network.settings import RealNetwork

Progress = Callable[[float, list[Moment]], object]
"""Told the share that is done and the moments so far; may raise to stop the training."""


class Recorder:
    """An optimizer that writes down what it sees; it walks as the one it is made of.

    It clips by itself, so that what it writes down is not clipped yet.
    """

    def __init__(self, optimizer: Optimizer, gauged: set[int], clip: Clipping) -> None:
        self.rule, self.gauged, self.lr, self.clip = optimizer, gauged, optimizer.lr, clip
        self.seen: list[np.ndarray] = []
        self.rates: list[Any] = []
        self.used: list[float] = []

    def elementwise(self) -> bool:
        return self.rule.elementwise()

    def init(self, p: Any) -> Any:
        return self.rule.init(p)

    def step(self, p: Any, state: Any, f: Any, lr: Any) -> tuple[Any, Any]:
        g = f.gradient(p)
        new_p, new = self.rule.rule(p, self.clip.all_of(g), state, lr)
        if len(self.seen) in self.gauged:
            rate = self.rule.effective_lr(lr, new, state) if adaptive(self.rule) else lr
            self.rates.append(rate)
        self.seen.append(g)
        self.used.append(float(lr))
        return new_p, new


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything of one training of T updates; K of them were gauged."""

    settings: RealNetwork
    data: Data
    dev: Data
    p: np.ndarray
    """Parameters ``(T+1, P)``."""
    seen: np.ndarray
    """Gradient of the batch of every update, before clipping, ``(T, P)``."""
    lr: np.ndarray
    """Learning rate of every update, ``(T,)``."""
    loss: np.ndarray
    """Loss of all training examples, ``(T+1,)``, as are the next two."""
    gradient_norm: np.ndarray
    dev_loss: np.ndarray
    gauged: np.ndarray
    """The updates (0 is the first) before which the sharpness was measured, ``(K,)``."""
    gauge: np.ndarray
    """η·λ_max there ``(K,)``, preconditioned as the rule scales it; NaN where not finite."""

    @property
    def mlp(self) -> MLP:
        return self.settings.mlp

    @property
    def steps(self) -> int:
        return self.settings.steps

    @cached_property
    def finite(self) -> int:
        """Number of leading points with finite parameters and loss."""
        good = np.isfinite(self.p).all(axis=1) & np.isfinite(self.loss)
        return len(good) if good.all() else int(np.argmin(good))

    @cached_property
    def clipped(self) -> np.ndarray:
        """Gradient that the optimizer saw, after clipping, ``(T, P)``."""
        with np.errstate(all="ignore"):
            return self.settings.clip.all_of(self.seen.T).T

    @cached_property
    def objective(self) -> Loss:
        """The training loss as a function of the parameters."""
        return self.mlp.loss_on(*self.settings.targets(self.data))

    @cached_property
    def limit(self) -> float:
        """Stability limit of the rule in units of the gauge; NaN where there is none.

        It is the one at the end of the training, since a rule may change with its updates.
        """
        nowhere = cast(Surface, None)  # rules of networks have the same limit everywhere
        limit = float(stability_limit(self.settings.optimizer, nowhere, None, self.steps))
        return limit if np.isfinite(limit) else np.nan

    def scores(self, p: np.ndarray, inputs: np.ndarray) -> np.ndarray:
        """What the network gives each class, ``(n, k)``; the largest is its answer."""
        said = self.mlp.predict(p, inputs)
        return np.stack([1 - said, said], axis=-1) if said.ndim == 1 else said

    def error(self, t: int, data: Data) -> float:
        """Share of the examples that are wrong after t updates."""
        answers = self.scores(self.p[t], data.inputs).argmax(axis=-1)
        return float(np.mean(answers != data.targets))

    def limiting_lr(self) -> float | None:
        """The learning rate whose gauge stands at the limit where training ended; None if none."""
        good = np.flatnonzero(np.isfinite(self.gauge) & (self.gauge > 0))
        if not len(good) or not np.isfinite(self.limit):
            return None
        learnt = self.finite > self.steps and self.loss[-1] < self.loss[0]
        k = good[-1] if learnt else good[0]  # where it was thrown says nothing of the valley
        rate = float(self.lr[self.gauged[k]]) * float(self.limit) / float(self.gauge[k])
        rate = float(f"{rate:.4g}")
        return rate if 0 < rate < np.inf else None


class _Scaled:
    """The Hessian as the rule feels it: D^½ (H + w) D^½ of Cohen et al. 2022."""

    def __init__(self, loss: Loss, rate: Any, decay: float) -> None:
        self.loss, self.root, self.decay = loss, np.sqrt(rate), decay

    def __call__(self, p: Any) -> Any:
        return self.loss(p)

    def hvp(self, p: Any, v: Any) -> np.ndarray:
        w = self.root * v
        return self.root * (self.loss.hvp(p, w) + self.decay * w)


def trained(s: RealNetwork, progress: Progress | None = None) -> Trace:
    """Train, then measure the sharpness along the way; two thirds of the progress are training."""
    tell = progress or (lambda share, moments: None)
    data, dev = s.draw(s.seed), s.draw(10**6 + s.seed)
    gauged = np.unique(np.linspace(0, s.steps - 1, min(GAUGED, s.steps)).astype(int))
    recorder = Recorder(s.optimizer, set(gauged.tolist()), s.clip)
    moments: list[Moment] = []
    for moment in training_moments(
        s.mlp,
        s.targets(data),
        cast(Optimizer, recorder),
        s.schedule,
        s.steps,
        batch=s.batch or None,
        seed=s.seed,
        initialisation=s.initialisation,
        dev=s.targets(dev),
        every=1,
    ):
        moments.append(moment)
        tell(2 / 3 * moment.t / s.steps, moments)
    loss, norm, dev_loss = (
        np.array([float(value) for value in column])
        for column in zip(*((m.loss, m.gradient_norm, m.dev_loss) for m in moments), strict=True)
    )
    trace = Trace(
        s,
        data,
        dev,
        np.array([m.p for m in moments]),
        np.array(recorder.seen),
        np.array(recorder.used),
        loss,
        norm,
        dev_loss,
        gauged,
        np.full(len(gauged), np.nan),
    )
    _measure(trace, recorder.rates, lambda share: tell(2 / 3 + share / 3, moments))
    return trace


def _measure(trace: Trace, rates: list[Any], tell: Callable[[float], object]) -> None:
    """Fill in the gauge; the top vector of one moment is a good guess for the next."""
    decay, start = float(coupled_decay(trace.settings.optimizer)), None
    for k, t in enumerate(trace.gauged):
        if t >= trace.finite or not np.all(np.isfinite(rates[k])):
            break
        felt = _Scaled(trace.objective, rates[k], decay)
        try:
            with np.errstate(all="ignore"):
                found = lanczos(felt, trace.p[t], tolerance=1e-3, start=start)
        except np.linalg.LinAlgError:  # the curvature overflows: from here on it has no number
            break
        trace.gauge[k] = found.value
        start = found.vector if np.isfinite(found.vector).all() else None
        tell((k + 1) / len(trace.gauged))
