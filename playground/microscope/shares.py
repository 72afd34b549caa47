"""What a step is made of: gradient, memory, scaling, bias correction, schedule, weight decay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from playground.language import mark, tr
from playground.microscope.look import NONE, Look, equations_at, leaves
from playground.microscope.reading import calculate
from playground.optimizers import Optimizer
from playground.optimizers.parameters import DECOUPLED
from playground.schedules import Constant
from playground.simulation import Run
from playground.theory import adaptive


class Stage(NamedTuple):
    """The step with one more ingredient of the rule switched on."""

    name: str
    """In the language of the source, as colours go by it; translated where it is shown."""
    step: np.ndarray
    """``(2,)``, the step so far; that of the last stage is Δ."""
    factor: np.ndarray
    """``(2,)``, what the ingredient multiplied the step so far by; NaN where that was 0."""
    meaning: str


class Parts(NamedTuple):
    """Δ as a sum, each ``(2,)``: what this gradient did, the past ones, and decoupled decay."""

    gradient: np.ndarray
    memory: np.ndarray
    decay: np.ndarray


def shares(look: Look) -> tuple[Stage, ...]:
    """The ingredients of the step, one after the other; the last stage is Δ exactly.

    Let g be the gradient of the equations (noise, clipping and coupled decay included), d the
    direction that the rule multiplies and A what it multiplies it by (`Run.effective_lr`), d° and
    A° both without bias correction, η the base rate and η_t the scheduled one.

    ================  =============  ==================================================
    gradient          −η g           plain gradient descent at this point
    memory            −η d°          velocity or average in place of the gradient
    scaling           −A°(η) d°      a rate of its own for each coordinate; signs; Newton's H⁻¹
    bias correction   −A(η) d        Adam and its kin
    schedule          −A(η_t) d      η_t in place of η
    weight decay      Δ              the decoupled part, −η_t λ x
    ================  =============  ==================================================

    A rule without an ingredient has no such stage.  The order is that of the table: the same
    ingredients switched on in another order would get other factors, as products of this kind do.
    """
    optimizer, eta = look.run.optimizer, look.values["eta"]
    plain = _uncorrected(optimizer)
    with np.errstate(all="ignore"):
        bare = _retaken(look, plain, eta)
        stages = [
            (mark("gradient"), -eta * look.values["g"], tr("plain descent at this point, −η g"))
        ]
        if optimizer.memory:
            step = -eta * calculate(optimizer.unscaled, bare)
            stages.append((mark("memory"), step, tr("past gradients join in, −η d")))
        if _scales(optimizer):
            stages.append((mark("scaling"), bare["step"], tr("each coordinate gets its own rate")))
        if plain:
            step = _retaken(look, NONE, eta)["step"]
            stages.append(
                (mark("bias correction"), step, tr("averages that began at zero are corrected"))
            )
        if look.run.schedule != Constant():
            step = _retaken(look, NONE, look.values["lr"])["step"]
            stages.append(
                (mark("schedule"), step, tr("the scheduled rate in place of the base rate"))
            )
        if _decoupled(look):
            stages.append(
                (mark("weight decay"), look.step, tr("the pull towards zero beside the rule"))
            )
        name, _, meaning = stages.pop()  # its bits are those of the update itself
        stages.append((name, look.step, meaning))
        before = [stages[0][1], *(step for _, step, _ in stages)]
        return tuple(
            Stage(name, step, np.where(old != 0, step / old, np.nan), meaning)
            for (name, step, meaning), old in zip(stages, before, strict=False)
        )


@np.errstate(all="ignore")
def parts(look: Look) -> Parts:
    """Δ = gradient + memory + decay.

    The gradient's part is the step of the same rule, with the same scaling, corrections and rate,
    had its memory of past gradients been empty; the memory's is what is missing to Δ.
    """
    field, lr = look.run.optimizer.memory, look.values["lr"]
    decay = look.step - _retaken(look, NONE, lr)["step"] if _decoupled(look) else 0.0
    alone = look.step - decay
    if field:
        alone = _retaken(look, NONE, lr, {f"{field}'": np.zeros(2)})["step"]
    return Parts(alone, look.step - decay - alone, np.broadcast_to(decay, 2))


class Arrows(NamedTuple):
    """What is drawn at every point of a run, in units of the map, each ``(T, 2)``.

    gradient + velocity is `scale` times the direction that the rule goes on to scale: the part of
    this gradient and the part of the past ones, both before scaling.  Where one rate multiplies
    both coordinates, `scale` is that rate and the two arrows add up to the step.
    """

    gradient: np.ndarray
    velocity: np.ndarray | None
    step: np.ndarray
    root: np.ndarray | None
    """Sides `scale`·√v of the square of area v, what the step is divided by."""
    scale: float | None
    """Length on the map of a direction of size 1; None means the learning rate of the update."""


@np.errstate(all="ignore")
def arrows(run: Run) -> Arrows:
    """The vectors of every update of one descent.

    For rules that scale each coordinate the unscaled vectors have no natural length on the map;
    one `scale` for the whole run makes the longest a seventh of the map's diagonal.
    """
    field, x0, x1, y0, y1 = run.optimizer.memory, *run.surface.span
    whole = _directions(run)
    empty = {f"{field}'": np.zeros((run.steps, 2))} if field else {}
    present = _directions(run, empty)
    lengths = np.hypot(*np.maximum(np.abs(whole), np.abs(present)).T)
    scale, factor = None, run.lr[:, None]
    if _scales(run.optimizer):
        longest = float(np.max(lengths, where=np.isfinite(lengths), initial=0.0))
        scale = float(f"{np.hypot(x1 - x0, y1 - y0) / 7 / longest:.1g}") if longest else 1.0
        factor = np.array(scale)
    root = _root(run)
    return Arrows(
        -factor * present,
        -factor * (whole - present) if field else None,
        np.diff(run.x, axis=0),
        None if root is None else factor * root,
        scale,
    )


def _uncorrected(optimizer: Optimizer) -> dict[str, str]:
    """The equations without bias correction, where they differ from those in use."""
    own = optimizer.equations
    differ = any(own[name] != text for name, text in optimizer.uncorrected.items())
    return optimizer.uncorrected if differ else {}


def _scales(optimizer: Optimizer) -> bool:
    """Whether each coordinate gets a scale of its own: a rate, a sign, a solve."""
    return adaptive(optimizer) or optimizer.unscaled != optimizer.direction


def _decoupled(look: Look) -> bool:
    """Whether weight decay acts beside the rule and not through the gradient."""
    return bool(np.any(look.run.optimizer.decoupled_decay))


def _retaken(
    look: Look, changes: Mapping[str, str], lr: Any, without: Mapping[str, Any] = NONE
) -> dict[str, Any]:
    """Everything in this update under changed equations, its step without decoupled decay."""
    texts = equations_at(look.run, look.t == 1, changes)
    return _take(look.run, texts, {**leaves(look.run, look.t - 1), **without}, lr)


def _take(run: Run, texts: dict[str, str], values: dict[str, Any], lr: Any) -> dict[str, Any]:
    decay = run.optimizer.named(DECOUPLED)
    for name, text in texts.items():
        values[name] = lr if name == "lr" else calculate(text, values)
        if name == "step" and decay:
            values[name] = calculate(text, {**values, decay: np.float64(0.0)})
    return values


def _directions(run: Run, without: Mapping[str, Any] = NONE) -> np.ndarray:
    """The direction of every update before scaling, ``(T, 2)``; `without` stands in for values."""
    both = []
    for first in (False, True):
        values = {**leaves(run, slice(None)), **without}
        taken = _take(run, equations_at(run, first), values, values["lr"])
        both.append(np.broadcast_to(calculate(run.optimizer.unscaled, taken), (run.steps, 2)))
    return np.concatenate([both[1][:1], both[0][1:]])


def _root(run: Run) -> np.ndarray | None:
    """What divides the step of every update ``(T, 2)``, ε aside; None for rules that do not."""
    square = run.optimizer.square
    if square is None:
        return None
    new = {name: np.asarray(series)[1:] for name, series in run.state._asdict().items()}
    area = calculate(square, leaves(run, slice(None)) | new)
    root: np.ndarray = np.sqrt(np.broadcast_to(area, (run.steps, 2)))
    return root
