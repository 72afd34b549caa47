"""Reported faults stay mended, and the list of open ones stays honest.

`OPEN` is to be emptied: a row that has become right must leave it.  Rows that take long are asked
by ``python -m tests.oracles.reported`` alone, all others by the suite.
"""

import pytest

from tests.oracles.reported.rows import answered
from tests.oracles.reported.table import OPEN, ROWS

ASKED = [row for row in ROWS.values() if not row.slow]


def test_every_open_row_exists():
    assert ROWS.keys() >= OPEN


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.id)
def test_a_reported_fault_is_mended_or_listed(row):
    answer = answered(row)
    if row.id in OPEN:
        assert not answer.right, f"{row.id} is right now: take it out of OPEN"
    else:
        assert answer.right, f"{row.what}: {answer.faults}\nsays: {answer.says}"
