"""What the arguments of a remembered function are known by, and that none is kept alive by it."""

from weakref import ref

import numpy as np
import pytest

from playground.known import known
from playground.shelf import Shelf, remembered, size_of


class Alone:
    """A value that is equal to no other."""

    def __init__(self):
        self.first = np.zeros(1000)


def test_collections_and_arrays_are_known_by_what_is_in_them():
    numbers = np.linspace(0, 1, 12)
    same = [numbers, numbers.copy(), np.column_stack([numbers, numbers])[:, 0]]
    assert len({known([1, {"a": one}]) for one in same}) == 1
    others = [
        *(numbers.astype("f4"), numbers.reshape(3, 4), numbers + 1e-16 * (numbers == 0)),
        *([], (), {}, ["a"], {"a": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ]
    assert len({known(other) for other in (numbers, *others)}) == len(others) + 1
    with pytest.raises(TypeError, match="array of objects"):
        known(np.array([None]))


def test_what_is_equal_to_itself_alone_is_known_as_long_as_it_lives():
    one, other = Alone(), Alone()
    assert known(one) == known(one) != known(other)
    alone = known(one)
    del one
    later = [known(Alone()) for _ in range(100)]  # where it was there may now be another
    assert alone not in later
    assert {alone: 1}.pop(alone) == 1  # it can still be taken off the shelf
    assert size_of(known(other)) < other.first.nbytes


def test_a_remembered_result_does_not_keep_alive_what_it_was_made_of():
    @remembered
    def total(of):
        return float(of.first.sum())

    one = Alone()
    there = ref(one)
    assert total(one) == 0
    del one
    assert there() is None


def test_what_is_kept_for_one_that_is_gone_leaves_the_shelf_as_any_other():
    """A key of the same object, made anew each time, equals the first one only while it lives."""
    shelf = Shelf(budget=100_000)
    for _ in range(20):
        one = Alone()
        first = shelf.get((known(one), "sum"), lambda of=one: str(of.first.sum()))
        assert shelf.find((known(one), "sum")) is shelf.find((known(one), "sum")) is first
        del one
        shelf.get(known(Alone()), lambda: "x" * 20_000)
    assert shelf.size == sum(kept.size for kept in shelf._kept.values()) <= shelf.budget
    assert set(map(id, shelf._used)) <= set(map(id, shelf._kept))
