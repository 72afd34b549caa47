"""Exhibits by name: what a lesson can show, and what can be known of it.

A file here adds exhibits to `EXHIBITS`, or facts that can be asked of a runner or a race; it is
found by being here.
"""

from playground.declare import import_all
from playground.topics.course.exhibits.exhibit import EXHIBITS, Exhibit

import_all(__name__, __path__)

__all__ = ["EXHIBITS", "Exhibit"]
