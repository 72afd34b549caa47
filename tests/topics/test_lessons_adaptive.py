"""What the lessons on adaptive steps, losses and the edge teach, against loops written here."""

import numpy as np
import pytest

from playground.topics.course import lessons

ALL = lessons()


def chosen(lesson, query=""):
    """What is known of a lesson's preset, or of what differs from it."""
    return lesson.facts(lesson._state(query))


def varied(lesson, words):
    """What is known of a variation by its words."""
    (one,) = [v for v in lesson.variations if v.words == words]
    return lesson.facts(one.state)


def percents(text):
    return float(text.replace("%", "").strip()) / 100


# ---- 7 Collapse and burst ---------------------------------------------------------------------

VALLEY = np.array([[0.002, 0.02], [0.02, 2.0]])


def divided(rates, mean, start=(-100.0, 2.0)):
    """Descent whose slopes are divided by the root of the sum or the mean of their squares.

    A leap grows out of rounding, so the slope is written as the surface has it, term by term.
    """
    x, total = [np.array(start)], np.zeros(2)
    scales = []
    for t, rate in enumerate(rates, start=1):
        (a, c), (_, b) = VALLEY
        g = np.array([a * x[-1][0] + c * x[-1][1], c * x[-1][0] + b * x[-1][1]])
        total = total + g * g
        scales.append(np.sqrt(total / t if mean else total) + 1e-8)
        x.append(x[-1] - rate * g / scales[-1])
    return np.array(x), np.array(scales)


def wobble(x):
    """How far it is from the floor of the valley."""
    return np.abs(x[:, 1] + 0.01 * x[:, 0])


def leaps_of(x, quiet=40, line=0.3):
    """First step of every stretch off the floor, after it was quiet."""
    off = wobble(x) > line
    off[:quiet] = False
    first = np.flatnonzero(off)
    return [int(t) for t in first if not off[max(t - quiet, 0) : t].any()]


def left(x):
    return np.hypot(*x[-1]) / np.hypot(*x[0])


RATES = np.full(800, 0.3)
COSINE = 0.15 * (1 + np.cos(np.pi * np.arange(800) / 800))


def test_the_mean_of_the_squares_bursts_three_times_and_calms_down():
    x, scale = divided(RATES, mean=True)
    assert len(leaps_of(x)) == 3
    assert wobble(x)[40:].max() == pytest.approx(1.09, abs=0.01)
    top = 0.3 * np.linalg.eigvalsh(VALLEY / np.sqrt(scale[:, :, None] * scale[:, None]))[:, -1]
    assert np.flatnonzero(top > 2)[0] == 80  # the syllabus: theory 80.9
    calm = wobble(x)
    assert calm[250:380].max() < 0.1 * calm[160:200].max()
    facts = ALL["collapse-and-burst"].facts()
    assert facts["a.fate"] == "bursts"
    assert facts["a.leap_count"] == 3
    assert facts["a.past_limit"] == 80
    assert facts["a.leap_at"] == 160 + np.hypot(*(VALLEY @ x[160:200].T)).argmax()


def test_the_sum_collapses_far_away_on_a_slope_that_has_hardly_changed():
    x, scale = divided(RATES, mean=False)
    assert x[-1, 0] == pytest.approx(-83.9, abs=0.05)
    size = np.hypot(*(VALLEY @ x.T))
    assert size[-1] > 0.8 * size[100]
    facts = varied(ALL["collapse-and-burst"], "The sum, not the mean")
    assert facts["a.fate"] == "short"
    assert not leaps_of(x)
    assert percents(facts["a.way_left"]) == pytest.approx(left(x), rel=0.01)
    assert percents(facts["a.slope_kept"]) == pytest.approx(size[-1] / size[100], rel=0.01)
    shrunk = scale[0, 0] / scale[-1, 0]
    assert percents(facts["a.factor_left"]) == pytest.approx(shrunk, rel=0.01)


def test_a_large_rate_arrives_by_the_sum_and_a_brake_by_the_root_of_time_ends_the_leaps():
    lesson = ALL["collapse-and-burst"]
    large, _ = divided(np.full(800, 8.0), mean=False)
    away = np.hypot(*large.T) > 1e-3 * np.hypot(*large[0])
    facts = varied(lesson, "The sum, at a large rate")
    assert facts["a.fate"] == "arrives"
    assert facts["a.arrived"] == np.flatnonzero(away)[-1] + 1
    braked, _ = divided(0.3 / np.sqrt(1 + np.arange(800) / 50), mean=True)
    facts = varied(lesson, "The mean, with a brake")
    assert facts["a.fate"] == "short"
    assert not leaps_of(braked)
    assert percents(facts["a.way_left"]) == pytest.approx(left(braked), rel=0.01)


