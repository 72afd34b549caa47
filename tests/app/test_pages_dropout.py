"""The dropout page: verdict, link, and code that gives the numbers it shows."""

import numpy as np

from playground.networks.datasets import noisy_moons
from playground.networks.dropout import masks
from playground.optimizers import Optimizer
from playground.topics.dropout.settings import DropoutSettings
from playground.topics.dropout.training import averaging, overfit
from playground.words import number
from tests.app.test_pages import link, opened, printed

PAGE = "dropout"
QUICK = {"steps": "100", "width": "16"}


def said(app):
    return " ".join(element.value for element in app.markdown)


def test_the_kind_and_the_keep_probability_change_the_verdict_and_the_link():
    app = opened(PAGE, **QUICK)
    assert "[means agree]" in said(app)
    app.selectbox(key="dropout:kind").set_value("plain").run()
    assert "[scale at test time]" in said(app)
    assert link(app) == {**QUICK, "kind": "plain"}
    for name in ("keep_1", "keep_2"):
        app.slider(key=f"dropout:{name}").set_value(1.0)
    app.run()
    assert "[no dropout]" in said(app)
    assert not app.exception


def test_the_code_prints_the_test_losses_of_the_page(capsys):
    app = opened(PAGE, **QUICK)
    out = printed(app, "dropout", capsys)
    s = DropoutSettings(steps=100, width=16)
    found = overfit(s.keeps, s.optimizer, n=s.examples, width=16, steps=100, seed=0)
    assert str(found.test) in out
    assert f"one pass {number(found.test['scaled'][0])}" in said(app).replace("\\", "")


def test_every_layer_has_its_own_keep_probability():
    masks = DropoutSettings(keep_1=0.25, keep_2=1.0, width=128).masks()
    assert (masks["inputs"] == 1).all()
    assert set(np.unique(masks["hidden 1"])) == {0.0, 4.0}
    assert (masks["hidden 2"] == 1).all()


def test_the_average_curve_ends_at_the_average_of_that_many_networks():
    keep = (0.9, 0.8, 0.5)
    found = overfit(keep, Optimizer.all["Adam"](lr=0.01), n=40, width=8, steps=50)
    curve = averaging(found, keep, networks=20)
    mlp, p = found.training.mlp, found.training.end
    _, test = noisy_moons(40)
    draw, rng = masks(mlp, keep), np.random.default_rng(0)
    said = [mlp.forward(p, test.inputs, draw(1000, rng)).outputs[:, 0] for _ in range(20)]
    one = np.mean(1 / (1 + np.exp(-np.array(said))), axis=0)
    right = np.where(test.targets > 0.5, one, 1 - one)
    assert np.isclose(curve.loss[-1], -np.log(right).mean())
    assert np.isclose(averaging(found, keep, networks=50).loss[-1], found.test["average"][0])


def test_one_share_is_that_of_both_hidden_layers():
    adam = Optimizer.all["Adam"](lr=0.01)
    a = overfit(0.5, adam, n=20, width=8, steps=20)
    b = overfit((1.0, 0.5, 0.5), adam, n=20, width=8, steps=20)
    assert a.test == b.test
