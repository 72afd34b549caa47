"""Colours and marks with fixed roles, the same in every figure of the app."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Mark(NamedTuple):
    """How one runner is told apart: a colour, always doubled by a dash for eyes that need it."""

    colour: str
    dash: Literal["solid", "dot", "dash", "longdash", "dashdot", "longdashdot"]


RUNNERS = {
    "a": Mark("#D55E00", "solid"),
    "b": Mark("#0072B2", "solid"),
    "c": Mark("#009E73", "dash"),
    "d": Mark("#C2519C", "solid"),
    "e": Mark("#B8860B", "dashdot"),
    "f": Mark("#3FA7DC", "dot"),
    "g": Mark("#7A4FC9", "longdash"),
    "h": Mark("#7F7F7F", "dashdot"),
}
"""One mark per runner slot: Okabe & Ito's colour-blind-safe palette, darkened to hold on white."""

GROUND = (70, 104, 158)
"""The single hue of every surface, red, green, blue."""

GRADIENT, VELOCITY, STEP, SCALE = "#D62728", "#1F77B4", "currentColor", "#8C564B"
"""Gradient, velocity, step and √v keep one colour in every figure; the step has the text's, which
stands out on a light and a dark map."""

DIVERGING = "RdBu"
SEQUENTIAL = "Blues"
