"""A formula of complex numbers: the complex step is right, or the function has no such form."""

import numpy as np
import pytest

from playground.surfaces.formula.arithmetic import FUNCTIONS
from playground.surfaces.formula.surface import Formula

H = 1e-20
FORMS = (
    *("x + y", "x - y", "x * y", "x / y", "-x + y", "x ** 3 - y ** -1", "x ** 0.5 + y", "x ** y"),
    *("2 ** y", "99.5 ** x / sinh(y)", "(x + y) ** (x * y)", "1.5 ** (x ** y)"),
    *(f"{name}(x{', y' if count != 1 else ''})" for name, (_, count) in FUNCTIONS.items()),
)
REAL = {"abs", "atan2", "hypot", "min", "max"}
"""Functions that are not analytic, or of which NumPy has no complex form."""
POINTS = [0.4, 0.9], [0.5, 0.5], [0.25, -0.7], [1.0, 2.0], [2.0, -1.0]


@pytest.mark.parametrize("text", FORMS)
def test_the_complex_step_is_the_derivative(text):
    f = Formula(text)
    for point, along in zip(POINTS, np.eye(2)[[0, 1, 1, 0, 1]], strict=True):
        for points in (np.array(point), np.tile(point, (4, 1)).T):
            direction = along if points.ndim == 1 else along[:, None]
            try:
                with np.errstate(all="ignore"):
                    step = np.imag(f(points + 1j * H * direction)) / H
            except TypeError:
                assert text.partition("(")[0] in REAL
                continue
            slope = (f.gradient(points) * direction).sum(axis=0)
            if text.partition("(")[0] not in REAL:
                here = np.isfinite(slope)  # NaN is where the formula has no real value
                np.testing.assert_allclose(step[here], slope[here], rtol=1e-12)
