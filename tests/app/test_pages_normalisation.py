"""Input normalisation: the sliders turn the bowl round, and the page says so."""

from itertools import product

import numpy as np
import pytest

from playground.topics.normalisation import figures, settings, words
from playground.topics.normalisation.experiment import compare, partly, two_features
from tests.app.test_pages import link, opened
from tests.support.part import some


def said(app):
    return " ".join(m.value for m in app.markdown).replace("\\", "")


def test_the_sliders_lead_through_every_named_way():
    data = two_features()
    ways = {n.way: n for n in compare(data)}
    for name, place in settings.PLACES.items():
        here = partly(data, *place)
        assert here.kappa == pytest.approx(ways[name].kappa, rel=1e-9)
        assert here.largest_lr == pytest.approx(ways[name].largest_lr, rel=1e-9)


def test_the_verdict_follows_the_descent():
    labels = {}
    for name, (centred, power) in settings.PLACES.items():
        s = settings.Scales(centred=centred, power=power)
        mine = settings.descents(s)[0]
        labels[name], good, _ = words.verdict(s, mine)
        assert good == (mine.run.excess[-1] <= settings.SHARE * mine.run.excess[0])
        np.testing.assert_allclose(mine.run.excess, mine.theory, rtol=1e-6, atol=1e-12)
    assert [name for name, label in labels.items() if label == "arrives"] == ["standardised"]
    too_far = settings.Scales(centred=1, power=1, step=2)
    mine = settings.descents(too_far)[0]
    assert words.verdict(too_far, mine).label == "diverges"
    assert mine.run.excess[-1] > mine.run.excess[0]


RATES, LENGTHS = (1e-6, 0.01, 0.1, 0.5, 1.0, 1.5), (1, 10, 100, 1000)
PLACES = (0, 0), (1, 0), (0, 1), (1, 1), (1, 0.97), (0.5, 1), (1, 2)


@pytest.mark.parametrize(("place", "steps", "step"), some(product(PLACES, LENGTHS, RATES), 5))
def test_the_bowl_is_blamed_only_where_the_best_step_would_not_arrive_either(place, steps, step):
    s = settings.Scales(centred=place[0], power=place[1], step=step, steps=steps)
    mine = settings.descents(s)[0]
    label, good, said = words.verdict(s, mine)
    n = mine.problem
    best = n.excess(n.best_lr, steps) <= settings.SHARE * n.excess(n.best_lr, 0)
    if label == "stretched":
        assert not best
        assert n.kappa >= 4
    if label == "not the best step":
        assert best
        assert step != 1
    if label == "not yet":
        assert n.kappa < 4
    if label not in ("arrives", "stretched", "diverges"):
        assert good is None
        assert "steep direction" not in said


def test_measured_is_solid_and_predicted_dashed():
    figure = figures.descents(settings.descents(settings.Scales()), settings.SHARE)
    for trace in figure["data"]:
        assert (trace["line"]["dash"] == "dash") == ("theory" in trace["name"])


def test_the_page_of_a_standardised_link_and_a_moved_slider():
    app = opened("normalisation", centred="1")
    assert "red-badge[stretched]" in said(app)
    app.slider(key="normalisation:power").set_value(1.0)
    app.run()
    assert link(app) == {"centred": "1", "power": "1"}
    assert "green-badge[arrives]" in said(app)
    app.slider(key="normalisation:step").set_value(1.5)
    app.run()
    assert "badge[arrives]" in said(app)
    app.slider(key="normalisation:shift").set_value(0.0)
    app.run()
    assert not app.exception
    assert link(app)["shift"] == "0"


def test_the_lines_on_the_page_run(capsys):
    exec(settings.Scales().code, {})
    assert f"{settings.Scales().problem().kappa}" in capsys.readouterr().out
