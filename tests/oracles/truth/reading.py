"""Numbers, estimates and named changes, read back from sentences."""

from __future__ import annotations

import math
import re
from typing import Any

import playground as pg

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
POWER = r"[−-]?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
DIGITS = r"(?:\d{1,3}(?:[ \u202f\u00a0]\d{3})+|\d+)(?:\.\d+)?"
NUMBER = rf"(?:{POWER}|[−-]?{DIGITS}(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|e[+-]?\d+)?)"
VALUE = rf"(?:[−-]?infinity|[−-]?∞|not a number|{NUMBER})"
STEPS = r"(?:more )?(?:steps|updates)"


def number(text: str) -> float:
    """The value of a printed number: 12 300, −4.50·10⁻⁷, 10⁻⁶, infinity."""
    text = text.strip().replace("−", "-").replace("∞", "infinity")
    if text == "not a number":
        return math.nan
    text = re.sub(r"[ \u202f\u00a0]", "", text)
    mantissa, _, power = _one_form(text).partition("·10")
    return float(f"{mantissa}e{power.translate(RAISED)}") if power else float(text)


def _one_form(text: str) -> str:
    """A bare power of ten with its one: 1·10⁻⁶."""
    return re.sub(r"^([−-]?)(?=10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$)", r"\g<1>1·", text)


def half_unit(text: str) -> float:
    """How far a printed number may be from what it stands for: one unit of its last digit."""
    mantissa, _, power = _one_form(text.strip()).partition("·10")
    if "e" in mantissa:
        mantissa, _, power = mantissa.partition("e")
    digits = mantissa.partition(".")[2]
    exponent = int(power.translate(RAISED)) if power else 0
    if not re.search(r"\d", mantissa):
        return 0.0
    return 10.0 ** (exponent - len(digits))


def numbers_after(text: str, what: str) -> list[float]:
    """Every number that follows a pattern."""
    return [number(m) for m in re.findall(rf"(?:{what})\s*({VALUE})", text)]


def percents(text: str) -> list[float]:
    """Every share in per cent that is told."""
    return [number(m) for m in re.findall(rf"({NUMBER})\s*%", text)]


def estimates(text: str) -> list[tuple[float, float]]:
    """Every told number of steps to come, as a range: about 40 steps, between 30 and 90 steps."""
    found = []
    text = re.sub(rf"out again in about {NUMBER} steps?", "", text)
    between = rf"(?:between )?({NUMBER}) (?:and|to|–) ({NUMBER}) {STEPS}"
    for low, high in re.findall(between, text):
        found.append((number(low), number(high)))
    rest = re.sub(between, "", text)
    found += [(number(n), number(n)) for n in re.findall(rf"about ({NUMBER}) {STEPS}", rest)]
    more_than = re.findall(rf"more than ({NUMBER}) {STEPS}", rest)
    found += [(number(n), math.inf) for n in more_than]
    if "endlessly many steps" in text:
        found.append((math.inf, math.inf))
    return found


def changes(text: str, optimizer: pg.Optimizer) -> list[Any]:
    """Every optimizer or schedule that a sentence names: Cosine(), or η = 0.1 instead of 0.2."""
    found: list[Any] = []
    names = [*pg.Optimizer.all, *pg.Schedule.all]
    for line in re.findall(rf"\b(?:{'|'.join(names)})\((?:[^()]|\([^()]*\))*\)", text):
        value = eval(line, {name: getattr(pg, name) for name in names})
        found.append(value)
    for new in re.findall(rf"η = ({NUMBER}) instead of", text):
        found.append(optimizer.replace(lr=number(new)))
    return found
