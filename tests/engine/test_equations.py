"""The printed equation of an optimizer is its rule."""

import pytest

import playground as pg
from playground.optimizers.base import PLACEHOLDER
from tests.support.latex import evaluate
from tests.support.laws import settings

EVERY = list(pg.Optimizer.all.values())

every_setting = pytest.mark.parametrize(
    "optimizer", [o for cls in EVERY for o in settings(cls)], ids=repr
)


def run(optimizer, steps):
    return pg.simulate(pg.Rosenbrock(b=5.0), optimizer, (-1.2, 1.0), steps, pg.Cosine(floor=0.2))


@every_setting
def test_every_placeholder_is_known(optimizer):
    fields = type(optimizer.init(0.0))._fields
    known = {"g", "x", "lr", "t", *fields, *(p.name for p in optimizer.params())}
    for name, right in optimizer.equations.items():
        assert name in known - {"lr", "t"}
        assert {n for n, _ in PLACEHOLDER.findall(right)} <= known
    assert list(optimizer.equations)[-1] == "x"


@pytest.mark.parametrize(
    "optimizer", [o for cls in EVERY if cls.elementwise() for o in settings(cls)], ids=repr
)
def test_the_printed_equations_give_the_recorded_numbers(optimizer):
    """Each line, with the numbers of one update put in, gives the number of the state.

    Newton's, written with a matrix, is tested below.
    """
    r = run(optimizer, steps=12)
    for t in range(1, 12):  # the first update may start the averages in its own way
        numbers = {**optimizer.values(), "g": r.seen[t, 0], "x'": r.x[t, 0], "x": r.x[t + 1, 0]}
        numbers |= {"lr": r.lr[t], "t": t + 1}
        for name in r.state._fields:
            series = getattr(r.state, name)
            numbers |= {name: series[t + 1, 0], f"{name}'": series[t, 0]}
        for name in optimizer.equations:

            def show(n, before, numbers=numbers):
                return f"({float(numbers[n + before * chr(39)])!r})"

            value = evaluate(optimizer.written(show)[name])
            if name == "g":
                numbers["g"] = value
            assert value == pytest.approx(numbers[name], rel=1e-9, abs=1e-14, nan_ok=True), (
                t,
                name,
            )


@every_setting
def test_the_formula_names_only_what_is_used(optimizer):
    formula = optimizer.formula()
    assert not PLACEHOLDER.search(formula)
    assert formula.startswith(r"\begin{aligned}")
    for opening, closing in ("{}", "()", ("\\begin", "\\end")):
        assert formula.count(opening) == formula.count(closing)
    decay = next((p for p in optimizer.params() if p.name == "weight_decay"), None)
    if decay:
        assert (decay.tex in formula) == bool(optimizer.weight_decay)
