"""What happened to every runner, and what would fix it, in two clicks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from playground.diagnosis import Diagnosis
from playground.diagnosis.remedies import Remedy, remedies
from playground.language import tr
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.race.panel.controls import change
from playground.topics.race.race import Race, Runner, diagnosis
from playground.ui.say import judged, literal
from playground.ui.session import session

SHOWN = 3
"""How many remedies are offered."""


@dataclass
class Asked:
    """The slot and the runner whose remedies are shown."""

    of: tuple[str, Runner] | None = None


@remembered
def helpful(run: Run) -> tuple[Remedy, ...]:
    """The best remedies of a run, simulated once."""
    return remedies(run)[:SHOWN]


def panel(race: Race, runs: Mapping[str, Run]) -> None:
    """One verdict a runner; the bad endings can be asked what would fix them."""
    for slot, runner in race.entries():
        found = diagnosis(runs[slot])
        with st.container(key=f"runner-{slot}-verdict", gap="small"):
            st.markdown(_verdict(runner, found))
            if not found.outcome.wanting:
                continue
            if wants_remedies(race, slot):
                _offers(slot, runs[slot])
            else:
                st.button(
                    tr("What would fix it?"),
                    key=f"fix-{slot}",
                    icon=":material/build:",
                    on_click=_ask,
                    args=(slot, runner),
                    type="tertiary",
                )


def _verdict(runner: Runner, found: Diagnosis) -> str:
    return f"**{literal(runner.name)}** " + "  \n".join(map(judged, found.findings))


def wants_remedies(race: Race, slot: str) -> bool:
    """Whether the remedies of this slot, as it is now, were asked for."""
    return (slot, dict(race.entries()).get(slot)) == session().memory(Asked).of


def _ask(slot: str, runner: Runner) -> None:
    session().memory(Asked).of = slot, runner


def _offers(slot: str, run: Run) -> None:
    found = helpful(run)
    if not found:
        st.caption(tr("Nothing that was tried ends better from here."))
    for i, remedy in enumerate(found):
        say, act = st.columns([5, 1], vertical_alignment="center")
        say.markdown(f"{literal(remedy.sentence)} → {literal(remedy.diagnosis.verdict)}")
        act.button(
            tr("Apply"),
            key=f"apply-{slot}-{i}",
            on_click=_apply,
            args=(slot, remedy),
            type="primary" if i == 0 else "secondary",
            width="stretch",
        )


def _apply(slot: str, remedy: Remedy) -> None:
    new = remedy.optimizer, remedy.schedule
    change(slot, lambda race, runner: Runner(*new, remedy.run.clip))


def ghosts(race: Race, runs: Mapping[str, Run]) -> list[tuple[str, Remedy]]:
    """The remedies that are on offer, with their slots, for the map."""
    return [
        (slot, remedy)
        for slot, _ in race.entries()
        if wants_remedies(race, slot)
        for remedy in helpful(runs[slot])
    ]
