"""No axes stand empty beside the map."""

import numpy as np

from playground.player import Chart, Series, Threshold, Track
from playground.player.scene import drawable

TRACK = Track("a", "#000000", np.zeros((3, 2)))
LOSS = Chart("loss", [Series(np.zeros(3), 0)], log=True)
NOBODY = Chart("gauge", [], [Threshold(1.0, "stable below 1")])
UNKNOWN = Chart("rate", [Series([np.nan, np.inf, np.nan], 0)])
BELOW = Chart("slope", [Series([0.0, -1.0], 0)], log=True)
LINE = Chart("slope", [Series([np.nan, 0.5], 0)], log=True)
LOW = Chart("plain", [Series([0.0, -1.0], 0)])


def test_a_chart_without_anything_to_draw_is_left_out():
    assert drawable([TRACK], [LOSS, NOBODY, UNKNOWN, BELOW, LINE, LOW]) == [LOSS, LINE, LOW]


def test_where_nobody_runs_there_is_no_chart():
    assert drawable([], [LOSS, LINE]) == []
