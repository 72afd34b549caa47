"""Numbers, shares, steps and settings in words: one notation for everything a visitor reads.

What was measured has three significant digits, what somebody chose has its own: 0.136, 0.1364.
Zeros that say nothing are left out, zero is 0, what is as large as a million or smaller than a
ten-thousandth is written with a power of ten.  `player/js/words.js` writes the very same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from playground.language import tr, trn

DIGITS = 3
"""Significant digits of what was measured."""
PRECISE = 12
"""Significant digits of what was chosen: as many as are sure to be those that were typed."""
ROUNDING = 1e-12
"""Share of the largest coordinate of a place below which another is rounding."""
SMALLEST, LARGEST = -4, 5
"""Powers of ten between which a number is written out."""
THIN = "\u202f"
"""What sets thousands apart from the fifth digit on: a narrow space at which no line breaks."""
POWER = re.compile("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]")
RAISED = str.maketrans("-+*0123456789", "⁻⁺*⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789aimnx", "₀₁₂₃₄₅₆₇₈₉ₐᵢₘₙₓ")
LETTERS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "epsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "varphi": "φ",
    "psi": "ψ",
    "Delta": "Δ",
    "partial": "∂",
    "times": "×",
    "cdot": "·",
}
"""Letters and signs of LaTeX by name; other names are read as they are: max, min."""


class Said(NamedTuple):
    """What a page says of what it found."""

    label: str
    """A word or two."""
    good: bool | None
    """Whether that is well; None where it is neither."""
    sentence: str
    """One sentence with the number that decides it."""


def number(value: float, digits: int = DIGITS) -> str:
    """What was measured, in so many significant digits: 0.0123, 12, 12 300, 4.5·10⁷."""
    if not math.isfinite(value):
        return tr("infinity") if value > 0 else tr("−infinity") if value < 0 else tr("not a number")
    return _written(f"{value + 0.0:.{digits - 1}e}", digits)  # −0 is 0


@lru_cache(maxsize=2**14)  # a page has thousands of numbers to point at, most of them often
def _written(rounded: str, digits: int) -> str:
    mantissa, exponent = rounded.split("e")
    power = int(exponent)
    if SMALLEST <= power <= LARGEST:
        return _grouped(float(rounded), max(digits - 1 - power, 0))
    return _with_power(mantissa, power)


def _with_power(mantissa: str, power: int) -> str:
    mantissa = _bare(mantissa).replace("-", "−")
    return f"{mantissa}·10{_raised(power)}".replace("−1·", "−").removeprefix("1·")


def alike(values: Iterable[float]) -> list[str]:
    """Chosen values that are read together, as on an axis, in one form: 10⁻⁸, 10⁻⁴, 1, 10⁴.

    If one of them needs a power of ten all have one, but for those from 1 to 100.
    """
    values = list(values)
    texts = [setting(value) for value in values]
    if not any(POWER.search(text) for text in texts):
        return texts
    split = [f"{value + 0.0:.{PRECISE - 1}e}".split("e") for value in values]
    return [
        text if value == 0 or 0 <= int(power) <= 1 else _with_power(mantissa, int(power))
        for value, text, (mantissa, power) in zip(values, texts, split, strict=True)
    ]


def apart(a: float, b: float) -> tuple[str, str]:
    """Two numbers that are compared, with the digits that tell them apart: 1.364 and 1.357."""
    for digits in range(DIGITS, 16):
        texts = number(a, digits), number(b, digits)
        if texts[0] != texts[1]:
            return texts
    return number(a), number(b)  # the same but for rounding


def count(value: float) -> str:
    """How many there are of something: 7, 12 345, 1.23·10⁸."""
    return _grouped(value, 0) if abs(value) < 1e6 else number(value)


def setting(value: Any) -> str:
    """A value that somebody chose, as it was chosen: 0.1364, not 0.136; yes or no; a name."""
    if isinstance(value, tuple):
        return ", ".join(map(setting, value))
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if not isinstance(value, (int, float)):
        return value if isinstance(value, str) else type(value).__name__
    return number(value, PRECISE)


def percent(share: float) -> str:
    """A measured share; 0 % and 100 % only where nothing and where all of it is."""
    if 0 < share < 1e-5:
        return tr("less than 0.001 %")
    digits = DIGITS
    while share < 1 and number(100 * share, digits).startswith("100"):
        digits += 1
        if digits > DIGITS + 2:
            return tr("more than 99.999 %")
    return f"{number(100 * share, digits)} %"


def chosen_percent(share: float) -> str:
    """A share that somebody chose: 2 %, 0.1 %."""
    return f"{setting(100 * share)} %"


def chosen_percents(shares: Iterable[float]) -> list[str]:
    """Several of them."""
    return [chosen_percent(share) for share in shares]


def point(coordinates: Iterable[float]) -> str:
    """A place: (−3, 1.25); a coordinate that is rounding beside the others is 0."""
    all_ = tuple(coordinates)
    least = ROUNDING * max(map(abs, all_))
    return f"({', '.join(number(v if abs(v) > least else 0.0) for v in all_)})"


def steps_made(n: int) -> str:
    """So many steps, counted: one step, 12 steps."""
    return trn("one step", "{} steps", n, count(n))


def steps_seen(steps: float) -> str:
    """A number of steps that was looked up, rounded as every number is."""
    return steps_in_words(steps, digits=3)


def steps_in_words(steps: float, digits: int = 2) -> str:
    """A number of steps that is only an estimate."""
    if not math.isfinite(steps) or steps > 1e9:
        return tr("endlessly many steps")
    unit = 10 ** max(int(math.log10(max(steps, 1))) + 1 - digits, 0)
    rounded = math.ceil(steps / unit) * unit
    return trn("about {} step", "about {} steps", rounded, count(rounded))


def _grouped(value: float, decimals: int) -> str:
    """A number written out, with a true minus sign."""
    text = _bare(f"{value:,.{decimals}f}") if decimals else f"{value:,.0f}"
    return text.replace(",", THIN if abs(value) >= 1e4 else "").replace("-", "−")


def _bare(decimal: str) -> str:
    """Without the zeros behind the point that say nothing."""
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def _raised(exponent: int) -> str:
    return str(exponent).translate(RAISED)


def indexed(text: str) -> str:
    """A sentence with the indices of its symbols set low: λ_max is λₘₐₓ, as `symbol` writes it."""
    return re.sub(r"λ_(max|min)\b", lambda m: "λ" + m[1].translate(LOWERED), text)


def capital(text: str) -> str:
    """A text that begins with a capital letter; all others stay, as not every language has few."""
    return f"{text[:1].upper()}{text[1:]}"


@lru_cache(1024)
def symbol(tex: str) -> str:
    """A symbol as plain text, for labels that are read aloud: ``\\beta_1`` is β₁."""
    text = re.sub(r"\{?\\mathrm(\{\w+\})\}?", r"\1", tex)
    text = re.sub(r"\\([A-Za-z]+)(?: (?=[A-Za-z]))?", lambda m: LETTERS.get(m[1], m[1]), text)
    text = re.sub(r"_(\{\w+\}|\w)", lambda m: m[1].strip("{}").translate(LOWERED), text)
    return re.sub(r"\^(\{[^}]*\}|.)", lambda m: m[1].strip("{}").translate(RAISED), text)
