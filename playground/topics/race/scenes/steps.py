"""The step: too large, too small, and what momentum makes of it."""

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
)
from playground.words import setting

CUT = 400
"""The step at which the rate is cut."""

OPENING = between(
    BOWL,
    runner("GradientDescent", lr=0.0196),
    runner("Momentum", lr=0.01, momentum=0.9),
    runner("RMSProp", lr=0.05, alpha=0.9),
    runner("Adam", lr=0.1),
    start=ROUND_START,
    steps=150,
)

SCENES = {
    "opening": Scene(
        mark("Four on a bowl"),
        mark(
            "Gradient descent bounces between the walls, momentum overshoots, RMSProp and Adam "
            "give each parameter its own step."
        ),
        OPENING,
    ),
    "too-large": Scene(
        mark("Too large a step"),
        mark(
            "Just below 2/λ = {} the path bounces between the walls and comes down "
            "slowly; just above, every bounce lands higher."
        ),
        between(
            BOWL,
            runner("GradientDescent", lr=0.0199),
            runner("GradientDescent", lr=0.0202),
            runner("GradientDescent", lr=0.01),
            start=ROUND_START,
            steps=50,
        ),
        (setting(2 / KAPPA),),
    ),
    "too-small": Scene(
        mark("Too small a step"),
        mark(
            "With the small step the loss falls every time and nothing oscillates, yet it ends far "
            "away; the step just below the limit bounces and arrives."
        ),
        between(
            BOWL,
            runner("GradientDescent", lr=1e-4),
            runner("GradientDescent", lr=0.0198),
            start=ROUND_START,
            steps=1000,
        ),
    ),
    "flat-loss": Scene(
        mark("Flat loss, large gradient"),
        mark(
            "The loss stands still while the gradient does not: a bounce between two walls, no "
            "critical point. Cutting the rate at step {} ends it at once."
        ),
        between(
            surface("Canyon"),
            runner("GradientDescent", lr=0.4),
            runner("GradientDescent", schedule("MultiStep", milestones=(CUT,), gamma=0.25), lr=0.4),
            runner("GradientDescent", lr=0.19),
            start=(-6.0, 1.0),
            steps=500,
        ),
        (CUT,),
    ),
    "overshoot": Scene(
        mark("Momentum overshoots"),
        mark(
            "Inertia carries the heavy ball across the minimum and back; Nesterov looks ahead and "
            "rings less; plain descent never crosses and arrives long after both."
        ),
        between(
            BOWL,
            runner("Momentum", lr=0.01, momentum=0.9),
            runner("Nesterov", lr=0.01, momentum=0.9),
            runner("GradientDescent", lr=0.01),
            start=ROUND_START,
            steps=200,
        ),
    ),
    "momentum-limits": Scene(
        mark("Momentum's limits"),
        mark(
            "Momentum stands steps up to 2(1 + μ)/λ where plain descent stands 2/λ; Nesterov's "
            "limit lies below both."
        ),
        between(
            surface("Bowl", kappa=10),
            runner("Momentum", lr=0.378, momentum=0.9),
            runner("Momentum", lr=0.382, momentum=0.9),
            runner("Nesterov", lr=0.135, momentum=0.9),
            runner("Nesterov", lr=0.1364, momentum=0.9),
            start=ROUND_START,
            steps=1000,
        ),
    ),
}
