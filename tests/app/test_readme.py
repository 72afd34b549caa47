"""What the README says is what the house does."""

import re
import sys
from pathlib import Path

import pytest

import playground as pg

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")
sys.path.insert(0, str(ROOT / "assets"))


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.S)


def test_the_quoted_file_is_the_file():
    source = (ROOT / "playground/optimizers/nesterov.py").read_text("utf-8")
    assert source in blocks("python")


def test_the_sizes_are_about_right():
    from make_readme import lines

    table = re.findall(r"^\| `(.+?)` \| .+? \| (\d+) \|$", TEXT, re.M)
    assert len(table) > 10
    for part, said in table:
        assert lines(part) == pytest.approx(int(said), rel=0.25, abs=100), part


def test_the_example_runs():
    example = next(block for block in blocks("python") if "pg.simulate" in block)
    scope = {}
    exec(example.replace(".show()", ""), scope)
    assert scope["run"].x.shape == (201, 2)


def test_the_link_is_understood():
    from playground.topics.race import OPENING, read

    query = dict(pair.split("=") for pair in re.search(r"`\?(.+?)`", TEXT)[1].split("&"))
    race, problems = read(query, OPENING)
    assert not problems
    assert race.surface == pg.Bowl(kappa=50)


def test_ci_calls_the_same_test_command():
    command = next(block for block in blocks("sh") if "pytest" in block).strip()
    assert command.replace("install -r", "install -q -r") in (ROOT / ".ci/run").read_text("utf-8")
