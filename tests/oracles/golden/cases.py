"""What is compared with PyTorch and optax: settings in their words, surfaces, schedules.

A trajectory is one setting on one surface under one schedule.  The settings are written once, in
the reference's own keyword arguments; `ours` translates them.  The surfaces are written a second
time, without our package, as formulas that torch, JAX and NumPy can all evaluate.
"""

# ruff: noqa: C408  (settings are written as the keyword arguments they are)

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

import playground as pg
from tests.oracles.golden.schedules import SCHEDULES
from tests.oracles.golden.surfaces import POLYNOMIALS, SURFACES

TORCH = "2.13.0"
"""The version of PyTorch that wrote the golden file."""
STEPS = 200
KEPT = (1, 2, 3, 10, 30, 100, 200)
"""The steps a golden trajectory keeps."""
FAR = 1e12
"""A divergent path is compared until a coordinate is this large."""

# ---- optimizers: torch's class and arguments ------------------------------------------------

ADAM = (
    dict(lr=0.02),
    dict(lr=0.005, betas=(0.8, 0.99)),
    dict(lr=0.02, eps=0.1),
    dict(lr=0.01, betas=(0.0, 0.99), weight_decay=0.3),
)
SETTINGS: dict[str, tuple[str, dict[str, Any], tuple[dict[str, Any], ...]]] = {
    "GradientDescent": ("SGD", {}, (dict(lr=0.004), dict(lr=0.002, weight_decay=0.5))),
    "Momentum": (
        "SGD",
        {},
        (
            dict(lr=0.002, momentum=0.9),
            dict(lr=0.003, momentum=0.8, dampening=0.5),
            dict(lr=0.002, momentum=0.5, weight_decay=0.5),
            dict(lr=0.0005, momentum=0.99),
        ),
    ),
    "Nesterov": (
        "SGD",
        {"nesterov": True},
        (
            dict(lr=0.002, momentum=0.9),
            dict(lr=0.003, momentum=0.5, weight_decay=0.5),
            dict(lr=0.0005, momentum=0.99),
        ),
    ),
    "Adagrad": (
        "Adagrad",
        {},
        (
            dict(lr=0.1),
            dict(lr=0.5, lr_decay=0.05),
            dict(lr=0.1, initial_accumulator_value=1.0),
            dict(lr=0.1, eps=1.0, weight_decay=0.5),
        ),
    ),
    "RMSProp": (
        "RMSprop",
        {},
        (
            dict(lr=0.005),
            dict(lr=0.002, alpha=0.9, eps=0.1),
            dict(lr=0.002, momentum=0.9),
            dict(lr=0.002, centered=True),
            dict(lr=0.001, alpha=0.95, momentum=0.5, centered=True, weight_decay=0.5, eps=1e-3),
        ),
    ),
    "Adadelta": (
        "Adadelta",
        {},
        (
            dict(lr=0.3),
            dict(lr=1.0, rho=0.99),
            dict(lr=0.02, eps=1e-3, weight_decay=0.5),
        ),
    ),
    "Adam": ("Adam", {}, ADAM),
    "AdamW": ("AdamW", {}, (*ADAM, dict(lr=0.02, weight_decay=0.0))),
    "AMSGrad": ("Adam", {"amsgrad": True}, ADAM),
    "NAdam": ("NAdam", {}, (*ADAM, dict(lr=0.02, momentum_decay=0.05))),
    "RAdam": (
        "RAdam",
        {},
        (
            dict(lr=0.004),
            dict(lr=0.004, betas=(0.8, 0.99)),
            dict(lr=0.002, betas=(0.9, 0.6)),
            dict(lr=0.004, eps=0.1, weight_decay=0.5),
        ),
    ),
    "Adamax": ("Adamax", {}, ADAM),
    "Rprop": (
        "Rprop",
        {},
        (
            dict(lr=0.01),
            dict(lr=0.05, etas=(0.3, 1.5)),
            dict(lr=0.01, step_sizes=(1e-4, 0.1)),
        ),
    ),
}

