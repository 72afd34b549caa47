"""A class of students on one page: they come, warm up, and are watched for a while."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.load.browser import Answer, counted
from tests.load.places import Place
from tests.load.server import Server, machine_cpu
from tests.load.student import Diary, Student

MOST = 2000
"""Students that a generator plays at most."""
LONGEST = 3600.0
"""Seconds that they are watched at most."""
AT_ONCE = 8
"""So many come at the same time."""


class Plan(NamedTuple):
    """How many students move how often, and for how many seconds after how many of warming up."""

    count: int = 30
    pace: float = 5.0
    seconds: float = 30.0
    warm: float = 10.0
    apart: bool = False
    fans: bool = True

    def checked(self) -> Plan:
        """Itself, if it has bounds; `ValueError` in a sentence otherwise."""
        if not 1 <= self.count <= MOST:
            raise ValueError(f"{self.count} students are refused: from 1 to {MOST} can be played.")
        if not 0 < self.seconds <= LONGEST or not 0 <= self.warm <= LONGEST:
            raise ValueError(f"Students stay for at most {LONGEST:.0f} seconds.")
        if not 0.01 <= self.pace <= LONGEST:
            raise ValueError(f"A student moves once in 0.01 to {LONGEST:.0f} seconds.")
        return self


@dataclass
class Watched:
    """What was seen of a class in its time.

    cpu, own_cpu, all_cpu: processor time of the server, of this generator and of the whole
        machine, in seconds.
    memory: MiB of the server before the class came, and at the end.
    """

    count: int
    seconds: float
    cpu: float
    own_cpu: float
    all_cpu: float
    memory: tuple[float, float]
    diary: Diary = field(default_factory=Diary)
    opened: list[Answer] = field(default_factory=list)

    @property
    def runs(self) -> int:
        """Runs that were answered."""
        return len(self.diary.moves) + len(self.diary.asked)

    def errors(self) -> Counter[str]:
        """All that went wrong, by its kind."""
        return self.diary.errors() + counted(self.opened)


class Crowd:
    """Students on one page of a server."""

    def __init__(self, server: Server, place: Place, plan: Plan) -> None:
        self.server, self.plan = server, plan.checked()
        self.memory = server.memory()
        self.students = [
            Student(server.url, place, number, plan.apart, plan.fans)
            for number in range(plan.count)
        ]
        self.opened: list[Answer] = []

    async def come(self) -> None:
        """All open the page, a few at a time, and move about to warm up."""
        door = asyncio.Semaphore(AT_ONCE)

        async def enter(student: Student) -> Answer:
            async with door:
                return await student.open()

        self.opened = list(await asyncio.gather(*map(enter, self.students)))
        if self.plan.warm:
            await self.watched(self.plan.warm)

    async def watched(self, seconds: float) -> Watched:
        """Let them move for a while and watch."""
        for student in self.students:
            student.diary = Diary()
        cpu, own, whole = self.server.cpu(), time.process_time(), machine_cpu()
        begun = time.perf_counter()
        stays = (student.stay(self.plan.pace, begun + seconds) for student in self.students)
        await asyncio.gather(*stays)
        seen = Watched(
            self.plan.count,
            time.perf_counter() - begun,
            self.server.cpu() - cpu,
            time.process_time() - own,
            machine_cpu() - whole,
            (self.memory, self.server.memory()),
            opened=self.opened,
        )
        for student in self.students:
            seen.diary.add(student.diary)
        return seen

    async def go(self) -> None:
        """All close their tabs."""
        await asyncio.gather(*(student.browser.close() for student in self.students))


async def attended(server: Server, place: Place, plan: Plan) -> Watched:
    """A class from its coming to its going."""
    crowd = Crowd(server, place, plan)
    try:
        await crowd.come()
        return await crowd.watched(plan.seconds)
    finally:
        await crowd.go()
