"""What a process that serves does once, before its first visitor."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

from playground.giving_way import listen
from playground.ui.courtesy import courteous

PACKAGE = __name__.partition(".")[0]


def ready() -> None:
    """Import all that pages need, and keep it out of the garbage collector's way.

    The first visitor of a page does not wait for its imports.  What they leave is there as long as
    the process, a hundred thousand objects: to look through them again takes the collector a tenth
    of a second, in which nobody is served.
    """
    for module in walk_packages(import_module(PACKAGE).__path__, f"{PACKAGE}."):
        import_module(module.name)
    listen(courteous)
    gc.collect()
    gc.freeze()
