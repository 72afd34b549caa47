"""Bursts: leaps of the slope out of a quiet stretch, and back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.diagnosis import lines
from playground.diagnosis.quantity import Index
from playground.types import Array, Mask


class Leap(NamedTuple):
    """A burst of one descent."""

    peak: int
    end: int
    height: float
    """|g| over its median before."""


def leaps(size: Array, f: Array, flips: Mask) -> list[Leap]:
    """Every burst of one descent."""
    found: list[Leap] = []
    peaks = _peaks(size, f, flips)
    k = lines.CALM_STEPS
    for peak, quiet in zip(peaks.tolist(), _quiet_before(size, peaks).tolist(), strict=True):
        if size[peak] <= lines.BURST * quiet or (found and peak <= found[-1].end):
            continue
        if not _was_quiet(size[:peak]) or (found and not _calmed(size, found[-1].end, peak)):
            continue
        peak += int(size[peak : peak + k].argmax())
        below = size[peak:] < lines.CALMED * size[peak]
        if len(below) < k:
            continue
        runs = np.convolve(below, np.ones(k), "valid") == k
        if runs[: lines.BURST_ENDS].any():
            found.append(Leap(peak, peak + int(runs.argmax()), float(size[peak] / quiet)))
    return found


def _calmed(size: Array, end: int, peak: int) -> bool:
    """Whether it had become quiet again after a burst: else it is its ringing."""
    return bool(size[peak] > lines.BURST * np.median(size[end:peak]))


def _was_quiet(before: Array) -> bool:
    """Whether |g| had come down before it grew, or kept to one size, not flipping between two."""
    old = before[: len(before) - min(len(before), lines.QUIET) // 2]
    least, lately = int(old.argmin()), old[-lines.QUIET :]
    with np.errstate(divide="ignore", invalid="ignore"):
        jumps = np.abs(np.diff(np.log(lately)))
    came_down = old[: least + 1].max() > lines.CAME_DOWN * old[least]
    kept = lately.max() < lines.CAME_DOWN * lately.min()
    return bool((came_down or kept) and not np.median(jumps) > np.log(lines.KEEPS_SIZE))


def _quiet_before(size: Array, peaks: Index) -> Array:
    """The median of |g| over the updates before each peak, as many as there are of them."""
    at = peaks[:, None] - np.arange(1, lines.QUIET + 1)
    before = np.sort(np.where(at >= 0, size[np.maximum(at, 0)], np.inf), axis=1)
    many = np.minimum(peaks, lines.QUIET)
    middle = np.stack([(many - 1) // 2, many // 2], axis=1)
    found: Array = np.take_along_axis(before, middle, axis=1).mean(axis=1)
    return found


def _peaks(size: Array, f: Array, flips: Mask) -> Index:
    """Moments at which |g| is higher than beside, after flips and a rise of the loss."""
    begin, look = lines.BURST_BEGIN, lines.FLIPS_SEEN
    so_far = np.concatenate([[0], np.cumsum(flips)])
    t = np.arange(begin, len(size))
    top = size[t] >= np.maximum(size[t - 1], np.append(size[begin + 1 :], 0))
    flipped = so_far[t] - so_far[t - look] >= lines.FLIPS_BEFORE
    before = np.minimum(f[t - lines.RISE_BACK[0]], f[t - lines.RISE_BACK[1]])
    found: Index = t[top & flipped & (f[t] - before > lines.RISE * np.ptp(f))]
    return found
