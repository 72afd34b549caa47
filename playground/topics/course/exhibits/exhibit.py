"""What a lesson shows: one page's experiment in one state, and what can be known of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from playground.declare import Declared
from playground.figures.notebook import plotted
from playground.links import Given, Query, read_settings, write_settings
from playground.words import count, number, setting

Fact = float | int | str | None
"""A measured number, a count, or a word: of choices, the key of one; None where there is none."""

Named = TypeVar("Named")
Declaring = TypeVar("Declaring", bound=Callable[..., Fact])


class Register(dict[str, Named]):
    """Things by their names, each found by being declared."""

    def declare(self, function: Declaring) -> Declaring:
        """Declare a function under its own name, without its underscore."""
        self[function.__name__.removeprefix("_")] = function  # type: ignore[assignment]
        return function


class AsChosen(float):
    """A number that somebody chose, which has its own digits."""


class Facts(ABC):
    """What is known of one state of an exhibit."""

    @abstractmethod
    def __getitem__(self, name: str) -> Fact:
        """A fact by its name; `KeyError` if there is none of that name."""

    @property
    @abstractmethod
    def told(self) -> list[tuple[str, Any]]:
        """What was found, each with the name of whom it is found of."""

    def measured(self, name: str) -> float:
        """A fact that is a number in every state; `TypeError` if it is none."""
        return float(self[name])  # type: ignore[arg-type]

    def in_words(self, name: str) -> str | None:
        """A fact as it is read; None where this state has none."""
        fact = self[name]
        if fact is None or isinstance(fact, str):
            return fact
        if isinstance(fact, AsChosen):
            return setting(float(fact))
        return count(fact) if isinstance(fact, int) else number(fact)


def setting_of(value: Declared, name: str) -> Fact:
    """A parameter of a declared value, as a fact; None where only another of its family has it.

    `KeyError` if none has.
    """
    if name not in value.names():
        if any(name in other.names() for other in type(value).all.values()):
            return None
        raise KeyError(name)
    given = value.values()[name]
    return AsChosen(given) if type(given) in (int, float) else setting(given)


class Exhibit(ABC):
    """An experiment that a lesson can show, from the state it begins in."""

    page: str
    """The path of the page that has all its controls."""
    preset: Any
    """The state it begins in."""

    @abstractmethod
    def read(self, query: Given) -> tuple[Any, list[str]]:
        """The state of a link that says what differs from the preset, and what is wrong in it."""

    @abstractmethod
    def write(self, state: Any) -> Query:
        """The link of what differs from the preset."""

    @abstractmethod
    def whole(self, state: Any) -> Query:
        """The link of a state on the page of the exhibit."""

    @abstractmethod
    def facts(self, state: Any) -> Facts:
        """What is known of a state."""

    @abstractmethod
    def figure(self, state: Any) -> Any:
        """A picture of a state for where no browser asks for one."""

    def beginning(self, state: Any) -> Self:
        """The same exhibit with another preset."""
        return replace(self, preset=state)  # type: ignore[type-var]


@dataclass(frozen=True)
class PageExhibit(Exhibit):
    """The experiment of a page whose settings are one declared value."""

    page: str
    preset: Declared
    known: Mapping[str, Callable[[Any], Fact]]
    """Its facts by name, each from the settings; the settings are facts by themselves."""
    found: Callable[[Any], list[Any]]
    """What the page says of the settings."""
    drawn: Callable[[Any], list[dict[str, Any]]]
    """The pictures of the settings, the one that the lesson is about first."""

    def read(self, query: Given) -> tuple[Any, list[str]]:
        return read_settings(query, self.preset)

    def write(self, state: Any) -> Query:
        return write_settings(state, self.preset)

    def whole(self, state: Any) -> Query:
        return write_settings(state)

    def facts(self, state: Any) -> Facts:
        return _OfSettings(self, state)

    def figure(self, state: Any) -> Any:
        return plotted(self.drawn(state)[0])


@dataclass(frozen=True)
class _OfSettings(Facts):
    exhibit: PageExhibit
    state: Any

    def __getitem__(self, name: str) -> Fact:
        known = self.exhibit.known
        return known[name](self.state) if name in known else setting_of(self.state, name)

    @property
    def told(self) -> list[tuple[str, Any]]:
        return [("", finding) for finding in self.exhibit.found(self.state)]


EXHIBITS = Register[Exhibit]()
"""Every exhibit by its name; every scene is one."""
