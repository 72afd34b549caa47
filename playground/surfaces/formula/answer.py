"""The one door for a typed text: a checked tree, or everything there is to say about it."""

from __future__ import annotations

from itertools import product
from math import prod

from playground.surfaces.formula import tokens
from playground.surfaces.formula.cursor import Stop
from playground.surfaces.formula.errors import FormulaError, Slip
from playground.surfaces.formula.expression import Node, parse
from playground.surfaces.formula.loose import Loose
from playground.surfaces.formula.mending import Reader

READINGS, WAYS = 4, 32
"""So many meanings of a line are shown, and so many ways through it tried."""


def understood(text: str) -> Node:
    """The tree of a formula, or a `FormulaError` that names all slips and the line to write."""
    try:
        return parse(text)
    except FormulaError as error:
        if not isinstance(text, str) or len(text) > tokens.LENGTH or not text.strip():
            raise
        raise answer(text, error) from None


def answer(text: str, first: FormulaError) -> FormulaError:
    """The refusal `first` of a text, with its other slips and the lines it can mean."""
    loose = Loose(text)
    line, forks, met = _walk(loose, ())
    found = [*loose.slips, *met]
    if line is None or loose.dead or prod(forks) > WAYS:
        return FormulaError(text, _in_order(found, first.slips))
    others = [_walk(loose, way)[0] for way in list(product(*map(range, forks)))[1:]]
    lines = [line, *(other for other in others if other is not None)]
    readings, refused = [], list[Slip]()
    for line in dict.fromkeys(lines):
        try:
            parse(line)
            readings.append(line)
        except FormulaError as error:
            refused += [Slip(slip.hint) for slip in error.slips]
    if refused:  # what is left may not be what was meant
        readings = []
    return FormulaError(text, _in_order(found, first.slips, refused), readings[:READINGS])


def _walk(loose: Loose, ways: tuple[int, ...]) -> tuple[str | None, list[int], list[Slip]]:
    """The line one walk comes to (None: nowhere), the forks on it, and the slips it met."""
    reader = Reader(loose, ways)
    try:
        line = reader.whole()
    except Stop:
        line = None
    return line, reader.forks, reader.slips


def _in_order(
    found: list[Slip], first: tuple[Slip, ...], refused: list[Slip] | None = None
) -> list[Slip]:
    """All slips by place, each once; the strict reader's own where the tolerant one saw none."""
    seen = [
        slip
        for slip in first
        if not any(slip.start < other.end and other.start < slip.end for other in found)
    ]
    places = dict.fromkeys(sorted([*found, *seen], key=lambda slip: (slip.start, slip.end)))
    return [*places, *(slip for slip in refused or () if slip.hint not in {s.hint for s in places})]
