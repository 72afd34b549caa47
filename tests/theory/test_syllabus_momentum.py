"""What the optimally tuned heavy ball does beyond its rate."""

import numpy as np
import pytest

import playground as pg
from playground import theory

BOWL = pg.Bowl(kappa=100.0)


@pytest.mark.parametrize(("mode", "root"), [(0, 9 / 11), (1, -9 / 11)])
def test_the_optimal_ball_has_a_double_root_in_both_modes(mode, root):
    """Critical damping: from rest xₙ = (1 + c n) ρⁿ, so it lags behind its rate like n ρⁿ."""
    optimum, n = theory.optimal_momentum(BOWL), np.arange(200)
    assert (optimum.lr, optimum.momentum) == pytest.approx((4 / 121, (9 / 11) ** 2))
    x = pg.simulate(BOWL, optimum, (1.0, 1.0), 199).x[:, mode]
    c = (1 - 4 / 121 * (1, 100)[mode]) / root - 1  # x₁ = (1 − ηλ) x₀
    np.testing.assert_allclose(x, (1 + c * n) * root**n, rtol=0, atol=1e-8)
    assert x[100] / x[50] / root**50 == pytest.approx((1 + 100 * c) / (1 + 50 * c), rel=1e-5)
