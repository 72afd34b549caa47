"""Home without a browser: no image, four real links, and a race that nobody's settings are."""

import pytest

from playground.topics.race import OPENING, Runner
from playground.topics.race.panel.hero import ONE, OnHome, sought
from playground.topics.reference.counterparts import release_line
from tests.app.test_pages import link, opened


def test_home_shows_the_race_and_four_doors():
    app = opened("home")
    assert not app.get("imgs")
    assert len(app.get("page_link")) == 4
    assert link(app) == {}


@pytest.mark.parametrize("page", ["home", "reference"])
def test_the_version_is_shown_with_its_figure(page):
    assert any(release_line() in caption.value for caption in opened(page).caption)


def test_the_race_at_home_is_the_begin_of_the_opening_scene():
    race = OnHome().race
    assert race.surface == OPENING.surface
    shown = [runner for _, runner in race.entries()]
    assert 1 <= len(shown) < len(OPENING.entries())
    assert shown == [runner for _, runner in OPENING.entries()][: len(shown)]


def test_it_asks_for_the_rate_where_it_breaks_and_says_so_when_it_is_found():
    """The largest curvature of the bowl is κ, so the limit of plain descent is 2/κ."""
    limit = 2 / OPENING.surface.kappa
    rule = ONE.runners[0].optimizer
    for rate, broken in ((0.999 * limit, False), (limit, False), (1.001 * limit, True)):
        race = ONE.with_runner("a", Runner(rule.replace(lr=rate)))
        assert ("You broke it" in sought(race)) == broken
        run = race.run(race.runners[0])
        assert (run.f[-1] > run.f[0]) == broken
