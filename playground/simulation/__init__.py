"""Simulation: any number of descents at once."""

from playground.simulation.run import Run
from playground.simulation.simulate import simulate

__all__ = ["Run", "simulate"]
