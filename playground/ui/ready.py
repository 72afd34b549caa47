"""What a process that serves does once, before its first visitor."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

from streamlit import net_util
from streamlit.components.v2.bidi_component import main

from playground.giving_way import listen
from playground.ui.courtesy import courteous
from playground.ui.presenter import presenter

PACKAGE = __name__.partition(".")[0]
LATE = "pandas"
"""What Streamlit imports when first asked for a widget.

Plotly looks for it among what is imported, and finds half of it while another visitor's thread is
still about it: of several who come first at the same moment, some were shown an error.
"""
YOUNG = 5_000
"""New objects after which the garbage collector looks through these; a run or two leave so many.

Every hundredth of those looks, or less often, is one through all objects of the process, in which
nobody is served: a tenth of a second with 300 visitors.  By Python's own 700 it came all two
seconds.
"""


def ready() -> None:
    """Import all that pages need, and keep it out of the garbage collector's way.

    The first visitor of a page does not wait for its imports.  What they leave is there as long as
    the process, a hundred thousand objects: to look through them again takes the collector a tenth
    of a second, in which nobody is served.
    """
    net_util.get_external_ip = no_address
    main.make_bidi_component_presenter = presenter
    for module in walk_packages(import_module(PACKAGE).__path__, f"{PACKAGE}."):
        import_module(module.name)
    import_module(LATE)
    listen(courteous)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def no_address() -> None:
    """What this server knows of the address by which the world sees it.

    Streamlit asks a third party for it, at the start and whenever a page of another origin tries to
    connect, and nobody is served until that has answered or two seconds are over.  All it is good
    for is one more origin that may connect; a page from that address is of the same origin anyway.
    """
