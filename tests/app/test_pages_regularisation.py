"""Regularisation: two errors, a factor, zeros and a moment to stop."""

import numpy as np
import pytest

from playground.topics.regularisation import generalisation, penalties, settings, words
from playground.words import number
from tests.app.test_pages import link, opened


def said(app):
    return " ".join(m.value for m in app.markdown).replace("\\", "")


def test_the_penalty_cures_variance_and_too_much_of_it_is_bias():
    labels = [words.verdict(settings.Penalties(ridge=r)).label for r in (1e-6, 1.0, 10.0)]
    assert labels == ["high variance", "fits", "high bias"]


def test_bias_variance_and_noise_add_up_to_the_dev_error():
    f = settings.fits(settings.Penalties(ridge=1.0))
    total = f.squared_bias + f.variance + settings.NOISE**2
    assert f.dev_error.mean() == pytest.approx(total, rel=0.1)


@pytest.mark.parametrize("decay", [1.0, 10.0, 300.0])
def test_the_weights_shrink_as_predicted(decay):
    found = settings.shrinking(settings.Penalties(decay=decay))
    np.testing.assert_allclose(found["L2"], found["L2, theory"], rtol=1e-9)
    assert found["L2"][-1] < found["no penalty"][-1]


def test_a_factor_below_zero_is_no_decay():
    assert words.decay_words(settings.Penalties()).label == "decay"
    assert "0.99 " in words.decay_words(settings.Penalties(lr=0.1, decay=10.0)).sentence
    assert words.decay_words(settings.Penalties(lr=1.0, decay=200.0)).label == "not a decay"


def test_the_first_zero_is_where_the_subgradient_can_hold_it():
    """With w₂ = 0 and w₁ = p₁ − λ it needs |p₂ − ½ w₁| ≤ λ, p = H w*: from λ = 2 p₂ − p₁ on."""
    pull = settings.HESSIAN @ settings.OPTIMUM
    assert settings.first_zero() == pytest.approx(2 * pull[1] - pull[0])
    labels = [
        words.constrained_words(settings.Penalties(strength=s)).label for s in (0.5, 1.0, 5.0)
    ]
    assert labels == ["no zero yet", "one zero", "all zero"]


@pytest.mark.parametrize("optimum", [(2.0, 0.6), (-1.0, 2.0), (0.3, -0.5), (1.0, 1.0)])
def test_no_weight_is_zero_before_the_first_zero_and_one_is_after(optimum):
    first = penalties.first_zero(settings.HESSIAN, optimum)
    around = penalties.penalty_path(settings.HESSIAN, optimum, first * np.array([0.999, 1.001]))
    assert (around.w != 0).all()
    lasso = penalties.penalty_path(
        settings.HESSIAN, optimum, first * np.array([0.999, 1.001]), "lasso"
    )
    assert (lasso.w[:, 0] != 0).all()
    assert (lasso.w[:, 1] == 0).any()


GROUND = [
    {name: value}
    for name in ("ridge", "degree", "examples", "strength", "lr", "decay")
    for p in settings.Penalties.params()
    if p.name == name
    for value in (p.low, p.high, max(p.valid.bounds[0], 5e-324), min(p.valid.bounds[1], 1e308))
    if p.valid.holds(value) and (name not in ("degree", "examples") or value == round(value))
]


@pytest.mark.parametrize("given", GROUND, ids=str)
def test_both_ends_of_every_number_give_sentences(given):
    s = settings.Penalties(**given)
    for said in (words.verdict(s), words.decay_words(s), words.constrained_words(s)):
        assert "network" not in said.sentence  # there is none in these chapters
        assert "nan" not in said.sentence
    assert "median" in words.bias_words(s)


@pytest.mark.parametrize(
    "given",
    [{"ridge": 100.0}, {"degree": 1}, {}, {"degree": 15, "examples": 20}, {"examples": 10}],
    ids=str,
)
def test_a_named_knob_has_been_tried_and_lowers_the_dev_error(given):
    s = settings.Penalties(**given)
    judged = generalisation.judge(
        float(settings.fits(s).train_error.mean()), settings.dev_error(s), settings.NOISE**2
    )
    changes = settings.better(s, *judged)
    assert changes
    for name, value, error in changes:
        changed = generalisation.polynomials(
            **{
                "degree": s.degree,
                "n": s.examples,
                "ridge": s.ridge,
                {"examples": "n"}.get(name, name): value if name == "ridge" else int(value),
            },
            noise=settings.NOISE,
            repeats=settings.REPEATS,
            seed=s.seed,
        )
        assert np.median(changed.dev_error) == pytest.approx(error)
        assert error < settings.dev_error(s)
        assert number(error) in words.verdict(s).sentence


@pytest.mark.parametrize("lr", [1e-3, 0.1, 0.5, 0.8, 1.0, 2.0, 10.0])
@pytest.mark.parametrize("decay", [0.0, 0.01, 1.0, 10.0, 100.0, 1000.0])
def test_weights_that_grow_are_no_green_decay(lr, decay):
    s = settings.Penalties(lr=lr, decay=decay)
    lengths = settings.shrinking(s)["L2"]
    said = words.decay_words(s)
    if said.good:
        assert lengths[-1] < lengths[0]
    if said.label == "diverges":
        assert not lengths[-1] < lengths[0] or lr < 1.01 * settings.largest_lr(s)


def test_the_page_changes_its_verdict_with_the_penalty():
    app = opened("regularisation", width="16", steps="100")
    assert "red-badge[high variance]" in said(app)
    assert "red-badge[no zero yet]" in said(app)
    app.select_slider(key="regularisation:ridge").set_value(1.0)
    app.run()
    assert "green-badge[fits]" in said(app)
    app.select_slider(key="regularisation:strength").set_value(1.0)
    app.run()
    assert "green-badge[one zero]" in said(app)
    assert not app.exception
    assert link(app) == {"ridge": "1", "strength": "1", "width": "16", "steps": "100"}


def test_the_lines_on_the_page_run(capsys):
    exec(settings.Penalties(width=16, steps=50).code, {})
    assert f"{settings.fits(settings.Penalties()).variance}" in capsys.readouterr().out
