"""The step microscope: what is printed is what happened, and can be recomputed by hand."""

import math
import re
from decimal import Decimal

import numpy as np
import pytest

import playground as pg
from playground.microscope import look, updates
from playground.microscope.digits import numeral
from playground.microscope.reading import calculate, part_of
from tests.oracles.microscope_by_hand import BY_HAND
from tests.support.latex import evaluate
from tests.support.microscope_runs import EVERY, SURFACE, TIMES, every, run
from tests.support.part import in_turn


def plain(latex):
    """LaTeX with powers of ten and bars in the form that `tests.latex` reads."""
    latex = re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", latex)
    latex = re.sub(r"(?<![\d.])10\^\{(-?\d+)\}", r"1e\1", latex)
    return latex.replace(r"\lvert", "|").replace(r"\rvert", "|").replace(r"\text{NaN}", "nan")


def last_digit(latex):
    """What the last printed digit of a number counts."""
    return 10.0 ** Decimal(plain(latex)).as_tuple().exponent


# ---- what is printed ------------------------------------------------------------------------


@every
@pytest.mark.parametrize("schedule", [pg.Constant(), None], ids=["constant", "warm-up and cosine"])
def test_every_line_recomputed_from_its_printed_numbers_gives_its_printed_value(
    optimizer, schedule
):
    """Within one unit of the sixth of the seven printed digits."""
    r = run(optimizer, schedule)
    for t in TIMES:
        for line in look(r, t).lines:
            for i in (0, 1):
                found = evaluate(plain(line.numbers[i]))
                told = float(plain(line.shown[i])) if "NaN" not in line.shown[i] else math.nan
                if math.isnan(told) or told == 0:
                    assert found == pytest.approx(told, abs=1e-5, nan_ok=True), line
                else:
                    assert abs(found - told) <= 10 * last_digit(line.shown[i]), (t, line)


@every
def test_a_printed_value_is_the_value_and_has_seven_digits_or_ends(optimizer):
    for t in TIMES:
        for line in look(run(optimizer), t).lines:
            for shown, value in zip(line.shown, line.value, strict=True):
                if not math.isfinite(value):
                    continue
                assert abs(float(plain(shown)) - value) <= 0.5001 * last_digit(shown)
                digits = len(plain(shown).lower().partition("e")[0].replace(".", "").lstrip("-0"))
                exact = float(plain(shown)) == pytest.approx(value, rel=1e-14, abs=0)
                assert digits >= 7 or exact or line.name == "x", (line, shown)


@every
def test_a_quantity_is_printed_with_the_same_digits_wherever_it_stands(optimizer):
    """What a line ends in is what later lines put in."""
    seen = look(run(optimizer), 10)
    for line in seen.lines:
        symbol = re.compile(r"(?<!hat )(?<!bar )(?<!\w)" + re.escape(line.symbol[0]) + r"(?!\^)")
        used = [other for other in seen.lines if symbol.search(other.equation[0])]
        for other in used:
            assert line.shown[0] in other.numbers[0], (line.name, other.name)


@every
def test_no_placeholder_is_left(optimizer):
    for line in look(run(optimizer), 3).lines:
        for text in (*line.symbol, *line.equation, *line.numbers, *line.shown):
            assert not re.search(r"<\w+'?>", text)
            assert "|" not in text
            assert text.count("{") == text.count("}")


# ---- an independent calculation -------------------------------------------------------------


@every
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_every_quantity_is_the_one_the_rule_makes(optimizer, noise):
    """The rule once more from the start, update by update, against what the lines end in."""
    r, names = run(optimizer, noise=noise), {p.name for p in optimizer.params()}
    draws = np.random.default_rng(4).standard_normal((30, 2))
    point, state = r.x[0].copy(), optimizer.init(r.x[0].copy())
    for t in range(1, 30):

        class Seen:
            hessian = staticmethod(SURFACE.hessian)

            def gradient(self, p, t=t):
                return SURFACE.gradient(p) + noise * draws[t - 1]

        lr = float(optimizer.lr * r.schedule(t - 1, 30))
        old, (point, state) = point, optimizer.step(point, state, Seen(), lr)
        if t not in TIMES:
            continue
        seen = look(r, t)
        printed = {line.name: line.value for line in seen.lines}
        assert {"g", "lr", "step", "x"} <= set(printed)
        told = {"lr": lr, "x": point, "step": point - old, **state._asdict()}
        told["g"] = Seen().gradient(old) + optimizer.coupled_decay * old
        for name in set(printed) & set(told):
            np.testing.assert_allclose(printed[name], told[name], rtol=1e-9, atol=1e-13)
        terms = set(printed) - set(told) - set(optimizer.terms)
        assert terms <= set(optimizer.by_hand) - names, f"from nowhere: {terms}"


def test_what_is_written_by_hand_is_in_the_register():
    assert set(BY_HAND) <= set(pg.Optimizer.all)


