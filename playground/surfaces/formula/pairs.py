"""What belongs together in a tolerant text: brackets, bars, and the commas of arguments."""

from __future__ import annotations

from collections.abc import Iterator

from playground.surfaces.formula.arithmetic import FUNCTIONS
from playground.surfaces.formula.vocabulary import MACROS
from playground.surfaces.formula.words import Word

BARS = 12
"""More bars than this are not paired."""


def unmatched(words: list[Word]) -> tuple[list[int], list[int]]:
    """The words that open a bracket never closed, and close one never opened."""
    unclosed: list[int] = []
    unopened: list[int] = []
    for at, word in enumerate(words):
        if word.kind == "sign" and word.word == "(":
            unclosed.append(at)
        elif word.kind == "sign" and word.word == ")":
            if unclosed:
                unclosed.pop()
            else:
                unopened.append(at)
    return unclosed, unopened


def pairings(words: list[Word]) -> list[dict[int, bool]]:
    """All ways in which the bars | | pair: at each, whether it opens."""
    places = [at for at, word in enumerate(words) if word.kind == "sign" and word.word == "|"]
    if len(places) > BARS:
        return []
    ways: list[tuple[dict[int, bool], tuple[int, ...]]] = [({}, ())]
    depth = 0
    for at, word in enumerate(words):
        if word.kind == "sign" and word.word in "()":
            depth += 1 if word.word == "(" else -1
        if at not in places:
            continue
        before = words[at - 1] if at else None
        grown = []
        for roles, levels in ways:
            operand = before is not None and (
                before.word in (")", "%", "°")
                or before.kind in ("number", "name", "fraction", "raised")
                or (before.word == "|" and not roles[at - 1])
            )
            if not operand or not levels or levels[-1] == depth:
                grown.append((roles | {at: True}, (*levels, depth)))
            if operand and levels and levels[-1] == depth:
                grown.append((roles | {at: False}, levels[:-1]))
        ways = grown
    return [roles for roles, levels in ways if not levels]


def decimal_commas(words: list[Word]) -> Iterator[tuple[int, bool]]:
    """The commas (place, sure) between two digits that can only be decimal ones, last first.

    Outside the arguments of a function every comma is; among them those that would make too many.
    """
    inside: list[tuple[str, list[int], list[bool]]] = [("", [], [])]
    done = []
    for at, word in enumerate(words):
        if word.kind == "end" or (word.kind == "sign" and word.word == ")"):
            done += inside[-1:]
            inside = inside[:-1] or [("", [], [])]
        elif word.kind == "sign" and word.word == "(":
            before = words[at - 1] if at else None
            inside.append((before.word if before and before.kind == "function" else "", [], []))
        elif word.kind == "sign" and word.word in ",;":
            inside[-1][1].append(at)
            inside[-1][2].append(word.word == "," and _between_digits(words, at))
    found: list[tuple[int, bool]] = []
    for name, places, decimal in [*done, *inside]:
        wanted = MACROS[name][0] if name in MACROS else FUNCTIONS.get(name, ("", 1))[1]
        count, decimals = len(places) + 1, sum(decimal)
        semicolons = any(words[at].word == ";" for at in places)
        if not decimals or (count == (2 if wanted is None else wanted) and not semicolons):
            continue
        sure = semicolons or not name or count - decimals == wanted
        found += [(at, sure) for at, of_number in zip(places, decimal, strict=True) if of_number]
    yield from sorted(found, reverse=True)


def _between_digits(words: list[Word], at: int) -> bool:
    first, comma, last = words[at - 1 : at + 2] if 0 < at < len(words) - 1 else [words[at]] * 3
    return (
        first.kind == last.kind == "number"
        and comma.glued
        and last.glued
        and first.word.isdigit()
        and last.word[0].isdigit()
        and "." not in last.word
    )
