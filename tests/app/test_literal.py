"""Words of a stranger on our page: letter by letter, in their line, and a link to nowhere."""

import pytest

from playground.ui.say import JOINER, literal
from tests.fuzz.hostile import MARKUP, STRANGE
from tests.fuzz.judge import LINKED


@pytest.mark.parametrize("text", MARKUP + STRANGE)
def test_all_of_it_stands_in_one_line(text):
    said = literal(text).replace("\\", "").replace(JOINER, "")
    assert said.split() == text.replace("\\", "").split()
    assert len(literal(text).splitlines()) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "http://a.example/b",
        "see HTTPS://a.example",
        "www.a.example",
        "Www.a.example",
        "me@a.example",
    ],
)
def test_nothing_in_it_is_taken_for_an_address(text):
    assert LINKED.search(text)
    assert not LINKED.search(literal(text).replace("\\", ""))


@pytest.mark.parametrize("text", ["η = 1:2", "a @ b", "x//y", "www", "e.g. 0.5"])
def test_what_is_no_address_stays_as_it_is(text):
    assert literal(text).replace("\\", "") == text
