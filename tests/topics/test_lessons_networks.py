"""The lessons on dropout and on a real network, against draws and loops of their own."""

import math
from itertools import pairwise

import numpy as np
import pytest

from playground.topics.course import lessons

DROPOUT, NETWORK = lessons()["dropout"], lessons()["real-network"]

# ---- dropout ----------------------------------------------------------------------------------


def masked(p, inverted, n=1_000_000):
    """Mean and mean square of max(ξ, 0) with masks over those without, drawn here."""
    rng = np.random.default_rng(12)
    a = np.maximum(rng.standard_normal(n), 0)
    m = (rng.random(n) < p) * (a / p if inverted else a)
    return m.mean() / a.mean(), (m**2).mean() / (a**2).mean()


@pytest.mark.parametrize(("p", "second"), [(0.5, 2.0), (0.8, 1.248), (0.9, 1.108)])
def test_a_mask_that_is_divided_by_p_keeps_the_mean_and_not_the_square(p, second):
    """The numbers of the syllabus, section 8; plain dropout at a half halves the mean."""
    mean, square = masked(p, inverted=True)
    assert mean == pytest.approx(1, abs=0.01)
    assert square == pytest.approx(second, rel=0.01)
    assert masked(0.5, inverted=False) == pytest.approx((0.5, 0.5), abs=0.005)


def signal(mean, square):
    """What is as it is at test time, within what draws differ by."""
    same = [abs(ratio - 1) < 0.02 for ratio in (mean, square)]
    return {(True, True): "both", (True, False): "mean", (False, False): "neither"}[tuple(same)]


@pytest.mark.parametrize("state", [DROPOUT.exhibit.preset, *(v.state for v in DROPOUT.variations)])
def test_what_is_left_of_the_signal_is_what_draws_of_the_test_leave(state):
    p, facts = min(state.keep_1, state.keep_2), DROPOUT.facts(state)
    mean, square = masked(p, state.kind == "inverted")
    assert facts["signal"] == signal(mean, square)
    assert facts["mean"] == pytest.approx(mean, rel=0.03)
    assert facts["square"] == pytest.approx(square, rel=0.04)


def test_the_lesson_and_its_variations_give_every_answer_once():
    found = [DROPOUT.facts(v.state)["signal"] for v in DROPOUT.variations]
    assert DROPOUT.facts()["signal"] == "mean"
    assert found == ["neither", "mean", "both"]


def test_the_question_on_dropout_is_answered_by_one_over_p():
    facts = DROPOUT.facts(DROPOUT.check.state)
    assert facts["kept"] == 0.8
    assert facts["square"] == pytest.approx(1 / 0.8, rel=0.02)


def test_masks_keep_the_network_of_the_lesson_from_learning_by_heart():
    """Trained here by torch on the same points: without masks the loss on fresh ones climbs."""
    torch = pytest.importorskip("torch")
    from playground.networks.datasets import noisy_moons

    s = DROPOUT.exhibit.preset
    (x, y), (fresh, truth) = (
        (torch.tensor(d.inputs, dtype=torch.float32), torch.tensor(d.targets).float())
        for d in noisy_moons(s.examples, s.seed)
    )
    ended = {}
    for share in (1.0, s.keep_1):
        torch.manual_seed(0)
        layers = [torch.nn.Linear(2, s.width), torch.nn.ReLU(), torch.nn.Dropout(1 - share)]
        layers += [torch.nn.Linear(s.width, s.width), torch.nn.ReLU(), torch.nn.Dropout(1 - share)]
        net = torch.nn.Sequential(*layers, torch.nn.Linear(s.width, 1))
        for layer in net[::3]:
            torch.nn.init.kaiming_normal_(layer.weight)
            torch.nn.init.zeros_(layer.bias)
        adam, cost = torch.optim.Adam(net.parameters(), s.lr), torch.nn.BCEWithLogitsLoss()
        for _ in range(s.steps):
            adam.zero_grad()
            cost(net(x)[:, 0], y).backward()
            adam.step()
        net.eval()
        with torch.no_grad():
            ended[share] = float(cost(net(x)[:, 0], y)), float(cost(net(fresh)[:, 0], truth))
    facts = DROPOUT.facts()
    for mine, theirs in (
        (ended[1.0], (facts["loss_without"], facts["fresh_without"])),
        (ended[s.keep_1], (facts["loss_with"], facts["fresh_with"])),
    ):
        assert np.log(theirs) == pytest.approx(np.log(mine), abs=math.log(1.7))
    for (train, test), (masked_train, masked_test) in (
        (ended[1.0], ended[s.keep_1]),
        (
            (facts["loss_without"], facts["fresh_without"]),
            (facts["loss_with"], facts["fresh_with"]),
        ),
    ):
        assert train < masked_train
        assert masked_test < test


def test_dropped_inputs_of_a_linear_model_are_a_penalty_on_its_squared_weights():
    """What a teacher is told; all masks of three inputs, each with its probability."""
    x, w, y, p = np.array([1.0, -2.0, 0.5]), np.array([0.3, 0.7, -1.1]), 0.4, 0.8
    average = 0.0
    for number in range(8):
        m = np.array([number >> i & 1 for i in range(3)])
        average += math.prod(np.where(m, p, 1 - p)) * (y - (m / p * w) @ x) ** 2
    assert average == pytest.approx((y - w @ x) ** 2 + (1 - p) / p * (w**2 @ x**2), rel=1e-12)


# ---- one real network -------------------------------------------------------------------------


