"""Regularisation: two errors, a factor, zeros and a moment to stop."""

import numpy as np
import pytest

from playground.topics.regularisation import settings, words
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
    ratio = settings.STRENGTHS[1] / settings.STRENGTHS[0]
    exact = 2 * pull[1] - pull[0]
    assert exact <= settings.first_zero() <= exact * ratio
    labels = [
        words.constrained_words(settings.Penalties(strength=s)).label for s in (0.5, 1.0, 5.0)
    ]
    assert labels == ["no zero yet", "one zero", "all zero"]


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
