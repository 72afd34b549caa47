"""The stage: a race in the player, with its charts, the gauge and the ghosts of what would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground import theory
from playground.figures.ground import draw_surface, marked_points
from playground.figures.theme import RUNNERS
from playground.glossary import EFFECTIVE_RATE, EXCESS_LOSS, GAUGE, LOSS, SLOPE
from playground.language import tr
from playground.player import (
    GROUND,
    Chart,
    Kind,
    Mark,
    Series,
    SurfaceMap,
    Threshold,
    Track,
    Vectors,
    bring_fans,
    player,
    self_contained,
)
from playground.player.fan import not_finite
from playground.shelf import remembered
from playground.simulation import Run
from playground.surfaces import Surface
from playground.topics.race import fan
from playground.topics.race.panel import microscope, verdicts
from playground.topics.race.panel.controls import PAGE, change, change_surface, set_start
from playground.topics.race.race import Race, diagnosis
from playground.ui.say import complain
from playground.ui.session import catch_missed
from playground.ui.state import current
from playground.words import capital, count, number, point, setting

PLAYER = "race"
HEIGHT = 620
WITHIN = (0.0, 1.5)
"""What the gauge shows: the limit is 1."""


def show(race: Race, runs: Mapping[str, Run], room: DeltaGenerator, under_microscope: bool) -> None:
    """The player, in its room, with everything the page knows of the race."""
    looked_at = microscope.chosen(race) if under_microscope else None
    player(
        surface_map(race.surface),
        tracks(race, runs, looked_at),
        charts(race, runs),
        key=PLAYER,
        dials=fan.dials(race.surface),
        start=race.begin,
        height=HEIGHT,
        room=room,
        step=microscope.player_step() if under_microscope else None,
        on_start=lambda: set_start(*st.session_state[PLAYER]["start"]),
        on_threshold=_to_the_limit,
        on_turn=_turn,
        on_step=(lambda: microscope.follow(PLAYER)) if under_microscope else None,
    )


def page_of(race: Race, runs: Mapping[str, Run]) -> Callable[[], str]:
    """What makes the player with all it shows now a file of its own."""
    names = dict.fromkeys(runner.optimizer.label() for _, runner in race.entries())
    c = race.conditions
    words = [tr("Start {}, {} steps.", point(race.begin), count(c.steps))]
    if c.noise:
        words.append(tr("The gradients have noise of size {}, seed {}.", setting(c.noise), c.seed))
    return partial(
        self_contained,
        surface_map(race.surface),
        tracks(race, runs),
        charts(race, runs),
        title=tr("{} on {}", ", ".join(names), race.surface.label()),
        words=[" ".join(words)],
        start=race.begin,
        height=HEIGHT,
    )


@remembered
def surface_map(surface: Surface) -> SurfaceMap:
    """The map of a surface with its critical points."""
    drawn = draw_surface(surface)
    marks = [Mark(*point, cast(Kind, point.kind)) for point in marked_points(surface)]
    height = f"{LOSS.noun}, {drawn.scale}"
    return SurfaceMap(drawn.window, drawn.picture, drawn.levels, marks, height=height)


def tracks(race: Race, runs: Mapping[str, Run], looked_at: str | None = None) -> list[Track]:
    """One track a runner in the colour of its slot, then the ghosts."""
    shown = []
    for slot, runner in race.entries():
        run, mark = runs[slot], RUNNERS[slot]
        over = run.finite <= run.steps
        found = diagnosis(run)
        vectors: tuple[Vectors, ...] = microscope.vectors(run) if slot == looked_at else ()
        shown.append(
            Track(
                runner.name,
                mark.colour,
                run.x,
                dash=mark.dash,
                vectors=vectors,
                stop=run.finite - 1 if over else None,
                note=not_finite(run.finite) if over else "",
                slot=slot,
                short=runner.short,
                ending=fan.brief(found),
                knobs=fan.knobs(race, runner),
                events=fan.happened(found),
                hot=fan.flagged_stretches(fan.unstable(share_of_limit(run))),
            )
        )
    for slot, remedy in verdicts.ghosts(race, runs):
        shown.append(Track(remedy.sentence, RUNNERS[slot].colour, remedy.run.x, ghost=True))
    return shown


def charts(race: Race, runs: Mapping[str, Run]) -> list[Chart]:
    """Loss, gradient norm, the gauge, and the effective rate per parameter, over the step."""
    shown = [runs[slot] for slot, _ in race.entries()]
    bounded = fan.bounded(race.surface)
    term, hint = LOSS, "f(x, y)"
    if bounded:
        lowest = number(race.surface.lowest(), 6)
        term, hint = EXCESS_LOSS, tr("loss above the lowest minimum, f − {}", lowest)

    def chart(
        title: str, hint: str, log: bool, value: Callable[[Run], np.ndarray], short: str = ""
    ) -> Chart:
        with np.errstate(all="ignore"):
            series = [Series(value(r), i) for i, r in enumerate(shown)]
        return Chart(title, series, (), log, hint, short=short)

    def rate(title: str, name: str) -> Chart:
        return chart(
            title,
            tr("what multiplies the direction"),
            True,
            lambda run: run.effective_lr[:, "xy".index(name)],
            tr("Rate {}", name),
        )

    return [
        chart(capital(term.noun), hint, bounded, fan.drawn_loss),
        gauge(race, runs),
        chart(capital(SLOPE.noun), "|∇f|", True, lambda run: np.hypot(*run.gradient.T)),
        *(rate(tr("{} of {}", capital(EFFECTIVE_RATE.noun), name), name) for name in "xy"),
    ]


def gauge(race: Race, runs: Mapping[str, Run]) -> Chart:
    """η·λ over the limit of each rule along the path; a click on 1 goes to the limit."""
    series: list[Series] = []
    limited = ""
    hint = tr(
        "step × steepest curvature, as a share of what the rule stands: above 1 it is unstable"
    )
    for i, (slot, runner) in enumerate(race.entries()):
        share = share_of_limit(runs[slot])
        if np.isfinite(share).any():
            series.append(Series(share, i))
            limited += slot
        elif reason := theory.why_no_limit(runner.optimizer):
            of = tr("{} has no limit: {}", runner.optimizer.label(), reason.rstrip("."))
            hint = f"{hint}. {of}"
    line = Threshold(1.0, tr("stable below 1"), limited)
    title = capital(GAUGE.noun)
    return Chart(title, series, [line], hint=hint, range=WITHIN, short=tr("Gauge"))


@remembered
def share_of_limit(run: Run) -> np.ndarray:
    """η·λ_max over the limit before every update, ``(T,)``."""
    return fan.gauge_share(run)


@st.fragment
def fans() -> None:
    """What brings the fans of the knobs to the browser; it runs alone when one is touched."""
    catch_missed()
    bring_fans(PLAYER, lambda slot, param: fan.message(current(PAGE), slot, param))


def _turn() -> None:
    """A knob was turned: its runner gets the value, or the surface."""
    slot, param, value = st.session_state[PLAYER]["turn"]
    try:
        if slot == GROUND:
            change_surface(param, value)
            return
        change(slot, lambda race, runner: runner.optimizer.replace(**{param: value}))
    except ValueError as error:
        complain(error)


def _to_the_limit() -> None:
    """A limit of the gauge was clicked: its runners get the learning rate that reaches it."""
    for slot in st.session_state[PLAYER]["threshold"] or "":
        change(
            slot,
            lambda race, runner: runner.optimizer.replace(
                lr=limiting_lr(race.run(runner)) or runner.optimizer.lr
            ),
        )


def limiting_lr(run: Run) -> float | None:
    """The learning rate at which η·λ_max meets the limit, where the path ends; None if never."""
    # A path that blew up ends where the surface says nothing of the valley.
    nearest = fan.nearest_minimum(run)
    end = run.x[run.finite - 1] if nearest is None else nearest
    rate = float(theory.critical_lr(run.optimizer, run.surface, end, run.steps))
    if np.isnan(rate):  # adaptive: the gauge is proportional to the learning rate
        last = theory.sharpness(run)[: max(run.finite - 1, 1)][-1]
        limit = theory.stability_limit(run.optimizer, run.surface, end, run.steps)
        rate = run.optimizer.lr * float(np.divide(limit, last))
    return float(f"{rate:.12g}") if np.isfinite(rate) and rate > 0 else None