def descended(state):
    """Losses, the first weights and those at every tenth update, by loops written here.

    Squared error ½(s − y)² on tanh layers; only the points and the first weights are the house's.
    """
    data = state.draw(state.seed)
    x, y = data.inputs, data.targets
    w = [part.copy() for pair in state.mlp.unpack(first_weights(state)) for part in pair]
    lr, losses, kept = state.optimizer.lr, [], []
    with np.errstate(all="ignore"):
        for t in range(state.steps + 1):
            value, grads = layered(w, x, y)
            losses.append(value)
            if t % 10 == 0:
                kept.append([part.copy() for part in w])
            w = [part - lr * g for part, g in zip(w, grads, strict=True)]
    return np.array(losses), kept, (x, y)


def first_weights(state):
    return state.mlp.init(state.initialisation, state.seed)


def layered(w, x, y):
    """Loss and gradient of a network of two tanh layers and a linear unit."""
    w1, b1, w2, b2, w3, b3 = w
    a1 = np.tanh(x @ w1.T + b1)
    a2 = np.tanh(a1 @ w2.T + b2)
    off = (a2 @ w3.T + b3)[:, 0] - y
    d3 = off[:, None] / len(y)
    d2 = (d3 @ w3) * (1 - a2**2)
    d1 = (d2 @ w2) * (1 - a1**2)
    grads = [d1.T @ x, d1.sum(0), d2.T @ a1, d2.sum(0), d3.T @ a2, d3.sum(0)]
    return float((off**2).mean() / 2), grads


def largest_curvature(w, x, y, h=1e-5):
    """λ_max of the whole Hessian, column by column from differences of gradients."""
    flat, shapes = np.concatenate([part.ravel() for part in w]), [part.shape for part in w]
    cuts = np.cumsum([part.size for part in w])[:-1]

    def gradient(p):
        parts = [q.reshape(s) for q, s in zip(np.split(p, cuts), shapes, strict=True)]
        return np.concatenate([g.ravel() for g in layered(parts, x, y)[1]])

    columns = [
        (gradient(flat + h * e) - gradient(flat - h * e)) / (2 * h) for e in np.eye(len(flat))
    ]
    hessian = np.array(columns)
    return float(np.linalg.eigvalsh((hessian + hessian.T) / 2)[-1])


@pytest.fixture(scope="module")
def preset():
    return descended(NETWORK.exhibit.preset)


def test_the_preset_starts_above_the_limit_and_ends_at_it(preset):
    """Lewkowycz et al. 2020: between 2/λ and 4/λ it is thrown and learns; Cohen et al. 2021: at
    the edge η·λ_max hovers at 2."""
    losses, kept, points = preset
    lr, facts = NETWORK.exhibit.preset.optimizer.lr, NETWORK.facts()
    first = lr * largest_curvature(kept[0], *points)
    early = lr * largest_curvature(kept[1], *points)
    late = [lr * largest_curvature(w, *points) for w in kept[24::4]]
    assert 2 < first < 4
    assert losses.max() > 1.5 * losses[0]
    assert losses[-1] < 0.1 * losses[0]
    assert early < 1.3
    assert np.median(late) == pytest.approx(2, abs=0.06)
    assert facts["verdict"] == "edge_of_stability"
    assert facts["limit"] == 2
    assert facts["first_gauge"] == facts["above"] == pytest.approx(first, rel=1e-3)
    assert facts["late_gauge"] == pytest.approx(np.median(late), abs=0.06)
    assert facts["early_least"] < early * 1.01
    assert facts["highest"] == pytest.approx(losses.max(), rel=1e-6)
    assert facts["last_loss"] == pytest.approx(losses[-1], rel=1e-3)


def test_the_loss_falls_only_once_the_ground_is_flatter(preset):
    """What is said to who expected that it comes to rest, or goes on jumping."""
    losses, _, _ = preset
    rises = [t for t, (a, b) in enumerate(pairwise(losses)) if b > a]
    assert rises[0] == 0
    assert max(rises) < 10


def test_less_than_half_the_rate_stays_below_the_limit():
    state = NETWORK.variations[0].state
    losses, kept, points = descended(state)
    gauges = [state.optimizer.lr * largest_curvature(w, *points) for w in kept[::5]]
    facts = NETWORK.facts(state)
    assert max(gauges) < 2
    assert (np.diff(losses) < 0).all()
    assert facts["below"] == pytest.approx(gauges[0], rel=1e-3)
    assert facts["above"] is None
    assert facts["largest_late"] == pytest.approx(max(gauges[len(gauges) // 2 :]), rel=0.02)
    assert facts["verdict"] in ("in_progress", "converged", "slow")
    assert facts["last_loss"] == pytest.approx(losses[-1], rel=1e-6)


def test_the_limit_of_momentum_is_the_oscillators():
    """2(1 + μ), and the run of the variation stays below it."""
    state = NETWORK.variations[1].state
    facts = NETWORK.facts(state)
    assert facts["limit"] == pytest.approx(2 * (1 + state.optimizer.momentum), rel=1e-12)
    assert facts["largest_late"] < facts["limit"]
    assert facts["verdict"] == "converged"


def test_a_step_of_every_parameters_own_is_named():
    facts = NETWORK.facts(NETWORK.variations[2].state)
    assert facts["scaled"] == "Adam"
    assert facts["limit"] == pytest.approx(2 * (1 + 0.9) / (1 - 0.9), rel=1e-12)


def test_the_question_on_the_network_is_answered_by_a_loop_that_leaves_the_numbers():
    state = NETWORK.check.state
    losses, kept, points = descended(state)
    first = state.optimizer.lr * largest_curvature(kept[0], *points)
    facts = NETWORK.facts(state)
    assert first > 4
    assert not np.isfinite(losses[-1])
    assert facts["verdict"] == "diverged"
    assert facts["first_gauge"] == pytest.approx(first, rel=1e-3)
    assert abs(facts["gone"] - int(np.argmin(np.isfinite(losses)))) <= 5
