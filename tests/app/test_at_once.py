"""What a page says of a change it says at once: a second run with nothing changed says the same.

A setting that is drawn below what is made of it would come there a run too late.
"""

from random import Random

import pytest

from tests.fuzz.controls import hands, key_of, moved
from tests.fuzz.visitor import Visitor
from tests.fuzz.walks import sizes, small, words
from tests.oracles.ends import PAGES

SETTINGS = {"slider", "select_slider", "selectbox", "toggle", "number_input", "text_input"}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_second_run_says_the_same(page):
    chance, visitor = Random(page), Visitor(page, small(page))
    for key in [key_of(node) for node in hands(visitor.app._tree) if node.type in SETTINGS]:
        node = next((node for node in hands(visitor.app._tree) if key_of(node) == key), None)
        if node is None:  # what was changed before has taken it away
            continue
        visitor.run(moved(node, chance, key.rpartition(":")[2] in sizes(page)))
        said = words(visitor)
        visitor.run()
        assert words(visitor) == said, f"{key} is heard a run too late"
