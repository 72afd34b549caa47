"""Evidence whose quantities are given, so that a rule can be asked on either side of its line."""

from types import SimpleNamespace

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.evidence import Coming
from playground.diagnosis.ground import Ground
from playground.diagnosis.place import Local, Nearest
from playground.diagnosis.quantity import taken
from playground.surfaces.knowledge import Knowledge

NOWHERE = np.zeros((0, 2))
GROUND = Ground(
    np.zeros((1, 2)),
    np.zeros(1),
    np.array([True]),
    NOWHERE,
    np.ones((1, 2)),
    True,
    np.array([False]),
    np.zeros((1, 2, 2)),
    0,
    False,
    Knowledge("minimum", True),
    0,
)


def beside_others(points, *near):
    """Whether it is beside points: only beside those that are neither minima nor shoulders."""
    return points is GROUND.others


class Given(SimpleNamespace):
    """Evidence whose quantities are given, one lane for each value of those that vary."""

    whole = lanes = None
    n, length, tail, ground = 100, 1.0, 10, GROUND
    adaptive = linear = left = clips = False
    ringing = cut_late = at_a_tip = on_a_floor = settles_at_a_saddle = np.False_
    _floor_below = _leads_to_another = leads_to_level = np.False_
    at_one_point, leads_to_a_known_one = np.True_, np.False_
    pull = decay = np.zeros(1)
    surface = SimpleNamespace(quadratic=True)
    nearest = Nearest(np.float64(1), np.intp(0))
    optimizer = SimpleNamespace(kept_velocity=1.0)
    """A swing of which nothing is lost."""
    rates_to_come = Coming(np.float64(1), np.float64(1))

    def __init__(self, **quantities):
        fixed = {
            "n",
            "length",
            "ground",
            "adaptive",
            "linear",
            "left",
            "fifth",
            "optimizer",
            "moments",
        }
        plain = {k: v for k, v in quantities.items() if k in fixed or callable(v)}
        arrays = {k: v for k, v in quantities.items() if k not in plain}
        count = max([1, *map(lanes_of, arrays.values())])
        for name, value in arrays.items():
            if not isinstance(value, tuple):
                value = np.asarray(value)
                arrays[name] = np.broadcast_to(value, (*value.shape[:-1], count)) + 0
        super().__init__(**plain, **arrays, count=count)
        self.fifth = plain.get("fifth", self.n // 5)

    def limit_at(self, _):
        return float(np.ravel(self.limit)[0])

    def each(self, value):
        return np.broadcast_to(np.asarray(value, dtype=float), self.count)

    def part(self, which):
        other = Given()
        for name, value in vars(self).items():
            arrays = isinstance(value, np.ndarray | tuple)
            setattr(other, name, taken(value, np.flatnonzero(which)) if arrays else value)
        other.count = int(which.sum())
        return other


def lanes_of(value):
    """How many lanes a quantity has; 1 where it is the same for all."""
    if isinstance(value, tuple):
        return max(map(lanes_of, value))
    return np.shape(value)[-1] if np.ndim(value) else 1


def local(low=1.0, high=1.0, distance=0.0, excess=0.0, across=0.0):
    """The place at two ends."""
    values = (np.broadcast_to(v, 2) + 0.0 for v in (low, high, distance, excess, across))
    low, high, distance, excess, across = values
    return Local(low, high, np.zeros((2, 2, 2)), np.zeros((2, 2)), distance, excess, across)


def nearest(distance):
    return Nearest(np.array(distance), np.zeros(len(distance), dtype=int))


def moved(**strides):
    """Distances by how far they reach back."""
    return lambda late, early=0: np.array(strides[f"from_{late}_to_{early}"])


def wave(width_before, width_after, drift=(0.0, 0.0), turns=10, n=200, flat=0):
    """A swing of n updates in y whose last quarter is as wide as given, and may move on."""
    q = n // 4
    t = np.arange(n + 1)
    swing = np.sin(np.pi * turns * (t - n + q) / q + 0.5 * np.pi)[:, None]
    late = (t >= n - q)[:, None]
    y = swing * np.where(late, width_after, width_before) / 2
    x = np.where(late, np.array(drift), 0.0) + 0 * y
    return lambda stretch: np.stack([x, y])[:, stretch]


LOW, BENT = local(), local(low=-1.0)

SIDES = "line", "asked", "given", "expected"
"""A line by its name, a rule or quantity, evidence on either side of the line, the answers."""


def told_apart(line, asked, given, expected):
    assert hasattr(lines, line)
    with np.errstate(all="ignore"):
        found = np.broadcast_to(asked(Given(**given)), len(expected))
    np.testing.assert_array_equal(found, np.array(expected, dtype=bool))
