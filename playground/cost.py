"""What one request may compute: it is counted before it is done, and what is too much is refused.

A page's settings say by a formula in their sizes how long their results take and how much is kept
of them, in seconds of a reference core and bytes.  The seconds are counted, not timed, so that a
link means the same on every computer; ``python -m tests.benchmarks.bench_cost`` holds the
constants against the clock.  More than the budget is a `ValueError` in words, as every setting is
refused that makes no sense with the others:

>>> from playground.declare import Declared, param
>>> class Sum(Bounded, Declared, family=True):
...     "A long sum."
...     sizes = ("terms",)
...     terms: int = param(10, 1, 100, valid="[1, 1000]")
...     def work(self):
...         return Work(0.1 * self.terms)
>>> Sum(terms=100).work().share
1.0
>>> Sum(terms=1000)
Traceback (most recent call last):
playground.cost.TooMuch: This would compute for about 100 s, and one visitor may ask for 10 s: set \
“terms” to at most 100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from playground.declare import Declared
from playground.kinds import Param
from playground.language import tr, trn
from playground.words import number

SECONDS = 10.0
"""What one request may compute, on one core of the computer on which the constants were found."""
KEPT, HELD = 64 * 2**20, 256 * 2**20
"""Bytes that may be kept of one result, a quarter of the shelf, which all visitors share; and
bytes that may be held while it is made."""
MINUTE = 60
WAYS = 3
"""Single settings that are named at most, each of which would do."""
HALVINGS = 40
"""Of the stretch in which the largest size is looked for that fits."""

if TYPE_CHECKING:
    _Beside = Declared
else:
    _Beside = object


@dataclass(frozen=True)
class Work:
    """What is asked for: all the seconds, and the bytes of the largest result."""

    seconds: float
    kept: float = 0.0
    """Of it, on the shelf."""
    held: float = 0.0
    """Of what it takes to make it."""

    def __add__(self, other: Work) -> Work:
        """Both, one after the other."""
        kept, held = max(self.kept, other.kept), max(self.held, other.held)
        return Work(self.seconds + other.seconds, kept, held)

    @property
    def share(self) -> float:
        """How much of the budget it is; 1 is all of it."""
        return max(self.seconds / SECONDS, self.kept / KEPT, self.held / HELD)

    @property
    def fits(self) -> bool:
        return self.share <= 1


@dataclass(frozen=True)
class Size(Param):
    """A parameter that the work grows with: its help says that it is bounded, and beside what."""

    beside: tuple[str, ...] = ()
    """The nouns of the others, in English."""

    @property
    def help(self) -> str:
        bound = (
            tr(
                "Bounded together with {}: one visitor may ask for {} of computing.",
                *(_listed([tr(noun) for noun in self.beside]), time_in_words(SECONDS)),
            )
            if self.beside
            else tr("Bounded: one visitor may ask for {} of computing.", time_in_words(SECONDS))
        )
        return f"{super().help} {bound}".lstrip()


class TooMuch(ValueError):
    """Settings that ask for more than the budget, with those that would not."""

    def __init__(self, work: Work, ways: list[dict[str, int]], nouns: dict[str, str]) -> None:
        super().__init__(work, ways, nouns)
        self.work, self.ways, self.nouns = work, ways, nouns

    def __str__(self) -> str:
        ways = [
            _listed([tr("“{}” to at most {}", tr(self.nouns[n]), most) for n, most in way.items()])
            for way in self.ways
        ]
        told = _asked(self.work)
        return tr("{}: set {}.", told, tr(", or ").join(ways)) if ways else f"{told}."


class Bounded(_Beside):
    """Mixed into the settings of a page before `Declared`: no value of them asks for too much."""

    sizes: ClassVar[tuple[str, ...]]
    """Whole numbers that the work grows with, those first that one would rather lower."""

    def work(self) -> Work:
        """What these settings compute, all results of the page together."""
        raise NotImplementedError

    def check(self) -> None:
        super().check()
        work = self.work()
        if not work.fits:
            nouns = {name: self.param(name).noun for name in self.sizes}
            raise TooMuch(work, affordable(self), nouns)

    @classmethod
    @cache
    def params(cls) -> tuple[Param, ...]:
        found = super().params()
        nouns = {p.name: p.noun for p in found}
        others = {name: tuple(nouns[n] for n in cls.sizes if n != name) for name in cls.sizes}
        return tuple(
            Size(**vars(p), beside=others[p.name]) if p.name in others else p for p in found
        )

    def resized(self, **changes: Any) -> Self:
        """The same with other sizes, which nobody has checked."""
        twin = object.__new__(type(self))
        for name, value in (self.values() | changes).items():
            object.__setattr__(twin, name, value)
        return twin


def affordable(value: Bounded) -> list[dict[str, int]]:
    """Changes of the sizes, each of which makes the work fit: of one alone, else of all at once."""
    found = [{name: most} for name in value.sizes for most in _alone(value, name)]
    return found[:WAYS] or list(_together(value))


def _alone(value: Bounded, name: str) -> Iterator[int]:
    """The largest value of one size that fits beside the others, if any does."""
    least, now = int(value.param(name).valid.bounds[0]), int(getattr(value, name))

    def fits(size: int) -> bool:
        return value.resized(**{name: size}).work().fits

    if least < now and fits(least):
        yield _largest(fits, least, now)


def _largest(fits: Callable[[int], bool], low: int, high: int) -> int:
    """The largest whole number that fits, between one that does and one that does not."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _together(value: Bounded) -> Iterator[dict[str, int]]:
    """All sizes lowered by one share of their way down, as little as fits."""
    bounds = {n: (int(value.param(n).valid.bounds[0]), getattr(value, n)) for n in value.sizes}

    def at(share: float) -> dict[str, int]:
        return {n: low + int(share * (now - low)) for n, (low, now) in bounds.items()}

    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if value.resized(**at(middle)).work().fits else (low, middle)
    if value.resized(**at(low)).work().fits:
        yield {n: size for n, size in at(low).items() if size != bounds[n][1]}


def _asked(work: Work) -> str:
    if work.seconds > SECONDS:
        return tr(
            "This would compute for about {}, and one visitor may ask for {}",
            *(time_in_words(work.seconds), time_in_words(SECONDS)),
        )
    took, most = (work.kept, KEPT) if work.kept > KEPT else (work.held, HELD)
    return tr(
        "This would take about {} MiB of memory, and one visitor may ask for {}",
        *(number(took / 2**20), most // 2**20),
    )


def time_in_words(seconds: float) -> str:
    """A time to wait, in seconds or minutes."""
    if seconds < 2 * MINUTE:
        return tr("{} s", number(seconds, 2) if seconds < SECONDS else round(seconds))
    minutes = round(seconds / MINUTE)
    return trn("{} minute", "{} minutes", minutes, minutes)


def _listed(parts: list[str]) -> str:
    """Several things as one speaks of them."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{} and {}", ", ".join(parts[:-1]), parts[-1])
