"""Numbers, shares, steps and settings in words: one notation for everything a visitor reads.

What was measured has three significant digits, its zeros included: 0.500, 12.0, 4.50·10⁷.  What
somebody chose is written as it was chosen: 0.5, 12, 0.1364.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

DIGITS = 3
"""Significant digits of what was measured."""
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Said(NamedTuple):
    """What a page says of what it found."""

    label: str
    """A word or two."""
    good: bool | None
    """Whether that is well; None where it is neither."""
    sentence: str
    """One sentence with the number that decides it."""


def number(value: float, digits: int = DIGITS) -> str:
    """At least so many significant digits, powers of ten written out: 0.0123, 12 345, 4.50·10⁷."""
    if not math.isfinite(value):
        return "infinity" if value > 0 else "−infinity" if value < 0 else "not a number"
    if value == 0:
        return "0"
    mantissa, exponent = _scientific(value, digits)
    if -4 <= exponent < 6:
        return _grouped(value, max(digits - 1 - exponent, 0))
    return f"{mantissa}·10{_raised(exponent)}".replace("-", "−")


def apart(a: float, b: float) -> tuple[str, str]:
    """Two numbers that are compared, with the digits that tell them apart: 1.364 and 1.357."""
    for digits in range(DIGITS, 16):
        texts = number(a, digits), number(b, digits)
        if texts[0] != texts[1] or a == b:
            break
    return texts


def count(value: float) -> str:
    """How many there are of something: 7, 12 345, 1.23·10⁸."""
    return _grouped(value, 0) if abs(value) < 1e6 else number(value)


def setting(value: Any) -> str:
    """A value that somebody chose, as it was chosen: 0.1364, not 0.136; yes or no; a name."""
    if isinstance(value, tuple):
        return ", ".join(map(setting, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return value if isinstance(value, str) else type(value).__name__
    if isinstance(value, int):
        return _grouped(value, 0)
    if not math.isfinite(value):
        return number(value)
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        return f"{value:,.12g}".replace(",", " ").replace("-", "−")
    mantissa, exponent = _scientific(value, 12)
    power = f"10{_raised(exponent)}"
    if abs(float(mantissa)) == 1:
        return power if value > 0 else f"−{power}"
    return f"{float(mantissa):.12g}·{power}".replace("-", "−")


def percent(share: float) -> str:
    """A measured share; 0 % and 100 % only where nothing and where all of it is."""
    if 0 < share < 1e-5:
        return "less than 0.001 %"
    digits = DIGITS
    while share < 1 and number(100 * share, digits).startswith("100"):
        digits += 1
        if digits > DIGITS + 2:
            return "more than 99.999 %"
    return f"{number(100 * share, digits)} %"


def chosen_percent(share: float) -> str:
    """A share that somebody chose: 2 %, 0.1 %."""
    return f"{setting(100 * share)} %"


def point(coordinates: Iterable[float]) -> str:
    """A place: (−3.00, 1.00)."""
    return f"({', '.join(map(number, coordinates))})"


def steps_in_words(steps: float) -> str:
    """A number of steps that is only an estimate."""
    if not math.isfinite(steps) or steps > 1e9:
        return "endlessly many steps"
    unit = 10 ** max(int(math.log10(max(steps, 1))) - 1, 0)
    return f"about {_grouped(math.ceil(steps / unit) * unit, 0)} steps"


def _grouped(value: float, decimals: int) -> str:
    """Thousands set apart by a space, a true minus sign."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace("-", "−")


def _scientific(value: float, digits: int) -> tuple[str, int]:
    """Mantissa and power of ten, after rounding: 9.999 is 1.00·10¹."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return mantissa, int(exponent)


def _raised(exponent: int) -> str:
    return str(exponent).translate(RAISED)
