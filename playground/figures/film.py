"""A race as an animated GIF and as a PNG, drawn without a browser: for slides and for notebooks."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from io import BytesIO
from typing import Literal

import numpy as np
from PIL import Image

from playground.figures.gif import animated, palette_of
from playground.figures.ground import Window, draw_surface
from playground.figures.ink import inscribe
from playground.figures.plate import COUNT, SMALL, Plate, laid_out
from playground.figures.stills import LEVEL_OPACITY, QUIET, numbers_up, still_picture, to_pixels
from playground.figures.theme import LOOKS, RUNNERS, blend
from playground.figures.trails import Trail, draw_heads, draw_starts
from playground.glossary import EXCESS_LOSS, LOSS
from playground.language import tr
from playground.simulation import Run
from playground.words import number, setting

MOST_FRAMES = 120
USUAL_SECONDS, STEP_SECONDS = 6.0, 0.25
"""How long a race plays, and how long a step of a short one."""
HELD = 2500
"""Milliseconds for which the last frame is held."""
SHORTEST = 20
"""Milliseconds of a frame; browsers show a shorter one for a tenth of a second."""


@dataclass(frozen=True, eq=False)
class Film:
    """A race as pictures; made by `film`, and shown by a notebook as it is.

    runs: by name, in the order of the legend; all on one surface.
    window: the part of the plane that is shown.
    slots: the marks of the runs, see `theme.RUNNERS`.
    size: of the picture, in pixels.
    seconds: how long it plays before its end is held.
    """

    runs: Mapping[str, Run]
    window: Window
    slots: Sequence[str]
    size: tuple[int, int]
    seconds: float
    theme: Literal["light", "dark"]

    def __post_init__(self) -> None:
        """Whether there is room for all is said now, not when it is drawn."""
        _ = self._plate

    @property
    def steps(self) -> int:
        """Of the longest run."""
        return max(run.steps for run in self.runs.values())

    @cached_property
    def times(self) -> list[int]:
        """The step each frame shows: all of a short run, evenly spaced ones of a long one."""
        many = min(MOST_FRAMES, self.steps + 1)
        return np.rint(np.linspace(0, self.steps, many)).astype(int).tolist()

    @property
    def frames(self) -> int:
        """How many pictures the GIF has."""
        return len(self.times)

    def gif(self) -> bytes:
        """The film as a GIF that plays again and again and rests at its end."""
        look, marks = LOOKS[self.theme], [RUNNERS[slot].colour for slot in self.slots]
        begins = np.rint(np.linspace(0, 100 * self.seconds, self.frames))  # GIF counts in these
        lasting = np.maximum(10 * np.diff(begins).astype(int), SHORTEST).tolist()
        lasting.append(HELD)
        palette = palette_of(look, marks, LEVEL_OPACITY)
        return animated(self._pictures(self.times), palette, lasting)

    def png(self, step: int | None = None) -> bytes:
        """The picture at a step, by default the last one, as a PNG.

        Raises `ValueError` for a step that the race does not have.
        """
        step = self.steps if step is None else step
        if not 0 <= step <= self.steps:
            raise ValueError(f"This race has the steps 0 to {self.steps}, not {step}.")
        file = BytesIO()
        next(self._pictures([step])).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: it moves in a page, and stands still in print."""
        gif, png = (base64.b64encode(data).decode() for data in (self.gif(), self.png()))
        name = tr("{} on {}", ", ".join(self.runs), self._first.surface.label())
        page = f'<img src="data:image/gif;base64,{gif}" alt="{escape(name)}" '
        page += f'width="{self.size[0]}" style="max-width:100%">'
        return {"text/html": page, "image/png": png, "text/plain": f"<Film: {name}>"}

    @property
    def _first(self) -> Run:
        return next(iter(self.runs.values()))

    @cached_property
    def _told(self) -> list[list[str]]:
        """What the legend says of every run at every step."""
        return [told_values(run) for run in self.runs.values()]

    @cached_property
    def _plate(self) -> Plate:
        x0, x1, y0, y1 = (edge / 2 for edge in self.window)
        longest = [max(texts, key=len) for texts in self._told]
        title = self._first.surface.label()
        _, numbers = numbers_up(*self.window[2:])
        return laid_out(self.size, (x1 - x0) / (y1 - y0), title, list(self.runs), longest, numbers)

    @cached_property
    def _still(self) -> Image.Image:
        ground = draw_surface(self._first.surface, self.window)
        strokes = [RUNNERS[slot] for slot in self.slots]
        look = LOOKS[self.theme]
        return still_picture(self._plate, ground, self._first.surface, strokes, look)

    def _pictures(self, times: Sequence[int]) -> Iterator[Image.Image]:
        """The pictures at some steps, in order."""
        plate, look = self._plate, LOOKS[self.theme]
        trails = [
            Trail(
                to_pixels(run.x[: max(run.finite, 1)], plate, self.window),
                RUNNERS[slot],
                plate,
                gone=run.finite <= run.steps,
            )
            for slot, run in zip(self.slots, self.runs.values(), strict=True)
        ]
        for t in times:
            picture = self._still.copy()
            for trail in trails:
                trail.draw(picture, t, look)
            draw_starts(picture, trails, plate, look)
            told = [texts[min(t, len(texts) - 1)] for texts in self._told]
            draw_heads(picture, trails, t, plate, look)
            self._write(picture, t, told)
            yield picture

    def _write(self, picture: Image.Image, t: int, told: Sequence[str]) -> None:
        """The step, and the values in the legend."""
        plate, look = self._plate, LOOKS[self.theme]
        count = tr("step {} of {}", t, self.steps)
        inscribe(picture, plate.counter, count, COUNT * plate.unit, look.ink)
        quiet = blend(look.paper, look.ink, QUIET)
        for row, text in zip(plate.rows, told, strict=True):
            inscribe(picture, row.value, text, SMALL * plate.unit, quiet)


