"""What the lessons on first steps, losses and the edge teach, against loops written here."""

import numpy as np
import pytest

from tests.support.taught import ALL, chosen, percents, varied
from tests.topics.test_lessons_adaptive import adam

# ---- 9 The first steps ------------------------------------------------------------------------


def first_step(beta1=0.9, beta2=0.999):
    """In learning rates, without bias correction, in closed form."""
    return (1 - beta1) / np.sqrt(1 - beta2)


def test_the_first_steps_of_the_syllabus():
    facts = ALL["first-steps"].facts()
    assert facts["a.first_step"] == pytest.approx(1, abs=1e-6)
    assert facts["b.first_step"] == pytest.approx(first_step(), rel=1e-6)
    assert facts["b.first_step"] == pytest.approx(3.162, abs=1e-3)
    assert facts["b.first_length"] == "longer"
    y, x = (
        adam(np.full(150, 0.006), curvature, start, corrected=False)
        for curvature, start in ((100.0, 1.0), (1.0, -3.0))
    )
    steps = np.maximum(np.abs(np.diff(x)), np.abs(np.diff(y))) / 0.006
    assert steps.max() == pytest.approx(6.47, abs=0.01)
    assert facts["b.longest_step"] == pytest.approx(steps.max(), rel=1e-5)
    assert facts["b.longest_at"] == steps.argmax() + 1


@pytest.mark.parametrize(
    ("words", "expected", "length"),
    [
        ("Squares with a short memory", first_step(beta2=0.9), "shorter"),
        ("Squares with a middling memory", first_step(beta2=0.99), "same"),
        ("A warm-up", 0.1 * first_step(), "shorter"),
    ],
)
def test_other_first_steps(words, expected, length):
    facts = varied(ALL["first-steps"], words)
    assert facts["b.first_length"] == length
    assert facts["b.first_step"] == pytest.approx(expected, rel=1e-5)


def forked(rates, draws=400):
    """The share of noisy Adams on the fork that end where they began: on the side x > 0."""
    noise = np.random.default_rng(99).normal(0, 0.2, (len(rates), 2, draws))
    p = np.array([0.1, -20.0])[:, None].repeat(draws, axis=1)
    m, v = np.zeros_like(p), np.zeros_like(p)
    for t, rate in enumerate(rates, start=1):
        g = np.array([p[0] ** 3 - p[0], 0.05 * p[1]]) + noise[t - 1]
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        p = p - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return np.mean(p[0] > 0)


def test_a_warm_up_keeps_more_runs_in_the_valley_they_began_beside():
    t = np.arange(1000)
    plain = 0.1 * (1 + np.cos(np.pi * t / 1000))
    falling = 0.1 * (1 + np.cos(np.pi * np.maximum(t - 100, 0) / 900))
    warm = falling * np.minimum(0.01 + 0.99 * t / 100, 1)
    lesson = ALL["first-steps"]
    facts = lesson.facts(lesson.check.state)
    assert facts["loyalest"] == "b"
    cold_share, warm_share = forked(plain), forked(warm)
    assert cold_share == pytest.approx(0.723, abs=0.07)  # the syllabus, of 1000 seeds
    assert warm_share == pytest.approx(0.992, abs=0.02)
    assert percents(facts["a.stays"]) == pytest.approx(cold_share, abs=0.1)
    assert percents(facts["b.stays"]) == pytest.approx(warm_share, abs=0.03)


# ---- 11 The loss you choose -------------------------------------------------------------------


def margins(torch, loss, wrong, steps, optimizer):
    """Right minus wrong logit after every update, and the slope at the start, by torch."""
    z = torch.tensor([-wrong, wrong], dtype=torch.float64, requires_grad=True)
    descent, seen, slope = optimizer([z]), [], None
    for _ in range(steps):
        descent.zero_grad()
        p = torch.softmax(z, dim=0)
        right = torch.tensor([1.0, 0.0], dtype=torch.float64)
        value = -torch.log_softmax(z, dim=0)[0] if loss == "cross" else ((p - right) ** 2).sum()
        value.backward()
        slope = z.grad.norm().item() if slope is None else slope
        descent.step()
        seen.append((z[0] - z[1]).item())
        if seen[-1] > 0:
            break
    return np.array(seen), slope


@pytest.mark.parametrize(
    ("query", "wrong", "expected"),
    [
        ("", 10.0, "cross"),
        ("wrong=4", 4.0, "cross"),
        ("wrong=2", 2.0, "cross"),
        ("wrong=0.5", 0.5, "alike"),
        ("optimizer=Adam&optimizer.lr=0.1", 10.0, "squared"),
        ("steps=5", 10.0, "neither"),
    ],
)
def test_which_loss_is_right_first(query, wrong, expected):
    torch = pytest.importorskip("torch")
    facts = chosen(ALL["loss-you-choose"], query)
    steps = 5 if "steps" in query else 1000

    def optimizer(given):
        adaptive = "Adam" in query
        return torch.optim.Adam(given, lr=0.1) if adaptive else torch.optim.SGD(given, lr=1.0)

    needed = {}
    for loss in ("cross", "squared"):
        seen, slope = margins(torch, loss, wrong, steps, optimizer)
        assert facts[f"{loss}_slope"] == pytest.approx(slope, rel=1e-6)
        needed[loss] = len(seen) if seen[-1] > 0 else None
        assert facts[f"{loss}_steps"] == needed[loss]
        assert facts[f"{loss}_waited"] == (None if needed[loss] else steps)
    order = {loss: n or np.inf for loss, n in needed.items()}
    first = min(order, key=order.get)
    if order["cross"] == order["squared"]:
        first = "alike" if needed["cross"] else "neither"
    assert facts["sooner"] == first == expected


