"""What came out of a race: the table, the lines that reproduce it, and what can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context

import numpy as np
import streamlit as st

from playground.clipping import NoClipping
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.ground import ground_of
from playground.figures import Film, film
from playground.glossary import SLOPE
from playground.language import tr
from playground.schedules import Constant
from playground.shelf import remembered
from playground.simulation import Run
from playground.theory.curvature import coupled_decay
from playground.topics.race.race import Race, Runner, diagnosis
from playground.topics.race.tuning import ARRIVED
from playground.ui.say import literal
from playground.words import chosen_percent, number


@remembered
def row_of(name: str, run: Run) -> dict[str, str]:
    """One line of the table of results, of the function that is descended: decay included."""
    last, surface = run.finite - 1, run.surface
    w = float(coupled_decay(run.optimizer))
    function = Decayed(surface, w)
    with np.errstate(invalid="ignore", over="ignore"):
        f, slope = function(run.x.T), function.gradient(run.x[last])
        excess, distance = run.excess, float(surface.distance_to_minimum(run.x[last]))
        if w:
            ground = ground_of(surface, surface.span, w)
            away = np.hypot(*(ground.minima - run.x[last]).T)
            distance = float(away.min()) if len(away) else np.nan
            excess = f - (ground.heights[0] if len(away) else np.nan)
        arrived = np.flatnonzero(excess <= ARRIVED * excess[0])
    diverged = last < run.steps
    final = number(f[-1])
    near = tr("steps to {} of the start", chosen_percent(ARRIVED))
    return {
        tr("runner"): literal(name),
        tr("final loss"): (
            tr("not finite") if diverged else tr("{} with decay", final) if w else final
        ),
        SLOPE.noun: number(float(np.hypot(*slope))),
        near: str(arrived[0]) if arrived.size else "–",
        tr("distance to a minimum"): "–" if np.isnan(distance) else number(distance),
        tr("diverged"): _divergence(run),
    }


def _divergence(run: Run) -> str:
    found = diagnosis(run)
    if found.outcome != "diverged":
        return "–"
    when = tr("by step {}", found.findings[0].steps[1])
    return when if found.outcome.wanting else f"{found.outcome.noun}, {when}"


def results(race: Race, runs: Mapping[str, Run], below: str = "") -> None:
    """All runners side by side, and a paragraph below."""
    rows = [row_of(runner.name, runs[slot]) for slot, runner in race.entries()]
    if not rows:
        st.info(tr("Nobody runs yet: add a runner in the sidebar."))
        return
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *[list(r.values()) for r in rows]]
    st.markdown("\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n\n" + below)


def reproduce(race: Race, runner: Runner) -> str:
    """The Python line that gives the same run."""
    c = race.conditions
    arguments = [
        repr(race.surface),
        repr(runner.optimizer),
        f"start={race.begin}",
        f"steps={c.steps}",
    ]
    if runner.schedule != Constant():
        arguments.append(f"schedule={runner.schedule!r}")
    if c.noise:
        arguments += [f"noise={c.noise}", f"seed={c.seed}"]
    if runner.clip != NoClipping():
        arguments.append(f"clip={runner.clip!r}")
    return f"run = simulate({', '.join(arguments)})"


def torch_lines(race: Race, runner: Runner) -> str | None:
    """The PyTorch lines of the same optimizer, schedule and clipping, or None."""
    optimizer = runner.optimizer.torch()
    scheduler = runner.schedule.torch(race.conditions.steps, runner.optimizer.lr)
    if optimizer is None or scheduler is None:
        return None
    lines = [f"optimizer = {optimizer}"]
    if runner.schedule != Constant():
        lines.append(f"scheduler = {scheduler}")
    if runner.clip != NoClipping():
        lines.append(f"{runner.clip.torch()}  # after loss.backward(), before optimizer.step()")
    return "\n".join(lines)


def formulas(race: Race) -> None:
    """For each runner its idea, its formula, its source and the lines that reproduce it."""
    for slot, runner in race.entries():
        optimizer, schedule = runner.optimizer, runner.schedule
        with st.container(border=True, key=f"runner-{slot}-formula"):
            st.markdown(f"**{literal(runner.name)}** — {optimizer.summary()}")
            st.latex(optimizer.formula())
            if schedule != Constant():
                st.latex(rf"\eta_t = \eta\cdot\left({schedule.formula}\right)")
            if runner.clip != NoClipping():
                st.latex(rf"g \leftarrow {runner.clip.formula}")
            st.caption(f"{optimizer.source}")
            st.code(f"from playground import *\n{reproduce(race, runner)}", language="python")
            if lines := torch_lines(race, runner):
                st.code(lines, language="python")
            else:
                st.caption(tr("PyTorch has no equivalent of this optimizer or schedule."))


def downloads(race: Race, runs: Mapping[str, Run], page: Callable[[], str]) -> None:
    """The race to take away: as a page that plays, as pictures, and as numbers.

    page: makes the player a file of its own.
    """
    if not race.entries():
        return
    st.caption(tr("For slides and handouts. Each file is made when you ask for it."))
    _offer(tr("Page that plays offline (HTML)"), page, "race.html", "text/html", "movie")
    gif, png = (lambda: _film(race, runs).gif()), (lambda: _film(race, runs).png())
    _offer(tr("Animation (GIF)"), gif, "race.gif", "image/gif", "gif_box")
    _offer(tr("Picture of the last step (PNG)"), png, "race.png", "image/png", "image")
    for slot, runner in race.entries():
        name = tr("{} (CSV)", runner.name)
        _offer(name, runs[slot].to_csv, f"runner-{slot}.csv", "text/csv", "table")
    st.caption(
        tr(
            "The CSV holds every inner quantity at full precision, one row per step. A picture of "
            "the map as you see it now is behind the camera in its toolbar."
        )
    )


def _offer(
    label: str, make: Callable[[], str | bytes], file_name: str, mime: str, icon: str
) -> None:
    """A button for a file that is made when it is pressed, in the language of the page.

    Each has a container of its own: in a fragment Streamlit gives all buttons of one container the
    same place, and forgets what makes the files of all but the last.
    """
    spoken = copy_context()
    st.container().download_button(
        label,
        data=lambda: spoken.copy().run(make),
        file_name=file_name,
        mime=mime,
        icon=f":material/{icon}:",
        on_click="ignore",
        key=f"download-{file_name}",
    )


def _film(race: Race, runs: Mapping[str, Run]) -> Film:
    """The race as a film, with the names and the marks of the page."""
    entries = race.entries()
    names = [runner.name for _, runner in entries]
    slots = {
        f"{name} ({slot})" if names.count(name) > 1 else name: slot
        for name, (slot, _) in zip(names, entries, strict=True)
    }
    return film({name: runs[slot] for name, slot in slots.items()}, slots=list(slots.values()))
