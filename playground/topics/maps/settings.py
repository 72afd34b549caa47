"""The settings of both maps, and the race of a cell."""

from __future__ import annotations

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.figures.ruler import Ruler
from playground.glossary import SEED
from playground.kinds import REAL
from playground.language import tr
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.shelf import remembered
from playground.simulation.cost import Dear, survey_seconds
from playground.surfaces import Surface
from playground.topics.maps.search import REPEATS, SCALES, SCANNED
from playground.topics.maps.sweep import values_of
from playground.topics.race import Race, race_of

SETTLED = 30e-9
"""Seconds in which a point of a path is kept and compared with the minimum it ended in."""
JUDGED, READ, RECALLED = 200e-9, 3, 5
"""Seconds in which the diagnosis reads a point, and how often it asks surface and rule again."""


def judged_seconds(dear: Dear) -> float:
    """What the verdict on a descent costs for every point of it."""
    return JUDGED + READ * (dear.height + dear.slope) + RECALLED * dear.rule


class HyperparameterMap(Bounded, Declared, family=True):
    """What the map of two parameters shows."""

    sizes = ("steps", "cells", "trials")

    surface: Surface = param(Surface.all["Bowl"]())
    optimizer: Optimizer = param(Optimizer.all["Momentum"]())
    other: str = param(
        "",
        help="Parameter on the vertical axis; empty is the optimizer's usual.",
        words="second parameter",
    )
    colour: str = param(
        "steps",
        choices=("steps", "verdict"),
        help="Steps until a cell arrives, or what the diagnosis says of it.",
    )
    steps: int = param(
        300, 10, 2000, "T", "Number of updates of every descent.", scale="log", valid="[1, 2000]"
    )
    tolerance: float = param(
        1e-3,
        1e-8,
        0.5,
        help="Share of the excess loss at the start at which a descent arrives.",
        scale="log",
        valid="(0, 1)",
    )
    trials: int = param(
        10,
        1,
        100,
        "n",
        "Budget of the random search: learning rates tried.",
        scale="log",
        valid="[1, 200]",
    )
    schedule: Schedule = param(Constant(), more=True)
    clip: Clipping = param(NoClipping(), words="gradient clipping", more=True)
    cells: int = param(
        100,
        20,
        200,
        help="Cells along each side.",
        scale="log",
        valid="[2, 200]",
        more=True,
        words="cells along a side",
    )
    lr_low: float = param(
        1e-4,
        1e-8,
        1,
        help="Lowest learning rate of the map.",
        scale="log",
        more=True,
        words="lowest learning rate",
    )
    lr_high: float = param(
        1.0,
        1e-4,
        100,
        help="Highest learning rate of the map.",
        scale="log",
        more=True,
        words="highest learning rate",
    )
    seed: int = param(0, 0, 99, SEED, "Which random draws.", valid="[0, 1000000]", more=True)

    def check(self) -> None:
        if not self.lr_low < self.lr_high:
            raise ValueError(tr("The lowest learning rate of the map must be below the highest."))
        super().check()

    def work(self) -> Work:
        """The descents of the map and of the search; all may have to be followed to the end."""
        dear = Dear.of(self.surface, self.optimizer, self.clip)
        searched = len(SCALES) * REPEATS * self.trials + SCANNED
        updates = dear.watched * (2 * self.cells**2 + searched)
        if self.colour == "verdict":
            updates += judged_seconds(dear) * self.cells**2
        return Work(survey_seconds(self.surface) + updates * (self.steps + 1))

    @property
    def second(self) -> str:
        """The parameter on the vertical axis."""
        return self.other or usual_second(self.optimizer)

    def rulers(self) -> tuple[Ruler, Ruler]:
        """Both axes; values of four digits, so that the link of a cell is short and exact."""
        return _rates(self.lr_low, self.lr_high, self.cells), _seconds(
            type(self.optimizer).__name__, self.second, self.cells
        )

    def race(self, lr: float, second: float) -> Race:
        """The run of one pair of values on the Trajectories page."""
        optimizer = self.optimizer.replace(**{"lr": lr, self.second: second})
        return race_of(
            self.surface, [optimizer], self.steps, schedule=self.schedule, clip=self.clip
        )


@remembered
def _rates(low: float, high: float, count: int) -> Ruler:
    with np.errstate(over="ignore"):  # its last value is set to the end, which is finite
        return Ruler(_digits(np.geomspace(low, high, count)), "log")


@remembered
def _seconds(rule: str, name: str, count: int) -> Ruler:
    optimizer = Optimizer.all[rule]()
    values, scale = values_of(optimizer, name, count), optimizer.param(name).scale
    if scale == "decay":
        values = 1 - _digits(1 - values)
    return Ruler(_digits(values, 7), scale)


def _digits(values: np.ndarray, digits: int = 4) -> np.ndarray:
    rounded = np.array([float(f"{v:.{digits}g}") for v in values])
    return np.nan_to_num(rounded)  # the largest double is rounded up to infinity


def seconds_of(optimizer: Optimizer) -> list[str]:
    """The parameters that can stand on the vertical axis, the usual ones first."""
    numeric = [
        p for p in optimizer.params() if p.kind is REAL and p.low is not None and p.name != "lr"
    ]
    return [p.name for p in sorted(numeric, key=lambda p: p.more)]


def usual_second(optimizer: Optimizer) -> str:
    return seconds_of(optimizer)[0]


class BasinMap(Bounded, Declared, family=True):
    """What the map of starts shows: two optimizers side by side."""

    sizes = ("steps", "cells")

    surface: Surface = param(Surface.all["TwoValleys"]())
    first: Optimizer = param(Optimizer.all["GradientDescent"](lr=0.01), words="first optimizer")
    second: Optimizer = param(Optimizer.all["Momentum"](lr=0.01), words="second optimizer")
    colour: str = param(
        "minimum",
        choices=("minimum", "verdict"),
        help="Where a descent ended, or what the diagnosis says of it.",
    )
    steps: int = param(
        500, 10, 2000, "T", "Number of updates of every descent.", scale="log", valid="[1, 2000]"
    )
    cells: int = param(
        61,
        20,
        121,
        help="Starts along each side.",
        scale="log",
        valid="[2, 200]",
        more=True,
        words="starts along a side",
    )

    clip: Clipping = param(NoClipping(), words="gradient clipping", more=True)

    def work(self) -> Work:
        """The descents of both optimizers."""
        both = [Dear.of(self.surface, one, self.clip) for one in (self.first, self.second)]
        updates = sum(dear.update + SETTLED for dear in both)
        if self.colour == "verdict":
            updates += sum(map(judged_seconds, both))
        points = self.cells**2 * (self.steps + 1)
        return Work(survey_seconds(self.surface) + updates * points)

    def starts(self) -> tuple[np.ndarray, np.ndarray]:
        """The coordinates of the starts, of as many digits as tell them apart."""
        x0, x1, y0, y1 = self.surface.span
        return _even(x0, x1, self.cells), _even(y0, y1, self.cells)

    def race(self, x: float, y: float) -> Race:
        """Both runs from one start on the Trajectories page."""
        both = [self.first, self.second]
        return race_of(self.surface, both, self.steps, (x, y), clip=self.clip)


def _even(low: float, high: float, count: int) -> np.ndarray:
    places = 4 - int(np.floor(np.log10(high - low)))
    return np.round(np.linspace(low, high, count), places) + 0.0  # no −0
