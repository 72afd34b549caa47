"""Arrows never turn: who may import whom, read from the source."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from tests.support.source import FILES, ROOT, tree

STOREYS = (
    *(
        "types",
        "release",
        "language",
        "giving_way",
        "words",
        "glossary",
        "interval",
        "kinds",
        "declare",
        "tally",
        "cost",
        "links",
        "maths",
        "known",
        "shelf",
    ),
    *("surfaces", "optimizers", "schedules", "clipping", "simulation", "theory"),
    *("diagnosis", "microscope", "networks", "figures", "player", "ui", "topics"),
)
"""From the ground up, one package each; a module imports from its own or from one below."""

FOREIGN = {
    "plotly": {"figures", "player", "ui"},
    "contourpy": {"figures"},
    "PIL": {"figures"},
    "streamlit": {"player", "ui"},
}
"""Where a library may be used, beside the rooms' own files named in `ROOM_FILES`."""

ROOM_FILES = {"plotly": {"figures"}, "streamlit": {"stage", "panel"}}
"""What a file (or package) of a topic is called that knows the library."""

FACES = {"playground.topics.race", "playground.topics.race.panel"}
"""All that one topic may see of another."""
COURSE = "playground.topics.course."
SHOWN_IN_LESSONS = ("settings", "figures", "words", "verdict", "training", "panel")
"""What the course, which is about all topics, may see of each: what is measured, drawn and said."""


INSIDE = {name: path for name, path in FILES.items() if name != "playground"}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, whole dotted names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for alias in node.names:
                whole = f"{module}.{alias.name}"
                yield whole if whole in FILES or module == "playground" else module


@cache
def arrows() -> list[tuple[str, str]]:
    """Every module of the house with every module it imports."""
    return [(name, other) for name, path in INSIDE.items() for other in imports(path)]


def storey(name: str) -> int:
    return STOREYS.index(name.split(".")[1])


def test_a_module_imports_only_from_its_storey_or_below():
    """And never the public face, which imports everything."""
    wrong = [
        (name, other)
        for name, other in arrows()
        if other.split(".")[0] == "playground"
        and (other == "playground" or storey(other) > storey(name))
    ]
    assert wrong == []


def at_home(library: str, name: str) -> bool:
    """Whether a module may use a library."""
    _, room, *inner = name.split(".")
    named = room == "topics" and len(inner) > 1 and inner[1] in ROOM_FILES.get(library, ())
    return room in FOREIGN[library] or named


def test_only_some_rooms_know_a_library():
    users = {(name, other.split(".")[0]) for name, other in arrows()}
    assert [
        (n, library) for n, library in users if library in FOREIGN and not at_home(library, n)
    ] == []


def test_a_topic_sees_of_another_only_the_public_face_of_the_race():
    topics = "playground.topics."
    wrong = [
        (name, other)
        for name, other in arrows()
        if name.startswith(topics) and other.startswith(topics) and other not in FACES
        if other.split(".")[2] != name.split(".")[2]
        if not (name.startswith(COURSE) and other.split(".")[3] in SHOWN_IN_LESSONS)
    ]
    assert wrong == []


def test_no_topic_sees_the_course():
    topics, course = "playground.topics.", COURSE.rstrip(".")
    assert [
        (name, other)
        for name, other in arrows()
        if name.startswith(topics) and not name.startswith(course) and other.startswith(course)
    ] == []


def test_no_circles():
    graph = {
        name: {other for other in imports(path) if other in FILES and other != name}
        for name, path in FILES.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_the_entry_file_has_no_widgets():
    calls = {
        node.func.attr
        for node in ast.walk(tree(ROOT / "streamlit_app.py"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls <= {"set_page_config", "html", "run"}


def test_pages_are_thin():
    pages = sorted((ROOT / "pages").glob("*.py"))
    assert pages
    assert [p.stem for p in pages if len(p.read_text("utf-8").splitlines()) > 80] == []


def test_only_the_session_writes_into_the_session_state():
    """What is remembered of a visitor has one owner; nothing is written into a widget."""
    owners = {name for name, path in INSIDE.items() if "session_state" in written(path)}
    assert owners == {"playground.ui.session"}


def written(path: Path) -> set[str]:
    """The attributes whose items a file sets or deletes."""
    return {
        node.value.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and isinstance(node.value, ast.Attribute)
    }
