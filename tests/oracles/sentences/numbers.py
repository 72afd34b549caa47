"""Numbers that name a quantity are recomputed."""

from __future__ import annotations

import re

import numpy as np

from tests.oracles.sentences.claims import Told, checks
from tests.oracles.truth.arrival import estimate_holds
from tests.oracles.truth.reading import NUMBER, VALUE, estimates, number, percents


@checks("loss")
def loss(told: Told) -> list[str]:
    """The loss here, the loss before and after: F or f at the start and at the end."""
    t = told.facts
    next_one = min(t.last + 1, t.T)  # the last that counts, or the one that left
    here = [float(f[i]) for f in (t.f, t.setting.run.f) for i in (t.last, next_one)]
    first = [float(t.f[0]), float(t.setting.run.f[0])]
    faults = []
    for text in re.findall(rf"(?<!at its bottom )the loss (?:here )?is ({VALUE})", told.text):
        if not told.near(text, *here):
            faults.append(f"“the loss is {text}”, it is {here[0]:.4g}")
    pattern = rf"(?:went|fallen|fell) from ({VALUE}) to ({VALUE})"
    for before, after in re.findall(pattern, told.text):
        if not (told.near(before, *first) and told.near(after, *here)):
            faults.append(f"“from {before} to {after}”, it is {first[0]:.4g} to {here[0]:.4g}")
    return faults


@checks("slope")
def slope(told: Told) -> list[str]:
    t = told.facts
    size = float(t.size[t.last])
    plain = float(np.hypot(*t.setting.run.gradient[t.last]))
    pattern = rf"(?:\|g\| = |\|g\| is still |the slope is |the slope \|g\| = )({VALUE})"
    wrong = [v for v in re.findall(pattern, told.text) if not told.near(v, size, plain)]
    return [f"slope “{v}”, it is {size:.4g}" for v in wrong]


@checks("curvature")
def curvature(told: Told) -> list[str]:
    """The two curvatures at the end, or the one across a floor, or the smallest at a saddle."""
    low, high = told.facts.curvatures
    faults = []
    for a, b in re.findall(rf"curvatures are positive \(({VALUE}) and ({VALUE})\)", told.text):
        if not (told.near(a, low) and told.near(b, high)):
            faults.append(f"curvatures “{a} and {b}”, they are {low:.4g} and {high:.4g}")
        if not low > 0:
            faults.append(f"“both curvatures are positive”, the lower is {low:.3g}")
    for a in re.findall(rf"one direction the curvature is ({VALUE})", told.text):
        if not told.near(a, low):
            faults.append(f"curvature “{a}”, it is {low:.4g}")
    return faults


@checks("η·λ and its limit")
def gauge(told: Told) -> list[str]:
    """The number occurs where it is said to, and the limit is that of the rule."""
    faults = []
    with np.errstate(all="ignore"):
        seen, limit = told.gauges, told.limit
    across = rf"half-way across a step η·λ_max = ({VALUE})"
    for text in re.findall(across, told.text):
        if not told.near(text, told.half_way):
            faults.append(f"η·λ_max “{text}”, half-way it is {told.half_way:.4g}")
    for text in re.findall(rf"η·λ_max = ({VALUE})", re.sub(across, "", told.text)):
        value = number(text)
        known = seen[np.isfinite(seen)]
        inside = known.size and known.min() * 0.9 - 1e-9 <= value <= known.max() * 1.1 + 1e-9
        if not inside and not told.near(text, seen[-1]):
            faults.append(f"η·λ_max “{text}” is nowhere on the path")
    for text in re.findall(rf"limit (?:is )?({VALUE})", told.text):
        of_a_step = [told.limit_at(int(t)) for t in re.findall(r"[Aa]t step (\d+)", told.text)]
        if np.isfinite(limit) and not any(
            told.near(text, bound, slack=0.03) for bound in (limit, *of_a_step)
        ):
            faults.append(f"limit “{text}”, it is {limit:.4g}")
        if not np.isfinite(number(text)) or number(text) <= 0:
            faults.append(f"limit “{text}” is none")
    return faults


@checks("comparison")
def comparison(told: Told) -> list[str]:
    """Numbers stand on the side that is said, and what is said of now holds now."""
    faults = []
    for a, side, b in re.findall(rf"({VALUE}) is (above|below) the limit ({VALUE})", told.text):
        if (number(a) > number(b)) != (side == "above"):
            faults.append(f"“{a} is {side} {b}”")
    now = re.search(r"leaves little room|is now beyond|will not stay", told.text)
    past = re.search(rf"η·λ_max = ({VALUE}) is above", told.text)
    if now and past and not told.gauge_at(told.facts.end) > 0.9 * told.limit:
        value = told.gauge_at(told.facts.end)
        faults.append(f"“{past[0]} the limit”, at the end it is {value:.3g}")
    return faults


