"""Words that claim a fact: lowest, no minimum, arrived, stands, would hold, unbounded."""

from __future__ import annotations

import re

import numpy as np

from tests.oracles.sentences.claims import Told, checks
from tests.oracles.truth.change import effect
from tests.oracles.truth.flow import rest_below
from tests.oracles.truth.function import Descended
from tests.oracles.truth.reading import changes

LOWEST = r"the lowest minimum(?! (that |which )?(is |was |we )?(known|found))"


@checks("“lowest” that is not")
def lowest(told: Told) -> list[str]:
    t = told.facts
    at_rest = t.rest is not None and t.distance < 0.05 * t.way
    here = t.rest.f if at_rest and t.rest else float(t.f[t.last])
    slack = max(1e-3 * t.fall, 1e-9 * (1 + abs(here)))
    faults = []
    if re.search(LOWEST, told.text):
        best = t.known.rests[0] if t.known.rests else None
        if best is not None and best.f < here - slack:
            at = ", ".join(f"{v:.4g}" for v in best.x)
            faults.append(f"“the lowest minimum”, {best.f:.4g} at ({at}) is lower than {here:.4g}")
        elif t.known.fades and not t.known.unbounded and t.known.infimum < here - slack:
            faults.append("“the lowest minimum”, it falls lower far out")
    return faults


@checks("“not the lowest” that is the lowest")
def not_lowest(told: Told) -> list[str]:
    t = told.facts
    here = float(t.f[t.last])
    if "not the lowest" in told.text and not t.known.unbounded and not t.known.fades:
        best = t.known.lowest
        if best > here - 1e-6 * max(t.fall, 1e-9):
            return [f"“not the lowest” at {here:.4g}, the lowest of F is {best:.4g}"]
    return []


@checks("“no minimum” where there is one")
def none(told: Told) -> list[str]:
    t = told.facts
    pattern = r"no minimum to arrive at|has no lowest point|no minimum is near|keeps falling"
    claim = re.search(pattern, told.text)
    if not claim:
        return []
    if "near" in claim[0]:
        distance, rest = t.known.nearest(t.end)
        near = rest is not None and distance < 0.02 * t.L
        return [f"“{claim[0]}”, one is {distance:.3g} away"] if near else []
    if t.rest is not None:
        at = ", ".join(f"{v:.4g}" for v in t.rest.x)
        return [f"“{claim[0]}”, the way down ends at ({at})"]
    if t.known.rests and not t.known.unbounded and "no lowest point" in claim[0]:
        return [f"“{claim[0]}”, the lowest is {t.known.lowest:.4g}"]
    return []


@checks("“arrived” or “stands” that does not")
def arrived(told: Told) -> list[str]:
    t = told.facts
    faults = []
    stirred = re.search(
        r"the slope there is|moves off by|out again", told.text
    )  # and how far is told
    held = "weight decay" in told.text  # which may hold it elsewhere
    still = not (t.setting.noise or stirred or held)
    if told.finding.label in ("converged", "local_minimum") and still:
        excess = float(t.f[t.last]) - t.rest.f if t.rest else np.inf
        if t.rest is None:
            faults.append("stands in a minimum, it falls on from there")
        elif t.distance > 0.03 * t.way and excess > 1e-4 * t.fall:
            faults.append(f"stands in a minimum that is {t.distance:.3g} away of {t.way:.3g}")
    return faults


@checks("a function without a floor that has one")
def floorless(told: Told) -> list[str]:
    t = told.facts
    pattern = r"unbounded below|no lowest point|falls without end|no setting would stop"
    claim = re.search(pattern, told.text)
    if "its decay takes" in told.text:
        claim = None  # said of the loss alone, and what the decay does is said with it
    if claim and (not t.known.unbounded or t.box):
        why = (
            f"decay stops it at |x| = {t.box:.3g}"
            if t.box
            else f"its floor is {t.known.lowest:.4g}"
        )
        return [f"“{claim[0]}”, {why}"]
    return []