def test_the_check_on_the_loss_is_with_adam():
    lesson = ALL["loss-you-choose"]
    facts = lesson.facts(lesson.check.state)
    assert (facts["squared_steps"], facts["cross_steps"]) == (81, 102)
    assert facts["sooner"] == "squared"
    assert lesson.facts()["cross_steps"] == 11  # the syllabus
    assert lesson.facts()["cross_slope"] == pytest.approx(1.414, abs=1e-3)
    assert lesson.facts()["squared_slope"] == pytest.approx(1.17e-8, rel=0.01)


# ---- 14 The edge of stability -----------------------------------------------------------------


def narrow(rate, a=0.002, steps=6000):
    """Descent in the narrowing valley, its loss, and the largest curvature on the way."""
    x, y = 0.0, 0.1
    path, loss, top = [], [], []
    for _ in range(steps + 1):
        wall, across = 15 + x, y - 0.3 * x
        path.append((x, y))
        loss.append(0.5 * a * (x - 10) ** 2 + 0.5 * wall * across**2)
        cross = -0.3 * wall + across
        hessian = [[a + 0.09 * wall - 0.6 * across, cross], [cross, wall]]
        top.append(np.linalg.eigvalsh(hessian)[-1])
        g = a * (x - 10) + 0.5 * across**2 - 0.3 * wall * across
        x, y = x - rate * g, y - rate * wall * across
    return np.array(path), np.array(loss), np.array(top)


def test_the_descent_hovers_at_two_and_never_reaches_the_minimum():
    path, loss, top = narrow(0.1)
    gauge = 0.1 * top[:-1]
    late = gauge[3000:]
    assert gauge[0] == pytest.approx(1.63, abs=0.01)
    assert np.median(late) == pytest.approx(2.0, abs=0.06)
    assert np.mean(late < 2.2) > 0.9
    assert (np.diff(loss) > 0).any()
    assert path[:, 0].max() < 4.3
    facts = ALL["edge-of-stability"].facts()
    assert facts["a.narrowing"] == "hovers"
    assert facts["a.gauge"] == pytest.approx(np.median(late), abs=1e-3)
    assert facts["a.first_gauge"] == pytest.approx(gauge[0], rel=1e-9)
    assert facts["a.rises"] == pytest.approx(np.count_nonzero(np.diff(loss) > 0), abs=2)
    there = np.linalg.eigvalsh([[0.002 + 0.09 * 25, -0.3 * 25], [-0.3 * 25, 25]])[-1]
    assert facts["a.limit"] == pytest.approx(2 / there, rel=1e-6)
    assert 0.1 * there == pytest.approx(2.7, abs=0.05)


def test_a_step_that_fits_arrives_and_half_of_it_is_slow():
    lesson = ALL["edge-of-stability"]
    path, _, _ = narrow(0.07, a=0.02)
    away = np.hypot(*(path - [10, 3]).T)
    facts = varied(lesson, "A smaller rate, a steeper floor")
    assert facts["a.narrowing"] == "arrives"
    assert facts["a.arrived"] == np.flatnonzero(away > 1e-3 * away[0])[-1] + 1
    path, loss, top = narrow(0.1, a=0.02)
    facts = varied(lesson, "A steeper floor alone")
    assert facts["a.narrowing"] == "hovers"
    assert facts["a.gauge"] == pytest.approx(0.1 * np.median(top[3000:-1]), abs=0.01)
    assert (np.diff(loss[3000:]) > 0).any()
    path, loss, top = narrow(0.05)
    facts = varied(lesson, "Half the rate")
    assert facts["a.narrowing"] == "short"
    assert facts["a.distance"] == pytest.approx(np.hypot(*(path[-1] - [10, 3])), rel=1e-6)
    assert facts["a.rises"] == np.count_nonzero(np.diff(loss) > 0) == 0
    assert 0.05 * top.max() < 2  # safe all the way


def test_far_too_long_a_step_leaves():
    path = np.array([0.0, 0.1])
    x, y = path
    for _ in range(200):
        wall, across = 15 + x, y - 0.3 * x
        g = 0.002 * (x - 10) + 0.5 * across**2 - 0.3 * wall * across
        x, y = x - 0.5 * g, y - 0.5 * wall * across
        if not abs(x) < 1e6:
            break
    assert not abs(x) < 1e6
    assert chosen(ALL["edge-of-stability"], "a.lr=0.5")["a.narrowing"] == "leaves"


def test_the_catapult_of_the_check():
    x, y, loss = 5.0, 0.05, []
    for _ in range(100):
        loss.append(0.5 * (x * y - 1) ** 2)
        x, y = x - 0.1 * (x * y - 1) * y, y - 0.1 * (x * y - 1) * x
    lesson = ALL["edge-of-stability"]
    facts = lesson.facts(lesson.check.state)
    assert facts["a.thrown"] == "flatter"
    assert facts["a.highest"] == pytest.approx(max(loss), rel=1e-9)
    assert max(loss) == pytest.approx(8.9, abs=0.1)
    assert facts["a.sharp_last"] == pytest.approx(x * x + y * y, rel=1e-6)
    assert x * x + y * y == pytest.approx(12.5, abs=0.1)
    assert facts["a.sharp_first"] == pytest.approx(25, abs=0.1)
    assert facts["a.fits"] == pytest.approx(20)
    assert (
        chosen(lesson, "surface=Product&start=5,0.05&steps=100&a.lr=0.05")["a.thrown"] != "leaves"
    )
    assert chosen(lesson, "surface=Product&start=5,0.05&steps=100&a.lr=0.2")["a.thrown"] == "leaves"