@checks("infinity, NaN or a rise of 1")
def nonsense(told: Told) -> list[str]:
    patterns = (
        r"infinity times",
        r"= infinity",
        r"not a number",
        r"slope 1 times",
        r"limit 0(?![.\d])",
        r"reaches infinity",
        r"multiplies by 1 per",
    )
    return [f"“{p}”" for p in patterns if re.search(p, told.text)]


@checks("percentage")
def percentage(told: Told) -> list[str]:
    """Shares lie between 0 and 100; a share of the way it came from may be more."""
    text = re.sub(rf"{NUMBER} % of the {NUMBER} it came from", "", told.text)
    return [f"“{v:g} %”" for v in percents(text) if not -1e-9 <= v <= 100.0001]


@checks("share of the drop left")
def share_left(told: Told) -> list[str]:
    t = told.facts
    faults = []
    for text in re.findall(rf"({NUMBER}) % of the (?:possible )?drop is left", told.text):
        if t.box and not t.known.rests:
            continue
        if t.known.unbounded:
            faults.append(f"“{text} % of the drop is left” of a drop without end")
            continue
        low = t.known.lowest if t.known.rests and not t.known.fades else t.known.infimum
        share = 100 * (float(t.f[t.last]) - low) / max(float(t.f[0]) - low, 1e-300)
        if not told.near(text, share, slack=0.1) and abs(number(text) - share) > 0.2:
            faults.append(f"“{text} % of the drop is left”, it is {share:.3g} %")
    return faults


@checks("way left, way to go")
def way(told: Told) -> list[str]:
    """What is left, beside the distance to the minimum below; “to go of” beside what there was."""
    t = told.facts
    faults = []
    left = [t.distance, t.known.nearest(t.end)[0]]
    low, high = t.curvatures
    if t.rest is not None and low < 1e-3 * high:  # a floor: what counts is the way across it
        left.append(float(np.sqrt(max(2 * (t.f[t.last] - t.rest.f) / high, 0.0))))
    for text in re.findall(rf"({VALUE}) (?:is left (?:and|of a way)|to go of)", told.text):
        value, best = number(text), min(left)
        if (
            np.isfinite(best)
            and not any(0.5 * d - 0.002 * t.way <= value <= 2 * d + 0.002 * t.way for d in left)
            and not (value >= 0.99 * t.L and best > t.L)
        ):
            faults.append(f"“{text} is left”, the minimum is {best:.4g} away")
    for a, b in re.findall(rf"({VALUE}) to go of ({VALUE})", told.text):
        if number(a) > 1.001 * number(b):
            faults.append(f"“{a} to go of {b}”: more than there was")
    if "millionth of the way" in told.text and min(left) > 1e-5 * t.way and np.isfinite(min(left)):
        faults.append(f"“less than a millionth is left”, {min(left):.3g} of {t.way:.3g} is")
    return faults


@checks("estimate of steps")
def estimate(told: Told) -> list[str]:
    t, arrivals = told.facts, told.text
    if lost := re.search(rf"out of sight in about ({VALUE}) steps?", arrivals):
        arrivals = arrivals.replace(lost[0], "")
        left = (t.gone or np.inf) - t.T
        if not left / 3 <= number(lost[1]) <= 3 * left + 1:
            return [f"“{lost[0]}”, it leaves after {left:g}"]
    # What is told of the run carried on is looked up there, to its digits.
    arrivals = re.sub(
        r"would (?:take|come by)[^.]*|carried on[^.]*|of the way now[^.]*", "", arrivals
    )
    wrong = [r for r in estimates(arrivals) if not estimate_holds(t, r)]
    return [f"“about {low:g} steps”, not within a factor of 3" for low, _ in wrong]


@checks("step number")
def step_number(told: Told) -> list[str]:
    """Numbers of steps lie within the run; gone is when it was gone."""
    t = told.facts
    faults = [
        f"“step {n}” of {t.T}" for n in map(int, re.findall(r"step (\d+)", told.text)) if n > t.T
    ]
    for n in re.findall(r"gone by step (\d+)", told.text):
        if t.gone is None or t.gone > t.T:
            faults.append(f"“gone by step {n}”, it is still there")
        elif abs(int(n) - t.gone) > 1:
            faults.append(f"“gone by step {n}”, it left at {t.gone}")
    return faults


@checks("factor per step")
def factor(told: Told) -> list[str]:
    """A factor that is told beside its measurement agrees with it, and with the path."""
    faults = []
    pattern = rf"= ({VALUE}) \(measured: ({VALUE})\)"
    for a, b in re.findall(pattern, told.text):
        if not 0.9 < number(a) / max(number(b), 1e-300) < 1.1:
            faults.append(f"“{a} (measured: {b})”")
    return faults
