"""Whether a race is fair: one sentence that says so, and a button that makes it so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from playground.language import tr
from playground.optimizers import Optimizer
from playground.shelf import remembered
from playground.topics.race.panel.controls import PAGE
from playground.topics.race.race import Race, Runner
from playground.topics.race.tuning import BUDGET, HIGH, LOW, tune
from playground.ui.say import literal
from playground.ui.session import session
from playground.ui.state import current, put
from playground.words import count, setting


@dataclass
class Tuned:
    """The race as the visitor's last tuning left it."""

    race: Race | None = None


def tuned(race: Race) -> Race:
    """The race with the best learning rate for every runner, all found with the same budget."""

    def better(runner: Runner | None) -> Runner | None:
        if runner is None:
            return None
        c = race.conditions
        return replace(
            runner,
            optimizer=_tuned(
                race.surface,
                runner.optimizer.replace(lr=1.0),
                race.begin,
                c.steps,
                runner.schedule,
                c.noise,
                c.seed,
                runner.clip,
            )
            or runner.optimizer,
        )

    return replace(race, runners=tuple(better(runner) for runner in race.runners))


@remembered
def _tuned(*arguments: Any) -> Optimizer | None:
    """The tuned optimizer, or None where no learning rate keeps it finite."""
    optimizer, record = tune(*arguments)
    return None if record.best is None else optimizer


def conditions(race: Race) -> str:
    """Learning rates, steps, gradient evaluations and tuning budget of a race, as Markdown."""
    runners = [runner for _, runner in race.entries()]
    if not runners:
        return ""
    steps = race.conditions.steps
    rates = ", ".join(
        f"{literal(runner.optimizer.label())} {setting(runner.optimizer.lr)}" for runner in runners
    )
    if all(runner.optimizer.elementwise() for runner in runners):
        each = tr("{0} steps and {0} gradient evaluations each.", steps)
    elif len(runners) == 1:
        each = tr("{0} steps and {0} gradient evaluations each and as many Hessians.", steps)
    else:
        each = tr(
            "{0} steps and {0} gradient evaluations each; Newton's runners also as many Hessians.",
            steps,
        )
    return tr("**Fairness.** {} Learning rates: {}. {}", each, rates, _budget(race, runners))


def _range() -> str:
    return tr("from {} to {}", setting(LOW), setting(HIGH))


def _budget(race: Race, runners: list[Runner]) -> str:
    """Who was tuned, with what; a learning rate changed since counts as set by hand."""
    last = session().memory(Tuned).race
    alike = last is not None and _terms(last) == _terms(race)
    of_last = [runner for _, runner in last.entries()] if alike and last is not None else []
    by_hand = [runner for runner in runners if runner not in of_last]
    cost = BUDGET * race.conditions.steps
    how = tr(
        "the best of {} learning rates {}, even on a log scale, by final loss: {} gradient "
        "evaluations of tuning",
        *(BUDGET, _range(), count(cost)),
    )
    if not by_hand:
        return tr("Tuning: every runner has {} each.", how)
    if len(by_hand) == len(runners):
        return tr("Tuning: none, the learning rates are as set by hand.")
    names = ", ".join(literal(runner.name) for runner in by_hand)
    return tr("Tuning: {} set by hand; every other runner has {}.", names, how)


def _terms(race: Race) -> tuple[Any, ...]:
    """What a tuning holds for."""
    return race.surface, race.begin, race.conditions


def tune_all() -> None:
    """Callback: give every runner of the Trajectories page its tuned learning rate."""
    race = tuned(current(PAGE))
    session().memory(Tuned).race = race
    put(PAGE, race)


def button() -> None:
    """The button that tunes each runner with the same budget."""
    st.button(
        tr("Tune each with the same budget"),
        icon=":material/balance:",
        on_click=tune_all,
        help=tr(
            "Try the same {} learning rates for every runner, {}, and keep the one with the lowest "
            "final loss.",
            *(BUDGET, _range()),
        ),
    )
