"""How many digits to print, so that whoever recomputes a line by hand gets its value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from playground.microscope.reading import OTHER, calculate

DIGITS = 7
"""Significant digits of a value.  Recomputed from what is printed, its sixth digit is off by less
than one."""
MOST = 15
"""What a float holds for sure."""

NAMES = re.compile(r"<(\w+'?)>")


def inputs(text: str) -> set[str]:
    """The names in a formula."""
    return {name.removesuffix(OTHER) for name in NAMES.findall(text)}


def digits_needed(
    lines: Mapping[str, str], values: Mapping[str, Any], exact: set[str]
) -> dict[str, int]:
    """Significant digits of every name, so that each line is reproduced by what is printed.

    Differences of nearly equal numbers lose digits, so what they are made of is printed longer.
    The lines are taken from the last to the first: a quantity is printed everywhere as long as the
    most delicate line that uses it needs.  Names in `exact` are printed whole.
    """
    need = {name: DIGITS for text in lines.values() for name in inputs(text)}
    for name, text in reversed([*lines.items()]):
        aim = need.setdefault(name, DIGITS)
        rounded = inputs(text) - exact
        for digits in range(aim, MOST + 1):
            trial = {n: round_to(values[n], max(digits, need[n])) for n in rounded}
            if _agree(calculate(text, {**values, **trial}), values[name], aim):
                break
        need |= {n: max(digits, need[n]) for n in rounded}
    return need


def round_to(value: Any, digits: int) -> Any:
    """The value as it is printed, a number or an array."""
    if np.ndim(value) == 0:
        return np.float64(f"{value:.{digits - 1}e}")
    return np.array([round_to(v, digits) for v in value])


def unit(value: float, digits: int) -> float:
    """What the last of the printed digits counts."""
    return 10.0 ** (exponent(value) - digits + 1)


def exponent(value: float) -> int:
    """The power of ten of the first digit."""
    if value == 0 or not math.isfinite(value):
        return 0
    return int(f"{value:.{MOST}e}".partition("e")[2])


def numeral(value: Any, digits: int) -> str:
    """A number in LaTeX with so many significant digits, fewer where they say it all.

    A product of decimals that is off by its last bit, 0.1 · 0.3, counts as what it should be.
    """
    value = float(value)
    if not math.isfinite(value):
        return r"\text{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    text = f"{value:.{digits - 1}e}"
    if float(text) == float(f"{value:.{MOST - 1}e}"):
        text = f"{Decimal(text).normalize():e}"
    mantissa, _, power = text.partition("e")
    if value == 0 or -4 <= int(power) < 7:
        return f"{Decimal(text):f}" if value else "0"
    power = f"10^{{{int(power)}}}"
    if mantissa in ("1", "-1"):
        return mantissa[:-1] + power
    return rf"{mantissa} \times {power}"


def _agree(found: Any, value: Any, digits: int) -> bool:
    """Whether each found number is less than ten units of the last printed digit off."""
    pairs = zip(np.broadcast_to(found, 2), np.broadcast_to(value, 2), strict=True)
    return all(
        a == b or (np.isnan(a) and np.isnan(b)) or abs(a - b) < 9.5 * unit(b, digits)
        for a, b in pairs
    )
