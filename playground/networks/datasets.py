"""Small data sets: classic two-dimensional ones drawn with a seed, and two real ones.

Every function returns `Data(inputs (n, d), targets (n,))`; classes are whole numbers from 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from playground.networks import Data


def moons(n: int = 200, noise: float = 0.2, seed: int = 0) -> Data:
    """Two half circles that reach into each other: the classic of what no straight line parts.

    The upper one is (cos φ, sin φ), the lower (1 − cos φ, ½ − sin φ), φ even in [0, π]; Gaussian
    noise of standard deviation `noise` on both coordinates.
    """
    labels = _labels(n, 2)
    phi = _even(labels) * np.pi
    upper = np.array([np.cos(phi), np.sin(phi)])
    lower = np.array([1 - np.cos(phi), 0.5 - np.sin(phi)])
    return _noisy(np.where(labels, lower, upper).T, labels, noise, seed)


def circles(n: int = 200, noise: float = 0.1, factor: float = 0.5, seed: int = 0) -> Data:
    """A ring inside a ring: radius 1 is class 0, radius `factor` class 1."""
    labels = _labels(n, 2)
    phi, radius = 2 * np.pi * _even(labels, ends=False), np.where(labels, factor, 1.0)
    return _noisy((radius * np.array([np.cos(phi), np.sin(phi)])).T, labels, noise, seed)


def spirals(
    n: int = 200, noise: float = 0.05, turns: float = 1.5, classes: int = 2, seed: int = 0
) -> Data:
    """Arms that wind around each other: radius grows evenly from 0.1 to 1 over the turns."""
    labels = _labels(n, classes)
    along = _even(labels)
    phi = 2 * np.pi * (turns * along + labels / classes)
    inputs = ((0.1 + 0.9 * along) * np.array([np.cos(phi), np.sin(phi)])).T
    return _noisy(inputs, labels, noise, seed)


def blobs(n: int = 200, noise: float = 0.4, classes: int = 3, seed: int = 0) -> Data:
    """Round clouds whose centres stand evenly on the unit circle, the first one at the top."""
    labels = _labels(n, classes)
    phi = np.pi / 2 + 2 * np.pi * labels / classes
    return _noisy(np.array([np.cos(phi), np.sin(phi)]).T, labels, noise, seed)


def xor(n: int = 200, noise: float = 0.3, seed: int = 0) -> Data:
    """Four clouds at (±1, ±1); the class is whether the signs differ: no feature alone tells it."""
    corner = np.arange(n) % 4
    centres = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[corner]
    return _noisy(centres, corner % 2, noise, seed)


def iris() -> Data:
    """Sepal length and width, petal length and width of 150 irises in cm, of three species.

    Setosa, versicolor, virginica, fifty each.  Measured by Edgar Anderson; published by Fisher
    1936, Annals of Eugenics 7:179 (facts, in the public domain; this is Fisher's table, not the
    copy with two slips in rows 35 and 38 that is often passed on).
    """
    digits = np.frombuffer(IRIS.encode(), dtype=np.uint8) - ord("0")
    return Data((digits.reshape(150, 4, 2) @ [10, 1]) / 10, np.repeat(np.arange(3), 50))


NOISE = 0.35
"""Scatter of the moons that can be learnt by heart: some points lie on the wrong side."""


FRESH = 1000
"""Points that show what a network has learnt."""


def noisy_moons(n: int, seed: int = 0, fresh: int = FRESH) -> tuple[Data, Data]:
    """A few points that a network learns by heart, and many others to see what it has learnt."""
    return moons(n, NOISE, seed), moons(fresh, NOISE, seed + 10_000)


CLASSIC: dict[str, Callable[..., Data]] = {
    f.__name__: f for f in (moons, circles, spirals, blobs, xor)
}
"""The two-dimensional data sets by name; each takes `n`, `noise` and `seed`."""


def split(data: Data, share: float = 0.5, seed: int = 0) -> tuple[Data, Data]:
    """Two parts drawn at random, the first with `share` of the examples."""
    order = np.random.default_rng(seed).permutation(len(data.inputs))
    first = round(share * len(order))
    return data.take(order[:first]), data.take(order[first:])


def _labels(n: int, classes: int) -> np.ndarray:
    if n < classes:
        raise ValueError(f"{classes} classes need at least {classes} examples; got {n}.")
    return np.arange(n) % classes


def _even(labels: np.ndarray, ends: bool = True) -> np.ndarray:
    """Each example's place from 0 to 1 among those of its class."""
    along = np.empty(len(labels))
    for label in np.unique(labels):
        mine = labels == label
        along[mine] = np.linspace(0, 1, mine.sum(), endpoint=ends)
    return along


def _noisy(inputs: np.ndarray, labels: np.ndarray, noise: float, seed: int) -> Data:
    draws = np.random.default_rng(seed).standard_normal(inputs.shape)
    return Data(inputs + noise * draws, labels)


IRIS = (  # ten flowers a line, four numbers a flower, in tenths of a centimetre
    "51351402493014024732130246311502503614025439170446341403503415024429140249311501"
    "54371502483416024830140143301101584012025744150454391304513514035738170351381503"
    "54341702513715044636100251331705483419025030160250341604523515025234140247321602"
    "48311602543415045241150155421402493115025032120255351302493614014430130251341502"
    "50351303452313034432130250351606513819044830140351381602463214025337150250331402"
    "70324714643245156931491555234013652846155728451363334716492433106629461352273914"
    "50203510593042156022401061294714562936136731441456304515582741106222451556253911"
    "59324818612840136325491561284712642943136630441468284814673050176029451557263510"
    "55243811552437105827391260275116543045156034451667314715632344135630411355254013"
    "55264412613046145826401250233310562742135730421257294213622943135125301157284113"
    "63336025582751197130592163295618653058227630662149254517732963186725581872366125"
    "65325120642753196830552157255020582851246432532365305518773867227726692360225015"
    "69325723562849207728672063274918673357217232601862284818613049186428562172305816"
    "74286119793864206428562263285115612656147730612363345624643155186030481869315421"
    "67315624693151235827511968325923673357256730522363255019653052206234542359305118"
)
