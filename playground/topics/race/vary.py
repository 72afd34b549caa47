"""What of a race can be varied: every number its declarations offer, and the values to try."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.kinds import MEMBER, WHOLE, Param
from playground.language import mark, tr
from playground.optimizers.parameters import spaced_values
from playground.topics.race.race import LENGTH, Race

MOST = 8
"""Values that are shown side by side: two rows of four, or four of two on a phone."""
DENSEST = 16
"""So many times as many are looked at where not all of them fit the other parameters."""
OPTIMIZER, SURFACE, START, CONDITIONS = "optimizer", "surface", "start", "conditions"
PARTS = {
    OPTIMIZER: mark("optimizer"),
    "schedule": mark("schedule"),
    "clip": mark("clip"),
    SURFACE: mark("surface"),
    START: mark("start"),
    CONDITIONS: mark("conditions"),
}
"""What the parts of a race are called."""


class Start(Declared, family=True):
    """Where all runners begin; its range is the window of the surface."""

    x: float = param(0.0, -1, 1, "x_0", "First coordinate of the start.", words="x₀")
    y: float = param(0.0, -1, 1, "y_0", "Second coordinate of the start.", words="y₀")


@dataclass(frozen=True)
class Varied:
    """One number of a race.

    slot: of the runner whose descents it changes.
    part: what of the race it belongs to; path: its field there, dotted where values hold values.
    value: what it is now.
    """

    slot: str
    part: str
    path: str
    p: Param
    value: Any

    @property
    def name(self) -> str:
        """What a link calls it."""
        return f"{self.slot}.{self.local}"

    @property
    def local(self) -> str:
        """The same for whoever knows the runner."""
        return self.path if self.part == OPTIMIZER else f"{self.part}.{self.path}"

    @property
    def label(self) -> str:
        """What a menu calls it."""
        words = self.p.short if self.part == START else self.p.label
        return words if self.part == OPTIMIZER else f"{tr(PARTS[self.part])}: {words}"


def numbers(race: Race, slot: str) -> list[Varied]:
    """Everything that can be varied for a runner: its own numbers, then those of all runners."""
    return [
        Varied(slot, part, path, p, value)
        for part, declared in _parts(race, slot).items()
        for path, p, value in _numbers(declared, race)
    ]


def every_number(race: Race) -> dict[str, Varied]:
    """Everything that can be varied, by its name."""
    return {v.name: v for slot, _ in race.entries() for v in numbers(race, slot)}


def varied_of(race: Race) -> Varied | None:
    """What the race says shall be varied, by default the first number; None where nobody runs."""
    found = every_number(race)
    return found.get(race.vary) or next(iter(found.values()), None)


def with_value(race: Race, varied: Varied, value: Any) -> Race:
    """The race in which a number has another value; `ValueError` where it may not have it."""
    changed = with_number(race, varied, value)
    if varied.part == SURFACE:
        return dataclasses.replace(race, surface=changed)
    if varied.part == CONDITIONS:
        return dataclasses.replace(race, conditions=changed)
    if varied.part == START:
        return dataclasses.replace(race, start=(changed.x, changed.y))
    runner = dict(race.entries())[varied.slot]
    return race.with_runner(varied.slot, dataclasses.replace(runner, **{varied.part: changed}))


def with_number(race: Race, varied: Varied, value: Any) -> Any:
    """The part of the race that has the number, with a value or an array of values for it."""
    return _with(_parts(race, varied.slot)[varied.part], varied.path.split("."), value)


def tried_values(race: Race, varied: Varied) -> list[Any]:
    """The value that the number has, bit for bit, among others over its range; ascending.

    They are spaced by its scale and rounded to what can be read; what does not fit the other
    parameters is left out.
    """
    p, now = varied.p, varied.value

    def fits(value: Any) -> bool:
        try:
            with_number(race, varied, value)
        except ValueError:
            return False
        return True

    spread: list[Any] = []
    count = MOST
    while len(spread) < MOST and count <= MOST * DENSEST:
        spread = [value for value in _rounded(p, count) if fits(value)]
        count *= 2
    spread = [
        spread[i] for i in np.unique(np.linspace(0, len(spread) - 1, MOST).round()).astype(int)
    ]
    if now not in spread:
        if len(spread) == MOST:
            place = _place(p)
            with np.errstate(all="ignore"):
                away = [abs(place(value) - place(now)) for value in spread]
            del spread[int(np.argmin(away))]
        spread.append(now)
    return sorted(now if value == now else value for value in spread)


def _parts(race: Race, slot: str) -> dict[str, Declared]:
    runner = dict(race.entries())[slot]
    return {
        OPTIMIZER: runner.optimizer,
        "schedule": runner.schedule,
        "clip": runner.clip,
        SURFACE: race.surface,
        START: Start(*race.begin),
        CONDITIONS: race.conditions,
    }


def _numbers(value: Declared, race: Race) -> Iterator[tuple[str, Param, Any]]:
    """Path, declaration and value of every number with a range."""
    for p in value.params():
        held = getattr(value, p.name)
        if p.kind is MEMBER:
            for path, inner, number in _numbers(held, race):
                yield f"{p.name}.{path}", inner, number
        elif p.kind.numeric and p.low is not None and p.role != LENGTH:
            yield p.name, _within(p, race) if isinstance(value, Start) else p, held


def _within(p: Param, race: Race) -> Param:
    """A coordinate of the start, whose range is the window."""
    first = 2 * Start.names().index(p.name)
    low, high = race.surface.span[first : first + 2]
    return dataclasses.replace(p, low=low, high=high)


def _with(value: Any, path: list[str], number: Any) -> Any:
    name, *rest = path
    return value.replace(**{name: _with(getattr(value, name), rest, number) if rest else number})


def _rounded(p: Param, count: int) -> list[Any]:
    """So many values over the range of a parameter, or fewer where rounding makes them equal."""
    assert p.low is not None
    assert p.high is not None
    spread = spaced_values(p, count).tolist()
    if p.scale == "log":
        spread = [float(f"{value:.2g}") for value in spread]
    elif p.scale == "decay":
        spread = [round(1 - float(f"{1 - value:.2g}"), 12) for value in spread]
    else:
        places = 1 - int(np.floor(np.log10((p.high - p.low) / (count - 1))))
        spread = [round(value, places) + 0.0 for value in spread]  # no −0
    return sorted({round(value) for value in spread} if p.kind is WHOLE else {*spread})


def _place(p: Param) -> Callable[[float], float]:
    """Where a value stands on the scale of its parameter."""
    if p.scale == "log":
        return lambda value: float(np.log(max(value, np.finfo(float).tiny)))
    if p.scale == "decay":
        return lambda value: -float(np.log(max(1 - value, np.finfo(float).tiny)))
    return float
