"""All rows, and the one place where those that are not yet right are listed."""

from __future__ import annotations

from pathlib import Path

from tests.oracles.reported import (
    crashes,
    decay,
    gradient_pages,
    minima,
    named,
    network_pages,
    outcomes,
    paces,
    trained,
    typed,
    words,
)
from tests.oracles.reported.rows import ROWS

OPEN = frozenset(Path(__file__).with_name("open.txt").read_text().split())
"""Rows that are not right yet; to be emptied."""

__all__ = [
    "OPEN",
    "ROWS",
    "crashes",
    "decay",
    "gradient_pages",
    "minima",
    "named",
    "network_pages",
    "outcomes",
    "paces",
    "trained",
    "typed",
    "words",
]
