"""A few hostile links, formulas and walks in every run; `python -m tests.fuzz` tries many more."""

from random import Random
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.ui import say
from tests.fuzz import formulas, judge, links, visits, walks
from tests.fuzz.controls import HANDS, OURS, hands
from tests.fuzz.hostile import CANARY, MARKUP
from tests.fuzz.visitor import NAMES, Visitor
from tests.oracles.ends import PAGES, VIEWS

every_page = pytest.mark.parametrize("page", NAMES)
chances = st.randoms(use_true_random=False)


@every_page
@settings(max_examples=4)
@given(chances)
def test_no_link_breaks_a_page(page, chance):
    drawn = links.link(chance, page=page)
    found, _ = visits.asked(drawn, links.state_of(chance, page))
    assert found == [], str(drawn)


@every_page
@settings(max_examples=1)
@given(chances)
def test_no_walk_breaks_a_page(page, chance):
    assert walks.walk(chance, 5, page).faults == []


@settings(max_examples=300)
@given(chances)
def test_no_text_breaks_a_formula(chance):
    drawn = formulas.formula(chance)
    assert formulas.asked(drawn)[1] == [], drawn


@pytest.mark.parametrize("page", PAGES)
def test_every_declared_field_is_tried(page):
    chance = Random(1)
    tried = {entry.name for _ in range(3000) for entry in links.link(chance, page=page).entries}
    assert {field.name for field in links.grounds(page)} <= tried


def test_an_address_can_be_asked_again():
    for i in range(200):
        address = str(links.link(Random(i)))
        assert str(links.link_of(address)) == address


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_seen_where_it_is_not_escaped(text):
    assert CANARY in text
    assert judge.unescaped(f"“{text}” means nothing here.")
    assert judge.unescaped(f"“{say.literal(text)}” means nothing here.") == []


def test_what_is_senseless_must_be_said():
    visitor = Visitor("dropout", "lr=1")
    bad = links.Entry("keep_1", MARKUP[0], senseless=True)
    assert [*judge.unsaid(visitor.app, links.Link("dropout", (bad,)))]
    heard = Visitor("dropout", f"keep_1={quote_plus(MARKUP[0])}")
    assert not [*judge.unsaid(heard.app, links.Link("dropout", (bad,)))]


def test_a_walk_reaches_controls_of_every_kind():
    kinds = {node.type for page in NAMES for node in hands(Visitor(page).app._tree)}
    assert {"bidi_component", "select_slider", "selectbox", "toggle", "button"} <= kinds
    assert kinds <= {*HANDS, "bidi_component"}
    assert len(OURS) == 4
    assert set(links.OPEN) < set(VIEWS)
