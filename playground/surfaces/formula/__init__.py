"""The formula a visitor types: tokens, slips, expression, arithmetic, terms, jets, typeset."""

from playground.surfaces.formula.surface import Formula

__all__ = ["Formula"]
