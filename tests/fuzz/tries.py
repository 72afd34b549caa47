"""Many inputs one after the other: what was tried, refused and found, and what it cost."""

from __future__ import annotations

import faulthandler
import gc
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from playground.shelf import SHELF

SHELF_BUDGET = 48 * 2**20
"""Bytes of the shelf in a run whose memory is watched: full soon, and then it no longer grows."""
SLOW = 10.0
"""Seconds of the processor that are too many for one run of a page."""
STUCK = 900
"""Seconds after which a worker says where it is, and ends."""
EVERY = 500
"""Inputs between two looks at the memory."""


class Tried(NamedTuple):
    """One input: how it is asked for again, whether it was refused, what is wrong."""

    shown: str
    refused: bool
    faults: list[str]
    runs: int = 1
    """Of a page, where it is a walk: that looks itself how long each of them takes."""


Try = Callable[[Random, int], Tried]


@dataclass
class Tally:
    """What a run has come to."""

    tried: int = 0
    refused: int = 0
    found: list[Tried] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0
    memory: list[tuple[int, float]] = field(default_factory=list)
    """After how many inputs the process held how many MB."""

    def add(self, tried: Tried, took: float) -> None:
        slow = took > SLOW and tried.runs == 1
        faults = [*tried.faults, *([f"took {took:.1f} s"] if slow else [])]
        self.tried += 1
        self.refused += tried.refused
        self.seconds += took
        self.slowest = max(self.slowest, (took, tried.shown))
        if faults:
            self.found.append(tried._replace(faults=faults))

    def measure(self) -> None:
        gc.collect()
        self.memory.append((self.tried, resident()))

    def growth(self) -> float:
        """MB that the second half of the run has added, when the first has warmed it up."""
        late = [mb for n, mb in self.memory if n >= self.tried / 2]
        return late[-1] - late[0] if late else 0.0

    def __str__(self) -> str:
        each = 1000 * self.seconds / max(self.tried, 1)
        return (
            f"{self.tried} tried, {self.refused} refused in words, {len(self.found)} found; "
            f"{each:.1f} ms each, slowest {self.slowest[0]:.1f} s; "
            f"{self.memory[-1][1] if self.memory else resident():.0f} MB, "
            f"{self.growth():+.0f} MB in the second half"
        )


def resident() -> float:
    """MB that this process holds."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(
    what: Try, numbers: Iterator[int], seed: int, until: float, say: Callable[[str], None]
) -> Tally:
    """Try the inputs of these numbers, as far as the time reaches.

    until: by the clock of `time.monotonic`.
    """
    tally = Tally()
    SHELF.budget = SHELF_BUDGET
    for number in numbers:
        if time.monotonic() > until:
            break
        faulthandler.dump_traceback_later(STUCK, exit=True)
        begun = time.process_time()
        tried = what(Random(f"{seed}/{number}"), number)
        before = len(tally.found)
        tally.add(tried, time.process_time() - begun)
        for one in tally.found[before:]:
            say("\n    ".join([f"FOUND python -m tests.fuzz {one.shown}", *one.faults[:5]]))
        if tally.tried % EVERY == 0:
            tally.measure()
            say(f"# {tally}")
    faulthandler.cancel_dump_traceback_later()
    tally.measure()
    return tally
