"""Rows about addresses whose values a declaration calls valid: they work on every page."""

from __future__ import annotations

import re

from tests.oracles.reported.pages import opened, valid
from tests.oracles.reported.rows import Answer, row

valid("X1", "Momentum with dampening 1", opened("trajectories", b="Momentum", b__dampening="1"))
valid(
    "X1a",
    "the same on the network",
    opened("network", optimizer="Momentum", optimizer__dampening="1", steps="50", width="4"),
)
valid(
    "X1b", "the same in the modes", opened("trajectories", "Modes", b="Momentum", b__dampening="1")
)
valid(
    "X2", "grow = shrink = 1", opened("initialisation", grow="1", shrink="1", depth="5", width="10")
)
valid(
    "X2a",
    "grow = shrink = 0.7",
    opened("initialisation", grow="0.7", shrink="0.7", depth="5", width="10"),
)
valid("X3", "κ = 1e308", opened("trajectories", Bowl__kappa="1e308"))
valid("X3a", "η = 1e308", opened("trajectories", a__lr="1e308"))
valid("X3b", "η = 1e308 on the batches", opened("batches", lr="1e308"), slow=True)
valid(
    "X3c",
    "η = 1e308 of the network",
    opened("network", optimizer__lr="1e308", steps="50", width="4"),
)
valid(
    "X3d", "λ = 1e308 of the ridge", opened("regularisation", ridge="1e308", width="8", steps="10")
)
valid(
    "X3e", "λ = 1e308 of the decay", opened("regularisation", decay="1e308", width="8", steps="10")
)
valid(
    "X3f",
    "λ = 1e308 of both penalties",
    opened("regularisation", strength="1e308", width="8", steps="10"),
)
valid(
    "X3g",
    "σ = 1e308 of the weights",
    opened(
        "initialisation",
        initialisation="Normal",
        initialisation__std="1e308",
        depth="5",
        width="10",
    ),
)
valid(
    "X3h",
    "λ = 1e308 of the checked regulariser",
    opened("gradient_check", regulariser="1e308"),
    slow=True,
)
valid("X3i", "η = 1e308 of dropout", opened("dropout", lr="1e308", steps="50", width="8"))
valid("X3j", "η = 1e308 of a map", opened("hyperparameters", optimizer__lr="1e308"), slow=True)
valid("X3k", "κ = 1e308 of the basins", opened("basins", surface="Bowl", surface__kappa="1e308"))
valid("X4", "η = 5e-324", opened("trajectories", a__lr="5e-324"))
valid(
    "X4a",
    "η = 5e-324 of the network",
    opened("network", optimizer__lr="5e-324", steps="50", width="4"),
)
valid("X5", "Newton with damping 1e308", opened("trajectories", a="Newton", a__damping="1e308"))
valid("X6", "a Quadratic of 1e308", opened("basins", surface="Quadratic", surface__b="1e308"))
valid(
    "X6a",
    "a Quadratic of 1e308, raced",
    opened("trajectories", surface="Quadratic", Quadratic__b="1e308"),
)
valid("X7", "p = 1e-308", opened("dropout", keep_2="1e-308", steps="50", width="8"))
valid(
    "X7a", "p = 1e-308 of the inputs", opened("dropout", keep_input="1e-308", steps="50", width="8")
)
valid("X9", "no step at all", opened("trajectories", steps="1"))
valid("X9a", "a start on a saddle", opened("trajectories", surface="Saddle", start="0,0"))
valid(
    "X9b",
    "a start outside the domain",
    opened("trajectories", surface="Formula", Formula__text="log(x)**2+y**2"),
)


@row("X8", "repeated keys of an address are named", page=True)
def repeated() -> Answer:
    """One of two values is taken: which one, and that there were two, is said."""
    page = opened("trajectories", a__lr=["0.01", "0.02"])
    said = bool(re.search(r"twice|repeated|two values|more than once|several", page.text))
    return page.answer([] if said else ["resolved without a word"])
