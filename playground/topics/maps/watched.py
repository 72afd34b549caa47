"""Which cell of a map is watched: the one clicked last, as long as the map is the same."""

from __future__ import annotations

from playground.declare import Declared
from playground.ui.session import session

Cell = tuple[float, float]
"""What the cell stands for: two parameters, or a start."""


class Watched:
    """The cell of every map, with the settings it was chosen on."""

    def __init__(self) -> None:
        self.cells: dict[type[Declared], tuple[Declared, Cell]] = {}


def watch(on: Declared, cell: Cell) -> None:
    """Watch a cell of the map with these settings."""
    session().memory(Watched).cells[type(on)] = on, cell


def watched(on: Declared, usual: Cell) -> Cell:
    """The cell that is watched on the map with these settings."""
    chosen = session().memory(Watched).cells.get(type(on))
    return chosen[1] if chosen and chosen[0] == on else usual
