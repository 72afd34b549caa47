"""A network's training against independent computations: record, gauge, planes, two weights."""

import numpy as np
import pytest

import playground as pg
from playground.microscope import look
from playground.networks import train
from playground.topics.network.panel.network import over_fitted
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import trained
from playground.topics.network.verdict import outcome_of
from playground.topics.network.view import TwoWeights, Weight, around_the_end, path_view
from tests.support.part import in_turn

SMALL = RealNetwork(width=5, steps=60, examples=40)
ELEMENTWISE = [name for name, cls in pg.Optimizer.all.items() if cls.elementwise()]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rule", [pg.Adam(lr=0.05), pg.GradientDescent(lr=0.3)])
def test_over_fitting_is_told_where_the_two_losses_part(rule, seed):
    trace = trained(RealNetwork(width=8, steps=200, examples=20, optimizer=rule, seed=seed))
    test, train = trace.dev_loss.tolist(), trace.loss.tolist()
    parted = any(
        test[-1] > 1.1 * low and train[-1] < train[t]
        for t, low in enumerate(test)
        if low == min(test)
    )
    said = over_fitted(trace)
    assert len(said) == parted
    for sentence in said:
        assert f"update {test.index(min(test))}," in sentence


# ---- the training itself --------------------------------------------------------------------


@pytest.mark.parametrize(("name", "batch"), in_turn(ELEMENTWISE, (0, 7)))
def test_recording_changes_nothing(name, batch):
    s = SMALL.replace(optimizer=pg.Optimizer.all[name](), schedule=pg.Cosine(), batch=batch)
    trace = trained(s)
    plain = train(s.mlp, s.draw(0), s.optimizer, s.schedule, s.steps, batch=batch or None, every=1)
    np.testing.assert_array_equal(trace.p, plain.p)
    np.testing.assert_array_equal(trace.loss, plain.loss)
    np.testing.assert_allclose(trace.lr, s.optimizer.lr * s.schedule(np.arange(60), 60))


def test_what_the_optimizer_saw_is_what_it_walked_along():
    trace = trained(SMALL.replace(batch=7, optimizer=pg.GradientDescent(lr=0.3)))
    np.testing.assert_allclose(-np.diff(trace.p, axis=0) / 0.3, trace.seen, atol=1e-12)
    whole = trained(SMALL)
    np.testing.assert_allclose(whole.seen, whole.objective.gradient(whole.p[:-1].T).T, atol=1e-14)
    np.testing.assert_allclose(
        whole.gradient_norm[:-1], np.linalg.norm(whole.seen, axis=1), rtol=1e-10
    )


@pytest.mark.parametrize("data", ["moons", "circles", "spirals", "blobs", "xor"])
@pytest.mark.parametrize("cost", ["cross-entropy", "squared error"])
def test_every_data_set_with_every_cost_learns(data, cost):
    s = SMALL.replace(data=data, cost=cost, optimizer=pg.Adam(lr=0.02), steps=80)
    trace = trained(s)
    assert trace.loss[-1] < trace.loss[0]
    scores = trace.scores(trace.p[-1], trace.data.inputs)
    assert scores.shape == (40, s.classes)
    if cost == "cross-entropy":
        np.testing.assert_allclose(scores.sum(axis=-1), 1)
        own = np.take_along_axis(scores, trace.data.targets[:, None], axis=1)
        assert trace.loss[-1] == pytest.approx(-np.log(own).mean())
    assert trace.error(80, trace.data) == np.mean(scores.argmax(1) != trace.data.targets)


def test_it_tells_the_loss_so_far_and_can_be_stopped():
    told = []
    trace = trained(SMALL, lambda share, moments: told.append((share, len(moments))))
    shares, counts = zip(*told, strict=True)
    assert list(shares) == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    assert counts[: len(trace.p)] == tuple(range(1, len(trace.p) + 1))

    def stop(share, moments):
        if len(moments) > 9:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        trained(SMALL, stop)


def test_newton_and_too_much_to_remember_are_refused():
    with pytest.raises(ValueError, match="whole Hessian"):
        RealNetwork(optimizer=pg.Newton())
    with pytest.raises(ValueError, match="set “updates” to at most"):
        RealNetwork(width=60, layers=4, steps=4000)


# ---- the gauge ------------------------------------------------------------------------------


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_the_gauge_of_descent_is_eta_times_the_largest_eigenvalue(decay):
    trace = trained(
        SMALL.replace(optimizer=pg.Momentum(lr=0.2, weight_decay=decay), schedule=pg.Cosine())
    )
    for k in (0, 20, 55):
        t = trace.gauged[k]
        top = np.linalg.eigvalsh(trace.objective.hessian(trace.p[t]))[-1]
        assert trace.gauge[k] == pytest.approx(trace.lr[t] * (top + decay), rel=2e-3)
    assert trace.limit == pytest.approx(2 * 1.9)


