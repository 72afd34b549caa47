"""What holds for every declared thing: it is explained, and takes no value without meaning."""

import pytest

from playground.kinds import CHOICE, MEMBER
from tests.support.declared import CLASSES, PAGES
from tests.support.laws import invalid_values

EVERY = CLASSES | PAGES


@pytest.mark.parametrize("name", EVERY)
def test_values_without_meaning_are_refused_by_name(name):
    for p in EVERY[name].params():
        for value in invalid_values(p):
            with pytest.raises(ValueError, match=rf"\b{p.name}\b"):
                EVERY[name](**{p.name: value})


@pytest.mark.parametrize("name", CLASSES)
def test_its_first_sentence_is_short(name):
    summary = CLASSES[name].summary()
    assert len(summary) <= 90
    assert summary.endswith(".")


@pytest.mark.parametrize("name", EVERY)
def test_every_parameter_is_explained_and_its_default_can_be_reached(name):
    """What a member is, its own class explains; a choice of a page is explained beside it."""
    for p in EVERY[name].params():
        named = p.kind is MEMBER or (p.kind is CHOICE and name in PAGES)
        assert p.help.endswith(".") or named
        assert not p.kind.numeric or p.low <= p.default <= p.high
