"""Small pictures in SVG: a surface, still or with runners that move without any script."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.figures.ground import Map, draw_surface
from playground.figures.theme import GREY, LEVEL, PAPER, RUNNERS
from playground.simulation import Run
from playground.surfaces import Surface

KEYFRAMES = 60


def vignette(
    surface: Surface,
    runs: Mapping[str, Run] | None = None,
    width: int = 240,
    height: int = 150,
    seconds: float = 0,
    start: tuple[float, float] | None = None,
) -> str:
    """The map of a surface as an SVG document, with the paths of runs by slot.

    start: where a ring stands, for a map on which nothing has moved yet.

    With `seconds` the runners move, once every that many seconds, by CSS alone; a visitor who
    asks for less motion sees the finished paths.
    """
    ground = draw_surface(surface)
    place = _Placement(ground, width, height)
    parts, styles = [_ground(ground, place)], []
    if start is not None:
        ((x, y),) = place(np.array(start)[:, None])
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PAPER}" stroke="{LEVEL}" '
            'stroke-width="2.5"/>'
        )
    for slot, run in (runs or {}).items():
        points = place(_drawable(run, ground).T)
        shape, style = _path(slot, points, seconds)
        parts.append(shape)
        styles.append(style)
    css = "".join(styles) + "@media (prefers-reduced-motion: reduce){*{animation:none!important}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><style>{css if seconds else ""}</style>{"".join(parts)}</svg>'
    )


class _Placement:
    """From the coordinates of the surface to those of the picture."""

    def __init__(self, ground: Map, width: int, height: int) -> None:
        self.window, self.size = ground.window, (width, height)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Pixels ``(N, 2)`` of points ``(2, N)``."""
        x0, x1, y0, y1 = self.window
        width, height = self.size
        return np.stack(
            [(points[0] - x0) / (x1 - x0) * width, (y1 - points[1]) / (y1 - y0) * height], axis=1
        )


def _drawable(run: Run, ground: Map) -> np.ndarray:
    """The leading points of a run within three windows, ``(n, 2)``; beyond, SVG loses digits."""
    x0, x1, y0, y1 = ground.window
    centre, reach = np.array([x0 + x1, y0 + y1]) / 2, 1.5 * np.array([x1 - x0, y1 - y0])
    with np.errstate(invalid="ignore"):
        near = (np.abs(run.x - centre) <= reach).all(axis=1)
    return run.x if near.all() else run.x[: int(np.argmin(near))]


def _ground(ground: Map, place: _Placement) -> str:
    width, height = place.size
    lines = " ".join(_d(place(line.T.astype(float))) for line in ground.levels)
    return (
        f'<image href="{ground.address}" width="{width}" height="{height}" '
        f'preserveAspectRatio="none"/>'
        f'<path d="{lines}" fill="none" stroke="{LEVEL}" stroke-opacity=".45" stroke-width=".6"/>'
    )


def _d(points: np.ndarray) -> str:
    return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _path(slot: str, points: np.ndarray, seconds: float) -> tuple[str, str]:
    """One path with its head, and the style that moves them."""
    colour = RUNNERS[slot].colour
    d, (x, y) = _d(points), points[-1]
    shape = (
        f'<g fill="none" stroke-linejoin="round" stroke-linecap="round">'
        f'<path d="{d}" stroke="{PAPER}" stroke-opacity=".7" stroke-width="4"/>'
        f'<path class="t{slot}" d="{d}" stroke="{colour}" stroke-width="2" pathLength="1"/></g>'
        f'<circle class="h{slot}" r="4" fill="{PAPER}" stroke="{colour}" stroke-width="2.5" '
        f'style="transform:translate({x:.1f}px,{y:.1f}px)"/>'
    )
    if not seconds:
        return shape, ""
    walked = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    walked = walked / max(walked[-1], 1e-9)
    frames = np.unique(np.rint(np.linspace(0, len(points) - 1, KEYFRAMES)).astype(int))
    last = 0.85 * 100 / max(len(points) - 1, 1)  # the end is held for a while
    trail = "".join(f"{i * last:.2f}%{{stroke-dashoffset:{1 - walked[i]:.4f}}}" for i in frames)
    head = "".join(
        f"{i * last:.2f}%{{transform:translate({points[i, 0]:.1f}px,{points[i, 1]:.1f}px)}}"
        for i in frames
    )
    style = (
        f".t{slot}{{stroke-dasharray:1;animation:t{slot} {seconds}s linear infinite}}"
        f".h{slot}{{animation:h{slot} {seconds}s linear infinite}}"
        f"@keyframes t{slot}{{{trail}}}@keyframes h{slot}{{{head}}}"
    )
    return shape, style


def curve(values: np.ndarray, width: int = 240, height: int = 150) -> str:
    """A curve ``(N,)`` over its index as an SVG document, with a hairline at zero."""
    low, high = min(float(np.min(values)), 0.0), max(float(np.max(values)), 0.0)
    reach = (high - low) or 1.0
    x = np.linspace(4, width - 4, len(values))
    y, zero = ((height - 6) - (height - 12) * (np.array(v) - low) / reach for v in (values, 0.0))
    ink = RUNNERS["b"].colour
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><path d="M0,{zero:.1f}H{width}" stroke="{GREY}" stroke-width=".7"/>'
        f'<path d="{_d(np.stack([x, y], axis=1))}" fill="none" stroke="{ink}" stroke-width="2"/>'
        "</svg>"
    )
