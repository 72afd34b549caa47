"""A name means one thing: a class stands in one place, functions of one name share a protocol."""

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pytest

from tests.support.source import ROOT, tree


@dataclass(frozen=True)
class Definition:
    """A public class or function at the top of a module."""

    place: tuple[str, ...]
    """Folders and stem of its file, from the root."""
    node: ast.ClassDef | ast.FunctionDef

    @property
    def returns(self) -> str:
        given = getattr(self.node, "returns", None)
        return ast.unparse(given) if given else ""

    @property
    def topic(self) -> str:
        """The topic in whose room it stands; empty elsewhere."""
        return self.place[2] if self.place[:2] == ("playground", "topics") else ""

    @property
    def draws(self) -> bool:
        return bool(self.topic) and self.place[-1] == "figures"

    @property
    def shows(self) -> bool:
        return bool(self.topic) and self.place[3] == "panel"

    def __str__(self) -> str:
        return ".".join((*self.place, self.node.name))


PROTOCOLS = {
    # the two rule books, of descents and of trainings: one half asks, the other tells
    "at_a_saddle": {"Mask", "bool"},
    "at_the_edge": {"Mask", "bool"},
    "bounces": {"Mask", "bool"},
    "tell_bounce": {"Finding"},
    "tell_edge": {"Finding"},
    "tell_floor": {"Finding"},
    "tell_progress": {"Finding"},
    "tell_saddle": {"Finding"},
    "tell_slow": {"Finding"},
    "outcome_of": {"Finding"},  # … and what the first rule that holds tells
    # what every topic's words say: the sentence on top, and the columns of the download
    "verdict": {"Said"},
    "columns": {"Mapping[str, Any]"},
    # what a page calls: the settings of a link with its problems, a chapter, the player's charts
    "read": {
        *("tuple[HyperparameterMap, list[str]]", "tuple[Race, list[str]]"),
        "tuple[Visit, list[str]]",
    },
    "write": {"Query"},
    "panel": {"None"},
    "charts": {"list[Chart]"},
    "largest_lr": {"float"},  # the rate beyond which what a topic descends on grows
}
"""Name -> what every function of that name returns; for the same reason in every place."""


@cache
def homes(kind: type[ast.ClassDef] | type[ast.FunctionDef]) -> dict[str, list[Definition]]:
    """Every public class or function at the top of a module of the house, by its name."""
    found = defaultdict(list)
    for room in ("playground", "pages"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in tree(path).body:
                if isinstance(node, kind) and not node.name.startswith("_"):
                    place = path.relative_to(ROOT).with_suffix("").parts
                    found[node.name].append(Definition(place, node))
    return found


def shared() -> dict[str, list[Definition]]:
    """The functions whose name another function has too."""
    return {name: found for name, found in homes(ast.FunctionDef).items() if len(found) > 1}


def test_a_class_is_defined_once():
    classes = homes(ast.ClassDef)
    assert [list(map(str, places)) for places in classes.values() if len(places) > 1] == []
    assert classes.keys() & homes(ast.FunctionDef).keys() == set()


@pytest.mark.parametrize("name", PROTOCOLS)
def test_functions_of_a_protocol_return_the_same(name):
    found = shared()[name]
    assert len(found) > 1, "a protocol of one is none"
    assert {one.returns for one in found} <= PROTOCOLS[name]


def test_other_shared_names_are_one_quantity_of_a_topic():
    """Measured in one place, kept for the settings, drawn by `figures`, shown by `panel`."""
    others = {name: found for name, found in shared().items() if name not in PROTOCOLS}
    assert len(others) > 10
    for name, found in others.items():
        one_quantity(name, found)


def one_quantity(name: str, found: list[Definition]) -> None:
    for topic in sorted({one.topic for one in found if one.topic}):
        rooms = [one for one in found if one.topic == topic]
        assert len({one.place for one in rooms}) == len(rooms), f"{name} twice in {topic}"
    for one in found:
        assert one.returns == "dict[str, Any]" or not one.draws, f"{one} is no figure"
        assert one.returns == "None" or not one.shows, f"{one} is no chapter"
    sources = [one for one in found if not one.draws and not one.shows]
    assert all(one.topic or one.place[1] == "networks" for one in sources), name
    measured = [one for one in sources if one.place[-1] != "settings"]
    assert len(measured) <= 1, f"measured in several places: {', '.join(map(str, measured))}"
    for kept in (one for one in sources if one not in measured and measured):
        assert name in called(kept.node), f"{kept} is another quantity than {measured[0]}"


def called(node: ast.AST) -> set[str]:
    """The attributes and names that a function calls."""
    calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
    return {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