@pytest.mark.parametrize(
    ("optimizer", "schedule", "noise"),
    in_turn(
        [o for o in EVERY if type(o).__name__ in BY_HAND], (pg.Constant(), None), (0.1, 0.0, 0.0)
    ),
    ids=repr,
)
def test_every_term_is_the_one_worked_out_by_hand(optimizer, schedule, noise):
    """Plain Python floats, one coordinate at a time, from nothing but gradients and rates.

    A second opinion on the rules that have one; the laws above and below need none.
    """
    r = run(optimizer, schedule, noise)
    draws = np.random.default_rng(4).standard_normal((30, 2))
    wanted = BY_HAND[type(optimizer).__name__]
    for i in (0, 1):
        x, memory = r.x[0, i], {}
        for t in range(1, 30):
            seen = look(r, t) if t in TIMES else None
            g = float(SURFACE.gradient(r.x[t - 1])[i]) + noise * draws[t - 1, i]
            lr = float(optimizer.lr * r.schedule(t - 1, 30))
            if not optimizer.elementwise():
                other = float(SURFACE.gradient(r.x[t - 1])[1 - i]) + noise * draws[t - 1, 1 - i]
                memory = {"H": SURFACE.hessian(r.x[t - 1]), "i": i, "other": other}
            terms = wanted(optimizer, x, g, lr, t, memory)
            memory = terms
            if seen is not None:
                printed = {line.name for line in seen.lines}
                assert {"g", "lr", "step", "x"} <= printed
                told = {n: v for n, v in terms.items() if n in printed}
                rest = printed - set(told) - {"g", "lr", "x"}
                assert not rest, f"not recomputed: {rest}"
                for name, value in {"lr": lr, **told}.items():
                    assert seen[name].value[i] == pytest.approx(
                        value, rel=1e-9, abs=1e-13, nan_ok=True
                    ), (t, name)
            x = float(r.x[t, i])


@every
def test_old_point_and_step_give_the_new_point(optimizer):
    r = run(optimizer)
    for t in TIMES:
        seen = look(r, t)
        size = np.maximum(np.abs(r.x[t - 1]), np.abs(seen.step))
        assert np.all(np.abs(r.x[t - 1] + seen.step - r.x[t]) <= 4e-16 * np.maximum(size, 1))
        assert np.array_equal(seen["x"].value, r.x[t])


# ---- limits ---------------------------------------------------------------------------------


def test_a_diverging_run_can_be_seen_to_its_last_finite_point():
    r = pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=1.0), (-1.2, 1.0), 50)
    assert updates(r) == r.finite < 50
    last = look(r, updates(r))
    assert np.all(np.isfinite(last.values["x'"]))
    assert not np.isfinite(r.f[last.t])
    with pytest.raises(ValueError, match=f"not in 1 ... {updates(r)}"):
        look(r, updates(r) + 1)


def test_a_batch_and_an_update_outside_the_run_are_refused():
    with pytest.raises(ValueError, match="one descent"):
        look(pg.simulate(pg.Bowl(), pg.Adam(lr=[0.1, 0.2]), steps=3), 1)
    for t in (0, 31):
        with pytest.raises(ValueError, match="is not in"):
            look(run(pg.Adam()), t)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.5, 7, "0.5"),
        (1 / 3, 7, "0.3333333"),
        (-2.0, 7, "-2"),
        (0.1 + 0.2, 7, "0.3"),
        (0.3 + 1e-9, 7, "0.3000000"),
        (1e-8, 7, "10^{-8}"),
        (-1e-8, 7, "-10^{-8}"),
        (1.25e-6, 7, r"1.25 \times 10^{-6}"),
        (123456789.0, 7, r"1.234568 \times 10^{8}"),
        (3e5, 7, "300000"),
        (0.0, 7, "0"),
        (math.inf, 7, r"\infty"),
        (math.nan, 7, r"\text{NaN}"),
    ],
)
def test_numbers_end_where_they_are_exact(value, digits, text):
    assert numeral(value, digits) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"2 <a> - <b>^2", -5.0),
        (r"-\frac{<a>}{<b>} <b>", -2.0),
        (r"|<a> - <b>|", 1.0),
        (r"\sqrt{<b> + 1} \cdot <a>", 4.0),
        (r"\max(<a>, <b>)", 3.0),
        (r"2^{<b> - 1}", 4.0),
        (r"\operatorname{sign} <a> - 1", 0.0),
        (r"\min(<a>, <b'>)", 0.5),
        (r"\begin{cases} <a> & <b> < 1 \\ 7 & \text{otherwise} \end{cases}", 7.0),
    ],
)
def test_equations_are_read_as_they_are_written(text, value):
    assert calculate(text, {"a": 2.0, "b": 3.0, "b'": 0.5}) == value


@pytest.mark.parametrize("text", [r"<a> +", r"\sin(<a>)", r"(<a>", r"<a> $", r"\frac{<a>}", ""])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match="cannot read"):
        part_of(text)
