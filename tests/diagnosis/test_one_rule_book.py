"""A map and a single run are told the same, by one rule book whose outcomes are declared once."""

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import (
    EVENTS,
    LABELS,
    MEANING,
    OUTCOMES,
    diagnose,
    events,
    lines,
    outcomes,
    passing,
    rules,
)
from playground.diagnosis.outcome import Outcome, Standing
from playground.topics.network import verdict as training
from tests.support.part import some
from tests.support.source import tree

HOUSE = Path(inspect.getfile(pg)).parent
NETWORKS = "lost", "learning", "telling", "verdict"
BOOKS = {
    path.relative_to(HOUSE).as_posix(): path
    for path in (
        *sorted((HOUSE / "diagnosis").glob("*.py")),
        *(HOUSE / "topics" / "network" / f"{name}.py" for name in NETWORKS),
    )
}


def batch(surface, kind, rng, lanes=4):
    """Descents of every kind: with and without noise, decay and a schedule, short and long."""
    x0, x1, y0, y1 = surface.span
    values = {"lr": 10 ** rng.uniform(-3.5, 0.5, lanes)}
    names = {p.name for p in kind.params()}
    if "weight_decay" in names:
        values["weight_decay"] = rng.choice([0.0, 0.0, 0.03, 0.6], lanes)
    if "momentum" in names:
        values["momentum"] = rng.uniform(0, 0.99, lanes)
    schedule = [pg.Constant(), pg.Cosine(), pg.StepDecay()][rng.integers(3)]
    return pg.simulate(
        surface,
        kind(**values),
        np.array([rng.uniform(x0, x1, lanes), rng.uniform(y0, y1, lanes)]),
        int(rng.choice([0, 1, 2, 4, 9, 25, 60, 150, 300])),
        schedule,
        np.where(rng.random(lanes) < 0.25, 10 ** rng.uniform(-2, 1), 0.0),
        rng.integers(0, 9, lanes),
    )


@pytest.mark.parametrize("name", some(pg.Optimizer.all, 3))
def test_every_lane_of_a_map_is_told_what_its_own_run_is_told(name):
    kind = pg.Optimizer.all[name]
    rng = np.random.default_rng()
    seed = int(rng.integers(1 << 31))
    rng = np.random.default_rng(seed)
    first = list(pg.Optimizer.all).index(name)
    for surface in (cls() for cls in some(pg.Surface.all.values(), 2, first)):
        runs = batch(surface, kind, rng)
        found = [OUTCOMES[i] for i in outcomes(runs)]
        single = [diagnose(runs[i]).outcome for i in range(len(found))]
        assert found == single, (seed, surface, runs.optimizer, runs.steps)


def test_a_lane_is_told_the_same_in_whatever_company(monkeypatch):
    rng = np.random.default_rng(3)
    start = np.array([rng.uniform(-2, 2, 300), rng.uniform(-1, 1, 300)])
    runs = pg.simulate(pg.TwoValleys(), pg.RMSProp(lr=10 ** rng.uniform(-4, 0, 300)), start, 200)
    whole = outcomes(runs)
    assert len(np.unique(whole)) > 4
    monkeypatch.setattr(rules, "BLOCK", 7)
    np.testing.assert_array_equal(outcomes(runs), whole)


def test_every_label_is_told_by_some_rule():
    assert {rule.outcome for rule in rules.RULES} == set(OUTCOMES)
    assert {rule.outcome for rule in (*events.RULES, *passing.RULES)} == set(EVENTS)
    assert {rule.outcome for rule in training.RULES} <= set(OUTCOMES)


def test_outcomes_are_names_that_know_how_they_are_shown():
    assert (*OUTCOMES, *EVENTS) == LABELS == tuple(MEANING)
    for label in LABELS:
        assert isinstance(label, Outcome)
        assert label == label.name == str(label)
        assert label.meaning == MEANING[label.name]
        assert "_" not in label.noun
        assert label.badge in ("green", "blue", "orange", "red", "violet")
        assert (label.standing is Standing.NEUTRAL) == (label in EVENTS)
        assert (label.good is False) == (label.badge == "red")


# ---- no number stands in a rule ---------------------------------------------------------------

STRUCTURAL = (0, 1, 2, 0.5)


def unnamed(path):
    """Numbers inside functions and classes, but for those that count axes, halves and doubles."""
    named = {
        id(node)
        for statement in tree(path).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and id(node) not in named
        and node.value not in STRUCTURAL
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_every_number_of_a_rule_has_a_name(name):
    assert unnamed(BOOKS[name]) == []


@pytest.mark.parametrize("name", BOOKS)
def test_no_rule_asks_an_optimizer_for_its_name_or_its_fields(name):
    nodes = list(ast.walk(tree(BOOKS[name])))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert not attributes & {"__name__", "values", "params"}
    imported = {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("playground.optim")
        for alias in node.names
    }
    assert imported <= {"Optimizer", "Adam", "AdamW"}  # suggested, not asked for


def test_every_line_is_read_by_a_rule():
    read = {
        node.attr
        for name, path in BOOKS.items()
        if name.startswith("diagnosis")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "lines"
    }
    assert {name for name in vars(lines) if name.isupper()} == read
