"""A replica that is killed takes nothing with it that a visitor has set."""

import pytest

from deploy.replicas import PROXIES, program
from tests.load.killed import killed, table


@pytest.mark.parametrize("proxy", PROXIES)
def test_one_of_three_replicas_is_killed(browser, proxy):
    if program(proxy) is None:
        pytest.skip(f"{proxy} is not installed: {PROXIES[proxy]}")
    rows = killed(browser, proxy, ("trajectories", "initialisation", "course"))
    assert rows[0].hit
    assert all(row.good for row in rows), table(rows)
