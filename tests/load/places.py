"""Where students are: the pages with their main control, and what a browser asks for beside it."""

from __future__ import annotations

import json
from typing import NamedTuple

from tests.benchmarks.bench_moves import OPENS, PLACES

EMPTY = "empty"
"""The app that is a slider and a text: what it takes is Streamlit's."""
RUNNERS = "dabc"
"""Of the race that Trajectories opens with, in the order in which fans are asked for."""


class Place(NamedTuple):
    """A page and the slider that is moved on it.

    slider: its name in style sheets, and the button that must be pressed before it is there.
    library, fans: whether the player's code runs alone once the page has come, and what the
        player asks for, by runner, whenever it has come to rest.
    apart: what is added to the address of one student, so that nobody finds what another left;
        empty where there is no setting that does it alone.
    """

    address: str
    slider: str
    button: str = ""
    library: bool = False
    fans: tuple[str, ...] = ()
    apart: str = ""

    @property
    def leaf(self) -> str:
        """The last part of the setting's name, in the address as in the widget's name."""
        return self.slider.rpartition("-")[2]


ASKED = (json.dumps([{"event": "ask", "value": [[slot, "lr"] for slot in RUNNERS]}]),)
"""The fans of all runners at once."""
APART = {
    "trajectories": "Bowl.angle={angle}",
    "hyperparameters": "Bowl.angle={angle}",
    "initialisation": "seed={number}",
    "normalisation": "seed={number}",
    "batches": "seed={number}",
    "regularisation": "seed={number}",
    "dropout": "seed={number}",
    "gradient_check": "seed={number}",
    "network": "seed={number}",
}
"""By page."""


def _place(name: str) -> Place:
    address, slider = PLACES[name]
    page = address.partition("?")[0]
    race = page == "trajectories"
    return Place(
        address,
        slider.removeprefix(".st-key-"),
        OPENS.get(name, "").removeprefix(".st-key-").removesuffix(" button"),
        library=race or page == "network",
        fans=ASKED if race else (),
        apart=APART.get(page, ""),
    )


ALL = {EMPTY: Place("", "value"), **{name: _place(name) for name in PLACES}}
"""By name; the pages are those of `bench_moves`, which moves them in a browser."""


def address_of(place: Place, student: int, apart: bool) -> str:
    """The address that a student opens."""
    if not apart or not place.apart:
        return place.address
    own = place.apart.format(angle=round(0.5 * (student + 1) % 180, 1), number=student + 1)
    return f"{place.address}{'&' if '?' in place.address else '?'}{own}"
