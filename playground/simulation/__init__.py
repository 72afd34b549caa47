"""Simulation: any number of descents at once."""

from playground.simulation.run import Run, simulate

__all__ = ["Run", "simulate"]
