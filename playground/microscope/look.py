"""One update of one run under the microscope: every equation with this step's numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.clipping import NoClipping
from playground.microscope.digits import digits_needed
from playground.microscope.printer import SYMBOLS, Line, Printer
from playground.microscope.reading import calculate
from playground.optimizers.facts import Term
from playground.schedules import Constant
from playground.simulation import Run

NONE: Mapping[str, str] = {}


@dataclass(frozen=True, eq=False)
class Look:
    """Update t = 1, 2, ... of a run: it leads from ``run.x[t - 1]`` to ``run.x[t]``."""

    run: Run
    t: int
    lines: tuple[Line, ...]
    """In the order of computation: g, lr, the optimizer's quantities and terms, step, x."""
    values: Mapping[str, Any]
    """Everything that stands in the equations, by name; ``m'`` is m before the update."""

    def __getitem__(self, name: str) -> Line:
        return next(line for line in self.lines if line.name == name)

    @property
    def step(self) -> np.ndarray:
        """Δ ``(2,)``: what the update adds to the point."""
        return self["step"].value


def updates(run: Run) -> int:
    """How many updates can be looked at: those that start from a finite point."""
    return min(run.steps, int(run.finite))


def look(run: Run, t: int) -> Look:
    """Update `t` of one descent, counted 1, 2, ..., `updates(run)` as the papers do.

    Raises `ValueError` for a batch and for an update that is not in the run.
    """
    if run.shape:
        raise ValueError("the microscope sees one descent: take one with run[index] first.")
    if not 1 <= t <= updates(run):
        raise ValueError(f"update {t} is not in 1 ... {updates(run)}.")
    texts = equations_at(run, t == 1)
    values = leaves(run, t - 1)
    recorded = {**run.state._asdict(), "x": run.x}
    for name, text in texts.items():
        value = calculate(text, values)
        if name in recorded:  # what is shown is what happened, not a repetition
            pair = np.asarray(recorded[name])[t]
            value = pair if np.ndim(value) else pair[0]
        values[name] = value
    cuts = {p.name: p.tex for p in run.clip.params()}
    exact = {"t", "eta", *cuts, *(p.name for p in run.optimizer.params())} - {"lr"}
    need = digits_needed({n: e for n, e in texts.items() if n != "x"}, values, exact)
    printer = Printer(type(run.optimizer), values, need, exact, SYMBOLS | cuts)
    lines = tuple(printer.line(name, text) for name, text in texts.items())
    return Look(run, t, lines, values)


def leaves(run: Run, i: Any) -> dict[str, Any]:
    """What update i + 1 starts from, by name; `i` may be a slice, then the first axis is time."""
    one = np.ndim(i) == 0 and not isinstance(i, slice)

    def at(values: Any) -> Any:
        """Scalars of one update stay numbers, which tells that both coordinates share them."""
        picked = np.asarray(values)[i]
        return picked if one or picked.ndim == 2 else picked[:, None]

    optimizer, disturbance = run.optimizer, run.problem.disturbance
    values: dict[str, Any] = {
        n: np.float64(value)
        for owner in (optimizer, run.clip)
        for n, value in owner.values().items()
    }
    t = np.arange(run.steps)
    values |= {
        "t": at(t + 1.0),
        "eta": np.float64(optimizer.lr),
        "lr": at(run.lr),
        "factor": at(run.schedule(t, run.steps)),
        "x'": at(run.x[:-1]),
        "gradient": at(run.gradient[:-1]),
        "g": at(run.seen),
        "noise": np.zeros(2) if disturbance is None else at(disturbance),
    }
    start = optimizer.init(np.zeros(2))
    for name, series in run.state._asdict().items():
        scalar = np.ndim(getattr(start, name)) == 0
        before = np.asarray(series)[:-1]
        values[f"{name}'"] = at(before[:, 0] if scalar else before)
    if not optimizer.elementwise():
        hessian = run.surface.hessian(run.x[:-1].T)
        values["h"] = at(np.stack([hessian[0, 0], hessian[1, 1]], axis=1))
        values["c"] = at(np.broadcast_to(hessian[0, 1], run.steps))
    return values


def equations_at(
    run: Run, first: bool = False, changes: Mapping[str, str] = NONE
) -> dict[str, str]:
    """The lines of an update as templates, in order: g and lr, the rule's and its terms.

    `first`: as they are at the first update.  `changes` stand in for some of the rule's own.
    """
    optimizer = run.optimizer
    rule = optimizer.by_hand
    other = {**(optimizer.first if first else {}), **changes}
    rule = {name: other.get(name, text) for name, text in rule.items()}
    seen, lines = _seen(run)
    lines |= {
        "g": rule.pop("g", "<g>").replace("<g>", seen),
        "lr": "<eta>" if run.schedule == Constant() else "<eta> <factor>",
    }
    end = rule.pop("x")
    for name, text in {**rule, "step": _step(end)}.items():
        lines |= _with_terms(name, text, optimizer.terms)
    return {**lines, "x": "<x'> + <step>"}


def _seen(run: Run) -> tuple[str, dict[str, str]]:
    """The gradient that the rule sees, and the lines that come before it."""
    noisy = run.problem.disturbance is not None
    seen = "<gradient> + <noise>" if noisy else "<gradient>"
    if run.clip == NoClipping():
        return seen, {}
    lines = {"noisy": seen} if noisy else {}
    raw = "noisy" if noisy else "gradient"
    cut = run.clip.equation.replace("<g>", f"<{raw}>").replace("<g_other>", f"<{raw}_other>")
    return "<clipped>", {**lines, "clipped": cut}


def _step(end: str) -> str:
    """What the last equation adds to x."""
    if end.startswith("<x'> - "):
        return end.removeprefix("<x'> ")
    return f"{end} - <x'>"


def _with_terms(name: str, text: str, terms: Mapping[str, Term]) -> dict[str, str]:
    """A line, after the terms in it that deserve lines of their own."""
    lines: dict[str, str] = {}
    for term, (part, _, _) in terms.items():
        if part in text:
            lines[term], text = part, text.replace(part, f"<{term}>")
    return {**lines, name: text}
