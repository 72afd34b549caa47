"""Experiments: pure functions on surfaces, optimizers and networks, one phenomenon a module."""
