"""The package holds the whole playground, and works wherever it is put."""

import email
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from playground.release import VERSION
from tests.support.source import ROOT

RUN_FROM = (".py", ".js", ".css", ".ttf", ".txt")
"""What the playground runs from, with the licence of its letters; the rest is settings of tools."""
LESSONS = ROOT / "assets" / "lessons"
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a clean copy, built without the network."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "playground", source / "playground", ignore=hidden)
    shutil.copytree(LESSONS, source / LESSONS.relative_to(ROOT))
    for name in ("pyproject.toml", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-c", BUILD, str(built)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(built.glob("*.whl")))


def test_every_file_of_the_playground_is_in_it(wheel):
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "playground").rglob("*")
        if path.suffix in (*RUN_FROM, ".mo") or path.name == "py.typed"
    }
    assert {Path(name).suffix for name in files} - {".mo"} == {*RUN_FROM, ".typed"}
    inside = {name for name in wheel.namelist() if not re.match(r"[^/]*\.(dist-info|data)/", name)}
    assert inside == files


def test_it_brings_its_lessons(wheel, tmp_path):
    """Where it is installed, `lesson` finds them."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*command, "--prefix", str(tmp_path / "site"), wheel.filename], check=True)
    site = next((tmp_path / "site").rglob("site-packages"))
    script = f"""
import sys
sys.path.insert(0, {str(site)!r})
import playground as pg
from playground.topics.course import lessons
assert pg.__file__.startswith({str(tmp_path)!r})
print(*lessons(), pg.lesson("momentum").facts()["a.passing"])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True
    )
    written = [path.stem.partition("-")[2] for path in sorted((LESSONS / "en").glob("*.md"))]
    assert done.stdout.split() == [*written, "passes"], done.stderr


def metadata(wheel):
    name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(wheel.read(name))


def test_its_version_is_the_one_that_the_pages_show(wheel):
    assert metadata(wheel)["Version"] == VERSION


def test_its_dependencies_are_those_of_the_app(wheel):
    said = metadata(wheel).get_all("Requires-Dist")
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert set(map(Requirement, said)) == set(map(Requirement, wanted))


def test_it_works_from_any_folder(wheel, tmp_path):
    """Every module can be imported where there is neither checkout nor `assets`."""
    wheel.extractall(tmp_path / "site")
    script = f"""
import sys
sys.path.insert(0, {str(tmp_path / "site")!r})
import importlib, pkgutil
import playground as pg
assert pg.__file__.startswith({str(tmp_path)!r})
for module in pkgutil.walk_packages(pg.__path__, "playground."):
    importlib.import_module(module.name)
run = pg.simulate(pg.Bowl(), pg.Adam(lr=0.1))
assert pg.diagnose(run).verdict and pg.figures.animate(run).frames
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
