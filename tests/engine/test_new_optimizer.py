"""Adding an optimizer is writing one file: every law finds it and nothing else is touched.

A rule of our own and a copy of AdamW under another name are put into a copy of the project, and the
laws that loop over the register are run there on both.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.support.source import ROOT

OWN = '''"""Optimistic descent."""

import math
from typing import Any, NamedTuple

from playground.declare import param
from playground.maths import zeros
from playground.optimizers.base import Optimizer
from playground.optimizers.filters import Filter
from playground.optimizers.parameters import learning_rate, weight_decay


class Optimistic(Optimizer):
    """Descent that expects the slope to go on changing as it just did."""

    year = 2017.8
    source = "Daskalakis et al. 2018, arXiv:1711.00141"
    symbols = {"last": r"\\\\gamma"}

    lr: float = learning_rate(0.005)
    optimism: float = param(
        0.5, 0, 2, "k", "Weight of the change of the slope.", valid="[0, inf)"
    )
    decay: float = weight_decay(decoupled=True)

    @property
    def equations(self) -> dict[str, str]:
        pulled = "(<d> + <decay> <x'>)" if self.decay else "<d>"
        return {
            "last": "<g>",
            "d": "(1 + <optimism>) <g> - <optimism> <last'>",
            "x": f"<x'> - <lr> {pulled}",
        }

    direction, memory = "<d>", "last"

    class State(NamedTuple):
        last: Any
        d: Any

    def init(self, p: Any) -> State:
        return self.State(zeros(p), zeros(p))

    def rule(self, x: Any, g: Any, state: State, lr: Any) -> tuple[Any, State]:
        d = (1 + self.optimism) * g - self.optimism * state.last
        return x - lr * (d + self.decay * x), self.State(g, d)

    def filter(self, t: Any = math.inf) -> Filter:
        return Filter(0.0, 1 + self.optimism, -self.optimism)

    def torch(self) -> None:
        """PyTorch has no such optimizer."""
'''.replace("\\\\\\\\", "\\")

WHOLE = (
    "every_reference",
    "menus_tell_the_history",
    "settings_cover",
    "written_by_hand",
    "reference_has_them_all",
)
"""Tests that see the register as a whole and carry nobody's name."""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project with two optimizers more, each in a file of its own."""
    place = tmp_path_factory.mktemp("project")
    unwanted = shutil.ignore_patterns(".git", ".*_cache", "node_modules")
    shutil.copytree(ROOT, place, dirs_exist_ok=True, ignore=unwanted)
    rules = place / "playground" / "optimizers"
    twin = re.sub(r"\bclass AdamW\b", "class Twin", (rules / "adamw.py").read_text("utf-8"))
    (rules / "optimistic.py").write_text(OWN, "utf-8")
    (rules / "twin.py").write_text(twin, "utf-8")
    return place


ROOMS = ("engine", "theory", "diagnosis", "topics", "app", "oracles")


def asked(project, *options):
    """What pytest says there of every law that names a newcomer, and of those about them all."""
    chosen = " or ".join(("Optimistic", "Twin", *WHOLE))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *options]
    command += [f"tests/{room}" for room in ROOMS]
    command += ["-k", f"({chosen}) and not newcomers"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    clean["EXHAUSTIVE"] = "1"  # a law that asks some of the register asks these
    return subprocess.run(
        command, cwd=project, env=clean, capture_output=True, text=True, check=False
    )


def said(done):
    return done.stdout[-5000:] + done.stderr[-2000:]


def test_both_newcomers_pass_every_law(project):
    done = asked(project, "--assert=plain")  # what an assertion says is made ready if one fails
    assert done.returncode == 0, said(asked(project)) + said(done)
    count = re.search(r"(\d+) passed", done.stdout)
    assert count is not None
    assert int(count[1]) >= 2 * 10, "the newcomers were not found"
