"""Colours and marks with fixed roles, the same in every figure of the app, and nowhere else."""

from __future__ import annotations

from typing import Literal, NamedTuple

Dash = Literal["solid", "dot", "dash", "longdash", "dashdot", "longdashdot"]

VERMILION, BLUE, GREEN, PINK = "#D55E00", "#0072B2", "#009E73", "#C2519C"
OCHRE, SKY, VIOLET, BROWN = "#B8860B", "#3399D1", "#7A4FC9", "#8C564B"
"""Okabe & Ito's colour-blind-safe palette, darkened to hold on white."""

GREY = "#808080"
"""Hairlines and whatever is only there for comparison; it holds on both grounds."""
PALE = "#C4C4C4"
"""What is predicted, where it is drawn on top of a wide measured line."""
INK, PAPER = "#10151D", "#FFFFFF"
"""Lines and their casing on cells that are the same in the light and the dark theme."""
NOTHING = "rgba(0,0,0,0)"
"""The ground of every chart: whatever the page has."""


class Scheme(NamedTuple):
    """What a picture is drawn on and with that has no page around it."""

    paper: str
    ink: str


LOOKS = {"light": Scheme(PAPER, "#1B2431"), "dark": Scheme(INK, "#E6EBF2")}
"""The page's own, as `.streamlit/config.toml` has them."""


class Stroke(NamedTuple):
    """How one runner is told apart: a colour, always doubled by a dash for eyes that need it."""

    colour: str
    dash: Dash


RUNNERS = {
    "a": Stroke(VERMILION, "solid"),
    "b": Stroke(BLUE, "solid"),
    "c": Stroke(GREEN, "dash"),
    "d": Stroke(PINK, "solid"),
    "e": Stroke(OCHRE, "dashdot"),
    "f": Stroke(SKY, "dot"),
    "g": Stroke(VIOLET, "longdash"),
    "h": Stroke(GREY, "dashdot"),
}
"""One mark per runner slot."""

GROUND = "#46689E"
"""The single hue of every surface."""
LEVEL = "#5F7FB2"
"""Its level lines."""

GRADIENT, VELOCITY, STEP, SCALE = "#D62728", "#1F77B4", "currentColor", BROWN
"""Gradient, velocity, step and √v keep one colour in every figure; the step has the text's, which
stands out on a light and a dark map."""

HIT, MISS = "#2E86C9", "#9A9A9A"
"""Random trials."""
FAST_TO_SLOW = ("#08306B", "#1B62A5", "#4A97C9", "#8CC3E0", "#C6DFF0")
"""Steps: one hue, dark where few are needed; the pale end stays apart from grey."""
ON_THE_WAY, DIVERGED, NOT_FINITE = "#B4B4B4", "#E08A4A", "#474747"
"""Cells of a map that did not arrive."""
CELLS = {
    "apricot": DIVERGED,
    "brown": BROWN,
    "violet": VIOLET,
    "navy": "#0B4F8A",
    "sky": SKY,
    "pink": PINK,
    "mustard": "#C9A400",
    "straw": "#EBD671",
    "soot": "#6B6B6B",
    "sage": "#5E8C6A",
    "mint": "#9FC8A9",
    "grey": ON_THE_WAY,
}
"""The colours of a map's cells, which outcomes of the diagnosis choose from by name: arrived blue,
bouncing yellow, too slow green."""
HALF_PRECISION = "#E9A36B"
"""The numbers that give up first, drawn widest and below all others."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour of this palette, 0 to 255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def clear(colour: str, opacity: float) -> str:
    """The colour with so much opacity, for CSS and Plotly."""
    return f"rgba({','.join(map(str, channels(colour)))},{opacity:g})"


def blend(under: str, over: str, opacity: float) -> str:
    """The colour that is seen where one lies over another with so much opacity."""
    pairs = zip(channels(under), channels(over), strict=True)
    return "#" + "".join(f"{round(a + opacity * (b - a)):02X}" for a, b in pairs)


def pale(colour: str) -> str:
    """The colour three quarters of the way to white."""
    return "#" + "".join(f"{255 - (255 - c) // 4:02X}" for c in channels(colour))
