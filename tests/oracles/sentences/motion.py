"""What is told of the way that was made, beside the points of the run."""

from __future__ import annotations

import re

import numpy as np

from tests.oracles.sentences.claims import Told, checks
from tests.oracles.truth.reading import NUMBER, VALUE, number


@checks("a swing of another size")
def swing(told: Told) -> list[str]:
    """Along the line it is measured from where the slope turns, or from a minimum."""
    t, faults = told.facts, []
    pattern = (
        rf"along \(({VALUE}), ({VALUE})\) it swung ({VALUE}) to the other side, ({VALUE}) % of the "
        rf"({VALUE}) it came from, from step (\d+) to (\d+)"
    )
    for found in re.finditer(pattern, told.text):
        a, b, beyond, share, begin = map(number, found.groups()[:5])
        first, last = int(found[6]), int(found[7])
        u = np.array([a, b]) / np.hypot(a, b)
        c, slope = t.x[: t.T + 1] @ u, t.g[: t.T + 1] @ u
        if abs(100 * beyond / begin - share) > 0.02 * share:
            faults.append(f"“{found[4]} %” of {found[5]} is not {found[3]}")
        nearest = sorted(t.meant, key=lambda r: np.hypot(*(r.x - t.end)))[:4]
        zeros = [float(r.x @ u) for r in nearest]
        i = first - 1
        if slope[i] * slope[first] < 0:
            zeros.append(c[i] + (c[first] - c[i]) * slope[i] / (slope[i] - slope[first]))
        # the directions are printed to three digits: what they move a coordinate by is allowed
        slack = 0.03 * begin + 2e-3 * float(np.abs(t.x[: t.T + 1]).max())
        fits = []
        for z in zeros:
            side = np.sign(c[first] - z)
            out = float((side * (c[first : last + 1] - z)).max())
            across = np.flatnonzero(side * (c[: first - 1] - z) > 0)
            since = int(across[-1]) + 1 if across.size else 0
            fits.append((out, float((-side * (c[since:first] - z)).max())))
        if not any(abs(o - beyond) <= slack and abs(m - begin) <= slack for o, m in fits):
            truth = [f"{o:.4g} of {m:.4g}" for o, m in fits[:3]]
            faults.append(f"“{found[0]}”: {'; '.join(truth)}")
    return faults


@checks("a share of steps")
def shares(told: Told) -> list[str]:
    t, faults = told.facts, []
    g, x = t.g[: t.T], np.diff(t.x[: t.T + 1], axis=0)
    for text in re.findall(rf"at ({NUMBER}) % of all its steps it set out uphill", told.text):
        up = 100 * float(((g * x).sum(axis=1) > 0).mean())
        if not told.near(text, up, slack=0.05):
            faults.append(f"“{text} % set out uphill”, {up:.3g} % do")
    for text in re.findall(rf"clipped in ({NUMBER}) % of the steps", told.text):
        raw, clip = t.setting.run.gradient[: t.T], t.setting.extras["clip"].values()
        size = np.hypot(*raw.T) if "max_norm" in clip else np.abs(raw).max(axis=1)
        share = 100 * float(np.mean(size > next(iter(clip.values()))))
        if not t.setting.noise and not told.near(text, share, slack=0.05):
            faults.append(f"“clipped in {text} %”, {share:.3g} %")
    return faults


@checks("way made")
def made(told: Told) -> list[str]:
    t = told.facts
    way = float(np.hypot(*(t.end - t.x[0])))
    found = re.findall(rf"({VALUE}) made[,;.]", told.text)
    return [f"“{v} made”, it is {way:.4g}" for v in found if not told.near(v, way)]


