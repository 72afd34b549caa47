"""Controls hold every value that is valid, from one end of its ground to the other."""

import math
import sys
from functools import cache
from itertools import chain

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import playground as pg
from playground.declare import Declared
from playground.kinds import KINDS, MEMBER, REAL, WHOLE, Param
from playground.topics.batches.settings import Sampling
from playground.topics.dropout.settings import DropoutSettings
from playground.topics.gradient_check.settings import GradientCheck
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.losses.settings import LogitLosses
from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.network.settings import RealNetwork
from playground.topics.normalisation.settings import Scales
from playground.topics.race import Conditions
from playground.topics.regularisation.settings import Penalties
from playground.ui.controls import WIDGETS, reach, rungs

SETTINGS = (
    *(
        Sampling,
        DropoutSettings,
        GradientCheck,
        FirstBreath,
        LogitLosses,
        BasinMap,
        HyperparameterMap,
    ),
    *(RealNetwork, Scales, Conditions, Penalties),
)
FAMILIES = (pg.Surface, pg.Optimizer, pg.Schedule, pg.Clipping, pg.Activation, pg.Initialisation)
DECLARED = [*SETTINGS, *chain.from_iterable(family.all.values() for family in FAMILIES)]
TINIEST, LARGEST = math.ulp(0.0), sys.float_info.max


def ends(p: Param) -> list[float]:
    """The ends of the slider and of the valid ground, as close as a number can come."""
    low, high = p.valid.bounds
    inside = [
        math.nextafter(low, math.inf) if p.valid.text[0] == "(" else low,
        math.nextafter(high, -math.inf) if p.valid.text[-1] == ")" else high,
    ]
    found = [p.low, p.high, 1.2 * (p.low or 0), 0.01, *inside, 1e308, -1e308, LARGEST, TINIEST]
    if p.kind is WHOLE:
        found.append(WHOLE.LARGEST)
        found = [round(v) for v in found if v is not None and abs(v) <= WHOLE.LARGEST]
    return [v for v in found if v is not None and p.valid.holds(v)]


@cache
def cases() -> list[tuple[type[Declared], Param, float]]:
    return [
        (cls, p, p.check("it", v))
        for cls in DECLARED
        for p in cls.params()
        if p.kind.numeric and p.low is not None
        for v in ends(p)
    ]


@pytest.mark.parametrize("cls", DECLARED, ids=lambda cls: cls.__name__)
def test_the_form_of_a_control_holds_the_value(cls):
    for _, p, value in (case for case in cases() if case[0] is cls):
        low, high = reach(p, value)
        assert np.isfinite([low, high]).all()
        assert low <= value <= high
        if p.scale != "linear":
            ladder = rungs(p, value)
            assert value in ladder
            assert all(map(p.valid.holds, ladder))
            assert len({p.kind.write(rung) for rung in ladder}) == len(ladder) < 1000


def drawn():
    import streamlit as st

    from playground.ui.controls import control
    from playground.ui.session import session
    from tests.app.test_controls import cases

    session().begin()
    for i, (cls, p, value) in enumerate(cases()):
        said = control(p, value, f"{cls.__name__}.{p.name}.{i}", {})
        if said != value:
            st.text(f"{cls.__name__}.{p.name}: {value!r} is shown as {said!r}")


def test_every_valid_value_can_be_drawn_and_is_shown():
    app = AppTest.from_function(drawn, default_timeout=120).run()
    assert not app.exception
    assert [text.value for text in app.text] == []


def test_every_kind_has_a_widget():
    assert set(WIDGETS) == set(KINDS) - {MEMBER}
    assert {p.kind for cls in DECLARED for p in cls.params()} >= {WHOLE, REAL, MEMBER}