def test_a_cosine_does_not_end_the_leaps():
    x, _ = divided(COSINE, mean=True)
    assert wobble(x)[40:].max() == pytest.approx(0.85, abs=0.01)  # the syllabus
    closing = ALL["collapse-and-burst"].check
    facts = ALL["collapse-and-burst"].facts(closing.state)
    assert facts["a.fate"] == "bursts"
    assert facts["a.leap_at"] == 40 + np.hypot(*(VALLEY @ x[40:].T)).argmax()
    assert percents(facts["a.way_left"]) == pytest.approx(left(x), rel=0.01)


def test_what_leaves_the_picture_is_said_to_leave_and_a_short_hop_is_not():
    lesson = ALL["collapse-and-burst"]
    hanging = chosen(lesson, "surface.a=-1&a.lr=1")
    assert hanging["a.fate"] == "leaves"
    assert hanging["a.way_left"] is None
    assert chosen(lesson, "start=0.001,0.001")["a.fate"] != "leaves"
    assert chosen(lesson, "a.lr=0.1")["a.fate"] == "short"


# ---- 8 RMSProp and Adam -----------------------------------------------------------------------


def rmsprop(rates, alpha=0.9, curvature=100.0, start=1.0):
    """One coordinate of RMSProp whose mean starts at the first square."""
    y, v = [start], None
    for rate in rates:
        g = curvature * y[-1]
        v = g * g if v is None else alpha * v + (1 - alpha) * g * g
        y.append(y[-1] - rate * g / np.sqrt(v))
    return np.array(y)


def adam(rates, curvature=100.0, start=1.0, betas=(0.9, 0.999), corrected=True):
    """One coordinate of Adam."""
    y, m, v = [start], 0.0, 0.0
    for t, rate in enumerate(rates, start=1):
        g = curvature * y[-1]
        m, v = betas[0] * m + (1 - betas[0]) * g, betas[1] * v + (1 - betas[1]) * g * g
        full = [1 - b**t if corrected else 1 for b in betas]
        y.append(y[-1] - rate * (m / full[0]) / np.sqrt(v / full[1]))
    return np.array(y)


def swing(y, rate=0.05, last=80):
    return np.ptp(y[-last:]) / 2 / rate


@pytest.mark.parametrize(("curvature", "start"), [(1.0, -3.0), (100.0, 1.0)])
def test_rmsprop_ends_in_a_hop_of_half_a_learning_rate_in_every_coordinate(curvature, start):
    y = rmsprop(np.full(400, 0.05), curvature=curvature, start=start)
    assert np.abs(y[-20:]) == pytest.approx(0.025, rel=1e-3)
    assert (y[-20:-1] * y[-19:] < 0).all()


def test_the_hop_of_the_lesson_and_what_ends_it():
    lesson = ALL["adaptive"]
    constant = np.full(400, 0.05)
    cosine = 0.025 * (1 + np.cos(np.pi * np.arange(400) / 400))
    for facts, y, kind in (
        (lesson.facts(), rmsprop(constant), "hops"),
        (varied(lesson, "Adam"), adam(constant), "rests"),
        (varied(lesson, "A rate that falls"), rmsprop(cosine), "rests"),
        (varied(lesson, "A longer memory"), rmsprop(constant, alpha=0.99), "rests"),
        (chosen(lesson, "a.lr=0.001"), rmsprop(np.full(400, 0.001)), "travels"),
    ):
        rate = 0.001 if kind == "travels" else 0.05
        assert facts["a.hopping"] == kind
        assert facts["a.half_width"] == pytest.approx(swing(y, rate), rel=1e-3, abs=1e-4)
        turns = np.mean(np.diff(y[-80:])[1:] * np.diff(y[-80:])[:-1] < 0)
        assert {"hops": swing(y) > 0.05 and turns > 0.6, "rests": swing(y) < 0.05}.get(
            kind, turns < 0.6
        )


def test_a_larger_rate_hops_as_far_in_learning_rates():
    lesson = ALL["adaptive"]
    facts = lesson.facts(lesson.check.state)
    assert facts["a.lr"] == 0.2
    assert facts["a.half_width"] == pytest.approx(swing(rmsprop(np.full(400, 0.2)), 0.2), rel=1e-4)
    assert facts["a.half_width"] == pytest.approx(0.5, abs=1e-4)


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