@checks("diverged that has not")
def diverged(told: Told) -> list[str]:
    t = told.facts
    down = re.search(r"without end|its decay takes", told.text)
    if told.finding.label != "diverged" or not told.outcome or t.born_outside or down:
        return []
    future = t.f[t.T : t.T + 10 * max(t.T, 1)]
    bounded = (
        t.gone is None and np.nanmax(future, initial=-np.inf) <= max(t.f[0], t.f[t.T]) * 1.5 + 1
    )
    if bounded and not t.known.unbounded:
        return [f"diverged, it ends at {t.f[t.T]:.3g} of {t.f[0]:.3g} and stays bounded"]
    return []


@checks("a start outside the domain, told as a step too large")
def outside(told: Told) -> list[str]:
    claim = re.search(r"too (?:large|long)|would hold", told.text)
    return [f"“{claim[0]}”"] if claim and told.facts.born_outside else []


@checks("healthy that is not")
def healthy(told: Told) -> list[str]:
    """“On its way and healthy”: its loss after a run as long again is lower."""
    t = told.facts
    if "healthy" not in told.text or t.setting.noise:
        return []
    if t.setting.ended:
        return ["“healthy”, its rate has ended"]
    top = float(np.nanmax(t.f[: t.T + 1]))
    if top > 5 * max(t.f[0] - t.low, 1e-12) + t.f[0]:
        return [f"“healthy”, the loss rose to {top:.3g} from {t.f[0]:.3g} on the way"]
    later = float(np.nanmin(t.f[t.T + 1 : 3 * t.T + 2], initial=np.inf))
    if t.gone is not None or later > t.f[t.T] + 1e-9 * t.fall:
        return [f"“healthy”, in two more runs it is never below {t.f[t.T]:.3g}"]
    return []


@checks("a swing that is none")
def swings(told: Told) -> list[str]:
    """“Still swings through”: carried on, it crosses what it leads to, along one of its modes."""
    t = told.facts
    if "still swings through" not in told.text or t.rest is None or t.setting.noise:
        return []
    hessian = t.F.hessian(t.rest.x)
    if not np.isfinite(hessian).all():
        return []
    z = (t.x[t.T :] - t.rest.x) @ np.linalg.eigh(hessian)[1]
    return [] if (z[:-1] * z[1:] < 0).any() else ["it swings through, and never crosses again"]


@checks("decay that is not seen")
def decay(told: Told) -> list[str]:
    """At rest away from the minimum of f, and decay is not named."""
    t = told.facts
    if not told.outcome or told.finding.label not in ("converged", "local_minimum", "slow"):
        return []
    named = re.search(r"decay|½", told.text.replace("weight_decay", ""))
    if not (t.F.w or t.box) or named or t.rest is None or t.distance > 0.02 * t.way:
        return []
    plain = rest_below(Descended(t.setting.surface), t.rest.x)
    apart = float(np.hypot(*(plain.x - t.rest.x))) if plain else np.inf
    return [f"rests {apart:.3g} from the minimum of f"] if apart > 0.01 * t.L else []


@checks("a change that differs from the fix")
def same_change(told: Told) -> list[str]:
    named = changes(told.text, told.facts.setting.optimizer)
    return [f"names {c!r}, the fix is {told.finding.fix!r}" for c in named if c != told.finding.fix]


@checks("a change that does not do what is said")
def change(told: Told) -> list[str]:
    """Named or offered: run, it ends no worse; what holds, ends or gets away does so."""
    setting = told.facts.setting
    named = changes(told.text, setting.optimizer)
    fix = told.finding.fix
    faults = []
    for one in {repr(c): c for c in (*named, *([fix] if fix is not None else []))}.values():
        found = effect(setting, one)
        if found.word == "worse":
            faults.append(f"{one!r} ends at {found.after:.3g} instead of {found.before:.3g} above")
        elif not np.isfinite(found.after):
            faults.append(f"{one!r} leaves as well")
        elif re.search(r"gets away|gives the step back", told.text) and found.word != "better":
            faults.append(f"{one!r} changes nothing")
    return faults


@checks("a change where none can help")
def hopeless(told: Told) -> list[str]:
    t = told.facts
    if told.finding.fix is None or t.setting.noise:
        return []
    if t.born_outside:
        return ["the start is outside the domain"]
    still = t.T > 0 and np.hypot(*(t.x[: t.T + 1] - t.x[0]).T).max() == 0 and t.size[0] == 0
    return ["the slope is exactly zero: nothing leaves without noise"] if still else []
