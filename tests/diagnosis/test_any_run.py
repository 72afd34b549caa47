"""Whatever is declared valid is diagnosed, mended and looked at without an exception.

Seeded; ``python -m tests.oracles.any_run`` asks thousands.
"""

from itertools import islice

import pytest

from tests.oracles.any_run import faults, settings
from tests.support.part import some

DRAWN = list(islice(settings(2026), 160))
WHOLE = 20
"""Of so many runs one is asked for its remedies too."""


@pytest.mark.parametrize("part", some(range(8), 2))
def test_all_that_is_told_of_a_run_has_words(part):
    for i, setting in list(enumerate(DRAWN))[part::8]:
        assert faults(setting, whole=i % WHOLE == 0) == [], setting


def test_the_draw_reaches_short_runs_ends_and_every_family():
    assert {s.steps for s in DRAWN} >= set(range(11))
    assert any(max(map(abs, s.start)) > 1e150 for s in DRAWN)
    assert len({type(s.optimizer) for s in DRAWN}) > 12
