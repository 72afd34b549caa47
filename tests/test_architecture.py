"""Arrows never turn: who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "playground"

STOREYS = [
    {"declare", "maths"},
    {"surfaces", "optimizers", "schedules", "links"},
    {"networks", "simulation"},
    {"theory", "diagnosis", "remedies", "microscope", "experiments", "race", "scenes"},
    {"figures"},
    {"ui", "player"},
]
"""From the ground up; a module imports only from its own storey or below."""

FOREIGN = {"plotly": 4, "contourpy": 4, "streamlit": 5}
"""The lowest storey from which a library may be used."""


def storey(module: str) -> int:
    return next(i for i, names in enumerate(STOREYS) if module in names)


def imports(path: Path) -> set[str]:
    """Every module a file imports, whole dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = node.module == "playground"
            found |= {f"playground.{a.name}" for a in node.names} if inside else {node.module or ""}
    return found


FILES = [
    path for path in sorted(HOUSE.rglob("*.py")) if path.parent != HOUSE or path.stem != "__init__"
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_module_imports_only_from_its_storey_or_below(path):
    own = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    for name in imports(path):
        package, _, rest = name.partition(".")
        if package == "playground":
            assert rest, f"{path.name} imports the public face, which imports everything"
            assert storey(rest.split(".")[0]) <= storey(own), f"{own} must not import {name}"
        elif package in FOREIGN:
            assert storey(own) >= FOREIGN[package], f"{own} must not know {package}"


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
