"""Facts of one run that need no opinion: its past, its future, and the ground under its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

import playground as pg
from tests.oracles.truth.flow import rest_below, rest_in_box
from tests.oracles.truth.function import Descended, decoupled, of
from tests.oracles.truth.ground import Known, Rest, search
from tests.oracles.truth.setting import Setting

FUTURE, SHORTEST, LONGEST = 20, 400, 30_000
"""How many times its length a run is carried on, and the fewest and most updates of that."""
DOMAIN = 1e4
"""So many windows away a point has left for good."""


@dataclass(frozen=True)
class Facts:
    """What is true of the run of a setting; F is the function that it descends."""

    setting: Setting

    @cached_property
    def F(self) -> Descended:
        return of(self.setting.optimizer, self.setting.surface)

    @cached_property
    def T(self) -> int:
        return self.setting.steps

    @cached_property
    def L(self) -> float:
        return self.F.length

    @cached_property
    def long(self) -> pg.Run:
        """The run itself and what follows."""
        return self.setting.longer(min(max(FUTURE * self.T, SHORTEST), LONGEST))

    @cached_property
    def x(self) -> np.ndarray:
        return self.long.x

    @cached_property
    def f(self) -> np.ndarray:
        with np.errstate(all="ignore"):
            return self.F(self.x.T)

    @cached_property
    def g(self) -> np.ndarray:
        with np.errstate(all="ignore"):
            return self.F.gradient(self.x.T).T

    @cached_property
    def size(self) -> np.ndarray:
        return np.hypot(*self.g.T)

    @cached_property
    def gone(self) -> int | None:
        """The first step at which the long run is not finite or has left for good."""
        away = np.abs(self.x - self.F.centre).max(axis=1) > DOMAIN * self.L
        away |= ~np.isfinite(self.x).all(axis=1) | ~np.isfinite(self.f)
        return int(np.flatnonzero(~np.append(False, away))[-1]) if away[-1] else None

    @cached_property
    def end(self) -> np.ndarray:
        """The last point of the run that is still there."""
        return self.x[self.last]

    @cached_property
    def last(self) -> int:
        return self.T if self.gone is None or self.gone > self.T else max(self.gone - 1, 0)

    @cached_property
    def born_outside(self) -> bool:
        """Whether loss or slope has no finite value at the start."""
        return not (np.isfinite(self.f[0]) and np.isfinite(self.g[0]).all())

    # ---- the ground ---------------------------------------------------------------------------

    @cached_property
    def known(self) -> Known:
        """Minima of F; of the box that decoupled decay leaves, where there is one."""
        points = [tuple(map(float, p)) for p in (self.x[0], self.end)]
        if self.box:
            points += [tuple(map(float, r.x)) for r in search(self.F).rests[:12]]
            points += [(i * self.box, j * self.box) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            boxed = [rest_in_box(self.F, np.array(p), self.box) for p in points]
            found = sorted((r for r in boxed if r), key=lambda r: r.f)
            return Known(tuple(found), False, found[0].f if found else np.inf)
        whole = search(self.F)
        rest = self.rest
        if rest is None or whole.nearest(rest.x)[0] < 1e-4 * self.L:
            return whole
        rests = tuple(sorted((*whole.rests, rest), key=lambda r: r.f))
        return Known(rests, whole.unbounded, min(whole.infimum, rest.f))

    @cached_property
    def box(self) -> float:
        """Half the side of the box |x_i| ≤ 1/w of decoupled decay, 0 without it."""
        w = decoupled(self.setting.optimizer)
        return 1 / w if w > 1e-9 else 0.0

    @cached_property
    def rest(self) -> Rest | None:
        """The minimum below the end of the run, None where it falls for ever."""
        return self.rest_from(self.end)

    @cached_property
    def meant(self) -> tuple[Rest, ...]:
        """Minima that may be spoken of: the one below the end first, and all that are known."""
        return (*([self.rest] if self.rest is not None else []), *self.known.rests)

    def ways(self, x: np.ndarray) -> Iterator[tuple[np.ndarray, float]]:
        """How far points ``(K, 2)`` are from each of them, and 1 % of the way from the start.

        Along a floor every point will do: of that the distance across it as well.
        """
        with np.errstate(all="ignore"):
            for rest in self.meant:
                near = 0.01 * max(float(np.hypot(*(rest.x - self.x[0]))), 1e-3 * self.L)
                yield np.hypot(*(x - rest.x).T), near
                low, high = self.F.eigenvalues(rest.x)
                if low < 1e-3 * high:
                    yield np.sqrt(np.maximum(2 * (self.F(x.T) - rest.f) / high, 0.0)), near

    def rest_from(self, p: np.ndarray) -> Rest | None:
        """The minimum below a point."""
        return rest_in_box(self.F, p, self.box) if self.box else rest_below(self.F, p)

    @cached_property
    def distance(self) -> float:
        """From the end to the minimum below it."""
        return float(np.hypot(*(self.end - self.rest.x))) if self.rest else np.inf

    @cached_property
    def way(self) -> float:
        """The scale of the way: start to end, or what is left of it."""
        ahead = min(self.distance, self.L)
        made = float(np.hypot(*(self.end - self.x[0])))
        return max(made, ahead if self.rest else 0.0, 1e-3 * self.L)

    @cached_property
    def in_window(self) -> float:
        """The lowest value that a fine lattice of the window shows."""
        x0, x1, y0, y1 = self.setting.surface.span
        grid = np.array(np.meshgrid(np.linspace(x0, x1, 201), np.linspace(y0, y1, 201)))
        with np.errstate(all="ignore"):
            f = self.F(grid)
        f = f[np.isfinite(f)]
        return float(f.min()) if f.size else np.inf

    @cached_property
    def low(self) -> float:
        """The lowest value known: of minima, window and path, not of what falls for ever."""
        seen = self.f[: self.last + 1]
        seen = seen[np.isfinite(seen)]
        # The corners of the box that decay leaves may lie far out, and are nothing of this run.
        reach = 3 * self.L + float(np.hypot(*(self.end - self.F.centre)))
        near = (r for r in self.known.rests if np.hypot(*(r.x - self.F.centre)) < reach)
        known = [r.f for r in islice(near, 1)]
        if self.known.fades:
            known.append(self.known.infimum)
        return float(min([self.in_window, *known, *seen]))

    @cached_property
    def fall(self) -> float:
        """The drop that the start has; of a start that has none, how high the run was stirred."""
        drop, seen = float(self.f[0]) - self.low, self.f[: self.last + 1]
        if drop <= 1e-12 * (1 + abs(self.low)) and not self.born_outside:
            drop = float(np.fmax.reduce(seen)) - self.low
        return max(drop, 1e-300)

    @cached_property
    def curvatures(self) -> np.ndarray:
        with np.errstate(all="ignore"):
            return self.F.eigenvalues(self.end)

    # ---- the motion ---------------------------------------------------------------------------

    def spread(self, first: int, last: int) -> float:
        """The larger side of the box around some points of the long run."""
        points = self.x[max(first, 0) : last + 1]
        return float(np.ptp(points, axis=0).max()) if len(points) else 0.0

    def after(self, steps: int) -> np.ndarray:
        """The next points of the long run."""
        return self.x[self.T : self.T + steps + 1]

    @cached_property
    def tenth(self) -> int:
        return max(self.T // 10, min(10, self.T))

    @cached_property
    def flips(self) -> float:
        """Share of the last fifth's steps after which the gradient opposes the one before."""
        k = max(self.T // 5, min(10, self.T))
        g = self.g[self.T - k : self.T + 1]
        return float(((g[1:] * g[:-1]).sum(axis=1) < 0).mean()) if len(g) > 1 else 0.0

    def block(self) -> str:
        """Everything for a reader, one fact a line."""

        def point(p: Any) -> str:
            return "(" + ", ".join(f"{v:.5g}" for v in p) + ")"

        names = [f"{point(r.x)} f={r.f:.6g}" for r in self.known.rests[:4]]
        ten = min(10 * max(self.T, 1), len(self.x) - 1)
        rest = f"{point(self.rest.x)} F={self.rest.f:.6g}" if self.rest else "none: it falls on"
        with np.errstate(all="ignore"):
            lines = [
                f"F0={self.f[0]:.6g} F_end={self.f[self.last]:.6g} last={self.last} "
                f"|g0|={self.size[0]:.4g} |g|={self.size[self.last]:.4g} gone={self.gone}",
                f"minima ({len(self.known.rests)}): {'; '.join(names) or 'none'}; "
                f"unbounded={self.known.unbounded} fades={self.known.fades} low={self.low:.6g}",
                f"rest below the end: {rest}, {self.distance:.4g} away, way {self.way:.4g}",
                f"curvatures at the end {point(self.curvatures)}, flips {self.flips:.2f}, "
                f"spread of the last tenth {self.spread(self.T - self.tenth, self.T):.3g}",
                "last 5: " + " ".join(map(point, self.x[max(self.last - 4, 0) : self.last + 1])),
                f"at {ten} steps: {point(self.x[ten])} F={self.f[ten]:.6g}",
            ]
        return "\n".join("    " + line for line in lines)
