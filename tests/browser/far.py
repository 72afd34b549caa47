"""A browser far from its server: each in a network namespace of its own, with late packets between.

    python -m tests.browser.far here there

is the way between two namespaces.  Each gets a network device of which this process reads what is
sent, and writes it to the other one later, or not at all; so the kernels at both ends repeat what
is lost, as over any distance.  (`tc netem` would do the same where a kernel has it; this asks only
for root and for `/dev/net/tun`.)  At first both are near, until a line is said to this process.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.source import ROOT

HERE, THERE = "10.213.0.1", "10.213.0.2"
"""The addresses of browser and server, which nobody else sees."""
LATE = 0.15
"""Seconds that a packet needs for one way."""
LOST = 0.01
"""Of all packets."""
TUN, SET_NAME, NO_INFO = 0x0001, 0x400454CA, 0x1000
CLONE_NEWNET = 0x40000000
PACKET = 65536
CARRIES = "the way is open"


@dataclass(frozen=True)
class Far:
    """Two namespaces: what runs a command in the first and in the second, and who carries."""

    here: tuple[str, ...]
    there: tuple[str, ...]
    carrier: subprocess.Popen[str]

    def begin(self) -> None:
        """From now on they are far from each other."""
        assert self.carrier.stdin is not None
        self.carrier.stdin.write("far\n")
        self.carrier.stdin.flush()


@contextmanager
def far() -> Iterator[Far | None]:
    """Two namespaces with the way between them; None where this machine gives none to a test."""
    names = [f"playground-{os.getpid()}-{end}" for end in ("here", "there")]
    try:
        if not Path("/dev/net/tun").exists() or not all(made(name) for name in names):
            yield None
            return
        here, there = (("ip", "netns", "exec", name) for name in names)
        command = [sys.executable, "-m", "tests.browser.far", *names]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as carrier:
            opened = carrier.stdout is not None and carrier.stdout.readline().strip() == CARRIES
            yield Far(here, there, carrier) if opened else None
            carrier.kill()
    finally:
        for name in names:
            ip("netns", "delete", name)


def made(name: str) -> bool:
    return ip("netns", "add", name) and ip("-n", name, "link", "set", "lo", "up")


def ip(*words: str) -> bool:
    """Whether the command was obeyed; where there is no such command, it was not."""
    with suppress(FileNotFoundError):
        return subprocess.run(["ip", *words], check=False, capture_output=True).returncode == 0
    return False


def device(name: str, address: str) -> int:
    """A device of that namespace, which this thread enters; what is sent there is read here."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/var/run/netns/{name}") as namespace:
        if libc.setns(namespace.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"no way into {name}")
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, SET_NAME, struct.pack("16sH", b"far", TUN | NO_INFO))
    for words in (["addr", "add", f"{address}/24", "dev", "far"], ["link", "set", "far", "up"]):
        subprocess.run(["ip", *words], check=True)
    return end


def carry(ends: tuple[int, int], told: int) -> None:
    """Packets from each end to the other, in order, until the process is killed."""
    chance = random.Random(0)
    late, lost = 0.0, 0.0
    under_way: list[tuple[float, int, int, bytes]] = []
    numbers = itertools.count()
    while True:
        patience = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        for end in select.select([*ends, told], [], [], patience)[0]:
            packet = os.read(end, PACKET)
            if end == told:
                late, lost = LATE, LOST
            elif chance.random() >= lost:
                due, other = time.monotonic() + late, ends[1] if end == ends[0] else ends[0]
                heapq.heappush(under_way, (due, next(numbers), other, packet))
        while under_way and under_way[0][0] <= time.monotonic():
            *_, other, packet = heapq.heappop(under_way)
            os.write(other, packet)


def main(here: str, there: str) -> None:
    ends = device(here, HERE), device(there, THERE)
    print(CARRIES, flush=True)
    carry(ends, sys.stdin.fileno())


if __name__ == "__main__":
    main(*sys.argv[1:])
