"""Whatever a link makes of a lesson, something true is said of it and nothing breaks."""

import numpy as np
import pytest

import playground as pg
from playground.topics.course import lessons
from playground.topics.course.exhibits.races import RaceExhibit
from playground.topics.course.told import explained
from playground.topics.course.visit import begin, read
from tests.topics.test_lessons import guesses

RACES = {n: one for n, one in lessons().items() if isinstance(one.exhibit, RaceExhibit)}


def bent():
    """Links that change what a lesson is about."""
    yield from ({slot: "none"} for slot in "abc")
    yield dict.fromkeys("abcdefgh", "none")
    yield from ({"a": name} for name in pg.Optimizer.all)
    yield from ({"surface": name} for name in pg.Surface.all)
    yield {"start": "0,0"}
    yield {"start": "1e200,-1e200"}
    yield {"a.lr": "1e300"}
    yield {"noise": "5"}
    yield {"steps": "1"}
    yield {"h": "Newton", "surface": "Saddle"}


@pytest.mark.parametrize("name", RACES)
def test_a_lesson_bears_what_a_link_makes_of_it(name):
    lesson = RACES[name]
    for link in bent():
        query = {"steps": "60", **link, "lesson": name, "guess": guesses(lesson)[0]}
        visit, _ = read(query, begin())
        told = explained(visit)
        assert told.said
        assert all(told.why)
        assert "nan" not in " ".join(told.why).split()
        for who, finding in lesson.facts(visit.run).told:
            assert who
            assert finding.sentence


@pytest.mark.parametrize("name", RACES)
def test_the_same_at_random_starts_and_rates(name):
    lesson = RACES[name]
    rng = np.random.default_rng(len(name))
    x0, x1, y0, y1 = lesson.exhibit.preset.surface.span
    for _ in range(10):
        start = f"{rng.uniform(x0, x1)},{rng.uniform(y0, y1)}"
        link = {"start": start, "a.lr": f"{10 ** rng.uniform(-6, 3)}", "steps": "200"}
        visit, problems = read({**link, "lesson": name, "guess": guesses(lesson)[-1]}, begin())
        assert not problems
        assert explained(visit).varied


def test_an_unknown_fact_is_no_fact_of_another_state():
    facts = RACES["momentum"].facts()
    for name in ("a.levity", "levity", "surface.levity", "z.loss", "levity.loss"):
        with pytest.raises(KeyError):
            facts[name]
    assert facts["a.beta1"] is None
    assert facts["surface.amplitude"] is None
    assert facts["d.loss"] is None
