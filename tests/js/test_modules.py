"""The JavaScript of the app by its own tools: its tests, its types, the linter, the formatter."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from playground.player.modules import joined

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = sorted((ROOT / "playground").glob("*/js"))
FILES = [file for folder in MODULES for file in sorted(folder.glob("*.js"))]
ENTRIES = [file for file in FILES if "\nexport default " in file.read_text("utf-8")]
"""The scripts that a component begins with."""

INSTALLED = HERE / "node_modules" / ".bin"
NODE = shutil.which("node")

TOOLS = {
    "types": ["tsc", "--project", str(HERE / "tsconfig.json")],
    "mistakes": ["eslint", "--max-warnings=0", "--config", str(HERE / "eslint.config.mjs")],
    "format": ["prettier", "--check", "--print-width=100"],
}
CHECKED = [*map(str, MODULES), *map(str, sorted(HERE.glob("*.mjs")))]

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


def passes(command: list[str]) -> None:
    """Run a command; what it said is the message of the failure."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_the_modules_do_what_their_tests_say(file):
    passes([str(NODE), "--test", str(file)])


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_finds_nothing(tool):
    name, *options = TOOLS[tool]
    if not (INSTALLED / name).exists():
        pytest.skip(f"{name} is not installed: run `npm ci --prefix tests/js`")
    passes([str(INSTALLED / name), *options, *(CHECKED if tool != "types" else [])])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.stem)
def test_joined_they_are_one_module_with_a_default(entry, tmp_path):
    """No name twice, nothing cut off: the joined script is read as the browser reads it."""
    file = tmp_path / f"{entry.stem}.mjs"
    file.write_text(joined(entry), "utf-8")
    passes([str(NODE), "--check", str(file)])
    ask = f"const m = await import({str(file)!r}); if (typeof m.default !== 'function') throw m;"
    passes([str(NODE), "--input-type=module", "--eval", ask])