@checks("an average height")
def height(told: Told) -> list[str]:
    t = told.facts
    pattern = rf"[Oo]n average(?: it lies)? ({VALUE}) above (where it leads|the lowest)"
    faults = []
    for text, what in re.findall(pattern, told.text):
        q = max(t.T // 4, 1)
        mean = float(np.mean(t.f[t.T - q : t.T + 1]))
        levels = [r.f for r in t.known.rests[: 1 if what == "the lowest" else 99]]
        levels += [t.low] + ([t.rest.f] if t.rest else [])
        if t.known.unbounded and what == "the lowest":
            continue  # what is known of it depends on where was looked
        if not told.near(text, *(mean - level for level in levels), slack=0.05):
            best = t.rest.f if t.rest else t.low
            faults.append(f"“{text} above {what}”, it is {mean - best:.4g}")
    return faults


@checks("a rise of the loss")
def rise(told: Told) -> list[str]:
    t, faults = told.facts, []
    pattern = (
        rf"its loss rose to ({VALUE}), at step (\d+), after ({VALUE}) at its start, and came back"
    )
    for b, n, a in re.findall(pattern, told.text):
        f = t.f[: t.last + 1]
        if not (told.near(a, float(f[0])) and told.near(b, float(f[int(n)]))):
            faults.append(f"“from {a} to {b} at step {n}”: {f[0]:.4g}, {f[int(n)]:.4g}")
        if f[int(n)] < f.max() - 1e-3 * np.ptp(f) or f[-1] > f[0]:
            faults.append(f"“came back”: highest {f.max():.4g}, {f[-1]:.4g} of {f[0]:.4g}")
    return faults


@checks("an effective rate")
def effective(told: Told) -> list[str]:
    t, faults = told.facts, []
    pattern = (
        rf"along ([xy])(?:, where most is left)?,? the effective rate fell from ({VALUE}) at step "
        rf"(\d+) to ({VALUE}), while the slope there was ({VALUE}) and is ({VALUE})"
    )
    for axis, first, n, last, was, now in re.findall(pattern, told.text):
        i, n = "xy".index(axis), int(n)
        run = t.setting.run
        rate = np.broadcast_to(run.effective_lr[: t.T], (t.T, 2))[:, i]
        g = np.abs(t.g[: t.T + 1, i])
        if not (told.near(first, rate[n - 1]) and told.near(last, rate[-1])):
            faults.append(f"“{first} … {last}”: rates {rate[n - 1]:.4g} and {rate[-1]:.4g}")
        noisy = t.setting.noise  # then the slope without or with its noise may be told
        if not noisy and not (told.near(was, g[n - 1], g[n]) and told.near(now, g[-1], g[-2])):
            faults.append(f"“slope was {was} and is {now}”: {g[n - 1]:.4g} and {g[-1]:.4g}")
        if "where most is left" in told.text and t.rest is not None:
            left = np.abs(t.end - t.rest.x)
            if left[i] < 0.2 * left.max():
                faults.append(f"“along {axis}, where most is left”: {left[0]:.3g}, {left[1]:.3g}")
    return faults


@checks("an exit of the window")
def left_window(told: Told) -> list[str]:
    t, faults = told.facts, []
    for n in map(int, re.findall(r"left the window (?:for good )?at step (\d+)", told.text)):
        x0, x1, y0, y1 = t.setting.surface.span
        x = t.setting.run.x
        with np.errstate(all="ignore"):
            inside = (x[:, 0] >= x0) & (x[:, 0] <= x1) & (x[:, 1] >= y0) & (x[:, 1] <= y1)
        if inside[n:].any() or not inside[n - 1]:
            faults.append(f"“left for good at step {n}”: last inside {np.flatnonzero(inside)[-1:]}")
    return faults


@checks("growth of the slope at a step")
def growth(told: Told) -> list[str]:
    t, faults = told.facts, []
    for text, n in re.findall(rf"a slope ({VALUE}) times that of step (\d+)", told.text):
        run, n = t.setting.run, int(n) + 1
        with np.errstate(all="ignore"):
            size = [np.hypot(*run.gradient.T), np.hypot(*t.F.gradient(run.x.T))]
        values = [float(s[n] / s[n - 1]) for s in size]
        if not told.near(text, *values):
            faults.append(f"“{text} times at step {n}”: {values[1]:.4g}")
    return faults


@checks("how far it strays")
def strays(told: Told) -> list[str]:
    t, faults = told.facts, []
    for text, n in re.findall(rf"within ({VALUE}) of it over the last ({NUMBER}) steps", told.text):
        last = t.x[t.T - int(number(n)) : t.T + 1]
        ways = [np.hypot(*(last - r.x).T).max() for r in t.meant]
        if about := re.search(rf"moving about \(({VALUE}), ({VALUE})\)", told.text):
            ways.append(np.hypot(*(last - [number(about[1]), number(about[2])]).T).max())
        if not told.near(text, *map(float, ways), slack=0.05):
            faults.append(f"“within {text}”: {min(ways):.4g}")
    return faults


@checks("a burst")
def burst(told: Told) -> list[str]:
    t, faults = told.facts, []
    pattern = (
        rf"At step (\d+) the gradient burst to ({VALUE}) times its median over the "
        rf"(\d+) steps before, and had fallen back below ({NUMBER}) % of that by step (\d+)"
    )
    for n, times, many, share, end in re.findall(pattern, told.text):
        size, n, end = t.size[: t.T + 1], int(n), int(end)
        height = float(size[n] / np.median(size[n - int(many) : n]))
        if not told.near(times, height):
            faults.append(f"“{times} times” at {n}: {height:.4g}")
        if size[end] > number(share) / 100 * size[n] * 1.001:
            faults.append(f"“below {share} % by {end}”: {size[end] / size[n]:.3g}")
    return faults


@checks("near a saddle")
def lingered(told: Told) -> list[str]:
    t, faults = told.facts, []
    pattern = (
        rf"It lingered near the (\w+) at \(({VALUE}), ({VALUE})\) from step (\d+) to (\d+), where "
        rf"\|g\| was down to ({VALUE})"
    )
    for kind, a, b, i, j, low in re.findall(pattern, told.text):
        q = np.array([number(a), number(b)])
        there = slice(int(i), int(j) + 1)
        away = np.hypot(*(t.x[there] - q).T)
        if away.max() > 0.06 * t.L or not told.near(low, float(t.size[there].min())):
            faults.append(f"“{kind} … {low}”: up to {away.max():.3g}, {t.size[there].min():.4g}")
        bends = t.F.eigenvalues(q)
        if (kind == "saddle") != bool(bends[0] * bends[1] < 0):
            faults.append(f"“{kind}”: curvatures {bends}")
    return faults
