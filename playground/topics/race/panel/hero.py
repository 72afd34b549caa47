"""The race on the first page, lesson 0: one ball, one knob, and a rate at which it breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from playground import theory
from playground.language import tr
from playground.player import bring, make_room
from playground.topics.race.panel.live import Kept, fans, show
from playground.topics.race.race import Race
from playground.topics.race.scenes import OPENING
from playground.ui.say import literal
from playground.ui.session import catch_missed, session
from playground.words import setting

KEY = "hero"
ONE = replace(OPENING, runners=OPENING.runners[:1])
"""The first of the opening scene."""
HEIGHT = 420


@dataclass
class OnHome:
    """What the visitor has made of the race, until the page is loaded anew."""

    race: Race = ONE


def _put(race: Race) -> None:
    session().memory(OnHome).race = race


KEPT = Kept(lambda: session().memory(OnHome).race, _put)


def hero() -> None:
    """The race, the knob of its runner, the ring of its start, and whether it is broken."""
    bring()
    told = st.empty()
    room = make_room(KEY)

    @st.fragment
    def live() -> None:
        catch_missed()
        told.markdown(sought(KEPT.get()))
        show(KEY, KEPT.get(), KEPT, room, HEIGHT, sketched=True)

    live()
    fans(KEY, KEPT)


def sought(race: Race) -> str:
    """What there is to find, or what was found: the rate from which on every step is too long."""
    ((_, runner),) = race.entries()
    rate = runner.optimizer.values()["lr"]
    limit = float(theory.critical_lr(runner.optimizer, race.surface, race.surface.minima()[0]))
    if rate <= limit:
        return tr("**Find the learning rate where it breaks.** Turn the knob: the path follows.")
    return tr(
        "**You broke it.** With η = {} every step lands farther out than it began; up to η = {} "
        "it holds. Why there? That is the first lesson.",
        literal(setting(rate)),
        literal(setting(float(f"{limit:.12g}"))),
    )