LION = (
    dict(learning_rate=0.01),
    dict(learning_rate=0.02, b1=0.5, b2=0.9, weight_decay=0.0),
    dict(learning_rate=0.01, b1=0.95, b2=0.98, weight_decay=0.3),
)

DIVERGENT: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "GradientDescent": ("SGD", {}, dict(lr=0.5)),
    "Momentum": ("SGD", {}, dict(lr=0.5, momentum=0.9)),
    "Nesterov": ("SGD", {"nesterov": True}, dict(lr=0.5, momentum=0.9)),
    "RAdam": ("RAdam", {}, dict(lr=3.0, betas=(0.9, 0.6))),
}

NAMES = {
    "betas": ("beta1", "beta2"),
    "etas": ("eta_minus", "eta_plus"),
    "step_sizes": ("step_min", "step_max"),
    "initial_accumulator_value": "initial_accumulator",
    "learning_rate": "lr",
    "b1": "beta1",
    "b2": "beta2",
}


def ours(name: str, arguments: dict[str, Any]) -> Any:
    """Our optimizer for the reference's arguments; two of torch's switches are our classes."""
    fields: dict[str, Any] = {}
    for argument, value in arguments.items():
        if argument in ("nesterov", "amsgrad"):
            continue
        field = NAMES.get(argument, argument)
        fields |= (
            dict(zip(field, value, strict=True)) if isinstance(field, tuple) else {field: value}
        )
    return pg.Optimizer.all[name](**fields)


# ---- the product ------------------------------------------------------------------------------

IN_PRODUCT = ("Constant", "StepDecay", "Cosine", "OneCycle", "WarmupCosine")
"""The schedules under which every setting is run."""


class Case(NamedTuple):
    """One setting under one schedule; it is run on every surface of `surfaces`."""

    key: str
    name: str  # of our class
    theirs: str  # of torch's class
    arguments: dict[str, Any]  # torch's
    schedule: str
    surfaces: tuple[str, ...] = tuple(SURFACES)

    def ours(self) -> Iterator[np.ndarray]:
        """Our trajectories ``(T+1, 2)``, one per surface."""
        optimizer, schedule = ours(self.name, self.arguments), SCHEDULES[self.schedule][0]
        for surface, start, _ in map(SURFACES.get, self.surfaces):
            yield pg.simulate(surface, optimizer, start, STEPS, schedule).x


def product(schedules: Iterable[str]) -> list[Case]:
    """Every setting of torch's optimizers under each of the schedules."""
    return [
        Case(f"{name}-{i}", name, theirs, {**fixed, **arguments}, schedule)
        for name, (theirs, fixed, variants) in SETTINGS.items()
        for i, arguments in enumerate(variants)
        for schedule in schedules
    ]


def lions(schedules: Iterable[str]) -> list[Case]:
    """The same for optax's Lion."""
    return [
        Case(f"Lion-{i}", "Lion", "lion", arguments, schedule)
        for i, arguments in enumerate(LION)
        for schedule in schedules
    ]


def divergent() -> list[Case]:
    """Steps too large, where polynomials drive the path to infinity."""
    return [
        Case(f"{name}-diverging", name, theirs, {**fixed, **arguments}, "Constant", POLYNOMIALS)
        for name, (theirs, fixed, arguments) in DIVERGENT.items()
    ]


def deviation(x: np.ndarray, reference: np.ndarray) -> float:
    """Largest |Δ| / max(1, |reference|) over the leading steps where the reference is not far."""
    near = np.all(np.isfinite(reference) & (np.abs(reference) <= FAR), axis=1)
    steps = len(near) if near.all() else int(np.argmin(near))
    if steps == 0:
        return 0.0
    gap = np.abs(x[:steps] - reference[:steps]) / np.maximum(1, np.abs(reference[:steps]))
    return float(np.max(gap)) if np.all(np.isfinite(gap)) else np.inf
