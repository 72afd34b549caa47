"""What networks do: losses that stall, and valleys that narrow."""

from __future__ import annotations

from playground.language import mark
from playground.topics.race.scenes.scene import Scene, between, runner, surface

SCENES = {
    "squared-error": Scene(
        mark("Squared error stalls"),
        mark(
            "Squared error behind a softmax is flattest where the answer is most wrong: plain "
            "descent hardly moves, Adam gets away."
        ),
        between(
            surface("SquaredSoftmax"),
            runner("GradientDescent", lr=1.0),
            runner("Adam", lr=0.1),
            start=(-10.0, 10.0),
            steps=200,
        ),
    ),
    "cross-entropy": Scene(
        mark("Cross-entropy does not"),
        mark(
            "Cross-entropy from the same start is steepest where the answer is most wrong: plain "
            "descent is soon right; Adam, whose steps ignore the size of the slope, comes later."
        ),
        between(
            surface("CrossEntropy"),
            runner("GradientDescent", lr=1.0),
            runner("Adam", lr=0.1),
            start=(-10.0, 10.0),
            steps=200,
        ),
    ),
    "edge-of-stability": Scene(
        mark("The edge of stability"),
        mark(
            "The valley narrows until the step is just too large for it, and there the descent "
            "stays: η·λ hovers at 2, the loss is not monotone, and the minimum is never reached."
        ),
        between(
            surface("Narrowing"), runner("GradientDescent", lr=0.1), start=(0.0, 0.1), steps=6000
        ),
    ),
    "catapult": Scene(
        mark("The catapult"),
        mark(
            "The step is too large for the sharp minimum nearby: the loss rises first, and the "
            "path lands in a flatter one."
        ),
        between(
            surface("Product"), runner("GradientDescent", lr=0.1), start=(5.0, 0.05), steps=100
        ),
    ),
}
