"""What the README says is what the house does."""

import re
import sys

import pytest

import playground as pg
from playground.release import PARITY, VERSION
from tests.support.source import ROOT

TEXT = (ROOT / "README.md").read_text("utf-8")
sys.path.insert(0, str(ROOT / "assets"))

import house  # noqa: E402
import make_readme  # noqa: E402


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.S)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_is_made_from_the_source_is_up_to_date(name):
    text = (ROOT / name).read_text("utf-8")
    assert make_readme.MARKED.search(text)
    assert text == make_readme.made(text), "run python assets/make_readme.py"


def test_the_quoted_file_is_the_file():
    assert (ROOT / make_readme.QUOTED).read_text("utf-8") in blocks("python")


def test_every_room_is_in_the_table_and_says_what_it_is():
    rows = {name: what for name, what, _ in make_readme.rows()}
    topics = {f"playground/topics/{p.parent.name}" for p in ROOT.glob("playground/topics/*/*.py")}
    assert topics <= rows.keys()
    assert all(5 < len(what) < 120 for what in rows.values())


def test_the_picture_holds_every_import_of_the_storeys():
    """The arrows are only those to the next below, and from them all others follow."""
    nearest, every = house.next_below(), house.below()

    def reach(name):
        return nearest[name].union(*map(reach, nearest[name]))

    for name, under in every.items():
        assert under <= reach(name)
        assert nearest[name] <= under


def test_the_promise_names_exactly_what_pytorch_has_not():
    from playground.topics.reference.counterparts import promise

    said = re.search(r"; (.+) ha(?:ve|s) no counterpart", promise())[1]
    every = [*pg.Optimizer.all.values(), *pg.Schedule.all.values()]
    alone = [cls.label() for cls in every if cls().torch() is None]
    assert re.split(", | and ", said) == alone


def test_the_version_line_says_what_was_measured():
    from playground.topics.reference.counterparts import release_line

    figure = f"{PARITY.equal} of {PARITY.trajectories}"
    assert figure in release_line()
    assert f"Version {VERSION} equals PyTorch {PARITY.torch}" in release_line()
    assert release_line() in make_readme.equality().replace("\n ", "")


def test_the_example_runs():
    example = next(block for block in blocks("python") if "pg.simulate" in block)
    scope = {}
    exec(example.replace(".show()", ""), scope)
    assert scope["run"].x.shape == (201, 2)


def test_the_tutorial_runs(capsys):
    for word in ("pg.lesson", "pg.figures.film"):
        example = next(block for block in blocks("python") if word in block)
        exec(example.replace(".show()", ""), {"pg": pg})
    said = capsys.readouterr().out.splitlines()
    assert said[0] == pg.lesson("momentum").question
    assert len(said) == 3


def test_the_link_is_understood():
    from playground.topics.race import OPENING, read

    query = dict(pair.split("=") for pair in re.search(r"`\?(.+?)`", TEXT)[1].split("&"))
    race, problems = read(query, OPENING)
    assert not problems
    assert race.surface == pg.Bowl(kappa=50)


def test_ci_calls_the_same_test_command():
    command = next(block for block in blocks("sh") if "pytest" in block).strip()
    assert command.replace("install -r", "install -q -r") in (ROOT / ".ci/run").read_text("utf-8")


def test_ci_measures_the_figure_and_asks_for_vulnerabilities():
    done = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert {"python -m tests.oracles.golden.figure --check", "python .ci/audit.py"} <= set(done)
    assert "python .ci/audit.py" in (ROOT / ".github/workflows/audit.yml").read_text("utf-8")
