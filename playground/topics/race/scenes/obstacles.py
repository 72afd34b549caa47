"""What lies in the way: poor minima, plateaus, shelves, saddles."""

from __future__ import annotations

from playground.language import mark
from playground.topics.race.scenes.scene import Scene, between, runner, surface

SCENES = {
    "local-minimum": Scene(
        mark("A poor local minimum"),
        mark(
            "Gradient descent and Adam stay in the shallow valley; momentum rolls through; a "
            "little more of it rolls through and back again. It is no law: move the start."
        ),
        between(
            surface("TwoValleys"),
            runner("GradientDescent", lr=0.01),
            runner("Momentum", lr=0.01, momentum=0.9),
            runner("Momentum", lr=0.01, momentum=0.95),
            runner("Adam", lr=0.01),
            start=(-1.9, 1.0),
            steps=600,
        ),
    ),
    "plateau": Scene(
        mark("A plateau"),
        mark(
            "Far from the hole the slope is nearly nothing: plain descent does not get off the "
            "plateau, momentum gathers speed, Adam does not care how small the gradient is."
        ),
        between(
            surface("Hole"),
            runner("GradientDescent", lr=0.5),
            runner("Momentum", lr=0.5, momentum=0.9),
            runner("Adam", lr=0.05),
            start=(4.5, 0.5),
            steps=500,
        ),
    ),
    "staircase": Scene(
        mark("Shelves"),
        mark(
            "Plain descent stops on the first shelf, where the slope vanishes; momentum coasts "
            "over."
        ),
        between(
            surface("Staircase"),
            runner("GradientDescent", lr=0.5),
            runner("Momentum", lr=0.5, momentum=0.9),
            start=(0.0, 1.0),
            steps=300,
        ),
    ),
    "saddle": Scene(
        mark("Leaving a saddle"),
        mark(
            "The start lies a hair beside the ridge, and each step of plain descent multiplies "
            "that distance by the same small factor; momentum's factor is larger, and Adam is soon "
            "away."
        ),
        between(
            surface("SoftSaddle"),
            runner("GradientDescent", lr=0.1),
            runner("Momentum", lr=0.1, momentum=0.9),
            runner("Adam", lr=0.01),
            start=(1.0, 1e-6),
            steps=800,
        ),
    ),
}
