"""What the microscope sees, in Markdown: the table of an update, its sum of parts, its arrows."""

from __future__ import annotations

import numpy as np

from playground.language import mark, tr
from playground.microscope.digits import numeral
from playground.microscope.look import Look
from playground.microscope.shares import arrows, parts
from playground.simulation import Run
from playground.words import setting

WORDS = {
    "noisy": mark("Noisy gradient"),
    "clipped": mark("Clipped gradient"),
    "g": mark("Gradient"),
    "lr": mark("Learning rate"),
    "step": mark("Step"),
    "x": mark("New point"),
    "velocity": mark("Velocity"),
}


def update_table(seen: Look) -> str:
    """One row a quantity, in the order of computation: with symbols, then x and y with numbers."""
    rows = [f"| {tr('quantity')} | *x* | *y* |", "|---|---|---|"]
    named = {name: term.words for name, term in seen.run.optimizer.terms.items()}
    named |= {name: tr(words) for name, words in WORDS.items()}
    for line in seen.lines:
        pairs = zip(line.symbol, line.equation, strict=True)
        both = dict.fromkeys(rf"{symbol} &= {right}" for symbol, right in pairs)
        name = r"$\begin{aligned}" + r" \\ ".join(both) + r"\end{aligned}$"
        words = named.get(line.name, "")
        cells = [_worked(line.numbers[i], line.shown[i], line.symbol[i]) for i in (0, 1)]
        if line.shared:
            cells[1] = tr("the same")
        rows.append(f"| {words}{' ' if words else ''}{name} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows)


def _worked(numbers: str, shown: str, symbol: str) -> str:
    """The right side with numbers put in, and its value."""
    if numbers == shown:
        return rf"${symbol} = \mathbf{{{shown}}}$"
    return rf"$\begin{{aligned}}&{numbers}\\[2pt]=\;&\mathbf{{{shown}}}\end{{aligned}}$"


def signed(value: float) -> str:
    shown = numeral(value, 4)
    return f"({shown})" if shown.startswith("-") else shown


def sum_of_parts(seen: Look) -> str:
    """Δ as the sum of what this gradient and what the past did."""
    found = parts(seen)
    named = [
        (tr("this gradient"), found.gradient),
        (tr("memory"), found.memory),
        (tr("decay"), found.decay),
    ]
    used = [(name, pair) for name, pair in named if np.any(pair != 0)] or named[:1]

    def sum_of(i: int) -> str:
        terms = " + ".join(
            rf"\underbrace{{({numeral(pair[i], 4)})}}_{{\text{{{name}}}}}" for name, pair in used
        )
        return rf"$\Delta {'xy'[i]} = {numeral(seen.step[i], 4)} = {terms}$"

    return tr("As a sum, under the rates of this update: {} and {}", sum_of(0), sum_of(1))


def how_to_read(run: Run) -> str:
    """How to read the vectors on the map."""
    found = arrows(run)
    if found.scale is None:
        return tr(
            "On the map the arrows are multiplied by this update's learning rate: the part of this "
            "gradient and that of the past ones (velocity) add up to the step."
        )
    square = tr(" The sides of the square are √v, so v is its area, times the same number.")
    scaled = tr(
        "On the map the arrows of gradient and velocity are multiplied by {}: they add up to the "
        "direction before each coordinate is scaled; the step is drawn as long as it is.",
        setting(found.scale),
    )
    return f"{scaled}{square if found.root is not None else ''}"
