"""A formula in LaTeX."""

import pytest

from playground.surfaces.formula import Formula
from playground.surfaces.formula.typeset import latex


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("x**2/2 + 3*y", r"\frac{x^{2}}{2} + 3\,y"),
        ("(x + y)*2", r"\left(x + y\right) \cdot 2"),
        ("x - (y - 1)", r"x - \left(y - 1\right)"),
        ("-(-x)**2", r"-\left(-x\right)^{2}"),
        ("sin(x)**2 + sin(x)**3", r"\sin^{2}\left(x\right) + \left(\sin\left(x\right)\right)^{3}"),
        ("exp(-x**2)*sqrt(abs(y))", r"e^{-x^{2}}\,\sqrt{\left|y\right|}"),
        (
            "log(x) + log2(x) + atan2(y, 1.5e-7)",
            r"\ln\left(x\right) + \log_{2}\left(x\right)"
            r" + \operatorname{atan2}\left(y,\,1.5 \cdot 10^{-7}\right)",
        ),
        ("x + -y*x", r"x + \left(-y\,x\right)"),
        ("x*(-y*x)", r"x\,\left(-y\,x\right)"),
        ("-x*y", r"-x\,y"),
        ("x**y**2", "x^{y^{2}}"),
        ("(x**y)**2", r"\left(x^{y}\right)^{2}"),
        ("2*pi*x", r"2\,\pi\,x"),
    ],
)
def test_latex_of_a_formula(text, want):
    assert latex(text) == Formula(text).formula == want
