"""The player and Python say the same number in the same way, and set the same ticks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from playground.figures.ticks import MOST, ticks
from playground.words import alike, number

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


def player(kind, given):
    """What the player's modules answer."""
    script = Path(__file__).with_name("said.mjs")
    line = json.dumps([kind, given])
    done = subprocess.run(
        [str(NODE), str(script)], input=line, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def values():
    """Numbers of every size, those in the middle of two texts, and those that round up to a power.

    What lies in the middle is an odd multiple of a half: 0.125, 2.5, 1.125 in base two exactly.
    """
    draw = np.random.default_rng(8)
    bits = draw.integers(0, 2**63, 3000, dtype=np.uint64).view(np.float64)
    sizes = draw.normal(size=3000) * 10.0 ** draw.uniform(-9, 9, 3000)
    halves = draw.integers(0, 10**4, 3000) / 2.0 ** draw.integers(0, 12, 3000)
    nines = np.outer([9.995, 9.994999, 99.95, 1, 0.9999], 10.0 ** np.arange(-8.0, 9))
    found = np.concatenate([bits, sizes, halves, nines.ravel(), [0.0, -0.0, 5e-324, 1.7e308]])
    return found[np.isfinite(found)].tolist()


def test_a_number_has_one_notation():
    given = [(v, digits) for v in values() for digits in (2, 3, 12)]
    assert len(given) > 20_000
    said = player("numbers", given)
    wrong = [(v, n, text) for (v, n), text in zip(given, said, strict=True) if number(v, n) != text]
    assert wrong == []


def test_values_that_are_read_together_have_one_form():
    draw = np.random.default_rng(10)
    given = [ticks(*axis).tolist() for axis in axes()]
    given += [(draw.choice([-1, 1], 4) * 10.0 ** draw.integers(-9, 9, 4)).tolist() for _ in given]
    for values, theirs in zip(given, player("alike", given), strict=True):
        mine = alike(values)
        assert theirs == mine
        power = ["10" in re.sub(r"10(?![⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", "", text) for text in mine]
        plain = [v == 0 or 1 <= abs(v) < 100 for v in values]
        assert not any(power) or all(a or b for a, b in zip(power, plain, strict=True))


def axes():
    draw = np.random.default_rng(9)
    for _ in range(2000):
        log, most = bool(draw.integers(2)), int(draw.integers(3, 8))
        low, width = draw.uniform(-6, 6), draw.uniform(0.001, 12)
        yield (10**low, 10 ** (low + width), log, most) if log else (low, low + width, log, most)


def test_ticks_are_round_few_and_the_same():
    given = list(axes())
    for (low, high, log, most), theirs in zip(given, player("ticks", given), strict=True):
        mine = ticks(low, high, log, most)
        assert theirs == pytest.approx(mine.tolist(), rel=1e-11, abs=1e-15)
        assert 1 <= len(mine) <= most
        assert (mine >= low - 1e-9 * abs(low)).all()
        assert (mine <= high + 1e-9 * abs(high)).all()
        digits = {f"{abs(v):.6e}"[0] for v in mine if v}
        assert not log or high / low < 10 or digits <= {"1", "2", "5"}


@pytest.mark.parametrize("decades", [0.05, 0.3, 0.6, 1.0, 1.3, 1.5])
def test_a_short_log_axis_has_at_most_four_ticks_and_at_least_two(decades):
    for low in np.linspace(0, 1, 50):
        found = ticks(10**low, 10 ** (low + decades), log=True)
        assert 2 <= len(found) <= MOST or decades < 0.1
