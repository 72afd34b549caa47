"""What a declaration calls valid works: every page at both ends of every number.

A seeded part of all addresses; ``python -m tests.oracles.ends`` opens every one.
"""

from itertools import islice

import numpy as np
import pytest

from playground.topics.race import Race
from playground.ui.session import KEY
from tests.oracles.ends import BARE, PAGES, addresses, asked, combinations
from tests.oracles.reported.pages import opened
from tests.support.part import some as part_of
from tests.support.source import ROOT

STATELESS = {"home", "reference"}
WORDED = {"course", "gallery", "teacher"}
"""Their settings are words; the ends of a lesson's race are asked in `test_lessons_bent`."""
ALONE, TOGETHER = 1, 1
"""Addresses of a page with one field at an end, and with many."""


def some(page, view):
    rng = np.random.default_rng([7, sorted(PAGES).index(page), PAGES[page].views.index(view)])
    every = list(addresses(page))
    yield from (every[i] for i in rng.choice(len(every), ALONE, replace=False))
    yield from islice(combinations(page, int(rng.integers(1000))), TOGETHER)


SELECTED = [
    (page, view, query)
    for page, ground in PAGES.items()
    for view in ground.views
    for query in some(page, view)
]


def test_every_page_with_settings_is_asked():
    assert (
        PAGES.keys() == {path.stem for path in (ROOT / "pages").glob("*.py")} - STATELESS - WORDED
    )


@pytest.mark.parametrize("page", part_of(PAGES, 3))
def test_the_settings_asked_for_are_the_page_s_own(page):
    app = opened(page, **PAGES[page].small).app
    value = app.session_state[KEY].sheet(page).value
    kept = value.conditions if isinstance(value, Race) else value
    assert type(kept) is PAGES[page].settings


@pytest.mark.parametrize(("page", "view", "query"), SELECTED, ids=str)
def test_no_valid_address_ends_in_an_exception(page, view, query):
    assert asked(page, query, view) == []


@pytest.mark.parametrize(
    "bad", ["It is inf steps away.", "<playground.Run object>", "nan", "a/b.py"]
)
def test_what_no_sentence_may_hold_would_be_found(bad):
    assert BARE.search(bad)
    assert not BARE.search("None of the dominant, informed changes; infinitely many.")
