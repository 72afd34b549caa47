"""The scenes: named races that each make one phenomenon visible with the numbers of the theory."""

from __future__ import annotations

import math
from typing import NamedTuple

from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.surfaces import Surface
from playground.topics.race.race import Conditions, Race, Runner


class Scene(NamedTuple):
    """A race worth watching."""

    title: str
    watch: str
    """One sentence: what to look at."""
    race: Race


def _surface(name: str, **params: float) -> Surface:
    return Surface.all[name](**params)


def _runner(name: str, schedule: Schedule = Constant(), /, **params: float | bool) -> Runner:
    return Runner(Optimizer.all[name](**params), schedule)


def _schedule(name: str, **params: object) -> Schedule:
    return Schedule.all[name](**params)


def _race(
    surface: Surface,
    *runners: Runner,
    start: tuple[float, float] | None = None,
    steps: int = 200,
    noise: float = 0.0,
    seed: int = 0,
) -> Race:
    return Race(surface, runners, start, Conditions(steps, noise, seed))


def _turned(start: tuple[float, float], angle: float) -> tuple[float, float]:
    """A start turned about the origin, with the few digits that a link can bear."""
    (x, y), turn = start, math.radians(angle)
    c, s = math.cos(turn), math.sin(turn)
    return round(c * x - s * y, 4), round(s * x + c * y, 4)


KAPPA, TURN, CUT = 100, 45, 400
BOWL = _surface("Bowl", kappa=KAPPA)
ROUND_START = (-3.0, 1.0)

OPENING = _race(
    BOWL,
    _runner("GradientDescent", lr=0.0196),
    _runner("Momentum", lr=0.01, momentum=0.9),
    _runner("RMSProp", lr=0.05, alpha=0.9),
    _runner("Adam", lr=0.1),
    start=ROUND_START,
    steps=150,
)

