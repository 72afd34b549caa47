"""A rate for each parameter: what it buys, what it forgets, how it begins."""

from __future__ import annotations

from playground.language import mark
from playground.topics.race.scenes.scene import (
    BOWL,
    KAPPA,
    ROUND_START,
    Scene,
    between,
    runner,
    schedule,
    surface,
    turned,
)

TURN = 45

SCENES = {
    "per-parameter": Scene(
        mark("One rate per parameter"),
        mark(
            "Along the axes Adagrad and Adam do not feel the elongation: their paths are those on "
            "a round bowl, while plain descent bounces on the steep axis and creeps on the flat "
            "one."
        ),
        between(
            BOWL,
            runner("GradientDescent", lr=0.0195),
            runner("Adagrad", lr=0.5),
            runner("Adam", lr=0.05),
            start=ROUND_START,
            steps=700,
        ),
    ),
    "rotated": Scene(
        mark("The same bowl, turned"),
        mark(
            "Turn bowl and start by {}° and the steep direction is no longer a parameter: plain "
            "descent does not notice, the adaptive ones lose their advantage."
        ),
        between(
            surface("Bowl", kappa=KAPPA, angle=TURN),
            runner("GradientDescent", lr=0.0195),
            runner("Adagrad", lr=0.5),
            runner("Adam", lr=0.05),
            start=turned(ROUND_START, TURN),
            steps=700,
        ),
        (TURN,),
    ),
    "collapse": Scene(
        mark("Adagrad's collapse"),
        mark(
            "Adagrad divides by the root of all past squares, so its step only shrinks: far from "
            "the goal the small rate stands nearly still on a slope that has hardly changed; only "
            "a much larger rate arrives."
        ),
        between(
            surface("Quadratic"),
            runner("Adagrad", lr=0.3),
            runner("Adagrad", lr=8.0),
            start=(-100.0, 2.0),
            steps=800,
        ),
    ),
    "burst": Scene(
        mark("The burst"),
        mark(
            "After a long flat stretch the mean of past squares has forgotten the wall: the step "
            "grows past the limit, leaps off the floor and corrects itself. A 1/√t decay removes "
            "it."
        ),
        between(
            surface("Quadratic"),
            runner("MeanSquareAdagrad", lr=0.3),
            runner("MeanSquareAdagrad", schedule("InverseSqrt", t0=50), lr=0.3),
            start=(-100.0, 2.0),
            steps=800,
        ),
    ),
    "bounce": Scene(
        mark("RMSProp's bounce"),
        mark(
            "RMSProp ends in a cycle of exactly half a learning rate on either side; a cosine "
            "decay ends it, and Adam settles by itself."
        ),
        between(
            BOWL,
            runner("RMSProp", lr=0.05, alpha=0.9, first_gradient=True),
            runner("RMSProp", schedule("Cosine"), lr=0.05, alpha=0.9, first_gradient=True),
            runner("Adam", lr=0.05),
            start=ROUND_START,
            steps=400,
        ),
    ),
    "bias-correction": Scene(
        mark("Adam's first steps"),
        mark(
            "With bias correction the first step is one learning rate long. Without it the steps "
            "start too long and keep growing for a while; RMSProp's first is longer still."
        ),
        between(
            BOWL,
            runner("Adam", lr=0.006),
            runner("Adam", lr=0.006, bias_correction=False),
            runner("RMSProp", lr=0.006, alpha=0.99),
            start=ROUND_START,
            steps=150,
        ),
    ),
    "warm-up": Scene(
        mark("Warm-up"),
        mark(
            "On noisy gradients Adam's first steps have full length in a direction it does not "
            "know yet, and carry it out of the valley it starts in, into the other, equally deep "
            "one; with a warm-up it listens first and stays."
        ),
        between(
            surface("Fork"),
            runner("Adam", schedule("Cosine"), lr=0.2),
            runner("Adam", schedule("WarmupCosine", warmup=100, start=0.01), lr=0.2),
            start=(0.1, -20.0),
            steps=1000,
            noise=0.2,
            seed=3,
        ),
    ),
}
