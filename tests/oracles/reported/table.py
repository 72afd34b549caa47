"""All rows, and the one place where those that are not yet right are listed."""

from __future__ import annotations

from tests.oracles.reported import (
    crashes,
    decay,
    minima,
    named,
    network_pages,
    outcomes,
    typed,
    words,
)
from tests.oracles.reported.rows import ROWS

OPEN = frozenset(
    """
A1 A1a A1b A1c A1d A2 A2a A2c A4 A4b A7 A7c A8 A8a A8b A8c A8d A12 A12a A12b B18 B18a B18b
B18c B19 B19a B19b C14 C23 C23a C23b D1 D1b D1c D1e D3 D3a D4 D4a D6 D6a D6b D7 D7a D8 D8a
D11 D11a D11b D11c D12 D13 D13a D13b D14 D14a D14b D15j D16 D16a D16b D18 D18a D20 D20a
D22 D.13 D.13a D.13b D.17 D.17a D.27 D.27a D.55 D.55a D.55b D.55c D.55d D.55e E43 E45 E46
E48 E48a E48b E49 E49a E49b E51 E51a F61 G39 G57 G57a G57b G59 G59a G59b G59c G59d G59e
G59f G59g G59h G59i G59j G63 G63a G63b G63c G64 G65 G67 L1 N1 N1a N2 N4 N4a N6 N6a N8 N10
N10a N12 N13 N13a N15 N16 N16b N16c N18 N18a N19 N20 U1 U1a U1b U4 U5 U5a U5b U6 U6a U7 U8
U8a U9 U10 U12 X1 X1a X1b X2 X2a X3 X3c X3d X3e X3f X3g X3h X3i X3j X3k X4 X5 X6 X6a X7
X7a X8
""".split()
)
"""Rows that are not right yet; to be emptied."""

__all__ = [
    "OPEN",
    "ROWS",
    "crashes",
    "decay",
    "minima",
    "named",
    "network_pages",
    "outcomes",
    "typed",
    "words",
]
