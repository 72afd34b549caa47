"""One student: opens a page, moves its slider at a pace, and looks whether the answer is to it."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.load.browser import Answer, Browser, counted
from tests.load.places import Place, address_of
from tests.load.widgets import Widget

STRIDE = 3
"""Positions of the slider that a move goes at most."""
REST = 2.5
"""Seconds after which the player asks for the fans, where no hand is near (`turning.js`)."""
VALUES_KEPT = 6
"""So many values of the slider ago a browser still has the fans of."""
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
POWER = re.compile("(?:(.+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
"""A number with a power of ten, as the app writes it."""


@dataclass
class Diary:
    """What one student, or a class of them, saw in the time that counts.

    moves, asked: the answers to the slider, and to what the player asked for.
    late: moves that were due before the last answer had come, and were made then.
    """

    moves: list[Answer] = field(default_factory=list)
    asked: list[Answer] = field(default_factory=list)
    late: int = 0
    values: set[str] = field(default_factory=set)

    def add(self, other: Diary) -> None:
        """Put another one to it."""
        self.moves += other.moves
        self.asked += other.asked
        self.late += other.late
        self.values |= other.values

    def errors(self) -> Counter[str]:
        """All that went wrong, by its kind."""
        return counted(self.moves) + counted(self.asked)


class Student:
    """One of a class, with random numbers and a phase of its own."""

    def __init__(self, url: str, place: Place, number: int, apart: bool, fans: bool) -> None:
        self.place = place
        self.browser = Browser(url, address_of(place, number, apart))
        self.random = random.Random(number)
        self.asks = place.fans if fans else ()
        self.diary = Diary()
        self.first = ""
        self._lately: deque[str] = deque(maxlen=VALUES_KEPT)

    async def open(self) -> Answer:
        """Come, and have all that a browser has when the page stands still."""
        await self.browser.greet()
        answer = await self.browser.open()
        if self.place.library and (code := self.browser.shown.find("code-library")):
            code.field = "json_value"
            await self.browser.say(code, '{"plotly":true}')
        if self.place.button and (button := self.browser.shown.find(self.place.button)):
            await self.browser.press(button)
        slider = self.browser.shown.find(self.place.slider)
        if slider is None:
            answer.errors.append("slider not found")
        else:
            self.first = text_of(slider.said)
        return answer

    async def stay(self, pace: float, until: float) -> None:
        """Move the slider once in so many seconds, from some moment of the first on."""
        due = time.perf_counter() + self.random.uniform(0, pace)
        while due < until:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            begun = time.perf_counter()
            if begun >= until or not await self.move():
                return
            due += pace
            await self._rest(min(due, until))
            if due < (now := time.perf_counter()):
                self.diary.late += 1
                due = now

    async def move(self) -> bool:
        """Move the slider; whether the student can go on."""
        slider = self.browser.shown.find(self.place.slider)
        if slider is None:
            self.diary.moves.append(Answer(errors=["slider not found"]))
            return False
        said = self._next(slider)
        answer = await self.browser.say(slider, [said])
        if not answer.errors and not self.told(text_of([said]), answer):
            answer.errors.append("answer to another value")
        self.diary.moves.append(answer)
        self.diary.values.add(text_of([said]))
        return not {"closed socket", "never finished"} & set(answer.errors)

    def _next(self, slider: Widget) -> Any:
        """Another position, a few from here."""
        places = slider.positions
        here = min(range(len(places)), key=lambda i: _apart(places[i], slider.said[0]))
        near = range(max(0, here - STRIDE), min(len(places), here + STRIDE + 1))
        return places[self.random.choice([i for i in near if i != here])]

    def told(self, said: str, answer: Answer) -> bool:
        """Whether the address, or the text, says what was set; a default is not in an address."""
        if not self.place.address:
            return answer.texts == [f"value {said}"]
        told = dict(parse_qsl(self.browser.query))
        found = [text for name, text in told.items() if name.split(".")[-1] == self.place.leaf]
        return value_of(said) in map(value_of, found) or (not found and said == self.first)

    async def _rest(self, until: float) -> None:
        """What the player asks for when the hand has rested, one after the other."""
        slider = self.browser.shown.find(self.place.slider)
        value = text_of(slider.said) if slider else ""
        if not self.asks or value in self._lately or time.perf_counter() + REST >= until:
            return
        await asyncio.sleep(REST)
        for event in self.asks:
            mount = self.browser.shown.find("race-fan")
            if mount is None or time.perf_counter() >= until:
                return
            self.diary.asked.append(await self.browser.trigger(mount, event))
        self._lately.append(value)


def text_of(said: list[Any]) -> str:
    """The one value of a slider as text: 12 and not 12.0."""
    (value,) = said
    return value if isinstance(value, str) else f"{value:.12g}"


def value_of(text: str) -> float | str:
    """A number, however it is spelled (1.2·10⁻⁶, 1.2e-06); any other text as it is."""
    if power := POWER.fullmatch(text):
        text = f"{power[1] or 1}e{power[2].translate(RAISED)}"
    try:
        return float(f"{float(text.replace('−', '-')):.10g}")
    except ValueError:
        return text


def _apart(one: Any, other: Any) -> float:
    """How far two positions are apart: options are the same or not, numbers have a distance."""
    if isinstance(one, str):
        return float(one != other)
    return abs(float(one) - float(other))
