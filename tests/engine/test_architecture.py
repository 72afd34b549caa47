"""Arrows never turn: who may import whom, read from the source."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "playground"

STOREYS = (
    *("types", "words", "glossary", "interval", "kinds", "declare", "links", "maths", "shelf"),
    *("surfaces", "optimizers", "schedules", "clipping", "simulation", "theory"),
    *("diagnosis", "microscope", "networks", "figures", "player", "ui", "topics"),
)
"""From the ground up, one package each; a module imports from its own or from one below."""

FOREIGN = {
    "plotly": {"figures", "player", "ui"},
    "contourpy": {"figures"},
    "streamlit": {"player", "ui"},
}
"""Where a library may be used, beside the rooms' own files named in `ROOM_FILES`."""

ROOM_FILES = {"plotly": {"figures"}, "streamlit": {"stage", "panel"}}
"""What a file (or package) of a topic is called that knows the library."""

FACES = {"playground.topics.race", "playground.topics.race.panel"}
"""All that one topic may see of another."""


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {dotted(path): path for path in sorted(HOUSE.rglob("*.py"))}
INSIDE = {name: path for name, path in FILES.items() if name != "playground"}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, whole dotted names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for alias in node.names:
                whole = f"{module}.{alias.name}"
                yield whole if whole in FILES or module == "playground" else module


def storey(name: str) -> int:
    return STOREYS.index(name.split(".")[1])


@pytest.mark.parametrize("name", INSIDE)
def test_a_module_imports_only_from_its_storey_or_below(name):
    for other in imports(INSIDE[name]):
        if other.split(".")[0] != "playground":
            continue
        assert other != "playground", f"{name} imports the public face, which imports everything"
        assert storey(other) <= storey(name), f"{name} must not import {other}"


@pytest.mark.parametrize("name", INSIDE)
def test_only_some_rooms_know_a_library(name):
    parts = name.split(".")
    for library in {other.split(".")[0] for other in imports(INSIDE[name])} & FOREIGN.keys():
        at_home = parts[1] in FOREIGN[library]
        room = parts[1] == "topics" and len(parts) > 3 and parts[3] in ROOM_FILES.get(library, ())
        assert at_home or room, f"{name} must not know {library}"


@pytest.mark.parametrize("name", [name for name in INSIDE if name.startswith("playground.topics.")])
def test_a_topic_sees_of_another_only_the_public_face_of_the_race(name):
    topic = name.split(".")[2]
    for other in imports(INSIDE[name]):
        if other.startswith("playground.topics.") and other.split(".")[2] != topic:
            assert other in FACES, f"{name} must not look into {other}"


def test_no_circles():
    graph = {
        name: {other for other in imports(path) if other in FILES and other != name}
        for name, path in FILES.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_the_entry_file_has_no_widgets():
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse((ROOT / "streamlit_app.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls <= {"set_page_config", "html", "Page", "navigation", "run"}


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.stem)
def test_pages_are_thin(page):
    assert len(page.read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("name", INSIDE)
def test_only_the_session_writes_into_the_session_state(name):
    """What is remembered of a visitor has one owner; nothing is written into a widget."""
    written = {
        node.value.attr
        for node in ast.walk(ast.parse(INSIDE[name].read_text("utf-8")))
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and isinstance(node.value, ast.Attribute)
    }
    assert "session_state" not in written or name == "playground.ui.session"
