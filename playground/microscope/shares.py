"""What a step is made of: gradient, memory, scaling, bias correction, schedule, weight decay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from playground.microscope.look import NONE, Look, equations_at, leaves
from playground.microscope.reading import calculate
from playground.optimizers import Optimizer
from playground.schedules import Constant
from playground.simulation import Run
from playground.theory import adaptive


class Stage(NamedTuple):
    """The step with one more ingredient of the rule switched on."""

    name: str
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

    Let g be the gradient of the equations (noise and coupled weight decay included), d the
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
        direction = _direction(look, {**plain, **optimizer.unscaled}, eta)
        stages = [("gradient", -eta * look.values["g"], "plain descent at this point, −η g")]
        if memory_field(optimizer):
            stages.append(("memory", -eta * direction, "past gradients join in, −η d"))
        if adaptive(optimizer) or optimizer.unscaled:
            step, _ = _retaken(look, plain, eta)
            stages.append(("scaling", step, "each coordinate gets its own rate"))
        if plain:
            step, _ = _retaken(look, NONE, eta)
            stages.append(("bias correction", step, "averages that began at zero are corrected"))
        if look.run.schedule != Constant():
            step, _ = _retaken(look, NONE, look.values["lr"])
            stages.append(("schedule", step, "the scheduled rate in place of the base rate"))
        if _decoupled(look):
            stages.append(("weight decay", look.step, "the pull towards zero beside the rule"))
        name, _, meaning = stages.pop()  # its bits are those of the update itself
        stages.append((name, look.step, meaning))
        before = [stages[0][1], *(step for _, step, _ in stages)]
        return tuple(
            Stage(name, step, np.where(old != 0, step / old, np.nan), meaning)
            for (name, step, meaning), old in zip(stages, before, strict=False)
        )


def parts(look: Look) -> Parts:
    """Δ = gradient + memory + decay.

    The gradient's part is the step of the same rule, with the same scaling, corrections and rate,
    had its memory of past gradients been empty; the memory's is what is missing to Δ.
    """
    field = memory_field(look.run.optimizer)
    without = {f"{field}'": np.zeros(2)} if field else {}
    alone, _ = _retaken(look, NONE, look.values["lr"], without)
    decay = look.step - _retaken(look, NONE, look.values["lr"])[0] if _decoupled(look) else 0.0
    if not field:
        alone = look.step - decay
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


def arrows(run: Run) -> Arrows:
    """The vectors of every update of one descent.

    For rules that scale each coordinate the unscaled vectors have no natural length on the map;
    one `scale` for the whole run makes the longest a seventh of the map's diagonal.
    """
    optimizer, values = run.optimizer, leaves(run, slice(None))
    field, x0, x1, y0, y1 = memory_field(optimizer), *run.surface.span
    with np.errstate(all="ignore"):
        whole = _directions(run, values)
        empty = {f"{field}'": np.zeros((run.steps, 2))} if field else {}
        present = _directions(run, {**values, **empty})
        lengths = np.hypot(*np.maximum(np.abs(whole), np.abs(present)).T)
    scaled = adaptive(optimizer) or bool(optimizer.unscaled)
    scale, factor = None, run.lr[:, None]
    if scaled:
        longest = float(np.max(lengths, where=np.isfinite(lengths), initial=0.0))
        scale = float(f"{np.hypot(x1 - x0, y1 - y0) / 7 / longest:.1g}") if longest else 1.0
        factor = np.array(scale)
    with np.errstate(all="ignore"):
        root = _root(run)
        return Arrows(
            -factor * present,
            -factor * (whole - present) if field else None,
            np.diff(run.x, axis=0),
            None if root is None else factor * root,
            scale,
        )


def memory_field(optimizer: Optimizer) -> str | None:
    """The field of the state that carries past gradients into the direction."""
    used = set(optimizer.equations) & set(type(optimizer.init(0.0))._fields)
    return next((name for name in ("velocity", "m") if name in used - _in_divisor(optimizer)), None)


def _in_divisor(optimizer: Optimizer) -> set[str]:
    """A centered divisor uses m without walking along it."""
    return {"m"} if "<m>" in optimizer.equations.get("sigma", "") else set()


def _uncorrected(optimizer: Optimizer) -> dict[str, str]:
    """The equations without bias correction, where they differ from those in use."""
    own = optimizer.equations
    differ = any(own[name] != text for name, text in optimizer.uncorrected.items())
    return optimizer.uncorrected if differ else {}


def _decoupled(look: Look) -> bool:
    """Whether weight decay acts beside the rule and not through the gradient."""
    return "<weight_decay>" in look.run.optimizer.equations["x"]


def _retaken(
    look: Look, changes: Mapping[str, str], lr: Any, without: Mapping[str, Any] = NONE
) -> tuple[np.ndarray, Any]:
    """The step and the state of this update under changed equations, without decoupled decay."""
    texts = equations_at(look.run, look.t == 1, changes)
    old = leaves(look.run, look.t - 1)
    return _take(look.run, texts, {**old, **without}, lr)


def _take(run: Run, texts: dict[str, str], values: dict[str, Any], lr: Any) -> tuple[Any, Any]:
    for name, text in texts.items():
        values[name] = lr if name == "lr" else calculate(text, values)
        if name == "step":
            beside = {**values, "weight_decay": np.float64(0.0)}
            values[name] = calculate(text, beside)
    kind = type(run.optimizer.init(0.0))
    return values["step"], kind(*(values.get(n, values[f"{n}'"]) for n in kind._fields))


def _before(run: Run, values: Mapping[str, Any]) -> Any:
    kind = type(run.optimizer.init(0.0))
    return kind(*(values[f"{name}'"] for name in kind._fields))


def _direction(look: Look, changes: Mapping[str, str], lr: Any) -> np.ndarray:
    """d: the step under changed equations, over what multiplied it."""
    step, state = _retaken(look, changes, lr)
    return -step / look.run.optimizer.effective_lr(lr, state, _before(look.run, look.values))


def _directions(run: Run, values: Mapping[str, Any]) -> np.ndarray:
    """The direction of every update before scaling, ``(T, 2)``."""
    texts = equations_at(run, changes=run.optimizer.unscaled)
    step, state = _take(run, texts, dict(values), values["lr"])
    rate = run.optimizer.effective_lr(values["lr"], state, _before(run, values))
    return np.broadcast_to(-step / rate, (run.steps, 2))


def _root(run: Run) -> np.ndarray | None:
    """√v of every update ``(T, 2)``, corrected where the rule corrects it."""
    state = run.state._asdict()
    for name in ("w_hat", "v_hat", "v"):
        if name in state:
            return np.sqrt(np.asarray(state[name])[1:])
    if "eps" in run.optimizer.values():  # Adagrad, Adamax and others divide by something else
        return run.lr[:, None] / run.effective_lr
    return None
