"""A race as a link, and back."""

from __future__ import annotations

import math
from dataclasses import replace

from playground.clipping import Clipping, NoClipping
from playground.cost import TooMuch
from playground.kinds import to_text
from playground.language import tr
from playground.links import Given, LinkReader, Query, write_settings, write_value
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.surfaces import Surface
from playground.topics.race.cost import race_work
from playground.topics.race.race import SLOTS, Race, Runner
from playground.topics.race.vary import every_number


def write(race: Race, default: Race) -> Query:
    """The link of a race: nothing but what differs from `default`."""
    query = write_value("surface", race.surface, default.surface)
    if race.begin != (default.begin if race.surface == default.surface else race.surface.start):
        query["start"] = to_text(tuple(map(float, race.begin)))
    for slot, runner, usual in zip(SLOTS, race.runners, default.runners, strict=True):
        if runner is None:
            query |= {} if usual is None else {slot: "none"}
            continue
        query |= write_value(slot, runner.optimizer, usual.optimizer if usual else None)
        base = usual or Runner(runner.optimizer)
        query |= write_value(f"{slot}.schedule", runner.schedule, base.schedule)
        query |= write_value(f"{slot}.clip", runner.clip, base.clip)
    query |= {"vary": race.vary} if race.vary and race.vary in every_number(race) else {}
    return query | write_settings(race.conditions, default.conditions)


def read(query: Given, default: Race) -> tuple[Race, list[str]]:
    """The race of a link, and a sentence for everything in it that could not be understood."""
    reader = LinkReader(query)
    surface: Surface = reader.value("surface", Surface, default.surface)
    runners: list[Runner | None] = []
    for slot, usual in zip(SLOTS, default.runners, strict=True):
        optimizer = reader.value(slot, Optimizer, usual.optimizer if usual else None, optional=True)
        if optimizer is None:
            runners.append(None)
            continue
        schedule = reader.value(
            f"{slot}.schedule", Schedule, usual.schedule if usual else Constant()
        )
        clip = reader.value(f"{slot}.clip", Clipping, usual.clip if usual else NoClipping())
        runners.append(Runner(optimizer, schedule, clip))
    conditions = reader.settings(default.conditions)
    usual_start = default.start if surface == default.surface else None
    start = _read_start(reader, usual_start)
    race = Race(surface, tuple(runners), start, conditions)
    if race.conditions.steps < conditions.steps:
        told = TooMuch(race_work(race, conditions.steps), [], {})
        here = "steps", conditions.steps, told, race.conditions.steps
        reader.problems.append(tr("{} = “{}”: {} {} stands in.", *here))
    return replace(race, vary=_read_vary(reader, race)), reader.finish()


def _read_vary(reader: LinkReader, race: Race) -> str:
    """The number to vary, which the race must have."""
    return reader.one_of("vary", every_number(race), "")


def _read_start(
    reader: LinkReader, default: tuple[float, float] | None
) -> tuple[float, float] | None:
    text = reader.take("start")
    if text is None:
        return default
    try:
        x, y = (float(part) for part in text.split(","))
        if math.isfinite(x) and math.isfinite(y):
            return x, y
    except ValueError:
        pass
    reader.problems.append(
        tr("start must be two finite numbers, such as -3,1; the usual one stands in.")
    )
    return default
