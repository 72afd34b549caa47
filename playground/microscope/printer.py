"""The equations of an update in print: with symbols, and with this step's numbers put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.microscope.digits import DIGITS, exponent, numeral
from playground.optimizers import Optimizer


@dataclass(frozen=True, eq=False)
class Line:
    """One quantity of an update; pairs are of the coordinates x and y."""

    name: str
    """A field of the state, ``g``, ``lr``, ``x``, or a term: ``step``, ``divisor`` ..."""
    symbol: tuple[str, str]
    equation: tuple[str, str]
    """The right side in symbols, LaTeX."""
    numbers: tuple[str, str]
    """The right side with numbers put in, LaTeX."""
    shown: tuple[str, str]
    """The value as it is printed, LaTeX."""
    value: np.ndarray
    """The value ``(2,)`` in full."""
    shared: bool
    """Whether it is one number for both coordinates."""


SYMBOLS = {"eta": r"\eta", "factor": r"\varphi_t", "noise": "n_t", "clipped": r"\bar g_t"}
SIDE_BY_SIDE = re.compile(
    r"(<\w+'?>|\b\d+(?=\s+<\w)|\)|(?<!cases)(?<!sign)\})\s*"
    r"(?=<\w|\(|\\frac|\\sqrt|\\begin|\\operatorname)"
)


@dataclass(frozen=True)
class Printer:
    """Writes templates with symbols and with numbers, for the coordinates x (0) and y (1)."""

    rule: type[Optimizer]
    values: Mapping[str, Any]
    need: Mapping[str, int]
    exact: set[str]
    symbols: Mapping[str, str]

    def line(self, name: str, text: str) -> Line:
        value = self.values[name]
        both = 0, 1
        return Line(
            name,
            tuple(self.symbol(name, i) for i in both),  # type: ignore[arg-type]
            tuple(self.in_symbols(text, i) for i in both),  # type: ignore[arg-type]
            tuple(self.in_numbers(text, i) for i in both),  # type: ignore[arg-type]
            tuple(self.value(name, i) for i in both),  # type: ignore[arg-type]
            np.broadcast_to(np.asarray(value, dtype=float), 2),
            np.ndim(value) == 0,
        )

    def symbol(self, name: str, i: int) -> str:
        axis, before = "xy"[i], name.endswith("'")
        name = name.removesuffix("'")
        if name in ("gradient_other", "noisy_other"):
            return self.symbol(name.removesuffix("_other"), 1 - i)
        if name == "noisy":
            return rf"\tilde g_{axis}"
        if name == "x":
            return f"{axis}_{{{'t-1' if before else 't'}}}"
        if name == "step":
            return rf"\Delta {axis}_t"
        if name == "gradient":
            return rf"\partial_{axis} f"
        if name in self.rule.terms:
            return re.sub(
                r"<(\w+)>", lambda m: self.rule.symbol(m[1]), self.rule.terms[name].symbol
            )
        return self.symbols.get(name) or self.rule.timed_symbol(name, before)

    def in_symbols(self, text: str, i: int) -> str:
        return _bars(re.sub(r"<(\w+'?)>", lambda m: self.symbol(m[1], i), text))

    def in_numbers(self, text: str, i: int) -> str:
        def show(match: re.Match[str]) -> str:
            front, back = match.string[: match.start()].rstrip()[-1:], match.string[match.end() :]
            shown = self.value(match[1], i)
            signed = shown.startswith("-") and front not in ("", "{", "(", "|", ",", "&")
            raised = back.startswith("^") and ("-" in shown or "^" in shown)
            return f"({shown})" if signed or raised else shown

        return _bars(re.sub(r"<(\w+'?)>", show, SIDE_BY_SIDE.sub(r"\1 \\cdot ", text)))

    def value(self, name: str, i: int) -> str:
        if name.endswith("_other"):
            name, i = name.removesuffix("_other"), 1 - i
        value = float(np.broadcast_to(self.values[name], 2)[i])
        if name in self.exact:
            return numeral(value, 17 if float(f"{value:.14e}") != value else 15)
        if name == "x":
            return self.new_point(value, i)
        return numeral(value, self.need.get(name, DIGITS))

    def new_point(self, value: float, i: int) -> str:
        """x to the decimal place that the printed sum of old point and step gives."""
        parts = [float(np.broadcast_to(self.values[n], 2)[i]) for n in ("x'", "step")]
        last = min(6, 6 - max(exponent(part) for part in parts))
        if not np.isfinite(value) or value == 0:
            return numeral(value, DIGITS)
        digits = exponent(value) + last + 1
        return numeral(value, digits) if digits > 0 else f"{0:.{min(last, 12)}f}"


def _bars(text: str) -> str:
    """Bars as delimiters, since a bare one would end a cell of a table."""
    return re.sub(r"\|(.*?)\|", r"\\lvert \1 \\rvert", text)
