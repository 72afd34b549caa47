"""Error surfaces with exact derivatives, and the formula a visitor types.

Every module of this package is imported, so a new file is a new surface.
"""

from playground.declare import import_all
from playground.surfaces.base import Surface
from playground.surfaces.critical import CriticalPoint

import_all(__name__, __path__)

__all__ = ["CriticalPoint", "Surface"]
