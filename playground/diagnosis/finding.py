"""What a diagnosis consists of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.optimizers.base import Optimizer
from playground.schedules import Schedule

Fix = Optimizer | Schedule | None


@dataclass(frozen=True)
class Finding:
    """One thing that happened in a run, with its evidence."""

    label: str
    """From `LABELS`."""
    sentence: str
    """What happened, in words and numbers."""
    quantity: str
    """What was measured."""
    measured: float
    threshold: float
    """The line that decided."""
    steps: tuple[int, int]
    """First and last step at which it shows."""
    fix: Fix = None
    """A changed optimizer or schedule, found in closed form, that should help; None if nothing
    needs fixing or no setting would."""


@dataclass(frozen=True)
class Diagnosis:
    """What happened in a run, the most important first: one outcome, then events."""

    findings: tuple[Finding, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(finding.label for finding in self.findings)

    @property
    def outcome(self) -> str:
        return self.findings[0].label

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        return self.findings[0].sentence


def number(value: float, digits: int = 3) -> str:
    """So many significant digits, powers of ten written out: 0.0123, 12 300, 4.50·10⁷."""
    if not math.isfinite(value):
        return "infinity" if value > 0 else "−infinity" if value < 0 else "not a number"
    if value == 0:
        return "0"
    mantissa, exponent = _scientific(value, digits)
    if -4 <= exponent < 6:
        decimals = max(digits - 1 - exponent, 0)
        return f"{value:,.{decimals}f}".replace(",", " ").replace("-", "−")
    return f"{mantissa}·10{_raised(exponent)}".replace("-", "−")


def _scientific(value: float, digits: int) -> tuple[str, int]:
    """Mantissa and power of ten, after rounding: 9.999 is 1.00·10¹."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return mantissa, int(exponent)


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def apart(a: float, b: float) -> tuple[str, str]:
    """Two numbers that are compared, with the digits that tell them apart: 1.364 and 1.357."""
    for digits in range(3, 16):
        texts = number(a, digits), number(b, digits)
        if texts[0] != texts[1] or a == b:
            break
    return texts


def setting(value: float) -> str:
    """A value that somebody chose, as it was chosen: 0.1364, not 0.136."""
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        return f"{value:.12g}"
    mantissa, exponent = _scientific(value, 12)
    return f"{float(mantissa):.12g}·10{_raised(exponent)}"


def percent(share: float) -> str:
    """A share in per cent; what is too small to matter is not spelled out."""
    if 0 < share < 1e-5:
        return "less than 0.001 %"
    return f"{number(100 * share)} %"


def steps_in_words(count: float) -> str:
    """A number of steps that is only an estimate."""
    if not math.isfinite(count) or count > 1e9:
        return "endlessly many steps"
    digits = 10 ** max(int(math.log10(max(count, 1))) - 1, 0)
    return f"about {math.ceil(count / digits) * digits:,} steps".replace(",", " ")
