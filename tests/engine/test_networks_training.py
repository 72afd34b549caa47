"""Training: the optimizers of the playground on a network walk where PyTorch's walk."""

from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.networks import MLP, Data, train, training_moments
from playground.networks.activations import ReLU, Tanh
from playground.networks.dropout import masks
from playground.networks.training import Task
from tests.support.part import some

RNG = np.random.default_rng(0)
INPUTS = RNG.standard_normal((12, 2))
DATA = Data(INPUTS, (INPUTS[:, 0] * INPUTS[:, 1] > 0).astype(float))
NET = MLP((2, 6, 5, 1), Tanh(), "logistic")


def walk_of_torch(torch, make, steps, decay=0.0, schedule=None):
    """Parameters ``(steps + 1, P)`` of torch.nn under torch.optim with autograd in float64."""
    torch.set_default_dtype(torch.float64)  # NAdam and schedulers keep scalars in it
    try:
        layers = []
        for (w, b), (m, n) in zip(NET.unpack(NET.init(seed=3)), NET.shapes, strict=True):
            layers += [torch.nn.Linear(n, m), torch.nn.Tanh()]
            layers[-2].weight.data, layers[-2].bias.data = torch.tensor(w), torch.tensor(b)
        net = torch.nn.Sequential(*layers[:-1])
        optimizer = make(net.parameters())
        scheduler = schedule(optimizer) if schedule else None
        x, y = torch.tensor(DATA.inputs), torch.tensor(DATA.targets)[:, None]
        flat = torch.nn.utils.parameters_to_vector
        path = [flat(net.parameters()).detach().numpy().copy()]
        for _ in range(steps):
            optimizer.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(net(x), y)
            weights = [p for p in net.parameters() if p.ndim == 2]
            (loss + decay / 2 * sum((w**2).sum() for w in weights)).backward()
            optimizer.step()
            if scheduler:
                scheduler.step()
            path.append(flat(net.parameters()).detach().numpy().copy())
        return np.array(path)
    finally:
        torch.set_default_dtype(torch.float32)


OPTIMIZERS = {
    "gradient descent": (pg.GradientDescent(lr=0.3), lambda o, p: o.SGD(p, lr=0.3)),
    "momentum": (pg.Momentum(lr=0.1), lambda o, p: o.SGD(p, lr=0.1, momentum=0.9)),
    "nesterov": (pg.Nesterov(lr=0.1), lambda o, p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
    "adagrad": (pg.Adagrad(lr=0.1), lambda o, p: o.Adagrad(p, lr=0.1)),
    "rmsprop": (pg.RMSProp(lr=0.01), lambda o, p: o.RMSprop(p, lr=0.01)),
    "adam": (pg.Adam(lr=0.02), lambda o, p: o.Adam(p, lr=0.02)),
    "adamw": (
        pg.AdamW(lr=0.02, weight_decay=0.1),
        lambda o, p: o.AdamW(p, lr=0.02, weight_decay=0.1),
    ),
}


@pytest.mark.parametrize("name", some(OPTIMIZERS, 3))
def test_150_steps_are_those_of_pytorch(name):
    torch = pytest.importorskip("torch")
    ours, theirs = OPTIMIZERS[name]
    path = walk_of_torch(torch, lambda p: theirs(torch.optim, p), 150)
    training = train(NET, DATA, ours, steps=150, start=NET.init(seed=3), every=1)
    np.testing.assert_allclose(training.p, path, rtol=0, atol=1e-9)
    assert abs(training.p[-1] - training.p[0]).max() > 0.1  # it went somewhere


def test_a_schedule_and_a_penalty_are_those_of_pytorch():
    torch = pytest.importorskip("torch")
    path = walk_of_torch(
        torch,
        lambda p: torch.optim.Adam(p, lr=0.02),
        120,
        decay=0.05,
        schedule=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=120),
    )
    training = train(
        NET,
        DATA,
        pg.Adam(lr=0.02),
        pg.Cosine(),
        120,
        start=NET.init(seed=3),
        weight_decay=0.05,
        every=1,
    )
    np.testing.assert_allclose(training.p, path, rtol=0, atol=1e-9)


def test_the_record_is_what_the_network_says_at_those_moments():
    dev = Data(DATA.inputs + 0.1, DATA.targets)
    training = train(NET, DATA, pg.Adam(), steps=50, every=20, weight_decay=0.1, dev=dev)
    assert training.t.tolist() == [0, 20, 40, 50]
    f, g = NET.loss_on(*DATA, weight_decay=0.1), NET.loss_on(*dev)
    for k, p in enumerate(training.p):
        assert training.loss[k] == f(p)
        assert training.gradient_norm[k] == pytest.approx(np.linalg.norm(f.gradient(p)))
        assert training.error[k] == NET.error(p, *DATA)
        assert training.dev_loss[k] == g(p)
        assert training.dev_error[k] == NET.error(p, *dev)
    assert np.isnan(train(NET, DATA, pg.Adam(), steps=2).dev_loss).all()


def test_runs_side_by_side_are_the_single_runs():
    rates = np.array([0.01, 0.1, 0.3])
    start = NET.init(seed=range(3))
    many = train(NET, DATA, pg.Momentum(lr=rates), steps=40, start=start)
    assert many.p.shape[1:] == start.shape
    for run, rate in enumerate(rates):
        alone = train(NET, DATA, pg.Momentum(lr=float(rate)), steps=40, start=start[:, run])
        np.testing.assert_allclose(many.loss[:, run], alone.loss, rtol=1e-9)
        np.testing.assert_allclose(many.error[:, run], alone.error)


def test_an_epoch_shows_every_example_once_in_a_fresh_order():
    task = Task(NET, DATA, None, 0.0, 5, None, np.random.default_rng(0))
    seen = [loss.inputs[:, 0] for loss in islice(task.losses(), 6)]
    assert [len(batch) for batch in seen] == [5, 5, 2, 5, 5, 2]
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    np.testing.assert_array_equal(np.sort(first), np.sort(DATA.inputs[:, 0]))
    np.testing.assert_array_equal(np.sort(second), np.sort(first))
    assert (first != second).any()


def test_a_seed_repeats_a_training_with_batches_and_dropout():
    def end(seed):
        draw = masks(NET, 0.8)
        return train(NET, DATA, pg.Adam(), steps=30, batch=4, seed=seed, masks=draw).end

    np.testing.assert_array_equal(end(1), end(1))
    assert (end(1) != end(2)).any()


def test_a_page_can_stop_a_training_by_not_asking():
    moments = list(islice(training_moments(NET, DATA, pg.Adam(), steps=10**6, every=5), 4))
    assert [moment.t for moment in moments] == [0, 5, 10, 15]


def test_a_divergence_is_data_not_an_exception():
    wild = MLP((2, 6, 1), ReLU(), "squared")
    training = train(wild, DATA, pg.GradientDescent(lr=50.0), steps=60)
    assert not np.isfinite(training.loss[-1])


@pytest.mark.parametrize("wrong", [{"steps": -1}, {"batch": 0}])
def test_impossible_trainings_are_refused(wrong):
    with pytest.raises(ValueError, match="at least"):
        train(NET, DATA, pg.Adam(), **wrong)


def test_a_rule_of_two_parameters_is_refused_by_name():
    with pytest.raises(ValueError, match="Newton"):
        train(NET, DATA, pg.Newton())
