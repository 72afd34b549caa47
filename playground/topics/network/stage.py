"""A network's training in the player: its path, its charts, and the update that is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from playground.figures.theme import RUNNERS
from playground.glossary import GAUGE, LEARNING_RATE, LOSS, SLOPE
from playground.language import tr
from playground.player import Chart, Series, Threshold, Track, player
from playground.schedules import Constant
from playground.theory import why_no_limit
from playground.topics.network.panel.network import PAGE, Shown
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import Trace
from playground.topics.race import in_short
from playground.ui.session import session
from playground.ui.state import current, put
from playground.words import capital, number

PLAYER, SLOT = "network-player", "a"


@dataclass
class ChosenUpdate:
    """The update the visitor chose to look at, and the settings for which it was chosen."""

    at: int = 0
    of: RealNetwork | None = None


def stage(s: RealNetwork, shown: Shown) -> None:
    """The path in its plane, playing, with loss, gradient, gauge and what the plane gets wrong."""
    looked = session().memory(ChosenUpdate)
    player(
        shown.ground,
        [_track(shown)],
        charts(shown),
        key=PLAYER,
        height=560,
        startable=False,
        step=looked.at if looked.of == s else None,
        on_step=_follow,
        on_threshold=lambda: _to_the_limit(s, shown.trace),
    )


def _track(shown: Shown) -> Track:
    trace = shown.trace
    over = trace.finite <= trace.steps
    return Track(
        trace.settings.optimizer.label(),
        RUNNERS[SLOT].colour,
        shown.view.coordinates.T,
        stop=trace.finite - 1 if over else None,
        note=tr("not finite from update {}", trace.finite) if over else "",
        slot=SLOT,
        ending=in_short(shown.verdict),
    )


def charts(shown: Shown) -> list[Chart]:
    """What is drawn over the updates; the first one is the loss."""
    trace, view = shown.trace, shown.view
    made = [
        Chart(
            capital(LOSS.noun),
            [Series(trace.loss, 0, tr("training")), Series(trace.dev_loss, None, tr("test"))],
            (),
            True,
            tr("on the training examples, and on as many it has not seen"),
        ),
        _gauge(trace),
        Chart(
            tr("Loss, true and in the plane"),
            [
                Series(trace.loss, 0, tr("true")),
                Series(view.shown, None, tr("plane"), dashed=True),
            ],
            (),
            True,
            tr("what the map shows below the path, against the network's own loss"),
            short=tr("In the plane"),
        ),
        Chart(capital(SLOPE.noun), [Series(trace.gradient_norm, 0)], (), True, "|∇f|"),
    ]
    if trace.settings.schedule != Constant():
        made.append(
            Chart(
                capital(LEARNING_RATE.noun),
                [Series(trace.lr, 0)],
                (),
                False,
                tr("η of each update"),
                short=tr("Rate"),
            )
        )
    return made


def _gauge(trace: Trace) -> Chart:
    """η·λ and the limit of the rule, which a click takes up."""
    limits, rule = [], trace.settings.optimizer
    told = tr("click the limit to train there")
    if np.isfinite(trace.limit):
        limits.append(Threshold(trace.limit, tr("limit {}", number(trace.limit)), "limit"))
    else:
        told = tr("no limit: {}", why_no_limit(rule)).rstrip(".")
    return Chart(
        f"{capital(GAUGE.noun)} η·λ",
        [Series(gauge_values(trace), 0)],
        limits,
        True,
        tr(
            "step × steepest curvature at {} updates, scaled as the rule scales it; {}",
            *(len(trace.gauged), told),
        ),
        short=tr("Gauge"),
    )


def gauge_values(trace: Trace) -> np.ndarray:
    """η·λ_max of every update ``(T,)``, straight between those at which it was measured."""
    good = np.isfinite(trace.gauge)
    if not good.any():
        return np.full(trace.steps, np.nan)
    return np.interp(np.arange(trace.steps), trace.gauged[good], trace.gauge[good], right=np.nan)


def _to_the_limit(s: RealNetwork, trace: Trace) -> None:
    lr = trace.limiting_lr()
    if st.session_state[PLAYER]["threshold"] and lr is not None:
        put(PAGE, s.replace(optimizer=s.optimizer.replace(lr=lr)))


def _follow() -> None:
    """The player was led to an update of what is set now, be its first run at an end or not."""
    step = st.session_state[PLAYER]["step"]
    if step is not None:
        looked = session().memory(ChosenUpdate)
        looked.at, looked.of = int(step), current(PAGE)


def update(s: RealNetwork, shown: Shown) -> int:
    """After how many updates the player stands; where another network trains, where it ends."""
    last, looked = shown.trace.finite - 1, session().memory(ChosenUpdate)
    return max(min(looked.at, last) if looked.of == s else last, 0)
