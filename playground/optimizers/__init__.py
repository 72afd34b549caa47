"""Optimizers, one rule a file with every fact that belongs to it.

Every module of this package is imported, so a new file is a new optimizer.
"""

from playground.declare import import_all
from playground.optimizers.base import Function, NoState, Optimizer

import_all(__name__, __path__)

__all__ = ["Function", "NoState", "Optimizer"]
