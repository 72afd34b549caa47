"""Figures: pure functions from data to Plotly."""

from playground.figures.animation import animate, standalone
from playground.figures.film import Film, film
from playground.figures.ground import draw_heights, draw_surface
from playground.figures.miniature import curve, vignette

__all__ = [
    "Film",
    "animate",
    "curve",
    "draw_heights",
    "draw_surface",
    "film",
    "standalone",
    "vignette",
]