def told_values(run: Run) -> list[str]:
    """What is told of a run at every step: the excess loss, or the loss where nothing bounds it."""
    bounded = bool(np.isfinite(run.surface.lowest()))
    noun = (EXCESS_LOSS if bounded else LOSS).noun
    with np.errstate(all="ignore"):
        values = run.excess if bounded else run.f
    told = [f"{noun} {number(float(value))}" for value in values[: run.finite]]
    over = tr("not finite from step {}", run.finite)
    return told + [over] * (run.steps + 1 - run.finite)


def film(
    runs: Run | Sequence[Run] | Mapping[str, Run],
    *,
    window: Window | None = None,
    slots: Sequence[str] | None = None,
    size: tuple[int, int] = (960, 640),
    seconds: float | None = None,
    theme: Literal["light", "dark"] = "light",
) -> Film:
    """One or several runs on one surface as a film: an animated GIF, and a PNG of every step.

    runs: one run, several, or several by the names they get in the legend.
    window: the part x0, x1, y0, y1 of the plane that is shown; by default the surface's own.
    slots: the marks of the runs as the pages name them ("a" to "h"); by default in this order.
    size: of the picture, in pixels; letters grow with it.
    seconds: how long it plays; by default a quarter second a step, and six at most.
    theme: "light" or "dark".

    Raises `ValueError` for no run, a batch, more runs than there are marks, runs on several
    surfaces, an empty window, and a size that leaves no room for the map.

    >>> import playground as pg
    >>> rules = {"plain": pg.GradientDescent(lr=0.019), "Adam": pg.Adam(lr=0.3)}
    >>> runs = {name: pg.simulate(pg.Bowl(), rule, steps=40) for name, rule in rules.items()}
    >>> race = pg.figures.film(runs)
    >>> race.frames, race.gif()[:6], race.png(step=7)[1:4]
    (41, b'GIF89a', b'PNG')
    """
    named = (
        dict(runs)
        if isinstance(runs, Mapping)
        else _named([runs] if isinstance(runs, Run) else runs)
    )
    slots = list(RUNNERS)[: len(named)] if slots is None else list(slots)
    _check(list(named.values()), slots)
    surface = next(iter(named.values())).surface
    window = surface.span if window is None else window
    if not (window[0] < window[1] and window[2] < window[3]):
        raise ValueError(f"The window {window} is empty: its edges are x0 < x1, y0 < y1.")
    steps = max(run.steps for run in named.values())
    long = min(USUAL_SECONDS, steps * STEP_SECONDS) if seconds is None else seconds
    if not long >= 0:
        raise ValueError(f"A film of {long} seconds cannot be shown.")
    return Film(named, window, slots, (int(size[0]), int(size[1])), long, theme)


def _check(runs: Sequence[Run], slots: Sequence[str]) -> None:
    if not runs or any(run.shape for run in runs):
        raise ValueError("film takes one or more single runs; take one of a batch by its index.")
    if len(slots) != len(runs) or not set(slots) <= set(RUNNERS) or len(set(slots)) < len(slots):
        raise ValueError(f"film takes up to {len(RUNNERS)} runs, each with a slot of its own.")
    if any(run.surface != runs[0].surface for run in runs):
        raise ValueError("The runs of a film are on one surface.")


def _named(runs: Sequence[Run]) -> dict[str, Run]:
    """Runs by the name of their rule; rules of one name are told apart by η, or by their number."""
    names = [run.optimizer.label() for run in runs]
    rates = [
        f"{name}, η {setting(run.optimizer.lr)}" for name, run in zip(names, runs, strict=True)
    ]
    names = [r if names.count(name) > 1 else name for name, r in zip(names, rates, strict=True)]
    unlike = [
        f"{name} ({names[:k].count(name) + 1})" if names.count(name) > 1 else name
        for k, name in enumerate(names)
    ]
    return dict(zip(unlike, runs, strict=True))