SCENES = {
    "opening": Scene(
        "Four on a bowl",
        "Gradient descent bounces between the walls, momentum overshoots, RMSProp and Adam "
        "give each parameter its own step.",
        OPENING,
    ),
    "too-large": Scene(
        "Too large a step",
        f"Just below 2/λ = {2 / KAPPA:g} the path bounces between the walls and comes down slowly; "
        "just above, "
        "every bounce lands higher.",
        _race(
            BOWL,
            _runner("GradientDescent", lr=0.0199),
            _runner("GradientDescent", lr=0.0202),
            _runner("GradientDescent", lr=0.01),
            start=ROUND_START,
            steps=50,
        ),
    ),
    "too-small": Scene(
        "Too small a step",
        "With the small step the loss falls every time and nothing oscillates, yet it ends far "
        "away; the step just below the limit bounces and arrives.",
        _race(
            BOWL,
            _runner("GradientDescent", lr=1e-4),
            _runner("GradientDescent", lr=0.0198),
            start=ROUND_START,
            steps=1000,
        ),
    ),
    "flat-loss": Scene(
        "Flat loss, large gradient",
        "The loss stands still while the gradient does not: a bounce between two walls, no "
        f"critical point. Cutting the rate at step {CUT} ends it at once.",
        _race(
            _surface("Canyon"),
            _runner("GradientDescent", lr=0.4),
            _runner(
                "GradientDescent", _schedule("MultiStep", milestones=(CUT,), gamma=0.25), lr=0.4
            ),
            _runner("GradientDescent", lr=0.19),
            start=(-6.0, 1.0),
            steps=500,
        ),
    ),
    "overshoot": Scene(
        "Momentum overshoots",
        "Inertia carries the heavy ball across the minimum and back; Nesterov looks ahead and "
        "rings less; plain descent never crosses and arrives long after both.",
        _race(
            BOWL,
            _runner("Momentum", lr=0.01, momentum=0.9),
            _runner("Nesterov", lr=0.01, momentum=0.9),
            _runner("GradientDescent", lr=0.01),
            start=ROUND_START,
            steps=200,
        ),
    ),
    "momentum-limits": Scene(
        "Momentum's limits",
        "Momentum stands steps up to 2(1 + μ)/λ where plain descent stands 2/λ; Nesterov's limit "
        "lies below both.",
        _race(
            _surface("Bowl", kappa=10),
            _runner("Momentum", lr=0.378, momentum=0.9),
            _runner("Momentum", lr=0.382, momentum=0.9),
            _runner("Nesterov", lr=0.135, momentum=0.9),
            _runner("Nesterov", lr=0.1364, momentum=0.9),
            start=ROUND_START,
            steps=1000,
        ),
    ),
    "local-minimum": Scene(
        "A poor local minimum",
        "Gradient descent and Adam stay in the shallow valley; momentum rolls through; a "
        "little more of it rolls through and back again. It is no law: move the start.",
        _race(
            _surface("TwoValleys"),
            _runner("GradientDescent", lr=0.01),
            _runner("Momentum", lr=0.01, momentum=0.9),
            _runner("Momentum", lr=0.01, momentum=0.95),
            _runner("Adam", lr=0.01),
            start=(-1.9, 1.0),
            steps=600,
        ),
    ),
    "plateau": Scene(
        "A plateau",
        "Far from the hole the slope is nearly nothing: plain descent does not get off the "
        "plateau, momentum gathers speed, Adam does not care how small the gradient is.",
        _race(
            _surface("Hole"),
            _runner("GradientDescent", lr=0.5),
            _runner("Momentum", lr=0.5, momentum=0.9),
            _runner("Adam", lr=0.05),
            start=(4.5, 0.5),
            steps=500,
        ),
    ),
    "staircase": Scene(
        "Shelves",
        "Plain descent stops on the first shelf, where the slope vanishes; momentum coasts over.",
        _race(
            _surface("Staircase"),
            _runner("GradientDescent", lr=0.5),
            _runner("Momentum", lr=0.5, momentum=0.9),
            start=(0.0, 1.0),
            steps=300,
        ),
    ),
    "saddle": Scene(
        "Leaving a saddle",
        "The start lies a hair beside the ridge, and each step of plain descent multiplies that "
        "distance by the same small factor; momentum's factor is larger, and Adam is soon away.",
        _race(
            _surface("SoftSaddle"),
            _runner("GradientDescent", lr=0.1),
            _runner("Momentum", lr=0.1, momentum=0.9),
            _runner("Adam", lr=0.01),
            start=(1.0, 1e-6),
            steps=800,
        ),
    ),
    "per-parameter": Scene(
        "One step size per parameter",
        "Along the axes Adagrad and Adam do not feel the elongation: their paths are those on a "
        "round bowl, while plain descent bounces on the steep axis and creeps on the flat one.",
        _race(
            BOWL,
            _runner("GradientDescent", lr=0.0195),
            _runner("Adagrad", lr=0.5),
            _runner("Adam", lr=0.05),
            start=ROUND_START,
            steps=700,
        ),
    ),
    "rotated": Scene(
        "The same bowl, turned",
        f"Turn bowl and start by {TURN}° and the steep direction is no longer a parameter: plain "
        "descent does not notice, the adaptive ones lose their advantage.",
        _race(
            _surface("Bowl", kappa=KAPPA, angle=TURN),
            _runner("GradientDescent", lr=0.0195),
            _runner("Adagrad", lr=0.5),
            _runner("Adam", lr=0.05),
            start=_turned(ROUND_START, TURN),
            steps=700,
        ),
    ),
    "collapse": Scene(
        "Adagrad's collapse",
        "Adagrad divides by the root of all past squares, so its step only shrinks: far from "
        "the goal the small rate stands nearly still on a slope that has hardly changed; only a "
        "much larger rate arrives.",
        _race(
            _surface("Quadratic"),
            _runner("Adagrad", lr=0.3),
            _runner("Adagrad", lr=8.0),
            start=(-100.0, 2.0),
            steps=800,
        ),
    ),
    "burst": Scene(
        "The burst",
        "After a long flat stretch the mean of past squares has forgotten the wall: the step "
        "grows past the limit, leaps off the floor and corrects itself. A 1/√t decay removes it.",
        _race(
            _surface("Quadratic"),
            _runner("MeanSquareAdagrad", lr=0.3),
            _runner("MeanSquareAdagrad", _schedule("InverseSqrt", t0=50), lr=0.3),
            start=(-100.0, 2.0),
            steps=800,
        ),
    ),
    "bounce": Scene(
        "RMSProp's bounce",
        "RMSProp ends in a cycle of exactly half a learning rate on either side; a cosine decay "
        "ends it, and Adam settles by itself.",
        _race(
            BOWL,
            _runner("RMSProp", lr=0.05, alpha=0.9, first_gradient=True),
            _runner("RMSProp", _schedule("Cosine"), lr=0.05, alpha=0.9, first_gradient=True),
            _runner("Adam", lr=0.05),
            start=ROUND_START,
            steps=400,
        ),
    ),
    "bias-correction": Scene(
        "Adam's first steps",
        "With bias correction the first step is one learning rate long. Without it the steps start "
        "too long and keep growing for a while; RMSProp's first is longer still.",
        _race(
            BOWL,
            _runner("Adam", lr=0.006),
            _runner("Adam", lr=0.006, bias_correction=False),
            _runner("RMSProp", lr=0.006, alpha=0.99),
            start=ROUND_START,
            steps=150,
        ),
    ),
    "warm-up": Scene(
        "Warm-up",
        "On noisy gradients Adam's first steps have full length in a direction it does not know "
        "yet, and may carry it into the wrong valley; a warm-up lets it listen first.",
        _race(
            _surface("Fork"),
            _runner("Adam", _schedule("Cosine"), lr=0.2),
            _runner("Adam", _schedule("WarmupCosine", warmup=100, start=0.01), lr=0.2),
            start=(0.1, -20.0),
            steps=1000,
            noise=0.2,
            seed=3,
        ),
    ),
    "squared-error": Scene(
        "Squared error stalls",
        "Squared error behind a softmax is flattest where the answer is most wrong: plain "
        "descent hardly moves, Adam gets away.",
        _race(
            _surface("SquaredSoftmax"),
            _runner("GradientDescent", lr=1.0),
            _runner("Adam", lr=0.1),
            start=(-10.0, 10.0),
            steps=200,
        ),
    ),
    "cross-entropy": Scene(
        "Cross-entropy does not",
        "Cross-entropy from the same start is steepest where the answer is most wrong: plain "
        "descent is soon right; Adam, whose steps ignore the size of the slope, comes later.",
        _race(
            _surface("CrossEntropy"),
            _runner("GradientDescent", lr=1.0),
            _runner("Adam", lr=0.1),
            start=(-10.0, 10.0),
            steps=200,
        ),
    ),
    "edge-of-stability": Scene(
        "The edge of stability",
        "The valley narrows until the step is just too large for it, and there the descent "
        "stays: η·λ hovers at 2, the loss is not monotone, and the minimum is never reached.",
        _race(
            _surface("Narrowing"), _runner("GradientDescent", lr=0.1), start=(0.0, 0.1), steps=6000
        ),
    ),
    "catapult": Scene(
        "The catapult",
        "The step is too large for the sharp minimum nearby: the loss rises first, and the path "
        "lands in a flatter one.",
        _race(
            _surface("Product"), _runner("GradientDescent", lr=0.1), start=(5.0, 0.05), steps=100
        ),
    ),
}
"""Slug → scene, in the order of the course."""
