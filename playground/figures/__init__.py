"""Figures: pure functions from data to Plotly."""

from playground.figures.animation import animate, standalone
from playground.figures.ground import draw_heights, draw_surface
from playground.figures.miniature import curve, vignette
from playground.figures.terrain import relief

__all__ = ["animate", "curve", "draw_heights", "draw_surface", "relief", "standalone", "vignette"]
