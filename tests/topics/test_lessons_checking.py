"""The lesson on checking gradients, against difference quotients and a gradient by hand."""

import math

import numpy as np
import pytest

from playground.topics.course import lessons
from playground.topics.gradient_check.bugs import small_network
from tests.topics.test_gradient_check import best_of_the_syllabus

CHECKING = lessons()["gradient-check"]


def spoilt(method, precision, h):
    """|a − b|/(|a| + |b|) of eˣ sin x about 1.3, its root mean square over points nearby."""
    real = np.dtype(precision).type
    x = real(1.3) + (1e-6 * np.arange(-12, 13)).astype(real)
    step = real(h)

    def f(z):
        return np.exp(z) * np.sin(z)

    quotient = {
        "forward": lambda: (f(x + step) - f(x)) / step,
        "central": lambda: (f(x + step) - f(x - step)) / (2 * step),
        "complex": lambda: np.imag(f(x + 1j * step)) / step,
    }[method]()
    fine = x.astype(float)
    true = np.exp(fine) * (np.sin(fine) + np.cos(fine))
    return float(np.sqrt(np.mean((np.abs(quotient - true) / (np.abs(quotient) + true)) ** 2)))


LADDER = [m * 10.0**k for k in range(-14, 0) for m in (1, 3)]


def share_of_digits(method, precision):
    """Where on a ladder the least error stands, as a share of the digits of the precision."""
    errors = [spoilt(method, precision, h) for h in LADDER]
    best = LADDER[int(np.argmin(errors))]
    return math.log(best) / math.log(np.finfo(precision).eps), errors


def expected_step(method, precision):
    share, errors = share_of_digits(method, precision)
    if errors[0] < 20 * min(errors):
        return "smallest"
    return "half" if abs(share - 1 / 2) < abs(share - 1 / 3) else "third"


@best_of_the_syllabus
def test_the_best_differences_are_those_of_the_syllabus(method, precision, h, error):
    """Rounding is luck, so within a factor of ten of a step and three of an error."""
    errors = [spoilt(method, precision, step) for step in LADDER]
    assert abs(math.log10(LADDER[int(np.argmin(errors))] / h)) <= 1.01
    assert 1 / 3 < min(errors) / error < 3
    state = CHECKING.exhibit.preset.replace(method=method, precision=precision)
    facts = CHECKING.facts(state)
    assert facts["best_error"] == pytest.approx(min(errors), rel=0.35)
    assert abs(math.log10(facts["best"] / h)) <= 1.01


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("method", ["forward", "central", "complex"])
def test_the_best_step_is_where_a_ladder_of_the_test_has_it(method, precision):
    """Every state of the lesson's controls."""
    state = CHECKING.exhibit.preset.replace(method=method, precision=precision)
    assert CHECKING.facts(state)["best_step"] == expected_step(method, precision)


def test_the_variations_show_the_answers_that_were_wrong():
    found = [CHECKING.facts(v.state)["best_step"] for v in CHECKING.variations]
    assert CHECKING.facts()["best_step"] == "third"
    assert found == ["half", "smallest", "third"]
    tiny = CHECKING.facts()["tiny"]
    for variation in CHECKING.variations:
        s, facts = variation.state, CHECKING.facts(variation.state)
        mine = spoilt(s.method, s.precision, tiny)
        assert facts["tiny_error"] == pytest.approx(mine, rel=1, abs=1e-15)


def network_gradient(penalty, scale=1.0, h=None):
    """The gradient of the 4-8-3 tanh network by hand, or by central differences of its loss."""
    loss, p = small_network(n=10)  # only its examples and first weights
    x, classes, n = loss.inputs, loss.targets.argmax(axis=1), 10
    cuts, shapes = np.cumsum([32, 8, 24]), ((8, 4), (8,), (3, 8), (3,))

    def parts(p):
        return [part.reshape(s) for part, s in zip(np.split(p, cuts), shapes, strict=True)]

    def value(p):
        w, b, v, c = parts(p)
        z = np.tanh(x @ w.T + b) @ v.T + c
        nats = np.log(np.exp(z).sum(axis=1)) - z[np.arange(n), classes]
        return nats.mean() + penalty / (2 * n) * ((w**2).sum() + (v**2).sum())

    if h is not None:
        return np.array([(value(p + h * e) - value(p - h * e)) / (2 * h) for e in np.eye(len(p))])
    w, b, v, c = parts(p)
    a = np.tanh(x @ w.T + b)
    z = np.exp(a @ v.T + c)
    wrong = (z / z.sum(axis=1, keepdims=True) - np.eye(3)[classes]) / n
    back = (wrong @ v) * (1 - a**2)
    grads = [scale * back.T @ x, back.sum(axis=0), wrong.T @ a, wrong.sum(axis=0)]
    grads = [grads[0] + penalty / n * w, grads[1], grads[2] + penalty / n * v, grads[3]]
    return np.concatenate([g.ravel() for g in grads])


def apart(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def test_a_large_penalty_swallows_the_mistake_the_question_is_about():
    """0.025 at λ = 1, 1.1e-4 at 1e3, below the alarm at 1e5, as 1/λ; the data's part keeps it."""
    state, facts = CHECKING.check.state, CHECKING.facts(CHECKING.check.state)
    right = network_gradient(0.0)
    assert apart(right, network_gradient(0.0, h=1e-5)) < 1e-9  # it is by hand what it should be
    errors = {
        penalty: apart(network_gradient(penalty, 1.1), network_gradient(penalty, h=1e-5))
        for penalty in (0.0, 1.0, 1e3, state.regulariser)
    }
    assert 0.01 < errors[1.0] < 0.05
    assert errors[state.regulariser] == pytest.approx(errors[1e3] * 1e3 / 1e5, rel=0.05)
    assert errors[state.regulariser] < facts["alarm"] == 1e-5 < errors[1e3]
    assert facts["verdict"] == "missed"
    assert facts["reported"] == pytest.approx(errors[state.regulariser], rel=1e-3)
    assert facts["alone"] == pytest.approx(errors[0.0], rel=1e-6)
