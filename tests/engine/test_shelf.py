"""The shelf: within its budget, one computation for all who ask, and no failure is kept."""

import ast
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground as pg
from playground.shelf import SHELF, Shelf, remembered, size_of
from tests.support.source import tree

MEGABYTE = 2**20
HOUSE = Path(pg.__file__).parent


@dataclass(eq=False)
class Grows:
    """A value that gets larger when it is asked for something."""

    first: np.ndarray = field(default_factory=lambda: np.zeros(1000))

    @cached_property
    def later(self):
        return np.zeros(MEGABYTE // 8)


def test_a_size_is_that_of_the_arrays_wherever_they_are():
    array = np.zeros((1000, 100))
    for value in (array, [array], {"a": (array, array)}, Grows(array), array[::2], array.T):
        assert array.nbytes <= size_of(value) < array.nbytes + 1000
    assert size_of(np.array([array, None], dtype=object)) > array.nbytes
    assert size_of(np.zeros) == size_of(Grows) == size_of(np) == 0
    assert size_of("x" * 1000) > 1000


def test_a_run_counts_with_every_series_it_has_shown():
    run = pg.simulate(pg.Bowl(), pg.Adam(), steps=1000)
    series = (run.x, run.f, run.gradient, run.seen, run.lr, run.effective_lr, *run.state)
    assert size_of(run) >= sum(np.asarray(s).nbytes for s in series if np.asarray(s).base is None)


def test_a_value_that_holds_itself_is_measured():
    ring = []
    ring.append(ring)
    assert size_of(ring) > 0


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3000)), max_size=60))
def test_the_budget_holds_and_the_last_used_stay(asked):
    shelf = Shelf(budget=8000)
    for key, length in asked:
        value = shelf.get(key, lambda n=length: "x" * n)
        assert shelf.size <= shelf.budget
        assert shelf.find(key) is value  # each alone fits, so the newest is always there


def test_what_was_used_longest_ago_leaves_first():
    shelf = Shelf(budget=3 * 1400)
    for key in "abc":
        shelf.get(key, lambda: "x" * 1000)
    shelf.get("a", pytest.fail)
    shelf.get("d", lambda: "x" * 1000)
    assert [key for key in "abcd" if shelf.find(key)] == ["a", "c", "d"]


def test_a_value_larger_than_the_budget_is_given_and_not_kept():
    shelf = Shelf(budget=1000)
    assert len(shelf.get("a", lambda: np.zeros(1000))) == 1000
    assert shelf.find("a") is None
    assert shelf.size == len(shelf) == 0


def test_a_value_that_grew_is_measured_again():
    shelf = Shelf(budget=2 * MEGABYTE)
    first = shelf.get("a", Grows)
    before = shelf.size
    assert first.later.nbytes == MEGABYTE
    shelf.get("b", Grows)
    assert shelf.size > before + MEGABYTE
    shelf.find("b").later  # noqa: B018 - asking is what makes it grow
    shelf.get("c", Grows)
    assert shelf.find("a") is None
    assert shelf.size <= shelf.budget


def test_whatever_is_asked_for_in_between_what_grew_is_measured_in_the_end():
    shelf = Shelf(budget=100 * MEGABYTE)
    values = [shelf.get(key, Grows) for key in range(10)]
    for value in values:
        assert value.later.nbytes == MEGABYTE
    for key in range(10, 20):
        for other in range(9, -1, -1):
            shelf.find(other)
        shelf.get(key, lambda: "x")
    assert shelf.size > 10 * MEGABYTE


def together(count, work):
    """Run `work` in so many threads that begin at once, and wait for them all."""
    gate, failures = threading.Barrier(count), []

    def run():
        gate.wait()
        try:
            work()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_those_who_ask_at_once_get_one_computation():
    shelf, made, found, asked = Shelf(), [], [], threading.Semaphore(0)

    def make():
        made.append(1)
        for _ in range(7):
            asked.acquire()  # until all the others wait
        return object()

    def work():
        found.append(shelf.get("key", make, waiting=asked.release))

    assert together(8, work) == []
    assert len(made) == 1
    assert len(set(map(id, found))) == 1


def test_who_waits_may_give_up():
    shelf, begun, end = Shelf(), threading.Event(), threading.Event()

    def make():
        begun.set()
        end.wait()
        return 1

    maker = threading.Thread(target=shelf.get, args=("key", make))
    maker.start()
    begun.wait()

    def give_up():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shelf.get("key", pytest.fail, waiting=give_up)
    end.set()
    maker.join()
    assert shelf.find("key") == 1


def test_a_failure_is_not_kept_and_reaches_its_maker_alone():
    shelf, tries = Shelf(), iter((ValueError("first"), None))

    def make():
        error = next(tries)
        if error:
            raise error
        return "well"

    failures = together(2, lambda: shelf.get("key", make))
    assert [str(error) for error in failures] == ["first"]
    assert shelf.find("key") == "well"


def test_many_threads_on_many_keys_keep_the_budget():
    shelf = Shelf(budget=20_000)

    def work():
        for k in range(200):
            shelf.get(k % 37, lambda: "x" * 1500)

    assert together(8, work) == []
    assert 0 < shelf.size <= shelf.budget


def test_a_remembered_function_is_called_once_for_equal_arguments():
    calls = []

    @remembered
    def square(x, power=2):
        """Of a number."""
        calls.append(x)
        return x**power

    assert [square(3), square(3), square(3, power=3), square(-3)] == [9, 9, 27, 9]
    assert calls == [3, 3, -3]
    assert square.__doc__ == "Of a number."
    assert SHELF.size <= SHELF.budget


ROOMS = ("topics", "figures", "networks", "player", "ui")
SOURCES = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]


def test_what_is_large_is_remembered_on_the_shelf_and_nowhere_else():
    """A cache counted in entries holds gigabytes when each entry is large."""
    assert SOURCES
    assert {str(path): kept for path in SOURCES if (kept := kept_elsewhere(path))} == {}


def kept_elsewhere(path):
    """The caches of Python or Streamlit that a file names, and its own empty dictionaries.

    That of a function without arguments holds one thing.
    """
    parts = set(ast.walk(tree(path)))
    for node in list(parts):
        if isinstance(node, ast.FunctionDef) and not any(ast.iter_child_nodes(node.args)):
            parts -= {part for decorator in node.decorator_list for part in ast.walk(decorator)}
    names = {n.id for n in parts if isinstance(n, ast.Name)}
    names |= {n.attr for n in parts if isinstance(n, ast.Attribute)}
    kept = [n for n in tree(path).body if isinstance(n, ast.AnnAssign) and n.value is not None]
    empty = [n for n in kept if isinstance(n.value, ast.Dict) and not n.value.keys]
    return sorted(names & {"lru_cache", "cache_data", "cache_resource"}) + [
        ast.unparse(n.target) for n in empty
    ]
