"""What is told of the run carried on, beside the run carried on."""

from __future__ import annotations

import re

import numpy as np

from tests.oracles.sentences.claims import Told, checks
from tests.oracles.truth.arrival import first
from tests.oracles.truth.reading import NUMBER, VALUE, number

AHEAD, STAYS = 3000, 1000
"""Updates that are looked ahead for an arrival, and for whether what has arrived stays."""


def _away(told: Told, ahead: int) -> list[tuple[np.ndarray, float]]:
    """How far the run carried on is from each minimum that may be meant, and how near is there."""
    return list(told.facts.ways(_on(told, ahead)))


def _on(told: Told, ahead: int) -> np.ndarray:
    """The end, and the points that follow when the run is carried on."""
    t = told.facts
    return t.setting.longer(t.T + ahead).x[t.T :]


def _about(text: str, value: float) -> bool:
    """Whether a told number of steps, of two digits, stands for one that was counted."""
    return abs(number(text) - value) <= 0.12 * value + 1


def _since(there: np.ndarray) -> float:
    out = np.flatnonzero(~there)
    since = float(out[-1] + 1) if out.size else 0.0
    return since if since < len(there) else np.inf


COMES = rf"(?:would take|come by in|there in|minimum in) about ({NUMBER}) steps?(?P<rest>[^.;]*)"


@checks("an arrival that is none")
def arrival(told: Told) -> list[str]:
    """“It would come by in about 40 steps, and stay after about 90”, of one of the minima."""
    found = re.search(COMES, told.text)
    if not found:
        return []
    stay = re.search(rf"stay after about ({NUMBER})", found["rest"])
    keep = re.search(rf"keep within ({VALUE}) in the last", found["rest"])
    leave = "and leave" in found["rest"] or "not stay" in found["rest"]
    there = re.search(r"(?:there|minimum) in about", found[0])  # and from then on
    wrong = []
    for away, near in _away(told, AHEAD):
        comes, since = first(away <= near), _since(away <= near)
        holds = _about(found[1], since if there else comes)
        holds &= not stay or _about(stay[1], since)
        holds &= not keep or told.near(keep[1], float(away[-(len(away) // 4) :].max()))
        holds &= not leave or since > 0.75 * len(away)
        if holds:
            return []
        wrong.append(f"comes {comes:g} since {since:g}")
    return [f"“{found[0]}”: {'; '.join(wrong[:3])}"]


@checks("what is left in the end")
def in_the_end(told: Told) -> list[str]:
    """“Carried on for 3000 steps it is 0.3 away at last”, “comes no nearer than”, “being left”."""
    faults = []
    pattern = (
        rf"it is ({VALUE}) away at last|no nearer than ({VALUE})|({VALUE}) being left then|"
        rf"more than {NUMBER} steps"
    )
    for found in re.finditer(pattern, told.text):
        last, nearest, left = found.groups()
        holds, ways = False, _away(told, AHEAD)
        for away, near in ways:
            fits = (away > near).all()
            fits &= last is None or told.near(last, float(away[-1]))
            fits &= left is None or told.near(left, float(away[-1]))
            fits &= nearest is None or told.near(nearest, float(away.min()))
            holds |= bool(fits)
        if not holds and not (last is nearest is left is None and told.facts.rest is None):
            truth = [f"{a[-1]:.4g} at last, {a.min():.4g} least" for a, _ in ways]
            faults.append(f"“{found[0]}”: {'; '.join(truth[:3])}")
    return faults


@checks("out again")
def out_again(told: Told) -> list[str]:
    pattern = rf"it is out again in about ({NUMBER}) steps?(?:, and up to ({VALUE}) away)?"
    found = re.search(pattern, told.text)
    if not found:
        return []
    truth = []
    for away, near in _away(told, STAYS):
        out = first(away > near)
        far = found[2] is None or told.near(found[2], float(away.max()))
        if _about(found[1], out) and far:
            return []
        truth.append(f"out {out:g}, up to {away.max():.4g}")
    return [f"“{found[0]}”: {'; '.join(truth[:3])}"]


@checks("silence about what leaves")
def silent(told: Told) -> list[str]:
    """What has arrived and is said to rest is there 1000 steps later as well."""
    t = told.facts
    if told.finding.label not in ("converged", "local_minimum") or t.setting.noise:
        return []
    told_of = r"out again|[Cc]arried on|rounding|pulls beside|will not stay|weight decay"
    if re.search(told_of, told.text):
        return []
    ways = _away(told, STAYS)
    if ways and not any((away <= 3 * near).all() for away, near in ways):
        return [f"up to {min(a.max() for a, _ in ways):.4g} away in {STAYS} steps, unsaid"]
    return []


@checks("an end of the ground that is none")
def lost(told: Told) -> list[str]:
    t = told.facts
    faults = []
    for n in re.findall(rf"leaves? the ground that is defined in about ({NUMBER})", told.text):
        x = _on(told, AHEAD)
        with np.errstate(all="ignore"):
            out = first(~np.isfinite(t.F(x.T)))
        if not _about(n, out):
            faults.append(f"“leaves in about {n}”, it does in {out:g}")
    return faults
