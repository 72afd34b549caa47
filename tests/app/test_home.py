"""Home without a browser: no image, three real links, and a race that nobody's settings are."""

from playground.topics.race import OPENING
from playground.topics.race.panel.hero import OnHome
from tests.app.test_pages import link, opened


def test_home_shows_the_race_and_three_doors():
    app = opened("home")
    assert not app.get("imgs")
    assert len(app.get("page_link")) == 3
    assert link(app) == {}


def test_the_race_at_home_is_the_begin_of_the_opening_scene():
    race = OnHome().race
    assert race.surface == OPENING.surface
    shown = [runner for _, runner in race.entries()]
    assert 1 <= len(shown) < len(OPENING.entries())
    assert shown == [runner for _, runner in OPENING.entries()][: len(shown)]
