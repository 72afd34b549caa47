"""The page of one real network: its controls, its verdicts, its link, without a browser."""

import io

import numpy as np
import pandas as pd
import pytest
import streamlit as st

import playground as pg
from playground.topics.network import stage
from playground.topics.network.panel.network import Shown, code, columns
from playground.topics.network.settings import RealNetwork
from playground.topics.network.stage import charts
from playground.topics.network.training import trained
from playground.topics.network.verdict import outcome_of
from playground.ui.chapters import to_csv
from tests.app.test_pages import link, opened
from tests.support.part import some

QUICK = {"width": "4", "steps": "60", "examples": "30"}


def said(app):
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def test_the_learning_rate_changes_the_verdict_and_the_link():
    app = opened("network")
    assert "edge of stability]" in said(app)
    assert "burst]" in said(app)
    app.select_slider(key="network:optimizer.GradientDescent.lr").set_value(0.001).run()
    assert not app.exception
    assert "slow]" in said(app)
    assert link(app) == {"optimizer.lr": "0.001"}
    fix = outcome_of(trained(RealNetwork(optimizer=pg.GradientDescent(lr=0.001)))).fix
    app.button(key="network-fix").click().run()
    assert link(app) == {"optimizer.lr": f"{fix.lr:g}"}
    assert "slow]" not in said(app)


def test_zero_weights_are_named_and_mended():
    app = opened("network", initialisation="Zeros", **QUICK)
    assert "plateau]" in said(app)
    app.button(key="network-fix").click().run()
    assert "initialisation" not in link(app)
    assert "plateau]" not in said(app)


@pytest.mark.parametrize(
    "name", some((n for n, c in pg.Optimizer.all.items() if c.elementwise()), 3)
)
def test_it_opens_for_every_optimizer(name):
    app = opened("network", optimizer=name, **QUICK)
    assert not app.error
    assert not app.warning
    assert f"network:optimizer.{name}.lr" in app.session_state


@pytest.mark.parametrize(
    "query",
    [
        {"data": "blobs", "cost": "squared error"},
        {"layers": "0"},
        {"batch": "5"},
        {"schedule": "Cosine"},
        {"optimizer.lr": "1e30", "cost": "squared error"},
        {"optimizer.lr": "1e200", "cost": "squared error"},
        {"width": "1", "layers": "3"},
    ],
    ids=str,
)
def test_it_opens_for(query):
    app = opened("network", **{**QUICK, **query})
    assert not app.error
    assert not app.warning


def test_newton_is_refused_with_its_reason():
    app = opened("network", optimizer="Newton", **QUICK)
    assert "whole Hessian" in app.warning[0].value
    app = opened("network", **QUICK)
    app.selectbox(key="network:optimizer").set_value("Newton").run()
    assert "whole Hessian" in app.error[0].value
    assert "optimizer" not in link(app)


def test_the_player_chooses_the_update_under_the_microscope(monkeypatch):
    """No slider does: it is the update to which the player was led, and before that the last."""

    def led(*scene, on_step, **about):
        st.session_state[stage.PLAYER] = {"step": 17}
        on_step()

    app = opened("network", **QUICK)
    assert not app.main.slider
    assert "Update **60**" in said(app)
    monkeypatch.setattr(stage, "player", led)
    app.run()
    assert "Update **17**" in said(app)
    app.number_input(key="network-weight-layer").set_value(3).run()
    app.number_input(key="network-weight-first input").set_value(0).run()
    assert "$x$ is the bias of unit 1 in layer 3" in said(app)


def test_the_numbers_of_the_page_are_those_of_the_lines_to_copy():
    s = RealNetwork(width=4, steps=60, examples=30, optimizer=pg.Adam(lr=0.03))
    names: dict = {}
    exec(code(s), names)
    shown = Shown(trained(s))
    np.testing.assert_array_equal(names["trace"].p, shown.trace.p)
    table = pd.read_csv(io.StringIO(to_csv(columns(shown))))
    assert len(table) == 61
    np.testing.assert_array_equal(table["loss"], shown.trace.loss)
    np.testing.assert_allclose(table["plane_loss"] - table["loss"], names["view"].error, atol=1e-15)
    assert table["eta_lambda_max"].iloc[-2] == shown.trace.gauge[-1]


def test_the_charts_show_the_limit_and_the_truth_beside_the_plane():
    shown = Shown(trained(RealNetwork(width=4, steps=200, examples=30, schedule=pg.Cosine())))
    made = {chart.title: chart for chart in charts(shown)}
    (limit,) = made["Stability gauge η·λ"].thresholds
    assert limit.value == 2
    true, plane = made["Loss, true and in the plane"].series
    assert plane.dashed
    assert not true.dashed
    np.testing.assert_array_equal(plane.y - true.y, shown.view.error)
    gauge = made["Stability gauge η·λ"].series[0].y
    np.testing.assert_array_equal(gauge[shown.trace.gauged], shown.trace.gauge)
    assert "Learning rate" in made
