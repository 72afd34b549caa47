"""The formula a visitor types: tokens, slips, expression, arithmetic, terms, jets, typeset.

>>> import playground as pg
>>> f = pg.Formula("x**2 + 3*y**2 + sin(x*y)")
>>> float(f([2.0, 0.0])), f.gradient([2.0, 0.0]).tolist(), f.hessian([0.0, 0.0]).tolist()
(4.0, [4.0, 2.0], [[2.0, 1.0], [1.0, 6.0]])
>>> f.minima()
(minimum at (0, 0), f = 0,)
>>> from playground.surfaces.formula.errors import FormulaError
>>> try:
...     pg.Formula("2x + y")
... except FormulaError as error:
...     print(error.correction)
2*x + y
"""

from playground.surfaces.formula.surface import Formula

__all__ = ["Formula"]