def test_the_gauge_of_adam_is_that_of_the_preconditioned_hessian():
    rule = pg.Adam(lr=0.02)
    trace = trained(SMALL.replace(optimizer=rule))
    v = np.zeros(trace.p.shape[1])
    for t, g in enumerate(trace.seen):
        v = rule.beta2 * v + (1 - rule.beta2) * g * g
        k = int(np.searchsorted(trace.gauged, t))
        if t not in (0, 10, 50):
            continue
        n = t + 1
        rate = rule.lr / (np.sqrt(v / (1 - rule.beta2**n)) + rule.eps)
        root = np.sqrt(rate)
        scaled = root[:, None] * trace.objective.hessian(trace.p[t]) * root
        assert trace.gauge[k] == pytest.approx(np.linalg.eigvalsh(scaled)[-1], rel=2e-3)
    assert trace.limit == pytest.approx(38)


def test_the_limit_is_where_a_quadratic_loss_begins_to_diverge():
    """Without hidden layers squared error is least squares: one Hessian everywhere."""
    s = RealNetwork(
        layers=0,
        cost="squared error",
        steps=2000,
        examples=40,
        optimizer=pg.GradientDescent(lr=0.1),
    )
    trace = trained(s)
    x = np.column_stack([trace.data.inputs, np.ones(40)])
    edge = 2 / np.linalg.eigvalsh(x.T @ x / 40)[-1]
    assert trace.limiting_lr() == pytest.approx(edge, rel=2e-3)
    below = trained(s.replace(optimizer=pg.GradientDescent(lr=0.99 * edge)))
    above = trained(s.replace(optimizer=pg.GradientDescent(lr=1.02 * edge)))
    best = np.linalg.lstsq(x, trace.data.targets, rcond=None)[1][0] / 80
    assert below.loss[-1] == pytest.approx(best, rel=1e-6)
    assert above.loss[-1] > 1e6
    assert outcome_of(below).label == "converged"
    assert outcome_of(above).label == "diverged"


# ---- planes ---------------------------------------------------------------------------------


def test_the_map_is_exact_where_it_says_so():
    trace = trained(SMALL)
    view = path_view(trace, count=5)
    assert view.error[-1] == 0
    np.testing.assert_allclose(view.error, view.shown - trace.loss)
    x0, x1, y0, y1 = view.window
    corner = view.plane.centre + np.array([x1, y0]) @ view.plane.axes
    assert view.heights[0, -1] == pytest.approx(float(trace.objective(corner)))
    inside = [
        (a >= lo) & (a <= hi)
        for a, (lo, hi) in zip(view.coordinates, ((x0, x1), (y0, y1)), strict=True)
    ]
    assert np.all(inside)
    away = trace.p - trace.p[-1]
    values = np.linalg.eigvalsh(away.T @ away)[::-1]
    np.testing.assert_allclose(view.explained, values[:2] / values.sum(), rtol=1e-8)


@pytest.mark.parametrize("lr", [2.0, 5.0, 1e9, 1e200])
def test_a_path_that_blows_up_leaves_the_map(lr):
    s = SMALL.replace(cost="squared error", optimizer=pg.GradientDescent(lr=lr), steps=300)
    trace = trained(s)
    assert trace.finite <= trace.steps
    view = path_view(trace, count=9)
    assert np.isfinite(view.heights).all()
    assert view.kept < trace.finite or lr == 1e200  # which is infinite after one update
    outside = view.coordinates[:, view.kept : trace.finite]
    x0, x1, y0, y1 = view.window
    assert (
        not (
            (x0 <= outside[0]) & (outside[0] <= x1) & (y0 <= outside[1]) & (outside[1] <= y1)
        ).all()
        or lr == 1e200
    )
    assert np.isnan(trace.gauge[-1])


def test_the_random_plane_has_the_end_in_its_middle():
    trace = trained(SMALL)
    around = around_the_end(trace, count=11)
    assert around.heights[5, 5] == pytest.approx(trace.loss[-1])
    assert around.loss == trace.loss[around.t]
    assert around.t == trace.steps


# ---- two weights ----------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [0, 7])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_two_weights_are_a_descent_of_their_own(name, batch):
    trace = trained(SMALL.replace(optimizer=pg.Optimizer.all[name](), batch=batch))
    pair = TwoWeights(trace, (Weight(2, 3, 1).index(trace), Weight(2, 3, 0).index(trace)))
    np.testing.assert_allclose(pair._replay[0], pair.x, rtol=1e-12, atol=1e-14)
    seen = look(pair, 30)
    np.testing.assert_array_equal(seen["x"].value, pair.x[30])
    np.testing.assert_allclose(seen.step, pair.x[30] - pair.x[29], atol=1e-13)


def test_a_weight_is_found_where_the_network_keeps_it():
    trace = trained(SMALL.replace(steps=2))
    (_, _), (w, b), _ = trace.mlp.unpack(trace.p[0])
    assert trace.p[0][Weight(2, 3, 4).index(trace)] == w[2, 3]
    p = trace.p[0].copy()
    p[Weight(2, 5, 0).index(trace)] = 7
    assert trace.mlp.unpack(p)[1][1][4] == 7
    assert b[4] == 0
    assert str(Weight(2, 3, 4)) == "the weight from input 4 to unit 3 in layer 2"
