"""A bar for what takes long, and nothing for what does not."""

from __future__ import annotations

import time
from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

PATIENCE = 0.2
"""Seconds after which the bar appears."""


def patient(place: DeltaGenerator) -> Callable[[float, str], None]:
    """Tells the share done in words, in a bar at `place`, once the visitor has waited a moment.

    Every report is a place where Streamlit ends the run if the visitor has moved something
    meanwhile.
    """
    begun = time.monotonic()

    def tell(share: float, words: str) -> None:
        if time.monotonic() - begun > PATIENCE:
            place.progress(share, words)

    return tell
