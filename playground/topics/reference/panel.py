"""One declared class as a reference entry: equation, parameters, tiny picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.clipping import Clipping
from playground.declare import Declared
from playground.figures import curve, vignette
from playground.glossary import GLOSSARY
from playground.kinds import CHOICE, Param
from playground.language import tr
from playground.networks.activations import Activation, ReLU
from playground.networks.initialisations import Initialisation
from playground.networks.propagation import theory
from playground.schedules import Schedule
from playground.shelf import remembered
from playground.simulation import simulate
from playground.surfaces import Surface
from playground.ui.say import literal
from playground.words import setting

STEPS, LAYERS, REACH = 200, 30, 3
"""Updates of a schedule or a path, layers of a network, z of an activation, in the pictures."""


def equation(cls: type[Declared]) -> str:
    """LaTeX of the class with its default parameters."""
    formula: Any = cls().formula  # type: ignore[attr-defined]
    return formula() if callable(formula) else formula


def parameter_table(cls: type[Declared]) -> str:
    """The parameters as a Markdown table, empty for a class without any."""
    rows = [
        f"| {p.words} {f'${p.tex}$' if p.tex else ''} | `{p.name}` | {literal(_usual(p))} "
        f"| {literal(str(p.valid)) if p.kind.numeric else ''} | {p.help} |"
        for p in cls.params()
    ]
    titles = tr("parameter"), tr("in code"), tr("default"), tr("allowed"), tr("meaning")
    return "\n".join([*_head(titles), *rows]) if rows else ""


def _usual(p: Param) -> str:
    """The default as it is read; of several words, the one that a menu shows."""
    return tr(p.default) if p.kind is CHOICE else setting(p.default)


def glossary() -> str:
    """Every term as a Markdown table."""
    rows = [
        f"| **{t.noun}** | {f'${t.tex}$' if t.tex else ''} | {literal(t.meaning)} "
        f"| {', '.join(t.elsewhere)} | {literal(t.source)} |"
        for t in GLOSSARY
    ]
    titles = tr("term"), tr("symbol"), tr("meaning"), tr("elsewhere"), tr("source")
    return "\n".join([*_head(titles), *rows])


def _head(titles: Sequence[str]) -> list[str]:
    """The first two lines of a Markdown table."""
    return [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]


@remembered
def portrait(cls: type[Declared]) -> tuple[str, str]:
    """The tiny picture of a class and what it shows."""
    value: Any = cls()
    if isinstance(value, Surface):
        return vignette(value), tr("the map of its window")
    if isinstance(value, Schedule):
        return curve(value(np.arange(STEPS), STEPS)), tr("the factor over {} updates", STEPS)
    if isinstance(value, Clipping):
        g = np.linspace(-REACH, REACH, 121)
        drawn = curve(np.asarray(value.clipped(g, 0 * g)[0]))
        return drawn, tr("what is left of g from −{0} to {0}", REACH)
    if isinstance(value, Activation):
        z = np.linspace(-REACH, REACH, 121)
        return curve(value(z)), tr("φ(z) for z from {} to {}", setting(-REACH), setting(REACH))
    if isinstance(value, Initialisation):
        flow = theory(LAYERS, 256, ReLU(), value).forward
        drawn = curve(np.log10(np.maximum(flow, 1e-30)))
        return drawn, tr("log E z² along {} ReLU layers", LAYERS)
    bowl = Surface.all["Bowl"](kappa=10)
    drawn = vignette(bowl, {"b": simulate(bowl, value, steps=STEPS)})
    return drawn, tr("{} steps on a bowl", STEPS)
