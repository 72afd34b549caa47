"""What is said of cycles, plateaus, creases, saddles and changes, against what the path shows."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import cycle, diagnose, plateau, rest, unrest
from tests.support.given import GROUND, SIDES, Given, nearest, told_apart
from tests.support.told import seen, told

# ---- cycles, plateaus, creases --------------------------------------------------------------


def test_a_burst_at_the_end_is_no_cycle():
    run = pg.simulate(pg.Formula("(x*y-1)**2/2"), pg.NAdam(lr=1.42), (-2.4, 2.2), 500)
    assert np.ptp(run.x[400:440], axis=0).max() < 1e-5 < np.ptp(run.x[470:], axis=0).max()
    assert diagnose(run).outcome != "limit_cycle"


def test_clipped_steps_of_one_size_do_not_hover_at_a_limit():
    run = pg.simulate(
        pg.Booth(),
        pg.RMSProp(lr=0.0226, alpha=0.9, eps=0.001),
        *((8.81, 3.43), 800),
        clip=pg.ClipValue(clip_value=0.181),
    )
    assert "hovers at the limit" not in diagnose(run).verdict


def test_what_walks_on_whatever_the_slope_lies_on_no_plateau():
    run = pg.simulate(pg.Geman(), pg.Lion(lr=2.25), (3.39, -4.41), 800)
    assert np.hypot(*(run.x[-1] - run.x[-80])) > seen(run).length
    assert diagnose(run).outcome != "plateau"


def test_the_slope_on_a_crease_is_explained():
    run = pg.simulate(
        pg.Formula("max(x, y)"),
        pg.RMSProp(lr=0.279, weight_decay=0.1),
        *((2.93, -1.77), 500, pg.OneCycle()),
    )
    assert np.hypot(*run.gradient[-1]) > 0.5
    assert "on a crease, where slopes jump" in diagnose(run).verdict
    assert "crease" not in told(pg.simulate(pg.Bowl(), pg.Adam(), (-3, 1), 600))


def test_a_coordinate_without_a_slope_has_no_gauge():
    """Its divisor is ε alone, but there is nothing that its rate could multiply."""
    run = pg.simulate(
        pg.Formula("x - 0.333*log(x) + y**2"),
        pg.RMSProp(lr=0.00309, alpha=0.9, weight_decay=0.1),
        *((0.333, 0.0), 500),
    )
    assert (run.x[:, 1] == 0).all()
    assert seen(run).gauge.item() < 10
    assert seen(run).sharpness.max() < 10


def test_a_bounce_back_at_its_height_has_not_come_back():
    run = pg.simulate(
        pg.TwoValleys(), pg.GradientDescent(lr=0.993), (-1.9, 1.0), 500, clip=pg.ClipValue(12.8)
    )
    assert run.f[-1] < run.f[0] < 0.01 * run.f[-2]
    assert "rise" not in diagnose(run).labels


def test_newton_at_a_saddle_is_told_why_and_what_gets_away():
    run = pg.simulate(pg.QuarticSaddle(), pg.Newton(), (0.0652, 0.358), 150)
    finding = diagnose(run).findings[0]
    assert finding.label == "saddle"
    assert run.x[-1, 1] == 0 != run.x[0, 1]  # it underflowed
    assert "nothing but noise" not in finding.sentence
    assert run.again(optimizer=finding.fix).f[-1] < run.f[-1] - 0.5


def test_a_change_that_would_hold_ends_no_higher_than_it_starts():
    run = pg.simulate(pg.LeastSquares(), pg.RAdam(lr=0.062), (-151.0, 1.65), 40)
    finding = diagnose(run).findings[0]
    assert "would hold" in finding.sentence
    assert run.again(optimizer=finding.fix).f[-1] <= run.f[0]


# ---- lines ----------------------------------------------------------------------------------

CASES = [
    (
        "CROSSES",
        plateau._crosses,
        {"moved": lambda k, back=0: np.array([0.099, 0.101]) * k / 50},
        [0, 1],
    ),
    (
        "KEPT_UP",
        cycle._kept_up,
        {
            "amplitude": 1.0,
            "points": lambda at: np.linspace(0, 1, 9)[:, None] * [[[0.0, 0.0]], [[0.24, 0.26]]],
        },
        [0, 1],
    ),
    (
        "TO_AND_FRO",
        unrest._strides_over,
        {
            "ahead": 0.0,
            "points": lambda at: (
                np.stack([np.linspace(0, 1, 21), np.zeros(21)])[..., None] + [0, 0]
            ),
            "moved": lambda k: np.array([0.49, 0.51]),
        },
        [1, 0],
    ),
]


@pytest.mark.parametrize(SIDES, CASES)
def test_evidence_on_either_side_of_a_line_is_told_apart(line, asked, given, expected):
    told_apart(line, asked, given, expected)


@pytest.mark.parametrize(("strays", "within"), [(1.9, False), (2.1, True)])
def test_what_strays_twice_as_far_as_it_ends_moves_within_that(monkeypatch, strays, within):
    monkeypatch.setattr(rest, "_strays", lambda e: strays * 0.01)
    point = GROUND._replace(floor=False)
    given = Given(travelled=1.0, hold=1.0, nearest_of=lambda *_: nearest([0.0]), ground=point)
    assert ("moves within" in rest._rest(given, 0.01)) == within
