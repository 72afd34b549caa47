"""The judge of sentences: it finds nothing in what is told, and does find what is not so."""

import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from itertools import islice, tee

import numpy as np

from tests.oracles.sentences.__main__ import Judged, judged
from tests.oracles.sentences.claims import CHECKERS, Told
from tests.oracles.truth.reading import NUMBER
from tests.support.part import EXHAUSTIVE

RUNS = 600 if EXHAUSTIVE else 45


@cache
def drawn() -> Iterator[Judged]:
    """Drawn when a test asks, not whenever the tests are collected."""
    return tee(judged(8146), 1)[0]


def runs(count: int) -> list[Judged]:
    """The first of them; each is judged once, whoever asks."""
    return list(islice(copy(drawn()), count))


class _Otherwise(Told):
    """The same finding, with every number of several digits half as large again."""

    @property
    def text(self) -> str:
        number = rf"(?<![\w.·⁻(])(?<!step )({NUMBER})(?![\w.])"
        return re.sub(number, _half_more, self.finding.sentence)


def _half_more(found: re.Match[str]) -> str:
    mantissa, _, power = found[1].partition("·10")
    if not re.fullmatch(r"\d+\.\d+", mantissa):
        return found[0]
    return f"{float(mantissa) * 1.5:.3g}" + (f"·10{power}" if power else "")


def test_what_is_told_of_drawn_runs_is_not_refuted():
    faults = [(run.facts.setting, fault) for run in runs(RUNS) for fault in run.faults]
    assert not [f"{setting}: {fault.what} “{fault.told.text}”" for setting, fault in faults]
    assert not [run.error for run in runs(RUNS) if run.error]


def test_other_numbers_would_be_refuted():
    """Of sentences with a number that is changed, at least two in three."""
    asked = refuted = 0
    for run in runs(RUNS // 3):
        for finding in run.diagnosis.findings if run.diagnosis else ():
            told = _Otherwise(run.facts, run.diagnosis, finding)
            if told.text != finding.sentence:
                asked += 1
                with np.errstate(all="ignore"):
                    refuted += any(check(told) for check in CHECKERS.values())
    assert asked > 10
    assert refuted > 2 * asked / 3
