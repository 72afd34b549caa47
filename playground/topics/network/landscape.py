"""Pictures of a network's loss, and how sharp it is at a place.

A network has hundreds of parameters and a picture two, so a picture is a plane through the end of
the training.  The plane of the path's two principal directions shows where the training went; a
random plane, scaled to the size of the weights, shows how sharp the end is.
Source: Li et al. 2018, arXiv:1712.09913; Cohen et al. 2021, arXiv:2103.00065.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from playground.networks import MLP


class Curved(Protocol):
    """A loss over parameters ``(P, ...)`` with Hessian-vector products."""

    def __call__(self, p: Any) -> Any: ...

    def hvp(self, p: Any, v: Any) -> np.ndarray: ...


# ---- planes ---------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Plane:
    """The points p = centre + a·u + b·v."""

    centre: np.ndarray  # (P,)
    axes: np.ndarray  # (2, P): u and v

    def points(self, a: Any, b: Any) -> np.ndarray:
        """Parameters ``(P, ...)`` at plane coordinates of broadcast shape ``...``."""
        a, b = np.broadcast_arrays(np.asarray(a, dtype=float), b)
        return np.tensordot(self.axes.T, np.stack([a, b]), 1) + self.centre.reshape(
            -1, *[1] * a.ndim
        )

    def project(self, p: np.ndarray) -> np.ndarray:
        """Plane coordinates ``(2, ...)`` of the nearest points of the plane to p ``(P, ...)``."""
        away = p - self.centre.reshape(-1, *[1] * (p.ndim - 1))
        gram = self.axes @ self.axes.T
        return np.linalg.solve(gram, np.tensordot(self.axes, away, 1).reshape(2, -1)).reshape(
            2, *p.shape[1:]
        )

    def heights(self, loss: Curved, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Losses ``(nb, na)`` on a grid of plane coordinates `a (na,)` and `b (nb,)`."""
        return np.asarray(loss(self.points(a, b[:, None])))


@dataclass(frozen=True, eq=False)
class PathPlane:
    """The plane that holds most of a training's path, and how much it leaves out."""

    plane: Plane
    coordinates: np.ndarray
    """The path seen from the plane, ``(2, K)``; the last point is (0, 0)."""
    explained: np.ndarray
    """Share of the path's spread about its end along each direction, ``(2,)``."""
    loss: np.ndarray
    """True loss of every point of the path, ``(K,)``."""
    shown: np.ndarray
    """Loss that the picture shows below it, ``(K,)``."""

    @property
    def error(self) -> np.ndarray:
        """How far the picture is wrong at every point of the path, ``(K,)``; 0 at the end."""
        return self.shown - self.loss

    def window(self, margin: float = 0.25, count: int = 41) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates a and b of a grid around the path, ``(count,)`` each."""
        low, high = self.coordinates.min(axis=1), self.coordinates.max(axis=1)
        pad = margin * max(float((high - low).max()), 1e-9)
        a, b = (np.linspace(lo - pad, hi + pad, count) for lo, hi in zip(low, high, strict=True))
        return a, b


def path_plane(loss: Curved, path: np.ndarray) -> PathPlane:
    """The plane through the last point of a path ``(K, P)`` along its two principal directions.

    The directions are the leading right singular vectors of p_k − p_K.  Beware: a random walk in
    high dimensions also has most of its variance in two directions (Antognini & Sohl-Dickstein
    2018), so the error matters more than the share explained.
    """
    away = path - path[-1]
    _, s, v = np.linalg.svd(away, full_matrices=False)
    sign = np.where((v[:2] @ away[0]) < 0, -1.0, 1.0)  # the start lies at positive coordinates
    plane = Plane(path[-1], v[:2] * sign[:, None])
    coordinates = plane.project(path.T)
    total = float((s * s).sum()) or 1.0
    shown = np.asarray(loss(plane.points(*coordinates)))
    return PathPlane(plane, coordinates, s[:2] ** 2 / total, np.asarray(loss(path.T)), shown)


def random_plane(mlp: MLP, p: np.ndarray, seed: int = 0) -> Plane:
    """Two random directions at p ``(P,)``, each scaled filter by filter to the weights' size.

    The weights into one neuron are a filter: its part of a direction d gets the filter's norm,
    d_f ← d_f ‖w_f‖/‖d_f‖, so that rescaling neighbouring layers (which changes no prediction)
    does not change the picture.  Biases stay fixed.
    """
    rng = np.random.default_rng(seed)

    def direction() -> np.ndarray:
        layers = []
        for w, b in mlp.unpack(p):
            d = rng.standard_normal(w.shape)
            size = np.linalg.norm(w, axis=1, keepdims=True)
            layers.append((d * size / np.linalg.norm(d, axis=1, keepdims=True), np.zeros_like(b)))
        return mlp.pack(layers)

    return Plane(np.asarray(p), np.stack([direction(), direction()]))


# ---- sharpness ------------------------------------------------------------------------------


class Sharpness(NamedTuple):
    """The largest eigenvalue of a Hessian, found without the Hessian."""

    value: float
    vector: np.ndarray  # (P,)
    products: int
    """Hessian-vector products that were needed."""


def lanczos(
    loss: Curved,
    p: np.ndarray,
    tolerance: float = 1e-6,
    limit: int = 60,
    seed: int = 0,
    start: np.ndarray | None = None,
) -> Sharpness:
    """The largest (most positive) eigenvalue, from the Krylov space v, Hv, H²v, ...

    H is projected on an orthonormal basis of the space, a tridiagonal matrix whose largest
    eigenvalue converges fast.  Every new vector is made orthogonal to all before it, which round-
    off otherwise spoils.  Stops when the residual is at most tolerance · |λ|.
    """
    v = _random_unit(p, seed) if start is None else start / np.linalg.norm(start)
    basis, diagonal, off = [v], [], []  # type: ignore[var-annotated]
    while len(diagonal) < min(limit, len(p)):
        w = loss.hvp(p, basis[-1])
        diagonal.append(float(basis[-1] @ w))
        q = np.array(basis)
        for _ in range(2):
            w = w - q.T @ (q @ w)
        beta = float(np.linalg.norm(w))
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(off, 1) + np.diag(off, -1))
        if beta * abs(vectors[-1, -1]) <= tolerance * abs(values[-1]):
            break
        off.append(beta)
        basis.append(w / beta)
    return Sharpness(float(values[-1]), q.T @ vectors[:, -1], len(diagonal))


def _random_unit(p: np.ndarray, seed: int) -> np.ndarray:
    v = np.random.default_rng(seed).standard_normal(len(p))
    return v / np.linalg.norm(v)
