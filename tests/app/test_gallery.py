"""The gallery without a browser: every card leads to its race, on a page not yet opened."""

import pytest

from playground.topics.race import OPENING, SCENES, write
from tests.app.test_pages import link
from tests.fuzz.visitor import Visitor
from tests.support.part import some


@pytest.mark.parametrize("slug", ["opening", *some(SCENES, 9, 1)])
def test_a_card_opens_its_race(slug):
    visitor = Visitor("gallery")
    visitor.app.button(key=f"watch-{slug}").click()
    visitor.run()
    assert not visitor.app.exception
    assert visitor.page == "trajectories"
    assert link(visitor.app) == write(SCENES[slug].race, OPENING)
