"""The files of a race: the marks and the names of the page, in its language."""

from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from playground import language
from playground.figures.theme import RUNNERS, channels
from playground.topics.race.panel import results
from playground.topics.race.scenes import OPENING


@pytest.fixture
def offered(monkeypatch):
    """What a race offers to take away: file name -> (label, what makes it)."""
    found = {}

    def button(label, *, data, file_name, **options):
        found[file_name] = (label, data)

    place = SimpleNamespace(download_button=button)
    monkeypatch.setattr(results.st, "container", lambda: place)
    monkeypatch.setattr(results.st, "caption", lambda text: None)

    def of(race):
        found.clear()
        results.downloads(race, race.runs(), lambda: language.spoken_now())
        return dict(found)

    return of


def test_two_runners_of_one_name_keep_their_marks(offered):
    a, b = OPENING.runners[0], OPENING.runners[3]
    race = replace(OPENING, runners=(a, None, b, b, *[None] * 4))
    assert [slot for slot, _ in race.entries()] == ["a", "c", "d"]
    picture = offered(race)["race.png"][1]()
    shown = np.asarray(Image.open(BytesIO(picture)).convert("RGB")).reshape(-1, 3)
    for slot, stroke in RUNNERS.items():
        inked = int((np.abs(shown.astype(int) - channels(stroke.colour)).max(axis=1) < 4).sum())
        assert (inked > 40) is (slot in "acd"), slot


def test_files_are_made_in_the_language_in_which_they_were_offered(offered, monkeypatch):
    monkeypatch.setitem(language.KNOWN, "xx", language.KNOWN["en"]._replace(code="xx"))
    language.speak("xx")
    make = offered(OPENING)["race.html"][1]
    language.speak("en")
    assert make() == "xx"
    assert make() == "xx"  # a second visit is another one
    assert language.spoken_now() == "en"


def test_a_race_of_nobody_offers_nothing(offered):
    assert offered(replace(OPENING, runners=(None,) * 8)) == {}
